"""What verify.py tells a reader, and by which exit code."""

import email.message
import random
from hashlib import sha256

import pytest

import verify
from ledger import merkle
from ledger.notes import SigningKey, sign_note
from tests.foreign.proving import consistencies
from tests.verifier.making import DOCUMENT, NOTICE, ORIGIN, SEEN, TEXT, Kit, Witness, entries, entry

PAGE = f'<!doctype html><title>x</title><pre id="notice-body" lang="zh-CN">{NOTICE}</pre><p>别的</p>'


def test_one_proof_file_is_enough(kit, run):
    code, said = run(kit.save("7.tlog-proof", kit.proof(7)))

    assert code == 0
    assert "已收录：账本第 7 条（检查点共 300 条）" in said
    assert "Included: entry 7" in said
    assert "第7件" in said
    assert "见证人 jiwei 于 2026-02-25 14:13:20 +08:00 会签" in said
    assert "不晚于 2026-02-25 14:13:20" in said
    assert said.rstrip().endswith("结论 / Result: 核对无误 / PROVEN")


def test_a_proof_without_the_entry_needs_the_entry(kit, run):
    proof = kit.save("7.tlog-proof", kit.proof(7, extra=b""))

    assert run(proof)[0] == 2
    assert run(proof, kit.save("7.json", kit.bodies[7]))[0] == 0
    assert run(proof, kit.save("8.json", kit.bodies[8]))[0] == 1


def mail(text, encoding):
    message = email.message.EmailMessage()
    message["Subject"] = "公告"
    message.set_content(f"您订阅的公告：\n{text}\n退订：http://127.0.0.1/\n", cte=encoding)
    return bytes(message)


@pytest.mark.parametrize(
    ("seq", "name", "content"),
    [
        (4, "paper.docx", DOCUMENT),
        (3, "notice.html", PAGE.encode()),
        (3, "saved-on-windows.html", PAGE.replace("\n", "\r\n").encode()),
        (3, "notice.txt", NOTICE.encode()),
        (3, "with-mark.txt", b"\xef\xbb\xbf" + NOTICE.encode()),
        (3, "mail.txt", f"您好，\n{NOTICE}\n-- \n退订\n".encode()),
        (3, "mail.eml", mail(NOTICE, "base64")),
        (3, "mail-8bit.eml", mail(NOTICE, "8bit")),
        (3, "mail-printable.eml", mail(NOTICE, "quoted-printable")),
    ],
)
def test_a_file_is_found_to_be_the_one_on_record(kit, run, seq, name, content):
    code, said = run(kit.save("a.tlog-proof", kit.proof(seq)), kit.save(name, content))

    assert code == 0
    assert "与账本一致" in said


@pytest.mark.parametrize(
    ("seq", "content"),
    [
        (4, DOCUMENT + b" "),
        (4, b""),
        (7, DOCUMENT),
        (3, PAGE.replace("3月9日", "3月8日").encode()),
        (3, b"<pre id=notice-body>" * 1000),
        (3, mail(NOTICE.replace("改扩建", "扩建"), "base64")),
        (3, b"\xff\xfe\x00" * 100),
    ],
)
def test_another_file_is_refused_with_its_fingerprint(kit, run, seq, content):
    code, said = run(kit.save("a.tlog-proof", kit.proof(seq)), kit.save("b.html", content))

    assert code == 1
    assert sha256(content).hexdigest() in said
    assert "不相符，不能相信" in said


def test_a_receipt_opens_its_commitment_and_leads_to_the_checkpoint(kit, run):
    code, said = run(kit.save("receipt.json", kit.receipt()))

    assert code == 0
    assert f"原文与账本里的指纹相符：{TEXT}" in said
    assert "单位签名承认于 2026-02-25T14:13:00+08:00 收到" in said
    assert "已收录：账本第 5 条" in said


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "希望少留几个停车位。"},
        {"salt": "00" * 16},
        {"salt": "0"},
        {"commitment": "0" * 64},
        {"entry": entries(7)[6].decode()},
        {"entry": "[" * 50_000},
        {"receipt": "nothing"},
        {"receipt": sign_note("receipt/v1\nentry 4\n", SigningKey.generate("x"))},
        {"text": None},
        {"proof": "nothing"},
    ],
)
def test_a_changed_receipt_is_refused(kit, run, changes):
    assert run(kit.save("receipt.json", kit.receipt(**changes)))[0] == 1


