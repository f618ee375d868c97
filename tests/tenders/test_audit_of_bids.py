"""check_ledger judges the receipts of bidders and observers: what became of that for which they were given."""

import json
from datetime import timedelta

import pytest

import verify
from ledger import merkle
from ledger.clock import real_now
from ledger.keys import publish_verifier, signing_key
from ledger.models import Entry
from ledger.notes import SigningKey, sign_note
from ledger.operations import record
from ledger.sealer import seal
from portal.public import receipt_key
from portal.staff.views_bids import opening_of
from publishing.verifier import policy
from tenders.models import Bid, BidTick, BidUpload, SealedBid
from tenders.operations.bid_boxes import tick_boxes
from tenders.operations.bids import register_bid, withdraw_bid
from tenders.operations.sealed_bids import withdraw_sealed_bid
from tests.bidding import company, credit_code, deliver, let_the_deadline_pass, open_bids, open_tender, register_keys
from tests.factories import make_people
from tests.ledger.making import run_sql
from tests.tenders.test_audit import judged
from tests.tenders.test_boxes_tampered import superuser

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return make_people("a-password-of-tests")


@pytest.fixture
def sealing(settings):
    """Return what seals the record as it is."""
    receipt_key._key.cache_clear()
    folder = settings.PUBLIC_ROOT / "ledger"
    key = signing_key(settings.PUBLIC_ROOT / "key", settings.LEDGER_ORIGIN, signed_before=False)
    publish_verifier(folder, key)
    receipt_key.sign("the first receipt publishes its key\n")

    def sealing():
        seal(folder, key)
        run_sql("SET CONSTRAINTS ALL IMMEDIATE")

    return sealing


@pytest.fixture
def tender(people, sealing):
    register_keys(people, real_now())
    return open_tender(people)


@pytest.fixture
def bidders(tender):
    return [company(serial) for serial in (1, 2, 3)]


@pytest.fixture
def bids(tender, bidders, sealing):
    bids = [deliver(bidder, tender, real_now()) for bidder in bidders]
    tick_boxes(at=real_now())
    sealing()
    return bids


@pytest.fixture
def save(client, tmp_path, bidders):
    """Save the receipt of the second bid as its bidder does. Return the file."""

    def save(bid, kind="json", **changes):
        client.force_login(bidders[1])
        content = client.get(f"/bid/bids/{bid.pk}/receipt.{kind}").content.decode()
        return kept(f"2.{kind}" if kind == "json" else "bid-receipt-2.txt", content, **changes)

    def kept(name, content, **changes):
        file = tmp_path / "kept" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(json.loads(content) | changes) if changes else content, encoding="utf-8")
        return file

    save.kept = kept
    return save


def said(file):
    """Return what check_ledger says in English of a receipt, without its name, and whether all is well."""
    lines, good = judged(file)
    return "".join(lines).partition("：")[2], good


# -- bidders


@pytest.mark.parametrize("kind", ["json", "txt"])
def test_a_bid_that_lies_in_the_box_is_told_of_with_its_tick(bids, save, kind):
    words, good = said(save(bids[1], kind))
    assert "在投标箱里，没有改，第 1 次固定起就有" in words or kind == "txt"
    assert good


def test_before_its_tick_it_is_told_of_as_open(tender, bidders, save, sealing):
    deliver(bidders[0], tender, real_now())
    bid = deliver(bidders[1], tender, real_now())
    sealing()
    words, good = said(save(bid))
    assert "第 1 次固定还没有做" in words
    assert good


def test_who_took_a_bid_back_is_told_so_and_nobody_is_accused(bids, bidders, save, sealing):
    file = save(bids[1])
    withdraw_sealed_bid(bids[1].pk, actor=bidders[1], at=real_now())
    words, good = said(file)
    assert "从第 2 次固定起撤回或者被投标人自己替换" in words
    assert good
    assert said(save(bids[1]))[1]  # the receipt of the withdrawal


def drop(bid):
    BidUpload.objects.filter(delivered=bid).update(delivered=None)
    SealedBid.objects.filter(pk=bid.pk)._raw_delete("default")


