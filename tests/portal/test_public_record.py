import json
from base64 import b64decode
from hashlib import sha256

import pytest
from django.conf import settings

from accounts.models import User
from ledger.clock import now
from ledger.merkle import leaf_hash
from ledger.models import Checkpoint, Entry
from ledger.notes import SigningKey
from ledger.proofs import LogProof
from ledger.sealer import seal
from tenders.models import Comment, Withholding
from tenders.operations.answers import answer_comment
from tenders.operations.comments import receive_comment, show_comment
from tenders.operations.withholding import confirm_withholding, propose_withholding
from tests.portal.scenes import make_consultation, make_user

pytestmark = pytest.mark.django_db

KEY = SigningKey.generate("test.localhost/ledger")


@pytest.fixture
def consultation(settings, tmp_path):
    settings.PUBLIC_ROOT = tmp_path
    return make_consultation()


def seal_ledger():
    return seal(settings.PUBLIC_ROOT / "ledger", KEY)


def make_comment(consultation, text="希望多留几个停车位。", **fields):
    return receive_comment(consultation.pk, text=text, at=now(), **fields)


@pytest.mark.parametrize("change", [str, str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_a_receipt_code_is_found_however_it_is_typed(client, consultation, change):
    comment = make_comment(consultation)

    response = client.post("/receipts/", {"code": change(comment.code)})

    assert response["Location"] == f"/receipts/{comment.code}/"


def test_full_width_letters_and_mistaken_ones_are_read_as_meant(client, consultation):
    comment = make_comment(consultation)
    Comment.objects.filter(pk=comment.pk).update(code="0O1L-2345-6789".translate(str.maketrans("OL", "01")))

    response = client.post("/receipts/", {"code": "０ｏIl 2345 6789"})

    assert response["Location"] == "/receipts/0011-2345-6789/"


@pytest.mark.parametrize(("code", "reason"), [("", "请输入回执码"), ("123", "12位"), ("0000-0000-0000", "没有找到")])
def test_a_code_that_leads_nowhere_is_answered_with_what_to_do(client, consultation, code, reason):
    response = client.post("/receipts/", {"code": code})

    assert response.status_code == 404
    assert reason in response.content.decode()
    assert response.context["form"]["code"].value() == code


def test_a_fresh_receipt_shows_the_code_large_with_a_picture_to_scan(client, consultation):
    comment = make_comment(consultation)

    response = client.get(f"/receipts/{comment.code}/")

    page = response.content.decode()
    assert f'<p class="no num">{comment.code}</p>' in page
    assert 'src="data:image/svg+xml' in page
    assert "第1号" in page
    assert "no-store" in response["Cache-Control"]


def test_the_receipt_page_shows_neither_name_nor_contact(client, consultation):
    comment = make_comment(consultation, name="王大爷", contact="13800000000")

    page = client.get(f"/receipts/{comment.code}/").content.decode()

    assert "王大爷" not in page
    assert "13800000000" not in page


def test_the_receipt_follows_the_comment_into_the_record_to_the_answer(client, consultation):
    manager = consultation.project.manager
    comment = make_comment(consultation)
    url = f"/receipts/{comment.code}/"
    assert "一分钟内签署" in client.get(url).content.decode()

    seal_ledger()
    assert "已由检查点 1 签署" in client.get(url).content.decode()

    show_comment(comment.pk, actor=manager, at=now())
    assert "已公开" in client.get(url).content.decode()

    answer_comment(
        comment.pk, outcome="adopted", text="加设十八个车位。", change="总平面图已改。", actor=manager, at=now()
    )
    page = client.get(url).content.decode()
    assert "加设十八个车位。" in page
    assert "总平面图已改。" in page
    assert "采纳" in page


def withhold(comment):
    draft = Withholding(comment=comment, ground="privacy", insufficient="全是他人病情", attempt="█")
    proposed = propose_withholding(draft, actor=comment.project.manager, at=now())
    confirm_withholding(proposed.pk, actor=make_user(User.Role.REVIEWER), at=now())


def test_a_withheld_comment_names_its_ground(client, consultation):
    comment = make_comment(consultation)
    withhold(comment)

    assert "涉及个人隐私" in client.get(f"/receipts/{comment.code}/").content.decode()


def test_the_receipt_holds_what_opens_the_commitment_in_the_record(client, consultation):
    comment = make_comment(consultation)

    response = client.get(f"/receipts/{comment.code}/")

    assert response.context["commitment"] == Entry.objects.get().facts["commitment"]
    assert bytes.fromhex(response.context["salt"]) == bytes(comment.salt)


def test_the_receipt_file_proves_the_comment_without_us(client, consultation):
    for number in range(3):
        comment = make_comment(consultation, text=f"意见{number}")
    seal_ledger()

    response = client.get(f"/receipts/{comment.code}.json")

    held = response.json()
    opened = sha256(held["label"].encode() + bytes.fromhex(held["salt"]) + held["text"].encode()).hexdigest()
    assert opened == held["commitment"] == json.loads(held["entry"])["facts"]["commitment"]
    LogProof.parse(held["proof"]).verify(held["entry"].encode(), "test.localhost/ledger", [KEY.verifier])
    assert "attachment" in response["Content-Disposition"]


def test_the_receipt_file_of_the_first_minute_has_no_proof_yet(client, consultation):
    comment = make_comment(consultation)

    assert client.get(f"/receipts/{comment.code}.json").json()["proof"] is None


def test_the_receipt_page_takes_a_handful_of_queries(client, consultation, django_assert_max_num_queries):
    comment = make_comment(consultation)

    with django_assert_max_num_queries(7):
        client.get(f"/receipts/{comment.code}/")


def test_an_unknown_receipt_is_not_found(client, consultation):
    assert client.get("/receipts/0000-0000-0000/").status_code == 404
    assert client.get("/receipts/0000-0000-00000/").status_code == 404


def test_an_entry_is_shown_as_the_bytes_that_were_hashed(client, consultation):
    make_comment(consultation)

    body = client.get("/ledger/entries/0.json").content

    entry = Entry.objects.get()
    assert leaf_hash(body) == bytes(entry.leaf)
    assert json.loads(body)["kind"] == "comment.received"
    assert bytes(entry.leaf).hex() in client.get("/ledger/entries/0/").content.decode()


def test_the_proof_of_an_entry_convinces_a_verifier(client, consultation):
    for number in range(3):
        make_comment(consultation, text=f"意见{number}")
    checkpoint = seal_ledger()

    for seq in range(3):
        proof = LogProof.parse(client.get(f"/ledger/entries/{seq}.tlog-proof").content.decode())
        body = client.get(f"/ledger/entries/{seq}.json").content
        head, signers = proof.verify(body, "test.localhost/ledger", [KEY.verifier])
        assert head.size == checkpoint.size == 3
        assert signers == [KEY.verifier]
        assert b64decode(checkpoint.note.split("\n")[2]) == head.root


def test_an_entry_that_is_not_signed_yet_says_so(client, consultation):
    make_comment(consultation)

    assert "还没有签署" in client.get("/ledger/entries/0/").content.decode()
    assert client.get("/ledger/entries/0.tlog-proof").status_code == 404
    assert not Checkpoint.objects.exists()


def test_a_proof_waits_while_the_files_are_not_here(client, consultation, settings, tmp_path):
    for number in range(2):
        make_comment(consultation, text=f"意见{number}")
    seal_ledger()
    settings.PUBLIC_ROOT = tmp_path / "elsewhere"

    assert client.get("/ledger/entries/0/").status_code == 200
    assert client.get("/ledger/entries/0.tlog-proof").status_code == 404


@pytest.mark.parametrize("seq", ["7", "99999999999999999999999"])
def test_an_entry_that_does_not_exist_is_not_found(client, consultation, seq):
    assert client.get(f"/ledger/entries/{seq}/").status_code == 404
    assert client.get(f"/ledger/entries/{seq}.json").status_code == 404
