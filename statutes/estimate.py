"""
What can be said of a year whose holiday notice is not out yet.

Some days are off by law, and most weekdays and weekends are what they always are. In between lie the days that a notice
may decide either way: the customary run of days around a festival, and the weekends within a week of such a run, which
may be worked in exchange. In every notice from 2015 to 2026 the swapped days lay within six days of a run.
"""

from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from statutes.year import SATURDAY


class Festival(NamedTuple):
    """The span in which a festival falls in a year, and how notices deal with it."""

    earliest: date
    latest: date  # the same day, if the festival's day is known
    off: tuple[int, int] | None  # days off by law, counted from the festival's day
    run: tuple[int, int]  # days that notices have added to it

    def is_off(self, day: date) -> bool:
        return self.off is not None and self.earliest == self.latest and self._reaches(day, *self.off)

    def runs(self, day: date) -> bool:
        return self._reaches(day, *self.run)

    def is_near(self, day: date) -> bool:
        return self._reaches(day, self.run[0] - 7, self.run[1] + 7)

    def _reaches(self, day: date, before: int, after: int) -> bool:
        return self.earliest + timedelta(days=before) <= day <= self.latest + timedelta(days=after)


# The first day of the lunar year, Dragon Boat, Mid-Autumn: (month, day). Outside these years each may fall in a span.
LUNAR = {
    2024: ((2, 10), (6, 10), (9, 17)),
    2025: ((1, 29), (5, 31), (10, 6)),
    2026: ((2, 17), (6, 19), (9, 25)),
    2027: ((2, 6), (6, 9), (9, 15)),
    2028: ((1, 26), (5, 28), (10, 3)),
    2029: ((2, 13), (6, 16), (9, 22)),
    2030: ((2, 3), (6, 5), (9, 12)),
    2031: ((1, 23), (6, 24), (10, 1)),
    2032: ((2, 11), (6, 12), (9, 19)),
    2033: ((1, 31), (6, 1), (9, 8)),
    2034: ((2, 19), (6, 20), (9, 27)),
    2035: ((2, 8), (6, 10), (9, 16)),
    2036: ((1, 28), (5, 30), (10, 4)),
    2037: ((2, 15), (6, 18), (9, 24)),
    2038: ((2, 4), (6, 7), (9, 13)),
    2039: ((1, 24), (5, 27), (10, 2)),
    2040: ((2, 12), (6, 14), (9, 20)),
}
SPRING_SPAN, DRAGON_BOAT_SPAN, MID_AUTUMN_SPAN = ((1, 21), (2, 21)), ((5, 27), (6, 26)), ((9, 7), (10, 8))


@cache
def festivals(year: int) -> tuple[Festival, ...]:
    """Return the seven festivals of a year. Days off by law: 《全国年节及纪念日放假办法》."""
    if known := LUNAR.get(year):
        spring, dragon_boat, mid_autumn = ((day, day) for day in known)
    else:
        spring, dragon_boat, mid_autumn = SPRING_SPAN, DRAGON_BOAT_SPAN, MID_AUTUMN_SPAN
    return (
        Festival(date(year, 1, 1), date(year, 1, 1), (0, 0), (-2, 2)),
        Festival(date(year, *spring[0]), date(year, *spring[1]), (-1, 2), (-2, 8)),
        Festival(date(year, 4, 4), date(year, 4, 5), None, (-2, 2)),  # Qingming: one of the two
        Festival(date(year, 5, 1), date(year, 5, 1), (0, 1), (-2, 4)),
        Festival(date(year, *dragon_boat[0]), date(year, *dragon_boat[1]), (0, 0), (-2, 2)),
        Festival(date(year, *mid_autumn[0]), date(year, *mid_autumn[1]), (0, 0), (-2, 2)),
        Festival(date(year, 10, 1), date(year, 10, 1), (0, 2), (-2, 7)),
    )


@lru_cache(4096)
def is_day_off(day: date) -> bool | None:
    """Say whether a day is off, or None if only the notice can tell."""
    near = festivals(day.year) + festivals(day.year + 1)[:1]  # a New Year run may begin in December
    weekend = day.weekday() >= SATURDAY
    if any(festival.is_off(day) for festival in near):
        return True
    if any(festival.runs(day) for festival in near):
        return None
    if weekend and any(festival.is_near(day) for festival in near):
        return None
    return weekend
