"""
What a person sends twice is recorded once.

The token of a form is noted in the transaction of its act, under the ledger's lock. So there is no moment at which a
process can die and leave an act done whose form would be taken again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from hashlib import sha256

from ledger.models import Entry, Sending


@dataclass
class Form:
    """A form that is being taken, and the entry of its act, once there is one."""

    token: str
    entry: Entry | None = None


class SentBeforeError(Exception):
    """Raised if the act of this very form is on record already. It undoes the transaction that would be the second."""


_taken: ContextVar[Form | None] = ContextVar("form", default=None)


@contextmanager
def taking(token: str) -> Iterator[Form]:
    """Within this block the first act that is recorded is the one of the form with this token."""
    form = Form(token)
    reset = _taken.set(form)
    try:
        yield form
    finally:
        _taken.reset(reset)


def sent_before(token: str) -> Sending | None:
    """Return what is known of a form, if it was taken before."""
    return Sending.objects.select_related("entry").filter(pk=_digest(token)).first()


def refuse_second() -> None:
    """
    Let nothing be recorded twice for one form. Requires the ledger's lock.

    :raises SentBeforeError: if the form that is being taken has its entry
    """
    form = _taken.get()
    if form and form.entry is None and Sending.objects.filter(pk=_digest(form.token)).exists():
        raise SentBeforeError


def note(entry: Entry) -> None:
    """Note for which form an entry was recorded, if it was for one. A second entry of the same act is not its own."""
    form = _taken.get()
    if form and form.entry is None:
        Sending.objects.create(token=_digest(form.token), entry=entry)
        form.entry = entry


def note_unrecorded(token: str) -> None:
    """Note that a form was taken whose act is not on record, as while an embargo lasts. Better late than not at all."""
    Sending.objects.get_or_create(token=_digest(token))


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
