"""The worked example of a cemetery park's extension in 2026: each day that a rule sets, recomputed from the rule."""

from datetime import date

import pytest

from statutes.calendar import CHINA, DueDay
from statutes.rules import due, rule


def day(text):
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


TIMELINE = [
    ("comments on the plan", "PD-03", "03-09", "04-08", "04-08"),
    ("application for a hearing", "PL-06", "04-09", "04-16", "04-16"),
    ("hearing", "PL-07", "04-16", "05-18", "05-18"),
    ("legality review", "PD-10", "04-13", "04-22", "04-22"),
    ("decision published", "PD-12", "04-24", "05-26", "05-26"),
    ("adoption report", "PD-13", "04-24", "05-26", "05-26"),
    ("licence result", "PL-10", "05-29", "06-09", "06-09"),
    ("other approvals", "FO-01", "05-29", "06-29", "06-29"),
    ("purchase intention", "GP-00", "06-15", "05-16", "05-15"),
    ("issue of documents", "TB-03", "06-15", "06-20", "06-22"),
    ("bid deadline", "TB-05", "06-15", "07-05", "07-06"),
    ("last objection to documents", "OB-02", "07-06", "06-26", "06-26"),
    ("answer to it", "OB-05", "06-26", "06-29", "06-29"),
    ("last clarification", "TB-06", "07-06", "06-21", "06-18"),
    ("candidates published", "AW-01", "07-07", "07-10", "07-10"),
    ("publicity of candidates", "AW-02", "07-08", "07-11", "07-13"),
    ("answer to an objection", "OB-05", "07-10", "07-13", "07-13"),
    ("written report", "AW-06", "07-14", "07-29", "07-29"),
    ("complaint", "OB-06", "07-14", "07-24", "07-24"),
    ("contract", "AW-07", "07-14", "08-13", "08-13"),
    ("bid bonds back", "AW-10", "07-24", "07-29", "07-29"),
    ("contract announced", "GP-17", "07-24", "07-28", "07-28"),
    ("contract information", "AW-14", "07-24", "08-21", "08-21"),
    ("copy to the finance bureau", "GP-18", "07-24", "08-04", "08-04"),
    ("construction permit", "EX-01", "07-27", "08-03", "08-03"),
    ("start of works", "EX-02", "08-03", "11-03", "11-03"),
    ("design change public", "FO-10", "09-11", "10-15", "10-15"),
    ("request for information", "FO-05", "09-10", "10-14", "10-14"),
    ("acceptance filed", "EX-17", "11-27", "12-12", "12-14"),
    ("completion public", "FO-10", "11-27", "12-25", "12-25"),
    ("payment after acceptance", "EX-08", "11-27", "12-27", "12-28"),
    # Just before and after a holiday
    ("candidates before the Spring Festival", "AW-02", "02-12", "02-15", "02-24"),
    ("documents before the National Day", "TB-05", "09-14", "10-04", "10-08"),
    ("sale before the National Day", "TB-03", "09-28", "10-03", "10-08"),
    ("contract before the National Day", "GP-17", "09-30", "10-09", "10-09"),
]
INTO_2027 = [
    ("longest term of payment", "EX-08.2", "11-27", "2027-01-26"),
    ("as-built file", "PL-12", "11-27", "2027-05-27"),
    ("yearly report on openness", "FO-08", "12-31", "2027-01-31"),
    ("overdue payments published", "EX-10", "12-31", "2027-03-31"),
]


@pytest.mark.parametrize(
    ("id", "start", "literal", "strict"), [line[1:] for line in TIMELINE], ids=[t[0] for t in TIMELINE]
)
def test_the_rules_give_the_days_of_the_worked_example(id, start, literal, strict):
    found = due(rule(id, on=day(start)), day(start), CHINA)

    assert found == DueDay(day(literal), day(strict), provisional=False)


@pytest.mark.parametrize(("id", "start", "literal"), [line[1:] for line in INTO_2027], ids=[t[0] for t in INTO_2027])
def test_duties_that_end_in_2027_are_provisional(id, start, literal):
    found = due(rule(id, on=day(start)), day(start), CHINA)

    assert found.literal == day(literal)
    assert found.provisional


def test_a_late_clarification_moves_the_deadline():
    clarified_on = day("06-24")

    assert CHINA.period_end(clarified_on, rule("TB-06", on=clarified_on).amount) == day("07-09")


def test_terms_of_the_contract_are_counted_as_the_law_counts():
    assert CHINA.period_end(day("11-09"), 28) == day("12-07")
    assert CHINA.period_end(day("11-27"), 28) == day("12-25")