def test_a_receipt_without_a_proof_is_not_called_proven(kit, run):
    code, said = run(kit.save("receipt.json", kit.receipt(proof=None)))

    assert code == 2
    assert "过一分钟重新保存" in said


def test_a_receipt_is_held_against_a_copy_of_the_log(kit, run, tmp_path):
    receipt = kit.save("receipt.json", kit.receipt(proof=None))
    dropped = Kit(tmp_path / "other", [*entries(5), entry(5), *entries(300)[6:]], kit.key, kit.receipts, kit.witness)

    assert run(receipt, "--log", kit.folder)[0] == 0
    assert run(receipt, "--log", dropped.folder)[0] == 1


def test_without_the_key_of_receipts_their_signature_is_left_open(kit, run):
    receipt = kit.save("receipt.json", kit.receipt())
    (kit.folder / "receipt-vkey").unlink()

    code, said = run(receipt)

    assert code == 0
    assert "没有核对" in said


def test_a_policy_may_demand_witnesses_and_is_not_met_without_them(kit, run):
    alone = kit.save("a.tlog-proof", kit.proof(7, checkpoint=kit.checkpoint(witnessed=False)))

    code, said = run(alone)
    assert code == 1
    assert "待见证" in said

    kit.save("policy", kit.policy("none"))
    code, said = run(alone)
    assert code == 0
    assert "没有见证人会签" in said


def test_a_log_may_have_had_several_keys(kit, run):
    older = SigningKey.generate(ORIGIN)
    kit.save("policy", f"log {older.verifier}\n{kit.policy()}")

    assert run(kit.save("a.tlog-proof", kit.proof(7)))[0] == 0


def test_a_stranger_s_log_is_not_believed(kit, run):
    kit.save("policy", f"log {SigningKey.generate(ORIGIN).verifier}\nquorum none\n")

    code, said = run(kit.save("a.tlog-proof", kit.proof(7)))

    assert code == 1
    assert "都没有签过它" in said


GROUPS = "group two 2 a b c\ngroup all all two d\nquorum all\n"


@pytest.mark.parametrize(("signing", "code"), [("abd", 0), ("bcd", 0), ("abc", 1), ("ad", 1), ("abcd", 0)])
def test_witnesses_are_counted_in_groups(kit, run, signing, code):
    witnesses = {name: Witness(name=f"{name}.example/w") for name in "abcd"}
    lines = "".join(f"witness {name} {witness.vkey} https://{name}.example/\n" for name, witness in witnesses.items())
    kit.save("policy", f"log {kit.key.verifier} https://log.example/\n{lines}{GROUPS}")
    note = kit.checkpoint(witnessed=False)
    for name in signing:
        note = witnesses[name].sign(note, SEEN)

    assert run(kit.save("a.tlog-proof", kit.proof(7, checkpoint=note)))[0] == code


@pytest.mark.parametrize(
    "change",
    [
        lambda policy: policy.replace("quorum", "# quorum"),
        lambda policy: policy + "quorum none\n",
        lambda policy: policy.replace("quorum jiwei", "quorum nobody"),
        lambda policy: policy + "surprise\n",
        lambda policy: policy.replace("witness jiwei", "witness none"),
        lambda policy: policy + policy.replace("quorum jiwei\n", ""),
        lambda policy: policy.replace("+A", "+B"),
        lambda policy: policy + "\x07\n",
        lambda policy: policy.replace("quorum", "group g 2 jiwei\nquorum"),
        lambda policy: policy.replace("quorum", "group g any jiwei\ngroup h any jiwei\nquorum"),
        lambda _policy: "",
        lambda _policy: "log x\n" * 1000,
    ],
)
def test_a_policy_that_cannot_be_understood_checks_nothing(kit, run, change):
    kit.save("policy", change(kit.policy()))

    assert run(kit.save("a.tlog-proof", kit.proof(7)))[0] == 2


def test_without_a_policy_the_reader_is_told_where_to_get_it(kit, run, monkeypatch, tmp_path):
    proof = kit.save("elsewhere/a.tlog-proof", kit.proof(7))
    monkeypatch.chdir(proof.parent)

    code, said = run(proof)

    assert code == 2
    assert "/ledger/policy" in said
    assert run(proof, "--policy", kit.folder / "policy")[0] == 0


