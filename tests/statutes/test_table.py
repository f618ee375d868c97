from pathlib import Path

from statutes import table
from statutes.rules import RULES

LAW = Path(__file__).parents[2] / "docs" / "law.md"


def test_the_printed_table_is_the_table_in_force():
    assert LAW.read_text(encoding="utf-8") == table.markdown(), "run: python -m statutes.table > docs/law.md"


def test_the_table_shows_every_rule_once_and_marks_what_is_not_verified():
    lines = [line for line in table.markdown().splitlines() if line.startswith("| ") and "编号" not in line]

    assert [line.split(" | ")[0].removeprefix("| ") for line in lines] == [rule.id for rule in RULES]
    assert sum("待核实" in line.split(" | ")[4] for line in lines) == sum(not rule.verified for rule in RULES)
