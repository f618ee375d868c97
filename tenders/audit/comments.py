"""Every row of a comment against the entry that received it: what was altered, swapped, dropped or slipped in."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Max

from ledger.check import Problem
from ledger.models import Entry
from tenders.audit.asking import asked, facts_in
from tenders.audit.words import told

KIND = "comment.received"


@dataclass(frozen=True)
class Received:
    """What the record says of a comment: in which entry, and the commitment there. -1 and "": nothing."""

    seq: int = -1
    commitment: str = ""


@dataclass
class Compared:
    """Rows and entries side by side, each by the comment's name in the record."""

    rows: dict[str, str] = field(default_factory=dict)
    entries: dict[str, Received] = field(default_factory=dict)
    until: int = -1  # entries after this one may be newer than the rows that were read


def check_comments() -> tuple[int, list[Problem]]:
    """
    Check all comments. Return the number of rows, and what is wrong. Three queries; changes nothing.

    An entry that cannot be read is passed over: the check of the record itself names it.
    """
    compared = _compare()
    problems = [*_row_problems(compared), *_gap_problems(compared)]
    return len(compared.rows), problems


def _compare() -> Compared:
    compared = Compared()
    last = Entry.objects.aggregate(last=Max("seq"))["last"]
    compared.until = -1 if last is None else last
    compared.rows = dict(asked("tenders_comment_commitments"))
    entries = Entry.objects.filter(kind=KIND).in_order().values_list("seq", "subject", "body")
    for seq, subject, body in entries.iterator():
        compared.entries[subject] = Received(seq, str(facts_in(bytes(body)).get("commitment", "")))
    return compared


def _row_problems(compared: Compared) -> Iterator[Problem]:
    owners = {received.commitment: subject for subject, received in compared.entries.items()}
    for subject in sorted({*compared.rows, *compared.entries}, key=_in_order):
        row, received = compared.rows.get(subject), compared.entries.get(subject)
        if received is None:
            yield told("comment-unrecorded", subject=subject)
        elif row is None and received.seq <= compared.until:
            yield told("comment-dropped", subject=subject, seq=received.seq)
        elif row is not None and received.commitment not in {row, ""}:
            other = owners.get(row)
            yield told(
                "comment-swapped" if other else "comment-altered", subject=subject, seq=received.seq, other=other
            )


def _gap_problems(compared: Compared) -> Iterator[Problem]:
    """Find numbers that nobody has: they are given out without gaps."""
    numbers: dict[str, set[int]] = {}
    for subject in {*compared.rows, *compared.entries}:
        consultation, number = _in_order(subject)
        numbers.setdefault(consultation, set()).add(number)
    for consultation, known in sorted(numbers.items()):
        for number in sorted(set(range(1, max(known))) - known):
            yield told("comment-gap", subject=f"{consultation}/comment/{number}")


def _in_order(subject: str) -> tuple[str, int]:
    consultation, _, number = subject.partition("/comment/")
    return consultation, int(number) if number.isdecimal() else 0
