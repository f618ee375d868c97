"""How Chinese papers write days, moments and amounts. What is not there is an empty text: rendering decides on that."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from publishing.money import in_capitals, yuan
from statutes.sources import numeral

SHANGHAI = ZoneInfo("Asia/Shanghai")


def day(value: date | None) -> str:
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def moment(value: datetime | None) -> str:
    """Return a moment to the minute, by the clock in Shanghai."""
    return day_of(value) + time_of(value)


def moment_to_the_second(value: datetime | None) -> str:
    """Return a moment to the second, where a second decides: 2026年7月6日9时29分41秒."""
    return day_of(value) + second_of(value)


def second_of(value: datetime | None) -> str:
    """Return the second of a moment: 9时29分41秒."""
    return f"{time_of(value)}{timezone.localtime(value, SHANGHAI).second:02d}秒" if value else ""


def day_of(value: datetime | None) -> str:
    """Return the day of a moment, by the clock in Shanghai."""
    return day(timezone.localtime(value, SHANGHAI).date()) if value else ""


def time_of(value: datetime | None) -> str:
    """Return the minute of a moment, by the clock in Shanghai."""
    if value is None:
        return ""
    local = timezone.localtime(value, SHANGHAI)
    return f"{local.hour}时{local.minute:02d}分"


def figures(fen: int | None) -> str:
    """Return an amount in yuan for a column headed 元. Zero is an amount."""
    return "" if fen is None else yuan(fen)


def amount(fen: int | None) -> str:
    """Return an amount in figures and capitals. Zero counts as not stated."""
    return f"{yuan(fen)}元（大写：人民币{in_capitals(fen)}）" if fen else ""


def days(number: int | None) -> str:
    return f"{number}日历天" if number else ""


def count(number: int | None) -> str:
    """Return a number of copies or persons in words: 六."""
    return numeral(number) if number else ""


def place(rank: int | None) -> str:
    """Return a rank in words: 第一名."""
    return f"第{numeral(rank)}名" if rank else ""


def clause(text: str) -> str:
    """Return a text without its last full stop, to stand within a sentence."""
    return text.strip().rstrip("。；;，,.")
