from datetime import date
from typing import Any

import pytest

from statutes.year import YEAR_2026, Year, year_from_notice

NOTICE: dict[str, Any] = {
    "year": 2027,
    "holidays": [["2027-01-01", "2027-01-03"], ["2027-05-01", "2027-05-05"], ["2027-10-01", "2027-10-07"]],
    "swapped_workdays": ["2027-05-08", "2027-10-09"],
}


def test_an_uploaded_notice_becomes_a_year():
    year = year_from_notice(NOTICE)

    assert year.number == 2027
    assert year.holidays[0] == (date(2027, 1, 1), date(2027, 1, 3))
    assert year.workdays == {date(2027, 5, 8), date(2027, 10, 9)}


def test_days_off_are_the_holidays_with_both_ends():
    days_off = YEAR_2026.days_off()

    assert {date(2026, 2, 15), date(2026, 2, 23)} <= days_off
    assert len(days_off) == 33


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"year": "2027"}, "年份应为2000至2100之间的整数"),
        ({"year": 1999}, "年份应为2000至2100之间的整数"),
        ({"holidays": "2027-01-01"}, "“holidays”应为列表"),
        ({"holidays": [["2027-01-01"]]}, "假期应写明首日和末日"),
        ({"holidays": [["2027-01-01", "1月3日"]]}, "日期应写作2026-01-31的形式：'1月3日'"),
        ({"swapped_workdays": ["2027-02-30"]}, "日期应写作2026-01-31的形式"),
        ({"swapped_workdays": ["2027-05-10"]}, "调休上班日应为周六或周日：2027-05-10"),
        ({"swapped_workdays": ["2027-05-02"]}, "调休上班日落在假期内：2027-05-02"),
        ({"swapped_workdays": ["2028-05-07"]}, "调休上班日不在2027年：2028-05-07"),
        ({"holidays": [*NOTICE["holidays"], ["2027-06-11", "2027-06-09"]]}, "假期末日早于首日：2027-06-11至2027-06-09"),
        ({"holidays": [*NOTICE["holidays"], ["2028-01-01", "2028-01-01"]]}, "假期不在2027年：2028-01-01"),
        ({"holidays": [*NOTICE["holidays"], ["2027-10-07", "2027-10-08"]]}, "假期重叠：2027-10-07至2027-10-08"),
        ({"holidays": NOTICE["holidays"][:2]}, "缺少法定节日：2027-10-01"),
    ],
)
def test_a_wrong_notice_is_refused_with_the_fault_named(change, complaint):
    with pytest.raises(ValueError, match=complaint):
        year_from_notice(NOTICE | change)


def test_a_notice_without_its_parts_is_refused():
    with pytest.raises(ValueError, match="放假安排缺少项目：holidays、swapped_workdays"):
        year_from_notice({"year": 2027})


def test_all_faults_are_named_at_once():
    with pytest.raises(ValueError, match=r"调休上班日应为周六或周日.*；缺少法定节日"):
        Year(2027, (), frozenset({date(2027, 5, 10)}))
