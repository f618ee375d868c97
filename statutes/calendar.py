"""
Counting of days: Civil Code articles 201 to 203 and the official holiday calendar.

A count that reaches a year whose notice is not loaded is provisional. Its doubtful days are days off (``in_doubt``) if
a period protects the public, so that no window is ever shortened, and working days if it is a duty of the bureau.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from statutes import estimate
from statutes.year import ONE_DAY, SATURDAY, YEAR_2026, Year, year_from_notice

__all__ = ["CHINA", "Calendar", "DueDay", "Year", "year_from_notice"]


@dataclass(frozen=True)
class DueDay:
    """
    The day on which a period ends, or the latest day for an act that must come before another.

    For a duty, ``literal`` is when it should be done and ``strict`` when it is overdue. For a public window an act
    before the end of ``literal`` breaks the law; the bureau's own acts wait for ``strict``.
    """

    literal: date  # as counted
    strict: date  # moved off a day off: onwards, or backwards for an act before another
    provisional: bool  # the notice for one of the years is not loaded yet


@dataclass(frozen=True)
class Calendar:
    """The official calendar, as far as it has been announced. Never changes: a further year makes a new one."""

    years: Mapping[int, Year]

    @cached_property
    def _exceptions(self) -> dict[date, bool]:
        """Whether a day is off, for all days of which a notice speaks; the later notice decides."""
        exceptions: dict[date, bool] = {}
        for _, year in sorted(self.years.items()):
            exceptions |= dict.fromkeys(year.days_off(), True) | dict.fromkeys(year.workdays, False)
        return exceptions

    def with_year(self, year: Year) -> "Calendar":
        return Calendar({**self.years, year.number: year})

    def is_provisional(self, day: date) -> bool:
        return day.year not in self.years

    def is_day_off(self, day: date, *, in_doubt: bool = True) -> bool:
        """Say whether a day is off; ``in_doubt`` is the answer for a day that only a notice to come can decide."""
        if day in self._exceptions:
            return self._exceptions[day]
        if self.is_provisional(day):
            expected = estimate.is_day_off(day)
            return in_doubt if expected is None else expected
        return day.weekday() >= SATURDAY

    def period_end(self, start: date, n: int, *, strict: bool = True, in_doubt: bool = True) -> date:
        """
        Return the last day of a period of ``n`` calendar days that an act on ``start`` begins.

        Source: 《中华人民共和国民法典》第二百零一条 (the day of the act is not counted), 第二百零三条 (a last day that
        is off moves on; not if ``strict`` is false).

        :raises ValueError: if ``n`` is negative: a duty "at least n days before" is another question
        """
        _refuse_negative(n)
        end = start + timedelta(days=n)
        return self._nearest_working_day(end, ONE_DAY, in_doubt) if strict else end

    def period_end_months(self, start: date, n: int, *, strict: bool = True, in_doubt: bool = True) -> date:
        """
        Return the last day of a period of ``n`` months: the day of the same number, else the last of the month.

        Source: 《中华人民共和国民法典》第二百零二条、第二百零三条.

        :raises ValueError: if ``n`` is negative
        """
        _refuse_negative(n)
        years, month = divmod(start.month - 1 + n, 12)
        year = start.year + years
        end = date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
        return self._nearest_working_day(end, ONE_DAY, in_doubt) if strict else end

    def add_working_days(self, start: date, n: int, *, in_doubt: bool = True) -> date:
        """
        Return the ``n``-th working day after ``start``.

        :raises ValueError: if ``n`` is negative
        """
        return self._count_working_days(start, n, ONE_DAY, in_doubt)

    def latest_before(self, anchor: date, n: int, *, strict: bool = True) -> date:
        """
        Return the latest day for an act that must come at least ``n`` days before ``anchor``.

        If that is a day off, the act should be done on the last working day before it (not if ``strict`` is false): a
        period that runs backwards is never lengthened by rolling on.

        :raises ValueError: if ``n`` is negative
        """
        _refuse_negative(n)
        latest = anchor - timedelta(days=n)
        return self._nearest_working_day(latest, -ONE_DAY, in_doubt=True) if strict else latest

    def working_days_before(self, anchor: date, n: int) -> date:
        """
        Return the ``n``-th working day before ``anchor``.

        :raises ValueError: if ``n`` is negative
        """
        return self._count_working_days(anchor, n, -ONE_DAY, in_doubt=True)

    def _nearest_working_day(self, day: date, step: timedelta, in_doubt: bool) -> date:
        while self.is_day_off(day, in_doubt=in_doubt):
            day += step
        return day

    def _count_working_days(self, day: date, n: int, step: timedelta, in_doubt: bool) -> date:
        _refuse_negative(n)
        for _ in range(n):
            day = self._nearest_working_day(day + step, step, in_doubt)
        return day


def _refuse_negative(n: int) -> None:
    if n < 0:
        raise ValueError(f"a period cannot be negative: {n}")


CHINA = Calendar({2026: YEAR_2026})
