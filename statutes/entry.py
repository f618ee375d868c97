"""How a line of the tables is written: direction, id, title, provisions, figure."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from statutes.rule import Confidence, Direction, Rule, Track, Unit
from statutes.sources import cite, sources_of


class Figure(NamedTuple):
    amount: int | Fraction | None
    unit: Unit


def days(n: int) -> Figure:
    return Figure(n, Unit.DAY)


def working_days(n: int) -> Figure:
    return Figure(n, Unit.WORKING_DAY)


def hours(n: int) -> Figure:
    return Figure(n, Unit.HOUR)


def months(n: int) -> Figure:
    return Figure(n, Unit.MONTH)


def years(n: int) -> Figure:
    return Figure(n, Unit.YEAR)


def yuan(n: int) -> Figure:
    return Figure(n * 100, Unit.FEN)


def percent(n: int) -> Figure:
    return Figure(Fraction(n, 100), Unit.SHARE)


def share(part: int, whole: int) -> Figure:
    return Figure(Fraction(part, whole), Unit.SHARE)


def count(n: int) -> Figure:
    return Figure(n, Unit.COUNT)


NO_FIGURE = Figure(None, Unit.NONE)
# 发改法规规〔2022〕1117号 expires the day before: from then on the rules that also cite it stand on the others alone.
AFTER_1117 = date(2027, 9, 1)
K, P, U = Confidence.KNOWLEDGE, Confidence.PARTLY, Confidence.UNSURE


def entry(
    direction: Direction,
    id: str,
    title: str,
    references: str,
    figure: Figure = NO_FIGURE,
    *,
    confidence: Confidence = Confidence.CONFIRMED,
    since: date | None = None,
    region: str = "",
    note: str = "",
) -> Rule:
    """Return a rule in force from the day of the source cited first until one of the sources expires."""
    sources = sources_of(references)
    law, law_en = cite(references)
    return Rule(
        id=id,
        title=title,
        direction=direction,
        amount=figure.amount,
        unit=figure.unit,
        law=law,
        law_en=law_en,
        confidence=confidence,
        applies_from=since or sources[0].since,
        applies_until=min((s.until for s in sources if s.until), default=None),
        region=region,
        track=Track.BOTH,
        note=note,
    )


at_least = partial(entry, Direction.MIN)
within = partial(entry, Direction.MAX)
before = partial(entry, Direction.BEFORE)
at_most = partial(entry, Direction.CAP)
require = partial(entry, Direction.REQ)
keep_secret = partial(entry, Direction.EMB)


def on_track(track: Track, *rules: Rule) -> tuple[Rule, ...]:
    return tuple(replace(rule, track=track) for rule in rules)
