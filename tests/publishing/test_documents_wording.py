from datetime import UTC, date, datetime

import pytest

from publishing.documents.wording import amount, clause, count, day, day_of, days, figures, moment


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (datetime(2026, 7, 6, 1, 30, tzinfo=UTC), "2026年7月6日9时30分"),
        (datetime(2026, 7, 6, 1, 5, 59, tzinfo=UTC), "2026年7月6日9时05分"),
        (datetime(2026, 7, 6, 15, 59, tzinfo=UTC), "2026年7月6日23时59分"),
        (datetime(2026, 7, 6, 16, 0, tzinfo=UTC), "2026年7月7日0时00分"),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), "2027年1月1日0时00分"),
        (None, ""),
    ],
)
def test_a_moment_is_written_by_the_clock_in_shanghai(at, written):
    assert moment(at) == written
    assert written.startswith(day_of(at))


def test_a_day_is_written_without_leading_zeros():
    assert day(date(2026, 7, 4)) == "2026年7月4日"
    assert day(None) == ""


def test_zero_is_an_amount_in_a_column_but_not_where_an_amount_is_stated():
    assert figures(0) == "0.00"
    assert amount(0) == ""
    assert figures(None) == amount(None) == ""
    assert amount(1_280_000_050) == "12,800,000.50元（大写：人民币壹仟贰佰捌拾万元零伍角）"


def test_numbers_of_copies_are_words():
    assert [count(n) for n in (0, 2, 10, 12, 24)] == ["", "二", "十", "十二", "二十四"]
    assert days(90) == "90日历天"
    assert days(None) == ""


@pytest.mark.parametrize("text", ["合格", "合格。", " 合格； ", "合格，"])
def test_a_clause_does_not_end_the_sentence_it_stands_in(text):
    assert clause(text) == "合格"
