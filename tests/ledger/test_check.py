import shutil
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ledger import canonical
from ledger.check import check_ledger
from ledger.models import Checkpoint, Entry
from ledger.notes import SigningKey, sign_note
from ledger.proofs import TreeHead
from ledger.sealer import seal
from ledger.tiles import Log
from tests.database import unguarded
from tests.ledger.making import make_entries, make_entry, make_many, run_sql

pytestmark = pytest.mark.django_db

LEAF = "sha256('\\x00'::bytea || %s)"


@pytest.fixture(params=[(3, 15, 2)])
def check(request, folder, key):
    """Three checkpoints over 20 entries, or as many as the test asks for, and what the check finds in them."""
    for number in request.param:
        make_many(number)
        seal(folder, key)
    run_sql("SET CONSTRAINTS ALL IMMEDIATE")
    return lambda **changes: check_ledger(
        folder, **{"origin": key.name, "keys": [key.verifier], "unsealed_for": timedelta(minutes=1)} | changes
    )


# 300 entries: a full tile, a second one, and a tile above them.
with_two_levels = pytest.mark.parametrize("check", [(10, 250, 40)], indirect=True)


def tamper(statement, *values):
    with unguarded():
        run_sql(statement, *values)


def rewrite(seq, /, **changes):
    """Change a body and its leaf so that the row agrees with itself, as only a superuser can."""
    body = canonical.canonical_bytes(Entry.objects.get(seq=seq).content | changes)
    tamper(f"UPDATE ledger_entry SET body = %s, leaf = {LEAF} WHERE seq = %s", body, body, seq)
    return body


def codes(report):
    return [problem.code for problem in report.problems]


def messages(report):
    return [problem.zh for problem in report.problems]


def test_an_honest_record_has_no_problems(check):
    report = check()

    assert report.problems == []
    assert (report.size, report.checkpoints, report.unsealed) == (20, 3, 0)
    assert report.root == Checkpoint.objects.latest().root


def test_an_empty_record_has_no_problems(folder, key):
    report = check_ledger(folder, key.name, [key.verifier], timedelta(minutes=1))

    assert (report.size, report.problems) == (0, [])


def test_new_entries_are_counted_and_not_reported(check):
    make_entries(2)

    report = check()

    assert (report.size, report.unsealed, report.problems) == (20, 2, [])


def test_an_entry_that_waits_too_long_for_its_seal_is_reported(check):
    make_entries(2)

    assert messages(check(unsealed_for=timedelta(0))) == ["第 20 条已超过 0 秒仍未封存"]


@with_two_levels
def test_a_rewritten_entry_is_named(check):
    rewrite(17, facts={"名称": "另一个项目"})

    report = check()

    assert messages(report) == [
        "第 17 条与公开的原文不符（tile/entries/000）",
        "第 17 条与公开的哈希不符（tile/0/000）",
        "公开文件 tile/1/000.p/1 与条目不符",
        "自 260 条的检查点起，2 个检查点与条目不符：改动在第 10 至 259 条之间",
    ]
    assert report.problems[0].en == "Entry 17 is not what is published in tile/entries/000"


def test_an_entry_rewritten_together_with_all_files_is_still_found(check, folder):
    rewrite(18, facts={})
    shutil.rmtree(folder / "tile")
    log = Log(folder, 0)
    for size in (3, 18, 20):
        bodies = Entry.objects.filter(seq__gte=log.size, seq__lt=size).in_order().values_list("body", flat=True)
        log = log.extended(list(bodies))

    assert messages(check()) == ["自 20 条的检查点起，1 个检查点与条目不符：改动在第 18 至 19 条之间"]


def test_a_rewritten_record_signed_with_another_key_is_found(check, folder):
    other = SigningKey.generate("test.example/ledger2026")
    last = Checkpoint.objects.latest()
    forged = sign_note(str(TreeHead(other.name, last.size, last.root)), other)
    tamper("UPDATE ledger_checkpoint SET note = %s WHERE size = 20", forged)

    assert messages(check()) == ["20 条的检查点无效：no known key signed the note", "公开的检查点不是最近签署的"]


@pytest.mark.parametrize(
    ("column", "value"),
    [("kind", "other"), ("subject", "project/other"), ("at", "2026-01-01"), ("recorded_at", "2026-01-01")],
)
def test_a_changed_column_is_named(check, column, value):
    tamper(f"UPDATE ledger_entry SET {column} = %s WHERE seq = 17", value)

    assert messages(check()) == [f"第 17 条的 {column} 列与内容不符"]


def test_a_body_that_claims_another_place_is_named(check):
    rewrite(19, seq=18)

    assert "第 19 条的 seq 列与内容不符" in messages(check())


