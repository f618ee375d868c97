"""Every line of an opened register of paper bids against what the opening revealed: dropped, altered, put in."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from ledger.check import Problem
from ledger.models import Entry
from tenders.audit.asking import asked
from tenders.audit.openings import OPENED, completed, names_other_lists
from tenders.audit.words import told

REFUSED = "refused"
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


def check_registers() -> tuple[int, list[Problem]]:
    """
    Check the registers of all tenders that were opened. Return the number of lines, and what is wrong.

    Three queries; changes nothing. Until its opening a register has nothing to be checked against: what binds it then
    are the ticks.
    """
    found = sorted(Row(*row) for row in asked("tenders_register_lines"))
    rows = {tender: list(lines) for tender, lines in groupby(found, lambda row: row.tender)}
    lists = dict(asked("tenders_opening_lists"))
    problems: list[Problem] = []
    for opened in Entry.objects.filter(kind=OPENED).in_order():
        kept = lists.get(opened.subject, "")
        if names_other_lists(opened.facts, kept):
            problems.append(told("lists-altered", subject=opened.subject, seq=opened.seq))
            continue
        bids = completed(opened.facts, kept).get("bids", [])
        lines = {line["digest"]: line for line in bids if line.get("digest")}
        there = rows.get(opened.subject, [])
        problems += [*_missing(opened, lines, there), *_wrong(opened, lines, there)]
    return len(found), problems


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


def _path(opened: Entry, number: int) -> str:
    return f"{opened.subject}/bid/{number}"
