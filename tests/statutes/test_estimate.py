"""Days of years whose notice is not out: a public window is never shortened, a duty never lengthened."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statutes import estimate
from statutes.calendar import CHINA, Calendar
from statutes.year import SATURDAY, Year

UNLOADED = Calendar({})
DAYS_OF_2027 = [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]
DOUBTFUL = [day for day in DAYS_OF_2027 if estimate.is_day_off(day) is None]


@st.composite
def notices_of_2027(draw):
    """Any notice that keeps to the holidays of the law and to custom: each doubtful day is off, or not."""
    decisions = draw(st.integers(0, 2 ** len(DOUBTFUL) - 1))
    off = {day for n, day in enumerate(DOUBTFUL) if decisions >> n & 1}
    fixed = [day for day in DAYS_OF_2027 if day.weekday() < SATURDAY and estimate.is_day_off(day)]
    weekend_holidays = [date(2027, 5, 1), date(2027, 5, 2), date(2027, 10, 2), date(2027, 10, 3)]
    holidays = sorted({*fixed, *weekend_holidays, *off})
    worked = frozenset(day for day in DOUBTFUL if day.weekday() >= SATURDAY and day not in off)
    return Year(2027, tuple((day, day) for day in holidays), worked)


starts = st.dates(date(2026, 12, 1), date(2027, 10, 31))
counts = st.integers(0, 40)


@settings(max_examples=60)
@given(notices_of_2027(), starts, counts)
def test_whatever_the_notice_says_no_public_window_was_shortened(year, start, n):
    announced = CHINA.with_year(year)

    assert CHINA.period_end(start, n) >= announced.period_end(start, n)
    assert CHINA.add_working_days(start, n) >= announced.add_working_days(start, n)
    assert CHINA.latest_before(start, n) <= announced.latest_before(start, n)


@settings(max_examples=60)
@given(notices_of_2027(), starts, counts)
def test_whatever_the_notice_says_no_duty_was_put_off(year, start, n):
    announced = CHINA.with_year(year)

    assert CHINA.period_end(start, n, in_doubt=False) <= announced.period_end(start, n)
    assert CHINA.add_working_days(start, n, in_doubt=False) <= announced.add_working_days(start, n)


@given(st.dates(date(2026, 1, 1), date(2026, 11, 1)), counts)
def test_the_notice_of_2026_would_have_been_foreseen(start, n):
    assert UNLOADED.period_end(start, n, in_doubt=False) <= CHINA.period_end(start, n) <= UNLOADED.period_end(start, n)
    early, late = (UNLOADED.add_working_days(start, n, in_doubt=doubt) for doubt in (False, True))
    assert early <= CHINA.add_working_days(start, n) <= late


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2027, 1, 1), True),
        (date(2027, 1, 4), False),
        (date(2027, 2, 5), True),  # the eve of the lunar year
        (date(2027, 2, 9), None),  # customary, not by law
        (date(2027, 2, 20), None),  # a Saturday that may be worked in exchange
        (date(2027, 3, 20), True),  # a Saturday far from any festival
        (date(2027, 5, 2), True),
        (date(2027, 10, 3), True),
        (date(2027, 10, 13), False),
        (date(2027, 12, 31), None),  # the New Year run may begin in December
        (date(2060, 2, 3), None),  # beyond the lunar table: the festival may fall here
        (date(2060, 10, 1), True),
    ],
)
def test_some_days_are_sure_and_some_are_not(day, expected):
    assert estimate.is_day_off(day) is expected


def test_a_day_is_provisional_until_its_year_is_loaded():
    assert CHINA.is_provisional(date(2027, 1, 1))
    assert not CHINA.is_provisional(date(2026, 12, 31))
    assert not CHINA.with_year(CHINA.years[2026]).is_provisional(date(2026, 1, 1))


def test_a_period_into_a_year_without_notice_does_not_fail():
    assert CHINA.period_end(date(2026, 12, 1), 31) == date(2027, 1, 4)
    assert CHINA.period_end(date(2026, 12, 1), 31, in_doubt=False) == date(2027, 1, 2)
    assert CHINA.add_working_days(date(2029, 1, 1), 20) > date(2029, 1, 29)


def test_a_notice_also_decides_the_last_week_of_the_year_before():
    year = Year(
        2027,
        (
            (date(2026, 12, 31), date(2027, 1, 1)),
            (date(2027, 5, 1), date(2027, 5, 1)),
            (date(2027, 10, 1), date(2027, 10, 3)),
        ),
        frozenset({date(2026, 12, 27)}),
    )
    announced = CHINA.with_year(year)

    assert announced.is_day_off(date(2026, 12, 31))
    assert not announced.is_day_off(date(2026, 12, 27))