def test_a_removed_entry_is_named(check):
    tamper("DELETE FROM ledger_task")
    tamper("DELETE FROM ledger_entry WHERE seq = 17")

    report = check()

    assert "第 17 条缺失" in messages(report)
    assert "root" in codes(report)


def test_a_removed_entry_that_was_not_sealed_is_named(check):
    make_entries(3)
    run_sql("SET CONSTRAINTS ALL IMMEDIATE")
    tamper("DELETE FROM ledger_task")
    tamper("DELETE FROM ledger_entry WHERE seq = 21")

    assert messages(check()) == ["第 21 条缺失"]


def test_a_leaf_that_is_not_of_its_body_is_named(check):
    tamper("ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_leaf")
    tamper("UPDATE ledger_entry SET leaf = sha256('') WHERE seq = 17")

    assert messages(check()) == ["第 17 条的叶哈希与内容不符"]


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"b": 1}', b'{"v":1.5}'])
def test_a_body_that_is_not_canonical_is_named(check, body):
    tamper(f"UPDATE ledger_entry SET body = %s, leaf = {LEAF} WHERE seq = 17", body, body)

    assert messages(check())[0].startswith("第 17 条的内容不是规范 JSON")


@with_two_levels
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("tile/0/000", "第 3 条与公开的哈希不符（tile/0/000）"),
        ("tile/0/001.p/44", "第 259 条与公开的哈希不符（tile/0/001.p/44）"),
        ("tile/entries/000", "第 0 条与公开的原文不符（tile/entries/000）"),
        ("tile/1/000.p/1", "公开文件 tile/1/000.p/1 与条目不符"),
        ("checkpoint", "公开的检查点不是最近签署的"),
    ],
)
def test_a_changed_file_is_named(check, folder, name, message):
    content = bytearray((folder / name).read_bytes())
    content[20 if name == "tile/1/000.p/1" else 100] ^= 1
    (folder / name).write_bytes(content)

    assert messages(check()) == [message]


@with_two_levels
@pytest.mark.parametrize("name", ["tile/0/001.p/44", "tile/entries/001.p/44", "tile/1/000.p/1"])
def test_a_lost_or_shortened_file_is_named(check, folder, name):
    (folder / name).write_bytes((folder / name).read_bytes()[:-1])
    assert messages(check())[0].startswith(f"公开文件 {name} 缺失或损坏")

    (folder / name).unlink()
    assert codes(check()) == ["file"]


def test_the_published_checkpoint_may_be_one_behind_for_a_moment(check, folder):
    first, second, _third = Checkpoint.objects.order_by("size")

    (folder / "checkpoint").write_text(second.note)
    assert codes(check()) == []
    assert codes(check(unsealed_for=timedelta(0))) == ["published"]
    (folder / "checkpoint").write_text(first.note)
    assert codes(check()) == ["published"]


def test_a_checkpoint_whose_columns_disagree_with_its_note_is_named(check):
    tamper("UPDATE ledger_checkpoint SET root = sha256('') WHERE size = 18")

    assert messages(check())[0] == "18 条的检查点与其签名文本不符"


def test_checkpoints_that_go_back_in_time_are_named(check):
    tamper("UPDATE ledger_checkpoint SET sealed_at = '2020-01-01' WHERE size = 18")

    assert messages(check()) == ["18 条的检查点早于前一个"]


def test_the_command_prints_a_summary_in_two_languages(check):
    output = StringIO()

    call_command("check_ledger", stdout=output)

    chinese, english = output.getvalue().splitlines()
    assert chinese.startswith("已封存 20 条，检查点 3 个，未封存 0 条，根哈希 ")
    assert english.startswith("Sealed 20, checkpoints 3, not sealed yet 0, root ")


def test_the_command_names_the_changed_row_and_fails(check):
    rewrite(17, facts={})
    output = StringIO()

    with pytest.raises(CommandError, match="3 处问题"):
        call_command("check_ledger", stdout=output)

    assert output.getvalue().startswith(
        "第 17 条与公开的原文不符（tile/entries/000.p/20）\n"
        "Entry 17 is not what is published in tile/entries/000.p/20\n"
    )


def test_the_command_believes_the_key_that_it_is_given_and_not_the_published_one(check):
    with pytest.raises(CommandError, match="problems: 4"):
        call_command("check_ledger", vkey=str(SigningKey.generate("test.example/ledger2026").verifier))


def test_the_command_says_that_the_key_is_missing(check, folder):
    (folder / "vkey").unlink()

    with pytest.raises(CommandError, match="台账公钥缺失"):
        call_command("check_ledger")


def test_the_command_has_nothing_against_a_new_instance(folder):
    make_entry()

    call_command("check_ledger", stdout=StringIO())
