"""Every draw of a committee, and who has left it, against the record: names that were exchanged, dropped, put in."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Max

from ledger.check import Problem
from ledger.models import Entry
from tenders.audit.asking import asked, facts_in
from tenders.audit.words import told

DRAWN, WITHDREW = "committee.drawn", "committee.member-withdrew"


class Drawn(NamedTuple):
    """A draw, as its entry tells of it or as its rows are now."""

    commitment: str
    members: int
    seq: int = -1


class Left(NamedTuple):
    ground: str
    seq: int


def check_committees() -> tuple[int, list[Problem]]:
    """
    Check all draws. Return how many there are, and what is wrong. Four queries; changes nothing.

    Names are told neither here nor in the record: a problem names the draw, or a member by number.
    """
    until = Entry.objects.aggregate(last=Max("seq"))["last"]  # entries after this one may be newer than the rows
    rows = {subject: Drawn(commitment, members) for subject, commitment, members in asked("tenders_draw_commitments")}
    grounds = dict(asked("tenders_member_grounds"))
    drawn, left = _said()
    problems = [*_draw_problems(rows, drawn, until or 0), *_member_problems(grounds, left, until or 0)]
    return len(rows), problems


def _said() -> tuple[dict[str, Drawn], dict[str, Left]]:
    drawn, left = {}, {}
    entries = Entry.objects.filter(kind__in=(DRAWN, WITHDREW)).in_order().values_list("seq", "kind", "subject", "body")
    for seq, kind, subject, body in entries.iterator():
        facts = facts_in(bytes(body))
        if kind == WITHDREW:
            left[subject] = Left(str(facts.get("ground", "")), seq)
        elif facts:
            members = facts.get("experts", 0) + facts.get("representatives", 0)
            drawn[subject] = Drawn(str(facts.get("commitment", "")), members, seq)
    return drawn, left


def _draw_problems(rows: dict[str, Drawn], drawn: dict[str, Drawn], until: int) -> Iterator[Problem]:
    owners = {said.commitment: subject for subject, said in drawn.items()}
    for subject in sorted({*rows, *drawn}):
        row, said = rows.get(subject), drawn.get(subject)
        if said is None:
            yield told("draw-unrecorded", subject=subject)
        elif row is None:
            if said.seq <= until:
                yield told("draw-dropped", subject=subject, seq=said.seq)
        elif row.commitment != said.commitment:
            code = "draw-swapped" if row.commitment in owners else _code_of(row, said)
            other = owners.get(row.commitment)
            figures = {"then": said.members, "now": row.members, "other": other}
            yield told(code, subject=subject, seq=said.seq, **figures)


def _code_of(row: Drawn, said: Drawn) -> str:
    """Say what was done to the names of a draw, as far as their number betrays it."""
    if row.members == said.members:
        return "draw-altered"
    return "member-dropped" if row.members < said.members else "member-inserted"


def _member_problems(grounds: dict[str, str], left: dict[str, Left], until: int) -> Iterator[Problem]:
    """Find who has left without an entry, who sits there again, and whose ground is another one."""
    for subject, ground in sorted(grounds.items()):
        said = left.get(subject)
        if said is None and ground:
            yield told("member-left", subject=subject)
        elif said and said.seq <= until and said.ground != ground:
            yield told("member-back", subject=subject, seq=said.seq)
