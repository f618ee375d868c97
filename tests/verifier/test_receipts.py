"""Receipts of bidders and observers: accepted as they were given, and refused with any word of them changed."""

import json
from dataclasses import replace

import pytest

from ledger.notes import SigningKey, sign_note
from tests.verifier.boxes import (
    BIDS,
    GONE,
    LATE,
    OPENED,
    STOOD,
    TICKS,
    bid_receipt,
    recorded,
    with_box,
)
from tests.verifier.making import ORIGIN, Kit, entries
from tests.verifier.observing import SEQS, observed, observer_file, with_observer


def boxed(folder, **box):
    bodies, lists = with_box(with_observer(entries(20)), **box)
    return Kit(folder, bodies), lists


@pytest.fixture
def kit(tmp_path):
    return boxed(tmp_path)[0]


def judge(kit, run, told):
    return run(kit.save("receipt.json", told))


# -- bidders


@pytest.mark.parametrize("listed", [False, True])
def test_a_bid_that_lay_there_from_its_tick_to_the_opening_is_proven(tmp_path, run, listed):
    kit, lists = boxed(tmp_path, listed=listed)
    for bid, words in ((STOOD, "开标序号 1"), (LATE, "开标序号 2"), (GONE, "从第 2 次固定起撤回或者被替换")):
        code, said = judge(kit, run, bid_receipt(kit, bid, lists))
        assert (code, words in said) == (0, True)


def test_before_the_opening_it_is_not_called_proven(kit, run):
    code, said = judge(kit, run, bid_receipt(kit, STOOD, opening=None))
    assert code == 2
    assert "第 1 次固定在账本里" in said
    assert "开标以后重新保存" in said


@pytest.mark.parametrize(
    "published",
    [
        (GONE, LATE),
        (replace(STOOD, bidder="91530300MA0000009Z"), GONE, LATE),
        (replace(STOOD, since=2), GONE, LATE),
        (replace(STOOD, until=3), GONE, LATE),
        (*BIDS, replace(LATE, bid="b9")),
    ],
    ids=["dropped", "exchanged", "later", "taken out", "put in"],
)
def test_a_box_that_is_not_what_the_ticks_held_is_refused(tmp_path, run, published):
    kit, _lists = boxed(tmp_path, published=published)
    assert judge(kit, run, bid_receipt(kit, STOOD))[0] == 1


@pytest.mark.parametrize("way", ["dropped", "exchanged", "later"])
def test_a_bid_that_the_ticks_never_held_is_refused_however_well_they_replay(tmp_path, run, way):
    held = {"dropped": (GONE, LATE), "exchanged": (replace(STOOD, bid="b9"), GONE, LATE),
            "later": (replace(STOOD, since=3), GONE, LATE)}[way]  # fmt: skip
    kit, _lists = boxed(tmp_path, bids=held)
    code, said = judge(kit, run, bid_receipt(kit, STOOD))
    assert code == 1
    assert "被丢掉或者调换了" in said


@pytest.mark.parametrize(
    "name", ["origin", "tender", "bid", "bidder", "payload_sha256", "bid_key", "received_at", "tick"]
)
def test_a_bid_s_receipt_with_a_changed_line_is_refused(kit, run, name):
    """Changed by its holder, whose note is then not ours; and by us, who signed it."""
    note = sign_note(STOOD.note(), kit.receipts)
    assert judge(kit, run, bid_receipt(kit, STOOD, receipt=note.replace(f"\n{name} ", f"\n{name} 1", 1)))[0] == 1
    signed = sign_note(STOOD.note(**{name: "1"}), kit.receipts)
    assert judge(kit, run, bid_receipt(kit, STOOD, receipt=signed))[0] == 1


