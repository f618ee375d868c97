"""
Which key of the log signs when: the record itself says it.

A new key is named by an act. The old key signs once more, over that act; from then on the new one signs. If the old key
is lost, the act says so: the new key then signs all that the old one had not, and it is the witnesses who vouch that
the record is still the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from ledger.keys import KeyLost
from ledger.models import Checkpoint, Entry
from ledger.notes import SigningKey, VerifierKey
from ledger.operations import record

ROTATED = "log.key-rotated"
SUBJECT = "ledger"  # of acts about the record itself


@dataclass(frozen=True)
class KeyPeriod:
    """A key of the log. It signs the checkpoints of more than ``after`` and of up to ``until`` entries."""

    key: VerifierKey
    after: int = 0
    until: int | None = None  # None: still in use
    named_by: Entry | None = None  # the act; the first key needs none

    def covers(self, size: int) -> bool:
        return self.after < size and (self.until is None or size <= self.until)


def rotations() -> list[Entry]:
    """Return the acts that named a new key, in their order. One query."""
    return list(Entry.objects.filter(subject=SUBJECT, kind=ROTATED).in_order())


def key_periods(first: VerifierKey) -> list[KeyPeriod]:
    """Return the keys of the log in their order: ``first`` alone, unless the record names others. One query."""
    acts = rotations()
    if acts:
        first = VerifierKey.parse(acts[0].facts["old"])
    begins = [(0, first, None), *((begins_after(act), VerifierKey.parse(act.facts["new"]), act) for act in acts)]
    ends: list[int | None] = [*(after for after, _, _ in begins[1:]), None]
    return [KeyPeriod(key, after, until, act) for (after, key, act), until in zip(begins, ends, strict=True)]


def begins_after(act: Entry) -> int:
    """Return the size of the last checkpoint that the replaced key signs: over the act, unless the key was lost."""
    return act.facts["signed"] if is_of_lost_key(act) else act.seq + 1


def is_of_lost_key(act: Entry) -> bool:
    return "signed" in act.facts


def period_of(size: int, periods: Iterable[KeyPeriod]) -> KeyPeriod:
    """Return who signs the checkpoint of ``size`` entries. Requires size > 0."""
    return next(period for period in periods if period.covers(size))


def held_by(keys: Iterable[SigningKey], period: KeyPeriod) -> SigningKey:
    """
    Return the private half of a key.

    :raises KeyLost: if it is not among ``keys``
    """
    for key in keys:
        if key.verifier == period.key:
            return key
    raise KeyLost(f"the record is to be signed with {period.key}, which the key file does not hold")


@transaction.atomic
def rotate(old: VerifierKey, new: VerifierKey, *, actor: Any, at: datetime, lost: bool = False) -> Entry:
    """
    Put on record that the log gets a new key.

    :raises ValueError: if the key is another log's, or is or was one of this log
    """
    known = [period.key for period in key_periods(old)]
    if new.name != old.name or new in known:
        raise ValueError(f"{new} cannot follow {known[-1]}")
    facts: dict[str, Any] = {"old": str(known[-1]), "new": str(new)}
    if lost:
        facts["signed"] = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
    return record(ROTATED, subject=SUBJECT, actor=actor, at=at, facts=facts, key=f"{ROTATED}:{new.key_id.hex()}")
