"""check_ledger finds comments that were changed behind the application's back, and judges receipts."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from ledger.clock import now
from ledger.keys import publish_verifier, signing_key
from ledger.models import Entry
from ledger.notes import SigningKey, sign_note
from ledger.sealer import seal
from portal.public import receipt_key
from tenders.audit.comments import check_comments
from tenders.models import Comment
from tenders.operations.comments import receive_comment
from tests.database import unguarded
from tests.ledger.making import role, run_sql
from tests.portal.scenes import make_consultation

pytestmark = pytest.mark.django_db

SQL = Path(apps.get_app_config("tenders").path) / "sql" / "comment_commitments.sql"
PATH = "project/2026-001/consultation/1/comment/"


@pytest.fixture(autouse=True)
def record(settings):
    """A record with five comments, sealed."""
    receipt_key._key.cache_clear()
    folder = settings.PUBLIC_ROOT / "ledger"
    key = signing_key(settings.PUBLIC_ROOT / "key", settings.LEDGER_ORIGIN, signed_before=False)
    publish_verifier(folder, key)
    consultation = make_consultation()
    for number in range(1, 6):
        receive_comment(consultation.pk, text=f"意见{number}", at=now())
    seal(folder, key)
    run_sql("SET CONSTRAINTS ALL IMMEDIATE")
    return consultation


def found():
    return [problem.zh for problem in check_comments()[1]]


@pytest.fixture
def save(client, tmp_path):
    """Save the receipt of a comment as its holder does, perhaps with a change. Return the file."""

    def saved(number, **changes):
        code = Comment.objects.get(number=number).code
        told = client.get(f"/receipts/{code}.json").json() | changes
        file = tmp_path / "kept" / f"{number}.json"
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(told), encoding="utf-8")
        return file

    return saved


def judged(*places):
    """Return what check_ledger says in Chinese of these receipts, and whether it ended well."""
    output, good = StringIO(), True
    try:
        call_command("check_ledger", "--receipts", *map(str, places), published_within=0, stdout=output)
    except CommandError:
        good = False
    return [line for line in output.getvalue().splitlines()[::2] if ".json" in line[:12] or ".txt" in line[:20]], good


# -- without receipts


def test_an_honest_record_has_nothing_against_it():
    assert check_comments() == (5, [])


def test_a_text_that_was_changed_by_sql_is_found():
    run_sql("UPDATE tenders_comment SET text = text || '。' WHERE number = 3")

    assert found() == [f"{PATH}3：意见的原文或者随机数被改过，与账本第 2 条的指纹不符"]


def test_a_salt_that_was_changed_is_found():
    run_sql("UPDATE tenders_comment SET salt = '\\x00112233445566778899aabbccddeeff' WHERE number = 3")

    assert found() == [f"{PATH}3：意见的原文或者随机数被改过，与账本第 2 条的指纹不符"]


def test_a_row_that_was_deleted_is_found():
    run_sql("DELETE FROM tenders_comment WHERE number = 5")

    assert found() == [f"{PATH}5：账本第 4 条收下的意见，在数据库里没有了"]


def test_a_row_that_was_slipped_in_is_found():
    run_sql(
        "INSERT INTO tenders_comment SELECT (jsonb_populate_record(c, jsonb_build_object("
        "'id', c.id + 1000, 'number', 6, 'code', '0000-0000-0001'))).* FROM tenders_comment c WHERE number = 1"
    )

    assert found() == [f"{PATH}6：数据库里有这条意见，账本里没有收到它的记录"]


def test_a_number_that_nobody_has_is_found():
    run_sql(
        "INSERT INTO tenders_comment SELECT (jsonb_populate_record(c, jsonb_build_object("
        "'id', c.id + 1000, 'number', 8, 'code', '0000-0000-0001'))).* FROM tenders_comment c WHERE number = 1"
    )

    assert [line for line in found() if "编号" in line] == [
        f"{PATH}{number}：这个编号的意见既不在数据库里，也不在账本里" for number in (6, 7)
    ]


def test_two_that_were_swapped_are_both_named():
    run_sql(
        "UPDATE tenders_comment a SET text = b.text, salt = b.salt FROM tenders_comment b "
        "WHERE (a.number, b.number) IN ((2, 4), (4, 2))"
    )

    assert found() == [
        f"{PATH}2：这里的原文是 {PATH}4 的，两条意见被对调（账本第 1 条）",
        f"{PATH}4：这里的原文是 {PATH}2 的，两条意见被对调（账本第 3 条）",
    ]


def test_a_comment_that_comes_after_a_deletion_is_on_record_under_a_number_of_its_own(record):
    run_sql("DELETE FROM tenders_comment WHERE number IN (4, 5)")

    comment = receive_comment(record.pk, text="又一条", at=now())

    assert comment.number == 6
    assert Entry.objects.filter(kind="comment.received").count() == 6
    assert [line.partition("：")[0] for line in found()] == [f"{PATH}4", f"{PATH}5"]


def test_the_sealer_checks_every_comment_and_can_read_none():
    for name in ("tracker_app", "tracker_sealer"):
        run_sql(
            f"DO $$ BEGIN CREATE ROLE {name} NOLOGIN; "
            "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        )
        run_sql(f"GRANT USAGE ON SCHEMA public TO {name}")
    with connection.cursor() as cursor:
        cursor.execute(SQL.read_text().partition("-- A role that does not exist")[2].partition("\n")[2])

    for name in ("tracker_app", "tracker_sealer"):
        with role(name):
            run_sql("SELECT count(*) FROM tenders_comment_commitments()")
    with role("tracker_sealer"), pytest.raises(Exception, match="permission denied"):
        run_sql("SELECT text FROM tenders_comment")


# -- with receipts


def test_a_receipt_of_a_comment_that_is_as_it_was_says_so(save):
    assert judged(save(1)) == ([f"1.json：在账本里（第 0 条，{PATH}1），一个字也没有改"], True)


def test_a_folder_of_receipts_is_checked_file_by_file(save):
    places = {save(number).parent for number in (1, 2, 3)}

    lines, good = judged(*places)

    assert (len(lines), good) == (3, True)


def test_a_receipt_saved_before_the_seal_counts_by_its_signature(save):
    assert judged(save(1, proof=None))[0] == [
        f"1.json：收下了（第 0 条，{PATH}1），一个字也没有改；这份回执是封存以前保存的，没有账本的证明"
    ]


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DELETE FROM tenders_comment WHERE number = 2", "在数据库里却没有了：意见被删去了"),
        ("UPDATE tenders_comment SET text = '没有意见' WHERE number = 2", "的原文不是当初收下的：意见被改过"),
        ("UPDATE tenders_comment SET code = '0000-0000-0001' WHERE number = 2", "回执码现在指向另一条意见"),
    ],
    ids=["dropped", "altered", "code"],
)
def test_a_receipt_tells_what_was_done_to_its_comment(save, statement, told):
    file = save(2)
    run_sql(statement)

    [line], good = judged(file)

    assert told in line
    assert not good


def test_a_receipt_tells_that_its_entry_is_gone_although_we_signed_for_it(save):
    file = save(5)
    with unguarded():
        run_sql("DELETE FROM ledger_task WHERE entry_id = 4")
        run_sql("DELETE FROM ledger_entry WHERE seq = 4")

    [line], good = judged(file)

    assert line == "5.json：本局签收过，账本里却没有第 4 条：它被删去了"
    assert not good


def test_a_receipt_whose_text_its_holder_changed_accuses_nobody(save):
    assert judged(save(1, text="另一条意见")) == (["1.json：文件里的原文与文件里的指纹不符，是这份文件被改过"], False)


@pytest.mark.parametrize("change", ["other key", "other entry", "nonsense"])
def test_a_forged_signature_is_known(save, settings, change):
    file = save(1)
    told = json.loads(file.read_text())
    note = told["receipt"].rpartition("\n\n")[0] + "\n"
    forged = {
        "other key": sign_note(note, SigningKey.generate(f"{settings.LEDGER_ORIGIN}/receipts")),
        "other entry": json.loads(save(2).read_text())["receipt"],
        "nonsense": "receipt/v1",
    }[change]

    assert judged(save(1, receipt=forged)) == (["1.json：不是本局签发的回执，签名对不上"], False)


def test_a_proof_of_another_log_is_known(save):
    [line], good = judged(save(1, proof=json.loads(save(2).read_text())["proof"]))

    assert line.startswith("1.json：回执里的账本证明不成立")
    assert not good


@pytest.mark.parametrize("content", ["", "[]", "{}", "no json", '{"label": 1}'])
def test_a_file_that_is_no_receipt_is_said_to_be_none(save, content):
    file = save(1)
    file.write_text(content)

    assert judged(file) == (["1.json：不是完整的回执文件"], False)


def test_without_any_receipt_in_the_folder_it_is_no_success(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(CommandError, match="没有找到回执文件"):
        call_command("check_ledger", "--receipts", str(tmp_path / "empty"), published_within=0, stdout=StringIO())


def test_what_is_said_of_receipts_is_never_published(save, settings):
    file = save(1, text="另一条意见")
    with pytest.raises(CommandError):
        call_command("check_ledger", "--publish", "--receipts", str(file), published_within=0, stdout=StringIO())

    published = (settings.PUBLIC_ROOT / "ledger" / "check.json").read_text()
    assert json.loads(published)["problem_count"] == 0
    assert "1.json" not in published
