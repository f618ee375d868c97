"""Every line of an opened register against what the opening revealed: dropped, altered, put in, its status changed."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from ledger.canonical import canonical_bytes
from ledger.check import Problem
from ledger.models import Entry
from tenders.audit.asking import asked, by_tender
from tenders.audit.openings import OPENED, completed, names_other_lists
from tenders.audit.words import told

REFUSED = "refused"
HELD = "bid.held-"  # so begin the kinds by which a bid that could not be decrypted gets another status
OF_ELECTRONIC = ("arrived_at", "bidder", "credit_code", "refusal_reason")
Lines = dict[str, dict[str, Any]]  # as the entry tells them, by their digests


class Row(NamedTuple):
    """A line as it stands in the database: the digests that it has, and those that its words make now."""

    tender: str
    number: int
    digest: str
    made: str
    withdrawal: str
    made_withdrawal: str
    status: str
    arrived_at: datetime

    @property
    def path(self) -> str:
        return f"{self.tender}/bid/{self.number}"

    @property
    def is_altered(self) -> bool:
        return (self.made, self.made_withdrawal) != (self.digest, self.withdrawal)


class Opened(NamedTuple):
    """A bid of an opened register as its row says now. ``line``: the digest of an electronic one, else empty."""

    tender: str
    number: int
    status: str
    line: str

    @property
    def path(self) -> str:
        return f"{self.tender}/bid/{self.number}"


def check_registers() -> tuple[int, list[Problem]]:
    """
    Check the registers of all tenders that were opened. Return the number of lines, and what is wrong.

    Five queries; changes nothing. Until its opening a register has nothing to be checked against: what binds it then
    are the ticks.
    """
    rows: dict[str, list[Row]] = by_tender(Row, "tenders_register_lines")
    bids_now: dict[str, list[Opened]] = by_tender(Opened, "tenders_opened_bids")
    held = dict(Entry.objects.filter(kind__startswith=HELD).in_order().values_list("subject", "kind"))
    lists = dict(asked("tenders_opening_lists"))
    problems: list[Problem] = []
    for opened in Entry.objects.filter(kind=OPENED).in_order():
        kept = lists.get(opened.subject, "")
        if names_other_lists(opened.facts, kept):
            problems.append(told("lists-altered", subject=opened.subject, seq=opened.seq))
            continue
        bids = completed(opened.facts, kept).get("bids", [])
        lines = {line["digest"]: line for line in bids if line.get("digest")}
        there = sorted(rows.get(opened.subject, []))
        problems += [*_missing(opened, lines, there), *_wrong(opened, lines, there)]
        problems += _changed(
            opened, {line["number"]: line for line in bids}, sorted(bids_now.get(opened.subject, [])), held
        )
    return sum(map(len, rows.values())), problems


def _missing(opened: Entry, lines: Lines, rows: list[Row]) -> Iterator[Problem]:
    there = {row.digest for row in rows}
    for digest, line in lines.items():
        if digest not in there:
            yield told("bid-dropped", subject=_path(opened, line["number"]), seq=opened.seq)


def _wrong(opened: Entry, lines: Lines, rows: list[Row]) -> Iterator[Problem]:
    for row in rows:
        line = lines.get(row.digest)
        if line is None:
            # what came late was refused, and written down after the opening
            if row.status != REFUSED or row.arrived_at <= opened.at:
                yield told("bid-inserted", subject=row.path, seq=opened.seq)
        elif line["number"] != row.number:
            other = _path(opened, line["number"])
            yield told("bid-renumbered", subject=row.path, seq=opened.seq, other=other)
        if row.is_altered:
            yield told("bid-altered", subject=row.path, seq=opened.seq)


def _changed(
    opened: Entry, lines: dict[int, dict[str, Any]], rows: list[Opened], held: dict[str, str]
) -> Iterator[Problem]:
    """Tell of electronic bids that are not those of the opening, and of every bid whose status no entry gave it."""
    for row in rows:
        line = lines.get(row.number)
        if line is None:
            if row.line or row.status != REFUSED:
                yield told("bid-inserted", subject=row.path, seq=opened.seq)
            continue
        if row.line and row.line != _digest(line):
            yield told("bid-altered", subject=row.path, seq=opened.seq)
        then = held[row.path].removeprefix(HELD) if row.path in held else line["status"]
        if row.status != then:
            yield told("bid-status", subject=row.path, then=then, now=row.status)
    electronic = {number for number, line in lines.items() if not line.get("digest")}
    for number in sorted(electronic - {row.number for row in rows}):
        yield told("bid-dropped", subject=_path(opened, number), seq=opened.seq)


def _digest(line: dict[str, Any]) -> str:
    return sha256(canonical_bytes({name: line[name] for name in OF_ELECTRONIC})).hexdigest()


def _path(opened: Entry, number: int) -> str:
    return f"{opened.subject}/bid/{number}"
