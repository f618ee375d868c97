"""The law in force on a day and in a place, and the days that it sets."""

from collections.abc import Iterable
from datetime import date

from statutes.calendar import Calendar, DueDay
from statutes.rule import Confidence, Direction, Rule, Track, Unit
from statutes.tables import CHAPTERS
from statutes.year import ONE_DAY

__all__ = ["RULES", "Confidence", "Direction", "Rule", "Track", "Unit", "due", "rule"]

RULES = tuple(line for chapter in CHAPTERS.values() for line in chapter)


def rule(id: str, *, on: date, region: str = "", among: Iterable[Rule] = RULES) -> Rule:
    """
    Return the version of a rule for a period begun ``on``.

    A local version goes before the national one, the most local first; ``region`` is the full division code.

    :raises LookupError: if there is none: nothing may pass for want of a rule
    """
    versions = [version for version in among if version.id == id and version.applies(on, region)]
    if not versions:
        raise LookupError(f"{id} has no version for {on} in region {region!r}")
    return max(versions, key=lambda version: (len(version.region), version.applies_from))


def due(rule: Rule, start: date, calendar: Calendar) -> DueDay:
    """
    Return the day on which the rule's period ends that begins with an act on ``start``.

    For a BEFORE rule ``start`` is the day of the later act, and the answer the latest day for the earlier one.

    :raises ValueError: if the rule sets no period in days, months or years
    """
    if rule.direction not in {Direction.MIN, Direction.MAX, Direction.BEFORE} or not isinstance(rule.amount, int):
        raise ValueError(f"{rule.id} sets no period")
    count = _count_back if rule.direction is Direction.BEFORE else _count_on
    literal, strict = count(rule, rule.amount, start, calendar)
    return DueDay(literal, strict, _is_provisional(rule, start, literal, strict, calendar))


def _count_on(rule: Rule, n: int, start: date, calendar: Calendar) -> tuple[date, date]:
    in_doubt = rule.direction is Direction.MIN  # a doubtful day never shortens a window nor lengthens a duty
    match rule.unit:
        case Unit.DAY:
            end = calendar.period_end
        case Unit.MONTH | Unit.YEAR:
            end, n = calendar.period_end_months, n * (12 if rule.unit is Unit.YEAR else 1)
        case Unit.WORKING_DAY:
            return (day := calendar.add_working_days(start, n, in_doubt=in_doubt)), day
        case _:
            raise ValueError(f"{rule.id} is not counted in days")
    return end(start, n, strict=False), end(start, n, in_doubt=in_doubt)


def _count_back(rule: Rule, n: int, anchor: date, calendar: Calendar) -> tuple[date, date]:
    match rule.unit:
        case Unit.DAY:
            return calendar.latest_before(anchor, n, strict=False), calendar.latest_before(anchor, n)
        case Unit.WORKING_DAY:
            return (day := calendar.working_days_before(anchor, n)), day
        case _:
            raise ValueError(f"{rule.id} is not counted back in days")


def _is_provisional(rule: Rule, start: date, literal: date, strict: date, calendar: Calendar) -> bool:
    """Only the last day of a period is looked at; working days are looked at one by one, from the first to the last."""
    step = -ONE_DAY if rule.direction is Direction.BEFORE else ONE_DAY
    first = start + step if rule.unit is Unit.WORKING_DAY and rule.amount else literal
    return any(calendar.is_provisional(day) for day in (first, literal, strict))
