"""Rules of the house that no linter knows."""

import ast
from pathlib import Path

import pytest

from lifecycle.steps import TABLE

ROOT = Path(__file__).parents[1]
ROOMS = ("tenders", "contracts", "integrity", "lifecycle", "publishing", "portal", "api")
# Those whose names cannot mean anything else
EDGES = {name for step in TABLE for move in step.moves if "_" in (name := move.edge.__name__)}
OPERATIONS = sorted(ROOT.glob("*/operations.py"))


def sources():
    for room in ROOMS:
        yield from (p for p in (ROOT / room).rglob("*.py") if "migrations" not in p.parts)


def test_edges_of_state_machines_are_walked_by_take_alone():
    for path in sources():
        calls = [
            node.func.attr
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        ]
        walked = EDGES & set(calls)
        assert not walked, f"{path} calls {walked}"


@pytest.mark.parametrize("path", OPERATIONS, ids=lambda p: p.parent.name)
def test_an_operation_owns_its_transaction_and_is_told_who_and_when(path):
    if path.parent.name == "ledger":
        return
    for function in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(function, ast.FunctionDef) or not records(function):
            continue
        if function.name.startswith("_"):
            continue
        decorators = [ast.unparse(d) for d in function.decorator_list]
        assert decorators == ["transaction.atomic(durable=True)"], function.name
        keywords = {argument.arg for argument in function.args.kwonlyargs}
        assert "at" in keywords, function.name


def records(function):
    return any(
        isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"record", "_record_visibility"}
        for node in ast.walk(function)
    )


def test_no_operation_reads_the_clock():
    for path in OPERATIONS:
        if path.parent.name == "ledger":
            continue
        text = path.read_text(encoding="utf-8")
        for clock in ("timezone.now", "date.today", "datetime.now", "localdate()", "clock.now"):
            assert clock not in text, f"{path}: {clock}"


def test_there_is_no_room_for_odds_and_ends():
    for path in sources():
        assert path.stem not in {"utils", "helpers", "services", "signals", "managers"}, path
