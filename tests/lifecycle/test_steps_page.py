from pathlib import Path

from lifecycle.steps import TABLE
from lifecycle.steps_page import page

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_of_steps_says_what_the_table_says():
    assert (DOCS / "steps.md").read_text(encoding="utf-8") == page(), "run: python manage.py write_steps"


def test_every_gate_of_a_step_rests_on_a_rule_or_on_the_bureaus_own_order():
    text = page()
    own_order = {
        "project_is_active",
        "responsibility_is_named",
        "every_institution_is_invited",
        "every_invitation_has_its_outcome",
        "every_concern_is_answered",
        "its_round_is_before_the_public",
        "something_is_changed",
        "every_application_is_judged",
        "no_more_pass_than_were_announced",
        "award_is_not_dated_ahead",
    }
    for gate in {gate for step in TABLE for gate in step.gates}:
        line = next(line for line in text.splitlines() if f"`{gate.__name__}`" in line)
        assert ("（" in line) is (gate.__name__ not in own_order), line
