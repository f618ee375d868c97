"""The commands of those who hold keys, and stock age beside them, from the making of the keys to the opening."""

import shutil
import stat
import subprocess
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from ledger.canonical import CHINA
from tenders.sealing import __main__ as commands
from tenders.sealing.envelopes import identity_in, lock, new_identity
from tenders.sealing.exchange import KeysFile, PeeledFile, TenderFile, WrappedBid, WrapsFile
from tenders.sealing.head import Head, check_head
from tenders.sealing.key_files import policy_in, witnessed_time
from tenders.sealing.opening import open_payload
from tenders.sealing.seal import seal
from tests.sealing.making import BIDDER, TENDER, make_content
from tests.verifier.making import SEEN, Kit, Witness, entries
from verify import Refuted

DUE = datetime.fromtimestamp(SEEN, CHINA)


@pytest.fixture
def run(capsys):
    def run(*words):
        code = commands.main([str(word) for word in words])
        return code, capsys.readouterr().out

    return run


@pytest.fixture
def kit(tmp_path):
    return Kit(tmp_path / "log", entries(3))


@pytest.fixture
def desk(tmp_path, kit, run):
    """Four holders, each with a key file of his own, and one bid sealed to them. Return what each test needs."""
    keys = {}
    for holder in ("observer", "observer-spare", "bureau", "escrow"):
        path = tmp_path / f"{holder}.txt"
        code, said = run("key", holder, "某单位", "--policy", kit.folder / "policy", "--out", path)
        assert code == 0
        keys[holder] = said.split("：")[-1].strip()
    bid = seal(make_content(), keys)
    wraps = WrapsFile(TENDER, DUE, kit.checkpoint(at=SEEN), (WrappedBid(1, bid.head.bid_key, bid.head.wraps),))
    (tmp_path / "wraps.json").write_text(wraps.dump(), encoding="utf-8")
    (tmp_path / "payload.age").write_bytes(bid.payload)
    return {"folder": tmp_path, "bid": bid, "wraps": wraps}


def test_a_key_file_is_its_owners_alone_and_is_never_overwritten(desk, run):
    path = desk["folder"] / "observer.txt"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_text(encoding="utf-8")
    code, _said = run("key", "observer", "某单位", "--out", path)
    assert (code, path.read_text(encoding="utf-8")) == (1, before)
    assert run("public", path)[0] == 0


@pytest.mark.parametrize(
    ("outer", "inner"), [("observer", "bureau"), ("observer", "escrow"), ("observer-spare", "bureau")]
)
def test_each_pair_opens_by_commands(desk, run, outer, inner):
    folder, bid = desk["folder"], desk["bid"]
    peeled, keys = folder / "peeled.json", folder / "bid-keys.json"
    deadline = DUE.isoformat()
    assert run("peel", folder / "wraps.json", folder / f"{outer}.txt", "--deadline", deadline, "--out", peeled)[0] == 0
    assert run("finish", peeled, folder / f"{inner}.txt", "--out", keys)[0] == 0

    secret = KeysFile.parse(keys.read_text(encoding="utf-8")).keys[0].secret
    assert open_payload(bid.head, bid.payload, secret, bidder=BIDDER) == make_content()


@pytest.mark.parametrize("by", ["own clock", "witness", "nobody's", "announcement"])
def test_nothing_is_peeled_before_the_deadline(desk, kit, run, by):
    folder, wraps, deadline = desk["folder"], desk["wraps"], DUE
    due, checkpoint, said = wraps.due_at, wraps.checkpoint, "现在不能解封"
    if by == "own clock":
        due = deadline = datetime.now(CHINA).replace(microsecond=0) + timedelta(minutes=5)
    elif by == "witness":
        checkpoint = kit.checkpoint(at=SEEN - 1)
    elif by == "nobody's":
        checkpoint, said = kit.checkpoint(witnessed=False), "见证"
    else:
        deadline, said = DUE + timedelta(days=1), "不是您从公告上抄的"
    file = WrapsFile(TENDER, due, checkpoint, wraps.bids)
    (folder / "early.json").write_text(file.dump(), encoding="utf-8")

    out = folder / "peeled.json"
    code, answer = run(
        "peel", folder / "early.json", folder / "observer.txt", "--deadline", deadline.isoformat(), "--out", out
    )
    assert code == 1
    assert said in answer
    assert not out.exists()