def test_a_time_after_the_witness_s_is_refused(kit, run, tmp_path):
    late = [entry(seq, recorded_at="2026-02-25T14:15:00+08:00") for seq in range(9)]
    kit = Kit(tmp_path / "late", late)

    code, said = run(kit.save("a.tlog-proof", kit.proof(7)))

    assert code == 1
    assert "记录时间晚于见证时间" in said


def test_a_back_dated_entry_is_betrayed_by_an_older_checkpoint(kit, run):
    """The witness saw six entries a day after the time that the seventh claims."""
    old = kit.save("old", kit.checkpoint(6, at=SEEN + 86_400))
    proof = kit.save("a.tlog-proof", kit.proof(7, checkpoint=kit.checkpoint(at=SEEN + 90_000)))

    code, said = run(proof, "--against", old, "--log", kit.folder)

    assert code == 1
    assert "倒填时间" in said


def consistency_file(kit, old):
    leaves = [merkle.leaf_hash(body) for body in kit.bodies]
    proof = next(proof for proof in consistencies(leaves, [len(leaves)]) if proof.old == old)
    return "".join(f"{verify.base64.b64encode(hash_).decode()}\n" for hash_ in proof.hashes)


@pytest.mark.parametrize("old", [1, 6, 255, 256, 257, 299])
def test_an_old_checkpoint_is_proven_to_be_contained(kit, run, old):
    proof = kit.save("a.tlog-proof", kit.proof(7))
    saved = kit.save("old", kit.checkpoint(old, at=SEEN - 60))
    path = kit.save("consistency", f"old {old}\n{consistency_file(kit, old)}\n{kit.checkpoint()}")

    assert run(proof, "--against", saved)[0] == 2
    assert run(proof, "--against", saved, "--log", kit.folder)[0] == 0
    assert run(proof, "--against", saved, "--consistency", path)[0] == 0
    changed = kit.save("changed", path.read_text().replace("\n", "\n" + "A" * 43 + "=\n", 1))
    assert run(proof, "--against", saved, "--consistency", changed)[0] == 1


def test_an_old_proof_and_an_old_receipt_serve_as_old_checkpoints(kit, run):
    proof = kit.save("a.tlog-proof", kit.proof(7))

    assert run(proof, "--against", kit.save("old", kit.proof(9)))[0] == 0
    assert run(proof, "--against", kit.save("old.json", kit.receipt()))[0] == 0


def test_a_history_rewritten_with_the_log_s_own_key_is_found_out(kit, run, tmp_path):
    saved = kit.save("old", kit.checkpoint(100))
    rewritten = Kit(tmp_path / "new", [*entries(50), entry(50), *entries(400)[51:]], kit.key, kit.receipts, kit.witness)
    proof = rewritten.save("a.tlog-proof", rewritten.proof(7))

    for known in (
        ["--log", rewritten.folder],
        ["--consistency", rewritten.save("c", consistency_file(rewritten, 100))],
    ):
        code, said = run(proof, "--against", saved, *known)
        assert code == 1
        assert "从前的记录被改过" in said
    assert run(kit.save("b.tlog-proof", kit.proof(7)), "--log", rewritten.folder)[0] == 1


def test_a_copy_of_the_whole_log_is_checked(kit, run):
    code, said = run("--log", kit.folder, "--against", kit.save("old", kit.checkpoint(17)))

    assert code == 0
    assert "整个账本核对过：300 条记录" in said
    assert "前 17 条没有改动" in said


@pytest.mark.parametrize(
    "name",
    ["checkpoint", "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/44"],
)
def test_a_changed_or_missing_file_of_the_copy_is_found(kit, run, name):
    path = kit.folder / "ledger" / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert run("--log", kit.folder)[0] == 1

    path.write_bytes(content[:-1])
    assert run("--log", kit.folder)[0] == 1

    path.unlink()
    assert run("--log", kit.folder)[0] == 2


def test_an_entry_that_names_another_place_is_refused(tmp_path, run):
    kit = Kit(tmp_path, [entry(0), entry(0)])

    assert run(kit.save("a.tlog-proof", kit.proof(1)))[0] == 1
    assert run("--log", kit.folder)[0] == 1


