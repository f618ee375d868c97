"""
Which rule of the law is kept by which gate, and which test stands at its border: ``docs/gates.md``.

All is read from the source: gates by ``rests_on`` and by the rules with which they refuse, clocks by the functions that
count them, tests by the marker ``rule``, which name the rule once more in what they expect: a marker alone proves
nothing. A rule that no gate keeps is in ``REASONS``.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from lifecycle.ungated import REASONS
from statutes.rule import Direction, Rule
from statutes.tables import CHAPTERS
from tenders.periods import APPLYING, BONDS_BACK

HEAD = """# 规则、门槛、测试

由 `python manage.py write_gates` 生成，请勿手改。每一条法律规则由哪个门槛守住，边界由哪个测试守住；
条文见 [law.md](law.md)，步骤见 [steps.md](steps.md)。“限期”类规则是期限：写着“期限”的到期公开催办、逾期公开，
不拒绝办理，所以没有门槛。没有门槛、也没有期限的规则写明理由；平台查不出违反的，也这样写明。
"""
ROOMS = ("tenders", "contracts", "integrity", "lifecycle", "publishing", "portal")
# law.md 1.5 to 1.8: each rule that binds has to be kept and tested, or its reason be stated
MUST = ("招标", "开标与评标", "中标与合同", "异议与投诉")
SHOWN = ("必须招标的范围与规模", *MUST, "政府采购", "保密、公平竞争与廉政")
REFUSING = {"rests_on", "refuse", "incomplete"}
COUNTING = re.compile(r"_clocks$|^rule_(of|for)")
RULE_ID = re.compile(r"[A-Z]{1,2}-?[0-9]+(\.[0-9]+)?")

Places = dict[str, list[str]]


@dataclass(frozen=True)
class Line:
    """A rule with what keeps it."""

    rule: Rule
    gates: list[str]
    tests: list[str]
    is_named: bool  # by a test at its border, besides the marker: so the refusal is asked for under this very rule
    has_clock: bool

    @property
    def reason(self) -> str:
        return REASONS.get(self.rule.id, "")

    @property
    def refuses(self) -> bool:
        """Whether a breach of the rule is to be refused; the others are clocks."""
        return self.rule.direction is not Direction.MAX

    @property
    def is_kept(self) -> bool:
        if self.reason:
            return True
        bordered = self.gates and self.tests and self.is_named
        return bool(bordered if self.refuses else self.gates or self.has_clock)


def page() -> str:
    """Return the whole page."""
    chapters = [f"## {title}\n\n{_table(lines)}" for title, lines in chapters_of().items()]
    return "\n".join([HEAD, *chapters])


def chapters_of() -> dict[str, list[Line]]:
    """Return the chapters on tenders with a line for each rule."""
    gates, tests, named, clocks = gates_by_rule(), borders_by_rule(), named_at_borders(), rules_with_clocks()
    return {
        title: [
            Line(rule, gates.get(rule.id, []), tests.get(rule.id, []), rule.id in named, rule.id in clocks)
            for rule in _once(CHAPTERS[title])
        ]
        for title in SHOWN
    }


def unkept() -> list[str]:
    """Return the rules that have to be kept and are not, and the periods of any chapter that nobody counts."""
    return [
        line.rule.id
        for title, lines in chapters_of().items()
        for line in lines
        if not line.is_kept and (title in MUST or not line.refuses)
    ]


@cache
def gates_by_rule() -> Places:
    """Return the functions that rest on each rule, or refuse with it. All sources are read for it, once."""
    found: Places = defaultdict(list)
    for function, where in _functions(*(settings.BASE_DIR / room for room in ROOMS)):
        for rule_id in sorted({i for call in _calls(function) if _name(call) in REFUSING for i in _rule_ids(call)}):
            found[rule_id].append(where.replace("/", ".").replace("::", "."))
    return found


@cache
def rules_with_clocks() -> frozenset[str]:
    """Return the rules by which the clocks of a project count, from the functions that make or choose them."""
    functions = (f for f, _where in _functions(settings.BASE_DIR / "lifecycle", settings.BASE_DIR / "integrity"))
    nodes = (node for function in functions if COUNTING.search(function.name) for node in ast.walk(function))
    texts = {str(node.value) for node in nodes if isinstance(node, ast.Constant)}
    return frozenset({text for text in texts if RULE_ID.fullmatch(text)} | {*BONDS_BACK.values(), *APPLYING.values()})


@cache
def borders_by_rule() -> Places:
    """Return the tests that are marked with each rule. All tests are read for it, once."""
    found: Places = defaultdict(list)
    for function, where in _tests():
        for rule_id in sorted({i for mark in _marks(function) for i in _rule_ids(mark)}):
            found[rule_id].append(where.removeprefix("tests/"))
    return found


@cache
def named_at_borders() -> set[str]:
    """Return the rules that a test marked with them also names in what it expects. All tests are read for it, once."""
    return {rule_id for function, _where in _tests() for rule_id in _named(function)}


def _named(test: ast.FunctionDef) -> set[str]:
    marks = _marks(test)
    in_marks = {id(argument) for mark in marks for argument in mark.args}
    words = {str(n.value) for n in ast.walk(test) if isinstance(n, ast.Constant) and id(n) not in in_marks}
    return words & {rule_id for mark in marks for rule_id in _rule_ids(mark)}


def _tests() -> Iterator[tuple[ast.FunctionDef, str]]:
    return (found for found in _functions(settings.BASE_DIR / "tests") if found[0].name.startswith("test_"))


def _marks(test: ast.FunctionDef) -> list[ast.Call]:
    return [call for decorator in test.decorator_list for call in _calls(decorator) if _name(call) == "rule"]


def _functions(*folders: Path) -> Iterator[tuple[ast.FunctionDef, str]]:
    """All functions below some folders, with their places, in a steady order."""
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*.py") if "migrations" not in p.parts):
            place = path.relative_to(settings.BASE_DIR).with_suffix("").as_posix()
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef):
                    yield node, f"{place}::{node.name}"


def _calls(node: ast.AST) -> Iterator[ast.Call]:
    return (inner for inner in ast.walk(node) if isinstance(inner, ast.Call))


def _name(call: ast.Call) -> str:
    """Return the last word of what is called."""
    return getattr(call.func, "attr", "") or getattr(call.func, "id", "")


def _rule_ids(call: ast.Call) -> Iterator[str]:
    for argument in call.args:
        if isinstance(argument, ast.Constant) and RULE_ID.fullmatch(str(argument.value)):
            yield str(argument.value)


def _once(rules: tuple[Rule, ...]) -> list[Rule]:
    """A rule with several versions counts once."""
    return list({rule.id: rule for rule in rules}.values())


def _table(lines: list[Line]) -> str:
    head = "| 规则 | 事项 | 要求 | 门槛 | 测试 |\n|---|---|---|---|---|\n"
    return head + "".join(f"| {' | '.join(_cells(line))} |\n" for line in lines)


def _cells(line: Line) -> tuple[str, ...]:
    rule = line.rule
    gates = _listed(line.gates) or ("期限，不拒绝办理" if line.has_clock else "")
    kept = "<br>".join(text for text in (gates, line.reason) if text)
    return rule.id, rule.title, rule.direction.value, kept, _listed(line.tests)


def _listed(places: list[str]) -> str:
    return "<br>".join(f"`{place}`" for place in places)