WAYS = {
    "dropped": (drop, "投标被删去了"),
    "payload": (lambda bid: SealedBid.objects.filter(pk=bid.pk).update(payload_sha256="ab" * 32), "不是当初签收的"),
    "bidder": (lambda bid: SealedBid.objects.filter(pk=bid.pk).update(credit_code=credit_code(9)), "不是当初签收的"),
    "moment": (
        lambda bid: SealedBid.objects.filter(pk=bid.pk).update(received_at=bid.received_at - timedelta(hours=1)),
        "不是当初签收的",
    ),
    "tick": (lambda bid: SealedBid.objects.filter(pk=bid.pk).update(tick=2), "不是当初签收的"),
    "untold": (lambda bid: BidTick.objects.update(digests=[]), "却没有"),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_receipt_tells_what_was_done_to_its_bid(bids, save, way):
    file = save(bids[1])
    tamper, words = WAYS[way]
    with superuser():
        tamper(bids[1])
        told, good = said(file)
    assert words in told
    assert not good


def test_a_forged_or_edited_receipt_of_a_bid_accuses_nobody(bids, save, settings):
    stranger = SigningKey.generate(f"{settings.LEDGER_ORIGIN}/receipts")
    note = json.loads(save(bids[1]).read_text())["receipt"]
    text = note.rpartition("\n\n")[0] + "\n"
    for forged in (sign_note(text, stranger), note.replace("tick 1", "tick 2"), note.replace("bid ", "bid 0", 1), "x"):
        words, good = said(save(bids[1], receipt=forged))
        assert "不是本局签发的回执" in words
        assert not good


def test_an_entry_in_a_bid_s_receipt_that_is_not_on_record_is_named(bids, save):
    told = json.loads(save(bids[1]).read_text())["ticks"][0]
    changed = told | {"entry": told["entry"].replace('"number":1', '"number":2')}
    assert "却不是当初那一条" in said(save(bids[1], ticks=[changed]))[0]
    assert "账本证明不成立" in said(save(bids[1], ticks=[told | {"proof": "x"}]))[0]


def test_after_the_opening_the_same_file_proves_it_offline(bids, save, tender, sealing, settings, capsys):
    tick_boxes(at=real_now() + timedelta(minutes=5))
    let_the_deadline_pass(tender)
    tick_boxes(at=real_now() + timedelta(minutes=6))
    open_bids(tender)
    sealing()
    file = save(bids[1])
    trusted = save.kept("policy", policy())
    key = settings.PUBLIC_ROOT / "ledger" / "receipt-vkey"
    code = verify.main([str(file), "--policy", str(trusted), "--receipt-key", str(key)])
    assert (code, "投标没有被丢掉、调换" in capsys.readouterr().out) == (0, True)
    assert said(file)[1]


# -- paper


@pytest.fixture
def line(people, tender):
    return register_bid(
        tender.pk, bidder="第九建筑有限公司", credit_code=credit_code(9), envelopes=1, sealed=True,
        seal_note="骑缝章完整", delivered_by="王海", actor=people.clerk, at=real_now(),
    )  # fmt: skip


def test_a_line_of_the_register_is_told_of_by_the_code_on_its_receipt(people, line, save, sealing):
    file = save.kept("9.json", opening_of(line))
    sealing()
    assert "下一次固定还没有做" in said(file)[0]
    tick_boxes(at=real_now())
    sealing()
    words, good = said(file)
    assert "第 1 次固定起就有" in words
    assert good
    left = withdraw_bid(line.pk, withdrawn_by="王海", actor=people.clerk, at=real_now())
    assert said(save.kept("9.json", opening_of(left)))[1]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"seal_note": "封口破损"}, "被改过"),
        ({"digest": "ab" * 32}, "没有这一行"),
        (None, "没有这一行"),
    ],
)
def test_a_printed_receipt_tells_what_was_done_to_its_line(line, save, sealing, values, words):
    file = save.kept("9.json", opening_of(line))
    tick_boxes(at=real_now())
    sealing()
    Bid.objects.filter(pk=line.pk).update(**values) if values else Bid.objects.all().delete()
    told, good = said(file)
    assert words in told
    assert not good


# -- observers


@pytest.fixture
def observed(people, tender, sealing):
    """The receipts of two acts of an observer, as the page saves them."""
    for number in (1, 2):
        subject = f"{tender.path}/invitation/1/attendance/7"
        facts = {"text": f"第{number}句：封口完好。"}
        record(
            "observation.logged", subject=subject, actor=people.discipline, at=real_now(), facts=facts, key=f"{number}"
        )
    sealing()
    entries = Entry.objects.filter(kind="observation.logged").in_order()
    receipts = [
        {"entry": bytes(e.body).decode(), "leaf": bytes(e.leaf).hex(), "proof": None,
         "receipt": receipt_key.sign_receipt(e, bytes(e.leaf).hex())}
        for e in entries
    ]  # fmt: skip
    return {"format": "observer-receipts/v1", "receipts": receipts}


def test_each_receipt_of_an_observer_is_told_of(observed, save):
    lines, good = judged(save.kept("o.json", json.dumps(observed)))
    assert (len(observed["receipts"]), good) == (2, True)
    assert all("一个字也没有改" in line for line in lines)


@pytest.mark.parametrize("name", ["entry", "leaf", "receipt", "proof", "text"])
def test_a_changed_receipt_of_an_observer_is_refused(observed, save, name):
    first, second = observed["receipts"]
    if name == "text":  # a whole receipt of his own making
        body = second["entry"].replace("完好", "破损")
        observed["receipts"][1] |= {"entry": body, "leaf": merkle.leaf_hash(body.encode()).hex()}
    else:
        observed["receipts"][1] |= {name: first[name] or "x"}
    assert not judged(save.kept("o.json", json.dumps(observed)))[1]


def test_words_of_an_observer_that_were_changed_in_the_record_are_named(observed, save):
    file = save.kept("o.json", json.dumps(observed))
    seq = json.loads(observed["receipts"][1]["entry"])["seq"]
    with superuser() as cursor:
        cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_append_only")
        cursor.execute(
            "UPDATE ledger_entry SET body = convert_to(replace(convert_from(body, 'UTF8'), '完好', '破损'), 'UTF8'), "
            "leaf = sha256('\\x00'::bytea || convert_to(replace(convert_from(body, 'UTF8'), '完好', '破损'), 'UTF8')) "
            "WHERE seq = %s",
            [seq],
        )
        assert not judged(file)[1]
