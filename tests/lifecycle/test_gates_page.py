"""docs/gates.md: each rule of a tender has a gate and a test at its border, or a stated reason."""

from pathlib import Path

from lifecycle.gates_page import borders_by_rule, chapters_of, gates_by_rule, named_at_borders, page, unkept
from lifecycle.ungated import REASONS
from statutes.rule import Direction
from statutes.rules import RULES

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_of_gates_says_what_gates_and_tests_say():
    assert (DOCS / "gates.md").read_text(encoding="utf-8") == page(), "run: python manage.py write_gates"


def test_every_rule_of_a_tender_has_a_gate_and_a_border_test_or_a_reason():
    assert unkept() == []


def test_a_period_is_called_a_clock_only_where_a_clock_counts_it():
    """What a person does outside of this product is not watched here, and the page says so."""
    lines = {line.rule.id: line for chapter in chapters_of().values() for line in chapter}
    uncounted = [line for line in lines.values() if not (line.refuses or line.gates or line.has_clock or line.reason)]
    assert uncounted == []
    assert {i for i in ("GP-17", "GP-18", "GP-26") if lines[i].has_clock} == {"GP-17"}


def test_a_marker_alone_is_no_border_test():
    """What a test is marked with it also expects: the article of a rule is cited because a test asks for it."""
    assert "TB-12" in named_at_borders()
    assert "EV-12" not in named_at_borders(), "marked at secrets, refused as EM-03"


def test_every_rule_that_is_named_exists():
    known = {rule.id for rule in RULES}
    assert {*borders_by_rule(), *REASONS} - known == set()


def test_no_reason_is_left_where_a_gate_and_a_test_keep_the_rule():
    """But for secrets, which no act could break: there the reason says how they are kept, beside gate and test."""
    lines = [line for chapter in chapters_of().values() for line in chapter]
    kept = [line.rule for line in lines if line.reason and line.gates and line.tests]
    assert [rule.id for rule in kept if rule.direction is not Direction.EMB] == []


def test_gates_are_found_by_what_they_rest_on_and_by_what_they_refuse_with():
    gates = gates_by_rule()
    assert "tenders.gates.opening.deadline_has_come" in gates["EV-01"]
    assert "contracts.operations.revoke_award" in gates["AW-13"]