def test_an_entry_of_another_log_is_shown_as_it_is(tmp_path, run):
    kit = Kit(tmp_path, [b"\xff not json", b'"text"', b"[" * 60_000])

    for seq in range(3):
        assert run(kit.save("a.tlog-proof", kit.proof(seq)))[0] == 0


def test_what_others_wrote_cannot_play_with_the_terminal(tmp_path, run):
    kit = Kit(tmp_path, [entry(0, title="\x1b[2J\u202e假的", remark="结论\n✓ 核对无误")])

    _code, said = run(kit.save("a.tlog-proof", kit.proof(0)))

    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "\n✓ 核对无误" not in said


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00",
        b"\xff\xfe",
        b"{",
        b"{}",
        b"[]",
        b'{"proof":{}}',
        b"[" * 100_000,
        b"{" * 100_000,
        b"c2sp.org/tlog-proof@v1\n",
        b"c2sp.org/tlog-proof@v1\nindex 99999999999999999999999\n\n",
        b"c2sp.org/tlog-proof@v1\nextra \nindex 0\n\nx\n0\n\n\n",
        b"c2sp.org/tlog-proof@v1\nindex 0\n\n" + b"\n" * 1000,
        b"x" * 2_000_001,
    ],
    ids=range(14),
)
def test_hostile_input_gets_an_answer_and_no_traceback(kit, run, content):
    code, said = run(kit.save("hostile", content))

    assert code in {1, 2}
    assert "结论 / Result" in said
    assert run(kit.save("a.tlog-proof", kit.proof(7)), "--against", kit.save("old", content))[0] in {1, 2}
    assert run(kit.save("a.tlog-proof", kit.proof(7)), "--policy", kit.save("p", content))[0] in {1, 2}


def test_a_folder_or_nothing_in_place_of_a_file_is_no_accident(kit, run):
    assert run(kit.folder)[0] == 2
    assert run(kit.folder / "nothing")[0] == 2
    assert run(kit.save("a.tlog-proof", kit.proof(7)), kit.folder)[0] == 2
    assert run("--log", kit.folder / "nothing")[0] == 2


def test_help_says_what_the_exit_codes_mean(capsys):
    with pytest.raises(SystemExit) as ended:
        verify.main(["--help"])

    assert ended.value.code == 0
    assert "0 核对无误 proven; 1 不相符 refuted; 2 没能核对" in capsys.readouterr().out


def test_two_thousand_changed_proof_files_are_refused(kit):
    policy = verify.Policy.parse(kit.policy())
    texts = [kit.proof(seq) for seq in (0, 3, 255, 256, 299)]

    accepted = [text for text in changed_texts(texts, 2000) if verdict(text, policy) == 0]

    assert [verdict(text, policy) for text in texts] == [0] * 5
    assert accepted == []


def verdict(text, policy):
    report = verify.Report()
    try:
        proof = verify.Proof.parse(text)
        verify.check_proof(proof, proof.extra, policy, report)
    except verify.Finding as finding:
        report.note(finding)
    return report.code


def changed_texts(texts, number):
    """Return that many texts with a character changed, taken out, put in, or a line doubled or taken away."""
    chance = random.Random(6962)
    found = []
    while len(found) < number:
        text = chance.choice(texts)
        place = chance.randrange(len(text))
        lines = text.splitlines(keepends=True)
        line = chance.randrange(len(lines))
        doubled = chance.randrange(len(lines) - 2)  # a signature that is there twice is as good as once
        changed = chance.choice(
            [
                text[:place] + chance.choice("Ab0+/=\n —") + text[place + 1 :],
                text[:place] + text[place + 1 :],
                text[:place] + chance.choice("Ab0+/=\n \r") + text[place:],
                "".join(lines[:line] + lines[line + 1 :]),
                "".join([*lines[:doubled], lines[doubled], *lines[doubled:]]),
            ]
        )
        if changed not in texts:
            found.append(changed)
    return found


def test_signatures_of_unknown_keys_do_not_matter(kit, run):
    """The log's own, with the time, and those of witnesses whom this reader does not know."""
    stranger, own = Witness(name="stranger.example/w"), Witness(name=ORIGIN)
    note = own.sign(stranger.sign(kit.checkpoint(), SEEN), SEEN)

    assert run(kit.save("a.tlog-proof", kit.proof(7, checkpoint=note)))[0] == 0
