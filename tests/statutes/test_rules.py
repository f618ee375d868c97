from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations

import pytest

from statutes.calendar import CHINA, DueDay
from statutes.rules import RULES, Confidence, Direction, Track, Unit, due, rule

PERIODS = {Unit.DAY, Unit.WORKING_DAY, Unit.HOUR, Unit.MONTH, Unit.YEAR}
CEILINGS = {Unit.SHARE, Unit.FEN, Unit.COUNT, Unit.MONTH, Unit.DAY}
DAY = timedelta(days=1)
MONDAY = date(2026, 6, 15)


def named(version):
    return f"{version.id}{version.region and '@' + version.region}-{version.applies_from}"


def place(version):
    return version.region and version.region.ljust(6, "0")


def fits(version):
    """Law, unit and direction of a rule fit together."""
    cited = version.title and version.law and version.law_en
    figured = (version.amount is None) == (version.unit is Unit.NONE)
    match version.direction:
        case Direction.MIN | Direction.MAX | Direction.BEFORE:
            figured &= version.unit in PERIODS and isinstance(version.amount, int)
        case Direction.CAP:
            figured &= version.unit in CEILINGS
        case Direction.EMB:
            figured &= version.unit is Unit.NONE
    if version.unit is Unit.SHARE:
        figured &= isinstance(version.amount, Fraction) and 0 < version.amount <= 1
    return bool(cited and figured)


def test_law_unit_and_direction_fit_together():
    assert [named(version) for version in RULES if not fits(version)] == []


def test_a_version_binds_from_its_first_day():
    for version in RULES:
        first = version.applies_from
        assert rule(version.id, on=first, region=place(version)) == version
        assert rule(version.id, on=first + DAY, region=place(version)) == version
        assert version not in versions_on(first - DAY, version)


def test_a_version_binds_to_the_end_of_its_last_day():
    expiring = [version for version in RULES if version.applies_until]
    for version in expiring:
        last = version.applies_until
        assert rule(version.id, on=last - DAY, region=place(version)) == version
        assert rule(version.id, on=last, region=place(version)) == version
        assert version not in versions_on(last + DAY, version)
    assert expiring


def versions_on(on, version):
    return [r for r in RULES if r.id == version.id and r.applies(on, place(version))]


def test_versions_of_a_rule_never_bind_on_the_same_day_in_the_same_region():
    for one, other in combinations(RULES, 2):
        if (one.id, one.region) == (other.id, other.region):
            first, second = sorted((one, other), key=lambda r: r.applies_from)
            assert first.applies_until is not None
            assert first.applies_until < second.applies_from


@pytest.mark.parametrize(
    ("id", "direction", "amount", "unit", "law"),
    [
        ("PD-03", Direction.MIN, 30, Unit.DAY, "《重大行政决策程序暂行条例》第十五条第一款"),
        ("PL-04", Direction.MIN, 10, Unit.WORKING_DAY, "所在地的规定"),
        ("PD-13", Direction.MAX, 20, Unit.WORKING_DAY, "所在地的规定"),
        ("TH-02", Direction.REQ, 400_000_000, Unit.FEN, "《必须招标的工程项目规定》第五条"),
        ("TB-03", Direction.MIN, 5, Unit.DAY, "《中华人民共和国招标投标法实施条例》第十六条第一款"),
        ("TB-05", Direction.MIN, 20, Unit.DAY, "《中华人民共和国招标投标法》第二十四条"),
        ("TB-10", Direction.CAP, Fraction(1, 50), Unit.SHARE, "《中华人民共和国招标投标法实施条例》第二十六条第一款"),
        ("TB-10.2", Direction.CAP, 80_000_000, Unit.FEN, "《工程建设项目施工招标投标办法》第三十七条"),
        ("EV-10.2", Direction.REQ, Fraction(2, 3), Unit.SHARE, "《中华人民共和国招标投标法》第三十七条第二款"),
        ("EV-15", Direction.CAP, 3, Unit.COUNT, "《中华人民共和国招标投标法实施条例》第五十三条第一款"),
        ("AW-09", Direction.CAP, Fraction(1, 10), Unit.SHARE, "《中华人民共和国招标投标法实施条例》第五十八条"),
    ],
)
def test_figures_of_the_law(id, direction, amount, unit, law):
    found = rule(id, on=MONDAY)

    assert (found.direction, found.amount, found.unit, found.law) == (direction, amount, unit, law)


@pytest.mark.parametrize(
    ("id", "figure", "in_english"),
    [
        ("PD-03", "30日", "30 days"),
        ("PD-10", "7个工作日", "7 working days"),
        ("TB-10", "2%", "2%"),
        ("TB-10.2", "80万元", "¥800,000"),
        ("EV-10.2", "2/3", "2/3"),
        ("TB-01", "", ""),
    ],
)
def test_figures_can_be_read(id, figure, in_english):
    found = rule(id, on=MONDAY)

    assert (found.figure, found.figure_en) == (figure, in_english)


