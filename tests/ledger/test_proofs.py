from dataclasses import replace

import pytest

from ledger import merkle
from ledger.notes import SigningKey, sign_note
from ledger.proofs import LogProof, TreeHead, open_checkpoint, prove
from ledger.tiles import Log

ROOT = merkle.EMPTY_ROOT
KEY = SigningKey.generate("example.org/ledger2026")
ENTRIES = [f"entry {i}".encode() for i in range(300)]


@pytest.fixture
def proof(tmp_path):
    log = Log(tmp_path, 0).extended(ENTRIES)
    return prove(log, 17, sign_note(str(TreeHead(KEY.name, log.size, log.root)), KEY))


def test_a_tree_head_is_written_as_the_specification_says():
    head = TreeHead("example.org/ledger2026", 0, ROOT)

    assert str(head) == "example.org/ledger2026\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
    assert TreeHead.parse(str(head)) == head
    assert TreeHead.parse(f"{head}an extension\n") == head


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\n1\n",
        f"origin\n01\n{'A' * 43}=\n",
        f"origin\n-1\n{'A' * 43}=\n",
        f"origin\n٣\n{'A' * 43}=\n",
        f"\n1\n{'A' * 43}=\n",
        "origin\n1\nAAAA\n",
        f"origin\n1\n{'A' * 42}B=\n",
        f"origin\n1\n{'A' * 43}=\n\n",
        f"origin\n1\n{'A' * 43}=",
    ],
)
def test_a_malformed_tree_head_is_refused(text):
    with pytest.raises(ValueError, match=r"\w"):
        TreeHead.parse(text)


def test_a_checkpoint_of_another_log_is_refused():
    other = sign_note(str(TreeHead("elsewhere", 0, ROOT)), KEY)

    with pytest.raises(ValueError, match="is of the log elsewhere"):
        open_checkpoint(other, KEY.name, [KEY.verifier])


def test_a_proof_file_convinces_who_has_only_the_public_key(proof):
    head, signers = LogProof.parse(str(proof)).verify(ENTRIES[17], KEY.name, [KEY.verifier])

    assert (head.size, signers) == (300, [KEY.verifier])


def test_a_proof_file_is_written_as_the_specification_says():
    proof = LogProof(5, (ROOT, ROOT), "origin\n")

    assert str(proof) == (
        "c2sp.org/tlog-proof@v1\nindex 5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\norigin\n"
    )
    assert str(LogProof(0, (), "checkpoint\n")) == "c2sp.org/tlog-proof@v1\nindex 0\n\ncheckpoint\n"
    assert LogProof.parse(str(proof)) == proof
    assert LogProof.parse(str(proof).replace("index", "extra AAAA\nindex")) == replace(proof, extra=b"\x00\x00\x00")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tlog-proof@v1", "tlog-proof@v2"),
        ("index 17", "index 18"),
        ("index 17", "index 017"),
        ("index 17\n", ""),
        ("\n300\n", "\n301\n"),
        ("ledger2026\n", "ledger2027\n"),
        ("\n\n", "\n"),
    ],
)
def test_a_changed_proof_file_is_refused(proof, old, new):
    with pytest.raises(ValueError, match=r"\w"):
        LogProof.parse(str(proof).replace(old, new, 1)).verify(ENTRIES[17], KEY.name, [KEY.verifier])


def test_a_proof_proves_no_other_entry(proof):
    with pytest.raises(ValueError, match="does not lead from leaf 17"):
        proof.verify(ENTRIES[18], KEY.name, [KEY.verifier])


def test_a_proof_needs_a_checkpoint_of_its_size(tmp_path):
    log = Log(tmp_path, 0).extended(ENTRIES)
    checkpoint = sign_note(str(TreeHead(KEY.name, 299, ROOT)), KEY)

    with pytest.raises(ValueError, match="not of the size 300"):
        prove(log, 17, checkpoint)