def changes(kit):
    text = recorded(kit, OPENED)["entry"]
    opened, tick = json.loads(text), recorded(kit, TICKS[0])
    return {
        "a tick of another value": {"ticks": [tick | {"entry": tick["entry"].replace("00", "11")}]},
        "no tick but an entry": {"ticks": [recorded(kit, 3)]},
        "another's proof": {"ticks": [recorded(kit, TICKS[0]) | {"proof": kit.proof(3)}]},
        "a tick without its words": {"ticks": [{"proof": kit.proof(TICKS[0])}]},
        "another opening": {"opening": recorded(kit, TICKS[1])},
        "a secret of one's own": {"opening": recorded(kit, OPENED) | {"entry": text.replace("0001", "0101", 1)}},
        "a digest less": {"opening": recorded(kit, OPENED) | {
            "entry": json.dumps(opened | {"facts": {**opened["facts"], "bids": []}})}},
        "a stranger's signature": {"receipt": sign_note(STOOD.note(), SigningKey.generate(f"{ORIGIN}/receipts"))},
        "a comment's receipt": {"receipt": json.loads(kit.receipt())["receipt"]},
        "no receipt": {"receipt": None},
        "a withdrawal that was none": {"receipt": sign_note(replace(STOOD, until=2).note(), kit.receipts)},
    }  # fmt: skip


@pytest.mark.parametrize("change", range(11))
def test_a_bid_s_receipt_with_something_else_in_it_is_refused(kit, run, change):
    name, changed = list(changes(kit).items())[change]
    assert judge(kit, run, bid_receipt(kit, STOOD, **changed))[0] == 1, name


def test_lists_that_are_not_those_of_the_entry_are_refused_and_without_them_nothing_is_proven(tmp_path, run):
    kit, lists = boxed(tmp_path, listed=True)
    assert judge(kit, run, bid_receipt(kit, STOOD, lists.replace('"since":1', '"since":2')))[0] == 1
    assert judge(kit, run, bid_receipt(kit, STOOD, None))[0] == 2


def test_without_the_ticks_that_bind_the_box_nothing_is_proven(kit, run):
    for ticks in ([TICKS[0]], [TICKS[2]], []):
        code, said = judge(kit, run, bid_receipt(kit, STOOD, ticks=[recorded(kit, seq) for seq in ticks]))
        assert code == 2
        assert "文件里的固定不全" in said
    assert judge(kit, run, bid_receipt(kit, STOOD, ticks=[recorded(kit, seq) for seq in TICKS[:2]]))[0] == 0


@pytest.mark.parametrize("change", [{"ticks": None}, {"opening": {"entry": "x"}}, {"format": ["x"]}, {"format": "y"}])
def test_half_a_receipt_is_not_called_proven(kit, run, change):
    assert judge(kit, run, bid_receipt(kit, STOOD, **change))[0] in {1, 2}


def test_without_the_key_of_receipts_a_bid_s_receipt_proves_nothing(kit, run):
    (kit.folder / "receipt-vkey").unlink()
    assert judge(kit, run, bid_receipt(kit, STOOD))[0] == 2


# -- observers


def test_an_observer_s_words_are_proven_one_by_one(kit, run):
    code, said = judge(kit, run, observer_file(kit))
    assert code == 0
    assert [f"已收录：账本第 {seq} 条" in said for seq in SEQS] == [True] * 3
    assert "第14句：封口完好。" in said


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("name", ["entry", "leaf", "receipt", "proof"])
def test_an_observer_s_receipt_with_anything_changed_is_refused(kit, run, place, name):
    receipts = [observed(kit, seq) for seq in SEQS]
    other = observed(kit, SEQS[place - 1])
    receipts[place][name] = other[name]
    code, said = judge(kit, run, observer_file(kit, receipts))
    assert code == 1
    assert said.count("已收录") >= 2  # the others are told of all the same

    receipts[place][name] = ""
    assert judge(kit, run, observer_file(kit, receipts))[0] == 1


@pytest.mark.parametrize("change", [{"log": "another.example/log"}, {"subject": "project/2026-009/package/1/x/1"}])
def test_an_observer_s_file_of_another_log_or_opening_is_refused(kit, run, change):
    assert judge(kit, run, observer_file(kit, **change))[0] == 1


@pytest.mark.parametrize("receipts", [[], {}, [None], ["x"], "x", None])
def test_a_file_without_receipts_is_not_called_proven(kit, run, receipts):
    assert judge(kit, run, observer_file(kit, [], receipts=receipts))[0] in {1, 2}


def test_what_was_saved_in_the_first_minute_is_told_of_as_open(kit, run):
    receipts = [observed(kit, SEQS[0]), observed(kit, SEQS[1], proof=None)]
    code, said = judge(kit, run, observer_file(kit, receipts))
    assert code == 2
    assert "过一分钟重新保存" in said
    assert run(kit.folder / "receipt.json", "--log", kit.folder)[0] == 0