def test_what_is_not_verified_says_so():
    known, unsure, confirmed = (rule(id, on=MONDAY) for id in ("TB-10.2", "PD-13", "TB-05"))

    assert known.confidence is Confidence.KNOWLEDGE
    assert known.citation.endswith("（待核实）")
    assert unsure.citation_en.endswith("(to be verified)")
    assert confirmed.citation == confirmed.law
    assert confirmed.citation_en == confirmed.law_en


def test_cemeteries_come_under_the_new_regulations_at_the_end_of_march_2026():
    assert "1997年" in rule("CE-03", on=date(2026, 3, 29)).citation
    assert "2026年" in rule("CE-03", on=date(2026, 3, 30)).citation
    with pytest.raises(LookupError, match="CE-01 has no version for 2026-03-30"):
        rule("CE-01", on=date(2026, 3, 30))


def test_an_expired_opinion_is_no_longer_cited():
    assert "1117号" in rule("TB-16", on=date(2027, 8, 31)).law
    assert "1117号" not in rule("TB-16", on=date(2027, 9, 1)).law


def test_an_unknown_rule_lets_nothing_pass():
    with pytest.raises(LookupError, match="ZZ-99 has no version for 2026-06-15 in region '530000'"):
        rule("ZZ-99", on=MONDAY, region="530000")


def test_a_province_goes_before_the_nation():
    shandong, yunnan = rule("PL-04", on=MONDAY, region="371302"), rule("PL-04", on=MONDAY, region="530100")

    assert (shandong.amount, shandong.unit, shandong.region) == (7, Unit.DAY, "37")
    assert shandong.law == "《山东省城乡规划条例》第三十六条第一款"
    assert (yunnan.amount, yunnan.unit, yunnan.region) == (10, Unit.WORKING_DAY, "")


def test_the_most_local_version_wins_even_if_it_is_older():
    nation = rule("PL-04", on=MONDAY)
    province = replace(nation, region="53", amount=8, applies_from=date(2026, 1, 1))
    city = replace(nation, region="5301", amount=9, applies_from=date(2020, 1, 1))
    county = replace(nation, region="530102", amount=15, applies_from=date(2026, 6, 16))
    book = (county, nation, city, province)

    assert rule("PL-04", on=MONDAY, region="530102", among=book) == city
    assert rule("PL-04", on=MONDAY + DAY, region="530102", among=book) == county
    assert rule("PL-04", on=MONDAY, region="532300", among=book) == province
    assert rule("PL-04", on=MONDAY, region="110101", among=book) == nation
    assert rule("PL-04", on=date(2019, 1, 1), region="530102", among=book) == nation


def test_tenders_and_government_procurement_are_told_apart():
    assert rule("AW-02", on=MONDAY).track is Track.WORKS
    assert rule("GP-15", on=MONDAY).track is Track.GP
    assert rule("FO-01", on=MONDAY).track is Track.BOTH


@pytest.mark.parametrize("id", ["TB-10", "EV-01", "EM-01", "AW-16", "FO-13", "EX-02.2"])
def test_a_rule_without_a_period_in_days_has_no_due_day(id):
    with pytest.raises(ValueError, match=id):
        due(rule(id, on=MONDAY), MONDAY, CHINA)


def test_hours_cannot_be_counted_back():
    backwards = replace(rule("FO-13", on=MONDAY), direction=Direction.BEFORE)

    with pytest.raises(ValueError, match="FO-13 is not counted back in days"):
        due(backwards, MONDAY, CHINA)


def test_years_are_counted_in_months():
    assert due(rule("GP-25", on=MONDAY), MONDAY, CHINA).literal == date(2041, 6, 15)


def test_working_days_before_an_act():
    assert due(rule("PL-08", on=MONDAY), date(2026, 5, 18), CHINA) == DueDay(
        date(2026, 5, 8), date(2026, 5, 8), provisional=False
    )


def test_a_window_that_reaches_a_year_without_notice_is_provisional_and_late():
    comments = due(rule("PD-03", on=MONDAY), date(2026, 12, 2), CHINA)

    assert comments == DueDay(date(2027, 1, 1), date(2027, 1, 4), provisional=True)


def test_a_duty_that_reaches_a_year_without_notice_is_provisional_and_early():
    filing = due(rule("EX-17", on=MONDAY), date(2026, 12, 18), CHINA)

    assert filing == DueDay(date(2027, 1, 2), date(2027, 1, 2), provisional=True)


def test_working_days_that_lie_in_loaded_years_only_are_not_provisional():
    assert not due(rule("FO-01", on=MONDAY), date(2025, 12, 31), CHINA).provisional
    assert due(rule("FO-01", on=MONDAY), date(2025, 12, 30), CHINA).provisional
    assert not due(rule("FO-01", on=MONDAY), date(2026, 11, 27), CHINA).provisional
    assert due(rule("FO-01", on=MONDAY), date(2026, 12, 4), CHINA).provisional