def test_who_holds_another_key_is_told_so(desk, run):
    folder = desk["folder"]
    words = ("--deadline", DUE.isoformat(), "--out", folder / "peeled.json")
    assert "不是这个标段的监督密钥" in run("peel", folder / "wraps.json", folder / "bureau.txt", *words)[1]
    assert run("peel", folder / "wraps.json", folder / "observer-spare.txt", *words)[0] == 0
    assert "不是给这把密钥的" in run("finish", folder / "peeled.json", folder / "escrow.txt")[1]
    (folder / "empty.txt").write_text("# nothing\n", encoding="utf-8")
    assert "✗ 密钥文件不对" in run("public", folder / "empty.txt")[1]


def test_of_a_bid_without_its_key_it_is_said_in_words_what_is_wrong(desk, run):
    folder, wraps = desk["folder"], desk["wraps"]
    (bid,) = wraps.bids
    first, *others = bid.wraps
    spoilt = replace(first, data=lock(lock(new_identity().encode(), first.inner), first.outer))
    file = replace(wraps, bids=(replace(bid, wraps=(spoilt, *others)),))
    (folder / "spoilt.json").write_text(file.dump(), encoding="utf-8")
    peeled = folder / "peeled.json"
    words = ("--deadline", DUE.isoformat(), "--out", peeled)
    assert run("peel", folder / "spoilt.json", folder / "observer.txt", *words)[0] == 0
    said = run("finish", peeled, folder / "bureau.txt", "--out", folder / "bid-keys.json")[1]
    assert "没有取出：投标 1（observer+bureau，里面装的不是这份投标的密钥）" in said


def test_a_bidder_reads_his_own_bid_with_his_recovery_key(desk, run):
    folder = desk["folder"]
    (folder / "recovery.txt").write_text(f"# 投标恢复密钥\n{desk['bid'].secret}\n", encoding="utf-8")
    code, said = run("open", folder / "payload.age", folder / "recovery.txt", "--out", folder / "bid")

    assert code == 0
    assert "price_fen：123456789" in said
    assert (folder / "bid" / "01-投标函.pdf").read_bytes() == make_content().files[0].data


def test_a_bidder_seals_on_a_machine_of_his_own(tmp_path, ring, run):
    (tmp_path / "tender.json").write_text(TenderFile(TENDER, BIDDER, ring.keys).dump(), encoding="utf-8")
    (tmp_path / "投标函.pdf").write_bytes(b"%PDF")
    words = ("seal", tmp_path / "tender.json", tmp_path / "投标函.pdf", "--days", "180", "--out", tmp_path / "bid")
    code, said = run(*words, "--price", "1234567.8")
    assert code == 0

    head = Head.parse((tmp_path / "bid" / "head.json").read_bytes())
    check_head(head, tender=TENDER, keys=ring.keys)
    assert head.payload_sha256 in said
    secret = identity_in((tmp_path / "bid" / "recovery.txt").read_text(encoding="utf-8"))
    content = open_payload(head, (tmp_path / "bid" / "payload.age").read_bytes(), secret, bidder=BIDDER)
    assert content.reading.price_fen == 1_234_567_80
    assert run(*words, "--price", "0")[0] == 1  # what could not be read aloud is not sealed


@pytest.mark.skipif(shutil.which("age") is None, reason="no age on this machine")
def test_stock_age_opens_what_we_have_sealed(desk):
    folder, data = desk["folder"], desk["bid"].head.wraps[0].data
    for holder in ("observer", "bureau"):
        command = ["age", "-d", "-i", str(folder / f"{holder}.txt")]
        data = subprocess.run(command, input=data, capture_output=True, check=True).stdout
    assert data.decode() == desk["bid"].secret


def test_a_quorum_of_two_witnesses_has_the_time_of_the_later_comer(kit):
    other = Witness(name="archive.localhost/witness")
    policy = (
        f"log {kit.key.verifier}\nwitness one {kit.witness.vkey}\nwitness two {other.vkey}\n"
        "group both {} one two\nquorum both\n"
    )
    note = other.sign(kit.checkpoint(at=SEEN), SEEN + 60)

    assert witnessed_time(note, policy.format("all")) == DUE
    assert witnessed_time(note, policy.format("any")) == DUE + timedelta(seconds=60)
    assert witnessed_time(note, f"log {kit.key.verifier}\nquorum none\n") is None
    with pytest.raises(Refuted):
        witnessed_time(kit.checkpoint(at=SEEN), policy.format("all"))


def test_what_a_key_file_says_of_trust_is_read_back(desk, kit):
    text = (desk["folder"] / "observer.txt").read_text(encoding="utf-8")
    assert policy_in(text) == "".join(f"{line}\n" for line in kit.policy().splitlines() if line[0] != "#")
    assert PeeledFile(TENDER, ()).dump()
