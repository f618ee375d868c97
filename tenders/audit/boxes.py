"""Every box against the ticks of the record: which bid was dropped, put in later, altered, moved or renumbered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import inf
from operator import attrgetter
from typing import Any, NamedTuple

from ledger.check import Problem
from ledger.models import Entry
from tenders.audit.asking import asked, by_tender, facts_in
from tenders.audit.openings import OPENED, completed
from tenders.audit.words import told
from tenders.ticks import FIRST, Lying, nonce, spans, tick

TICK = "bids.tick"


class Line(NamedTuple):
    """A sealed bid as its row says now. ``number`` is that of the register, once it was opened."""

    tender: str
    name: str
    digest: str
    since: int
    until: int | None
    number: int | None


class Tick(NamedTuple):
    tender: str
    secret: bytes
    number: int
    value: str
    digests: list[str]
    closed: bool  # the box: then its last tick is the last one there will be


class Envelope(NamedTuple):
    """What the last tick must hold of an envelope: ``digest``, or ``arrival``, if it was written down later."""

    tender: str
    line: str
    digest: str
    arrival: str


@dataclass
class Said:
    """What the record says of one tender: its ticks by their numbers, and what the opening revealed of the box."""

    ticks: dict[int, tuple[int, str]] = field(default_factory=dict)  # number -> entry, value
    box: dict[str, Any] = field(default_factory=dict)


def check_boxes() -> tuple[int, list[Problem]]:
    """
    Check all boxes. Return how many ticks were replayed, and what is wrong. Changes nothing.

    What came after the last tick is not bound yet, and is passed over. Before an opening a problem names a bid by its
    digest or key alone: whose it is stays secret, and who has the receipt knows it.
    """
    said = _said()
    kept: dict[str, list[Tick]] = by_tender(Tick, "tenders_box_ticks")
    lines: dict[str, list[Line]] = by_tender(Line, "tenders_bid_lines")
    envelopes: dict[str, list[Envelope]] = by_tender(Envelope, "tenders_lines_in_boxes")
    digests: dict[str, set[str]] = {}
    for tender, digest in asked("tenders_envelope_digests"):
        digests.setdefault(tender, set()).add(digest)
    problems: list[Problem] = []
    problems += [told("head-altered", subject=tender, name=name) for tender, name in asked("tenders_other_heads")]
    for tender in sorted({*said, *kept, *lines}):
        ticks = kept.get(tender, [])
        problems += _tick_problems(tender, ticks, said.get(tender, Said()))
        problems += _line_problems(tender, ticks, lines.get(tender, []), digests.get(tender, set()))
        problems += _envelope_problems(tender, ticks, envelopes.get(tender, []))
        problems += _number_problems(tender, lines.get(tender, []), said.get(tender, Said()))
    return sum(map(len, kept.values())), problems


def _said() -> dict[str, Said]:
    said: dict[str, Said] = {}
    lists = dict(asked("tenders_opening_lists"))
    entries = Entry.objects.filter(kind__in=(TICK, OPENED)).in_order().values_list("seq", "kind", "subject", "body")
    for seq, kind, subject, body in entries.iterator():
        facts = facts_in(bytes(body))
        if kind == OPENED:
            said.setdefault(subject, Said()).box = completed(facts, lists.get(subject, "")).get("box") or {}
            continue
        for one in facts.get("ticks", []):
            said.setdefault(one["tender"], Said()).ticks[one["number"]] = (seq, one["tick"])
    return said


def _tick_problems(tender: str, kept: list[Tick], said: Said) -> Iterator[Problem]:
    """Replay the ticks from what is kept of them, and compare each with the record."""
    rows = {one.number: one for one in kept}
    last = said.box.get("last_tick", 0)
    values = {number: value for number, (_, value) in said.ticks.items()}
    values |= {last: said.box["last_value"]} if last else {}
    before = FIRST
    for number in range(1, max([*values, *rows, 0]) + 1):
        row, value = rows.get(number), values.get(number)
        if row is None:
            yield told("tick-dropped", subject=tender, number=number)
        else:
            made = tick(nonce(bytes(row.secret), number), before, row.digests).hex()
            if made != row.value or made != (value or made):
                yield told("tick-altered", subject=tender, number=number)
            before = bytes.fromhex(row.value)
        before = bytes.fromhex(value) if value else before


def _line_problems(tender: str, ticks: list[Tick], lines: list[Line], of_envelopes: set[str]) -> Iterator[Problem]:
    # Of what came or went after the last tick the next one will tell, if there is to be one.
    last = max((inf if one.closed else one.number for one in ticks), default=0)
    bound = spans(one.digests for one in ticks)
    missing = [one for one in bound if one.digest not in of_envelopes]
    unbound = []
    for line in sorted(lines, key=attrgetter("since", "digest")):
        found = next((one for one in missing if one.digest == line.digest), None)
        if found:
            missing.remove(found)
            if (found.since, found.until) != (line.since, _shown(line.until, last)):
                yield told("sealed-moved", subject=tender, name=line.name, since=found.since)
        elif line.since <= last and line.until != line.since:
            unbound.append(line)
    for line in unbound:  # only now: what is missing is what no other line is
        yield from _unbound(tender, line, missing)
    for one in missing:
        yield told("sealed-dropped", subject=tender, digest=one.digest, since=one.since)


def _shown(until: int | None, last: float) -> int | None:
    """Until when the ticks so far must show that a bid lay there."""
    return until if until is not None and until <= last else None


def _unbound(tender: str, line: Line, missing: list[Lying]) -> Iterator[Problem]:
    """Tell of a row that no tick knows: another one in the place of one that is missing, or one too many."""
    replaced = next((one for one in missing if one.since == line.since), None)
    if replaced is None:
        yield told("sealed-inserted", subject=tender, name=line.name)
        return
    missing.remove(replaced)
    yield told("sealed-altered", subject=tender, name=line.name, digest=replaced.digest)


def _envelope_problems(tender: str, ticks: list[Tick], envelopes: list[Envelope]) -> Iterator[Problem]:
    """Tell what was written into the register, or out of it, after the last tick there will be."""
    if not any(one.closed for one in ticks):
        return
    bound = {digest for one in ticks for digest in one.digests}
    for one in envelopes:
        if not one.digest or (one.digest not in bound and one.arrival not in bound):
            yield told("line-unbound", subject=tender, digest=one.line)


def _number_problems(tender: str, lines: Iterable[Line], said: Said) -> Iterator[Problem]:
    """Compare the numbers that the opening has given with those of today."""
    given = {one["bid"]: one["number"] for one in said.box.get("digests", []) if "bid" in one}
    for line in lines:
        if line.name in given and given[line.name] != line.number:
            yield told("sealed-renumbered", subject=tender, name=line.name, number=given[line.name])
