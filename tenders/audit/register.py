"""Every line of an opened register of paper bids against what the opening revealed: dropped, altered, put in."""

from collections.abc import Iterator
from typing import Any

from ledger.check import Problem
from ledger.models import Entry
from tenders.audit.words import told
from tenders.models import Bid, Package
from tenders.register import digest_of_line, digest_of_withdrawal

KIND = "step.open_bids"
Lines = dict[str, dict[str, Any]]  # as the entry tells them, by their digests


def check_registers() -> tuple[int, list[Problem]]:
    """
    Check the registers of all tenders that were opened. Return the number of lines, and what is wrong.

    Two queries for each opened tender; changes nothing. Until its opening a register has nothing to be checked
    against: what binds it then are the ticks.
    """
    count, problems = 0, []
    for opened in Entry.objects.filter(kind=KIND).in_order():
        lines = {line["digest"]: line for line in opened.facts["bids"] if line.get("digest")}
        rows = list(_rows(opened.subject))
        count += len(rows)
        problems += [*_missing(opened, lines, rows), *_wrong(opened, lines, rows)]
    return count, problems


def _rows(subject: str) -> Iterator[Bid]:
    """Return the lines of a package as they stand in the database."""
    of_package = Bid.objects.on_paper().filter(package__in=Package.objects.named(subject))
    yield from of_package.exclude(digest="").select_related("package__project").prefetch_related("photos")


def _missing(opened: Entry, lines: Lines, rows: list[Bid]) -> Iterator[Problem]:
    there = {row.digest for row in rows}
    for digest, line in lines.items():
        if digest not in there:
            yield told("bid-dropped", subject=_path(opened, line["number"]), seq=opened.seq)


def _wrong(opened: Entry, lines: Lines, rows: list[Bid]) -> Iterator[Problem]:
    for row in rows:
        line = lines.get(row.digest)
        if line is None:
            # what came late was refused, and written down after the opening
            if row.status != Bid.Status.REFUSED or row.arrived_at <= opened.at:
                yield told("bid-inserted", subject=row.path, seq=opened.seq)
        elif line["number"] != row.number:
            other = _path(opened, line["number"])
            yield told("bid-renumbered", subject=row.path, seq=opened.seq, other=other)
        if _is_altered(row):
            yield told("bid-altered", subject=row.path, seq=opened.seq)


def _is_altered(row: Bid) -> bool:
    if digest_of_line(row) != row.digest:
        return True
    return bool(row.withdrawal_digest) and digest_of_withdrawal(row) != row.withdrawal_digest


def _path(opened: Entry, number: int) -> str:
    return f"{opened.subject}/bid/{number}"
