"""The one way in which anything becomes public: an act is recorded, with the work that follows from it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.utils.translation import gettext as _
from psycopg.errors import LockNotAvailable

from ledger import canonical, merkle, outbox, sending
from ledger.models import Entry, Task

VERSION = 1  # of the body's form


class LedgerBusy(OperationalError):  # noqa: N818, it passes, and is no fault
    """Raised if another session has held the ledger for three seconds. Nothing is lost: try again."""


@dataclass(frozen=True)
class FollowUp:
    """Work to be done after the commit. ``arguments`` are JSON and go to the handler by keyword."""

    name: str
    arguments: dict[str, Any] = field(default_factory=dict)
    queue: str = Task.Queue.RENDER
    priority: int = 5  # the smaller the sooner


def record(
    kind: str,
    *,
    subject: str,
    actor: Any,
    at: datetime,
    facts: dict[str, Any],
    key: str,
    then: Iterable[FollowUp] = (),
    corrects: int | None = None,
) -> Entry:
    """
    Append an act to the public ledger, with the work that follows from it. To be recorded is to be published.

    Call it last in the transaction that changes the state: it holds the ledger's lock until the end. ``facts`` are
    public for ever: no personal data, no secrets, no floats. ``key`` names the act, as in ``comment.received:81:1``;
    recording the same act again returns the first entry and adds nothing. ``actor`` is a user, or None for a member of
    the public; in public only role and organisation are shown. ``corrects`` is the number of an entry.

    :raises TransactionManagementError: if there is no transaction
    :raises LedgerBusy: if the ledger's lock cannot be had
    :raises ValueError: if the facts cannot be written as canonical JSON, or ``at`` has no time zone
    :raises IntegrityError: if the key belongs to another act
    :raises SentBeforeError: if it is the second act for one form (see :mod:`ledger.sending`)
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("An act is recorded in the transaction that changes the state.")

    seq, recorded_at = _take_turn()
    sending.refuse_second()
    body = canonical.canonical_bytes(
        {
            "v": VERSION,
            "seq": seq,
            "kind": kind,
            "subject": subject,
            "at": canonical.timestamp(at),
            "recorded_at": canonical.timestamp(recorded_at),
            "by": _office(actor),
            "facts": facts,
        }
        | ({} if corrects is None else {"corrects": corrects})
    )
    place = _append([kind, subject, key, actor and actor.pk, at, body])
    if place != seq:
        return Entry.objects.get(seq=place)
    entry = Entry(seq=seq, kind=kind, subject=subject, key=key, actor=actor, at=at, recorded_at=recorded_at)
    entry.body, entry.leaf = body, merkle.leaf_hash(body)
    sending.note(entry)
    follow_up(entry, [FollowUp("publish", {"subject": subject}), *then])
    return entry


def follow_up(entry: Entry, works: Iterable[FollowUp]) -> None:
    """Write work that follows from an entry, and wake the workers after the commit. The same work is written once."""
    works = list(works)
    Task.objects.bulk_create(
        [
            Task(entry=entry, name=work.name, queue=work.queue, arguments=work.arguments, priority=work.priority)
            for work in works
        ],
        ignore_conflicts=True,
    )
    transaction.on_commit(partial(outbox.wake, {work.queue for work in works}))


def last_by_subject(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Return for each project (the first two parts of a subject) the last of its entries, which come in order."""
    return {"/".join(entry.subject.split("/")[:2]): entry for entry in entries}


def _take_turn() -> tuple[int, datetime]:
    """Wait for the ledger's lock, at most three seconds. Return the next number and the time."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT seq, recorded_at FROM public.ledger_head()")
            return cursor.fetchone()
    except OperationalError as e:
        if isinstance(e.__cause__, LockNotAvailable):
            raise LedgerBusy(_("台账正忙，请稍后再试。")) from e
        raise


def _append(values: list[Any]) -> int:
    """Return the place of the entry, which is an earlier one if its key is known."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.ledger_append(%s, %s, %s, %s, %s, %s)", values)
        return cursor.fetchone()[0]


def _office(actor: Any) -> dict[str, str]:
    """Return what the public may know of an actor: the office, never the person."""
    if actor is None:
        return {"role": "public"}
    organisation = getattr(actor, "organisation", None)
    return {"role": str(actor.role)} | ({"organisation": organisation.name} if organisation else {})
