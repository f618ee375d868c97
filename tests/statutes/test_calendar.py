from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statutes.calendar import CHINA
from statutes.year import YEAR_2026


def day(month_and_day):
    return date.fromisoformat(f"2026-{month_and_day}")


# As agreed with the lawyers: start, calendar days, last day as counted, last day moved off a day off.
CALENDAR_DAYS = [
    ("02-12", 3, "02-15", "02-24"),  # Spring Festival
    ("03-09", 30, "04-08", "04-08"),
    ("03-30", 7, "04-06", "04-07"),  # Qingming
    ("05-06", 3, "05-09", "05-09"),  # a Saturday that is worked
    ("06-15", 5, "06-20", "06-22"),
    ("06-15", 20, "07-05", "07-06"),
    ("07-08", 3, "07-11", "07-13"),
    ("09-01", 30, "10-01", "10-08"),
    ("09-28", 5, "10-03", "10-08"),
    ("09-29", 3, "10-02", "10-08"),
    ("10-07", 3, "10-10", "10-10"),  # a Saturday that is worked
    ("09-14", 20, "10-04", "10-08"),  # documents issued just before the National Day
]
WORKING_DAYS = [
    ("01-29", 20, "03-04"),
    ("04-01", 10, "04-16"),
    ("04-29", 7, "05-12"),
    ("09-01", 30, "10-19"),
    ("09-18", 1, "09-20"),  # a Sunday that is worked
    ("09-30", 2, "10-09"),
]
BEFORE = [("07-06", 15, "06-21", "06-18"), ("07-06", 10, "06-26", "06-26")]


@pytest.mark.parametrize(("start", "n", "literal", "strict"), CALENDAR_DAYS)
def test_the_day_of_the_act_is_not_counted_and_a_last_day_off_moves_on(start, n, literal, strict):
    assert CHINA.period_end(day(start), n, strict=False) == day(literal)
    assert CHINA.period_end(day(start), n) == day(strict)


@pytest.mark.parametrize(("start", "n", "end"), WORKING_DAYS)
def test_working_days_follow_the_notice(start, n, end):
    assert CHINA.add_working_days(day(start), n) == day(end)


@pytest.mark.parametrize(("anchor", "n", "literal", "strict"), BEFORE)
def test_a_period_before_an_act_never_rolls_towards_it(anchor, n, literal, strict):
    assert CHINA.latest_before(day(anchor), n, strict=False) == day(literal)
    assert CHINA.latest_before(day(anchor), n) == day(strict)


def test_a_duty_that_falls_on_a_holiday_is_best_done_on_the_last_working_day_before():
    assert CHINA.latest_before(day("09-25"), 0) == day("09-24")


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2026, 8, 3), 3, date(2026, 11, 3)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),  # no 31 February; this Saturday is worked
        (date(2026, 11, 27), 6, date(2027, 5, 27)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 8, 31), 18, date(2028, 2, 29)),
    ],
)
def test_months_end_on_the_day_of_the_same_number_or_the_last(start, n, end):
    assert CHINA.period_end_months(start, n, strict=False) == end


def test_a_period_of_months_moves_off_a_day_off():
    assert CHINA.period_end_months(date(2026, 4, 1), 6) == date(2026, 10, 8)


def test_2026_has_as_many_working_days_as_announced():
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    working = [sum(d.month == month and not CHINA.is_day_off(d) for d in days) for month in range(1, 13)]

    assert working == [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]
    assert sum(working) == 248


@pytest.mark.parametrize(
    "count",
    [
        CHINA.period_end,
        CHINA.period_end_months,
        CHINA.add_working_days,
        CHINA.latest_before,
        CHINA.working_days_before,
    ],
)
def test_a_negative_period_is_refused(count):
    with pytest.raises(ValueError, match="cannot be negative: -1"):
        count(date(2026, 7, 1), -1)


def test_a_further_year_makes_a_new_calendar():
    extended = CHINA.with_year(YEAR_2026)

    assert extended is not CHINA
    assert extended.years == CHINA.years


days = st.dates(date(2025, 6, 1), date(2028, 6, 1))
counts = st.integers(0, 60)


@given(days, counts)
def test_a_strict_period_ends_on_a_working_day_not_before_the_literal_one(start, n):
    literal, strict = CHINA.period_end(start, n, strict=False), CHINA.period_end(start, n)

    assert literal <= strict
    assert not CHINA.is_day_off(strict)
    assert all(CHINA.is_day_off(literal + timedelta(days=k)) for k in range((strict - literal).days))


@given(days, counts, st.integers(0, 10), st.integers(0, 10))
def test_a_longer_or_later_period_never_ends_earlier(start, n, later, longer):
    assert CHINA.period_end(start, n) <= CHINA.period_end(start + timedelta(days=later), n + longer)


@given(days, counts)
def test_one_working_day_more_ends_later_on_a_working_day(start, n):
    end = CHINA.add_working_days(start, n + 1)

    assert end > CHINA.add_working_days(start, n)
    assert not CHINA.is_day_off(end)


@given(days, counts)
def test_no_act_is_proposed_later_than_n_days_before_another_nor_on_a_day_off(anchor, n):
    latest = CHINA.latest_before(anchor, n)

    assert latest <= anchor - timedelta(days=n)
    assert not CHINA.is_day_off(latest)


@given(days, st.integers(1, 20))
def test_working_days_back_and_forth_meet(anchor, n):
    first = CHINA.working_days_before(anchor, n)

    assert CHINA.add_working_days(first - timedelta(days=1), 1) == first
    assert CHINA.add_working_days(first, n) >= anchor
