"""One year of the official calendar, as the State Council's General Office announces it each November."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

SATURDAY = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Year:
    """
    The days off and the swapped working days of a year.

    A New Year holiday may begin in the last week of the year before, and then changes that week too.

    :raises ValueError: if the days cannot all be right; the message, in Chinese, names each fault
    """

    number: int
    holidays: tuple[tuple[date, date], ...]  # first and last day, both off
    workdays: frozenset[date]  # Saturdays and Sundays that are worked in exchange

    def __post_init__(self) -> None:
        if faults := [*_faults_of_holidays(self), *_faults_of_workdays(self), *_missing_holidays(self)]:
            raise ValueError("；".join(faults))

    def days_off(self) -> set[date]:
        """Return the days of all holidays, weekends among them, but not the other weekends."""
        return {day for first, last in self.holidays for day in _days(first, last)}

    def reaches(self, day: date) -> bool:
        return date(self.number - 1, 12, 24) <= day <= date(self.number, 12, 31)


def year_from_notice(notice: Mapping[str, Any]) -> Year:
    """
    Return the year that an uploaded notice describes.

    The notice has ``year``, ``holidays`` (pairs of first and last day) and ``swapped_workdays``; days are written as
    ``2026-01-31``.

    :raises ValueError: if something is missing, unreadable or contradictory; the message is in Chinese
    """
    if missing := [key for key in ("year", "holidays", "swapped_workdays") if key not in notice]:
        raise ValueError(f"放假安排缺少项目：{'、'.join(missing)}")
    number = notice["year"]
    if not isinstance(number, int) or not 2000 <= number <= 2100:
        raise ValueError(f"年份应为2000至2100之间的整数：{number!r}")
    return Year(
        number=number,
        holidays=tuple(_range(pair) for pair in _list(notice, "holidays")),
        workdays=frozenset(_day(value) for value in _list(notice, "swapped_workdays")),
    )


def _list(notice: Mapping[str, Any], key: str) -> list[Any] | tuple[Any, ...]:
    if not isinstance(notice[key], list | tuple):
        raise ValueError(f"“{key}”应为列表：{notice[key]!r}")  # noqa: TRY004, one kind of error for all bad notices
    return notice[key]


def _range(pair: Any) -> tuple[date, date]:
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        raise ValueError(f"假期应写明首日和末日：{pair!r}")
    return _day(pair[0]), _day(pair[1])


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"日期应写作2026-01-31的形式：{value!r}") from None


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _faults_of_holidays(year: Year) -> Iterable[str]:
    for first, last in year.holidays:
        if last < first:
            yield f"假期末日早于首日：{first}至{last}"
        if not (year.reaches(first) and year.reaches(last)):
            yield f"假期不在{year.number}年：{first}至{last}"
    for (_, before), (first, last) in pairwise(sorted(year.holidays)):
        if first <= before:
            yield f"假期重叠：{first}至{last}"


def _faults_of_workdays(year: Year) -> Iterable[str]:
    days_off = year.days_off()
    for day in sorted(year.workdays):
        if not year.reaches(day):
            yield f"调休上班日不在{year.number}年：{day}"
        if day.weekday() < SATURDAY:
            yield f"调休上班日应为周六或周日：{day}"
        if day in days_off:
            yield f"调休上班日落在假期内：{day}"


def _missing_holidays(year: Year) -> Iterable[str]:
    """Name the fixed national holidays that are not off: a sure sign of a notice typed in only half."""
    days_off = year.days_off()
    for month, day in ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3)):
        if date(year.number, month, day) not in days_off:
            yield f"缺少法定节日：{date(year.number, month, day)}"


# 《国务院办公厅关于2026年部分节假日安排的通知》
YEAR_2026 = year_from_notice(
    {
        "year": 2026,
        "holidays": [
            ("2026-01-01", "2026-01-03"),  # 元旦
            ("2026-02-15", "2026-02-23"),  # 春节
            ("2026-04-04", "2026-04-06"),  # 清明
            ("2026-05-01", "2026-05-05"),  # 劳动节
            ("2026-06-19", "2026-06-21"),  # 端午
            ("2026-09-25", "2026-09-27"),  # 中秋
            ("2026-10-01", "2026-10-07"),  # 国庆
        ],
        "swapped_workdays": ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"],
    }
)
