"""Five hundred people comment by the real form. Each is on record and can prove it; whoever tampers is found out."""

import json
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

import verify
from ledger.keys import publish_verifier, signing_key
from ledger.models import Entry
from ledger.sealer import seal
from portal.public import receipt_key
from tenders.models import Comment
from tests.ledger.making import run_sql
from tests.portal.scenes import make_consultation, typed

pytestmark = pytest.mark.django_db

NUMBER = 500
PER_ADDRESS = 25  # a street behind one address, each in a network of its own: the limits stay as they are


@pytest.fixture(autouse=True)
def own_cache(settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"KEY_PREFIX": uuid4().hex}}


def post_comment(client, number):
    """Send one comment by the form, as a resident does. Return the receipt's address."""
    response = client.post(
        "/projects/2026-001/comment/",
        typed(text=f"第{number}位居民：希望多留几个停车位。", name=f"居民{number}"),
        REMOTE_ADDR=f"203.0.{number // PER_ADDRESS}.7",
    )
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def check(*arguments):
    """Run check_ledger. Return whether it is content, and what it says in Chinese."""
    output = StringIO()
    try:
        call_command("check_ledger", *arguments, published_within=0, stdout=output)
    except CommandError:
        return False, output.getvalue().splitlines()[::2]
    return True, output.getvalue().splitlines()[::2]


def verified(*words):
    """Ask the verifier, as if started with these words. Return its exit code."""
    report = verify.Report()
    verify.check(verify.arguments_of([str(word) for word in words]), report)
    return report.code


def test_500_comments_are_on_record_each_receipt_verifies_and_tampering_is_named(client, settings, tmp_path):
    receipt_key._key.cache_clear()
    folder, key = (
        settings.PUBLIC_ROOT / "ledger",
        signing_key(tmp_path / "k", settings.LEDGER_ORIGIN, signed_before=False),
    )
    publish_verifier(folder, key)
    make_consultation()

    addresses = [post_comment(client, number) for number in range(NUMBER)]

    entries = {entry.subject: entry for entry in Entry.objects.filter(kind="comment.received")}
    assert len(set(addresses)) == len(entries) == Comment.objects.count() == NUMBER
    assert "停车位" not in "".join(bytes(entry.body).decode() for entry in entries.values())

    seal(folder, key)
    (tmp_path / "policy").write_text(f"log {key.verifier}\nquorum none\n")
    kept = tmp_path / "kept"
    kept.mkdir()
    for number, address in enumerate(addresses, start=1):
        file = kept / f"{number:03}.json"
        file.write_bytes(client.get(f"{address.rstrip('/')}.json").content)
        assert json.loads(file.read_bytes())["commitment"] == entries[commented(number)].facts["commitment"]
        assert verified(file, "--policy", tmp_path / "policy", "--receipt-key", folder / "receipt-vkey") == 0

    content, lines = check("--receipts", str(kept))
    assert content, lines
    assert sum("一个字也没有改" in line for line in lines) == NUMBER

    drop, alter, swap = (
        "DELETE FROM tenders_comment WHERE number = 17",
        "UPDATE tenders_comment SET text = '没有意见。' WHERE number = 99",
        (
            "UPDATE tenders_comment a SET text = b.text, salt = b.salt FROM tenders_comment b "
            "WHERE (a.number, b.number) IN ((201, 202), (202, 201))"
        ),
    )
    for statement in (drop, alter, swap):
        run_sql(statement)

    content, lines = check("--receipts", str(kept))
    assert not content
    wrong = [line for line in lines if line[:3] in {"017", "099", "201", "202"}]
    assert [line.partition("（账本")[0] for line in wrong] == [
        f"017.json：本局签收过，{commented(17)} 在数据库里却没有了：意见被删去了",
        f"099.json：{commented(99)} 的原文不是当初收下的：意见被改过",
        f"201.json：{commented(201)} 的原文不是当初收下的：意见被改过",
        f"202.json：{commented(202)} 的原文不是当初收下的：意见被改过",
    ]
    assert f"{commented(201)}：这里的原文是 {commented(202)} 的，两条意见被对调" in "".join(lines)
    assert "核对回执 500 份，不符 4 份" in lines


def commented(number):
    return f"project/2026-001/consultation/1/comment/{number}"
