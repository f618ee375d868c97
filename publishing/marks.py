"""
What each part of the site tells, kept in a mark beside its pages, and the lock under which the part is written.

A part is written by one at a time, from the state after the newest act: an older state never overwrites a newer one.
Different parts are written at once by as many as like.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from zlib import crc32

from django.db import connection, transaction

from ledger import clock
from ledger.files import write_atomically
from ledger.locks import PAGES
from ledger.models import Entry
from publishing.output import file_of, form
from publishing.pages.record import newest_size, witnessed_size
from tenders.law import day


@dataclass(frozen=True)
class Told:
    """What pages tell: all entries up to one, what is sealed and witnessed, the days left on one day, in which form."""

    seq: int = -1
    size: int = 0
    on: str = ""
    form: str = ""
    witnessed: int = 0

    def covers(self, needed: "Told") -> bool:
        """Whether nothing is new: no act, no seal, no day, and no template since an upgrade."""
        is_current = self.form == form() and self.on >= needed.on
        return is_current and self.has_acts_of(needed) and self.witnessed >= needed.witnessed

    def has_acts_of(self, needed: "Told") -> bool:
        return self.seq >= needed.seq and self.size >= needed.size


def told(address: str) -> Told:
    mark = _mark(address)
    return Told(**json.loads(mark.read_bytes())) if mark.is_file() else Told()


def tells(address: str, needed: Told | None) -> bool:
    return needed is not None and told(address).covers(needed)


def newest() -> Told:
    """Return which acts and which seals pages can tell that are made now."""
    seq = Entry.objects.order_by("-seq").values_list("seq", flat=True).first()
    return Told(-1 if seq is None else seq, newest_size(), witnessed=witnessed_size() or 0)


@contextmanager
def writing(address: str, needed: Told | None) -> Iterator[datetime | None]:
    """Hold the lock of a part, and give the moment that its pages tell, or None if they tell all that is needed."""
    if tells(address, needed):
        yield None
        return
    with held(address):
        if tells(address, needed):  # by now: whoever held the lock has done it
            yield None
            return
        at = clock.now()
        telling = replace(newest(), on=day(at).isoformat(), form=form())
        yield at
        mark(address, telling)


@contextmanager
def held(address: str) -> Iterator[None]:
    """Hold the lock of a part, and a transaction. Parts whose locks are the same by chance only wait for each other."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [PAGES, crc32(address.encode()) - (1 << 31)])
        yield


def mark(address: str, telling: Told) -> None:
    write_atomically(_mark(address), json.dumps(asdict(telling)).encode())


def mark_form(address: str) -> None:
    """Note that all pages of a part have the form of this release by now."""
    with held(address):
        mark(address, replace(told(address), form=form()))


def _mark(address: str) -> Path:
    return file_of(f"{address}.told")
