"""Programs that others wrote, without knowing of us, accept every proof of a demo record and no broken one."""

from base64 import b64encode

import pytest
from sigstore._internal.rekor.checkpoint import SignedCheckpoint

from ledger.notes import SigningKey, sign_note
from ledger.proofs import TreeHead
from ledger.tiles import WIDTH
from tests.foreign import judges
from tests.foreign.proving import Inclusion, broken, consistencies, inclusions

pytestmark = pytest.mark.django_db  # for the record, made once

BROKEN = 2500  # for each program
BOTH = ("go", "aics-tlog", "scitt-cose")
KEY = SigningKey.generate("demo.localhost/ledger2026")


@pytest.fixture(scope="session")
def sizes(leaves):
    assert len(leaves) > WIDTH + 1
    return [1, 2, 3, WIDTH - 1, WIDTH, WIDTH + 1, len(leaves)]


@pytest.fixture(scope="session")
def proofs(leaves, sizes):
    return inclusions(leaves, sizes) + consistencies(leaves, sizes)


@pytest.fixture
def judge(request, by_leaf):
    """Return the judge of that name."""
    if request.param == "go":
        return judges.go_sumdb(request.getfixturevalue("go_program"))
    if request.param == "aics-tlog":
        return judges.aics_tlog(request.getfixturevalue("packages"))
    if request.param == "scitt-cose":
        return judges.scitt_cose(request.getfixturevalue("packages"), by_leaf)
    return {"sigstore": judges.sigstore(by_leaf), "pymerkle": judges.pymerkle_inclusion}[request.param]


@pytest.mark.parametrize("judge", BOTH, indirect=True)
def test_three_foreign_programs_accept_every_inclusion_and_consistency_proof(judge, proofs):
    assert len(proofs) > 2000
    assert [proof for proof, holds in zip(proofs, judge(proofs), strict=True) if not holds] == []


@pytest.mark.parametrize("judge", BOTH, indirect=True)
def test_three_foreign_programs_refuse_every_broken_proof(judge, proofs):
    wrong = broken(proofs, BROKEN, seed=6962)

    assert [proof for proof, holds in zip(wrong, judge(wrong), strict=True) if holds] == []


@pytest.mark.parametrize("judge", ["sigstore", "pymerkle"], indirect=True)
def test_two_more_agree_about_inclusion(judge, proofs):
    right = [proof for proof in proofs if isinstance(proof, Inclusion)]
    wrong = broken(right, BROKEN, seed=9162)

    assert all(judge(right))
    assert not any(judge(wrong))


def test_go_opens_our_checkpoints_and_no_broken_ones(go_program, leaves, sizes, proofs):
    roots = {proof.size: proof.root for proof in proofs}
    right = [question(sign_note(str(TreeHead(KEY.name, n, roots[n])), KEY), n, roots[n]) for n in sizes]
    wrong = [{**asked, "Note": note} for asked in right for note in spoilt(asked["Note"])]

    assert all(judges.go(go_program, right))
    assert len(wrong) > 1000
    assert not any(judges.go(go_program, wrong))


def question(note, size, root):
    return {"Kind": "note", "Note": note, "Key": str(KEY.verifier), "Size": size, "Root": b64encode(root).decode()}


def spoilt(note):
    """
    Return a note with each of its characters changed, one at a time.

    The last one of a signature has two bits that mean nothing, which Go passes over: A and Q differ in the others.
    """
    return [f"{note[:i]}{'A' if note[i] != 'A' else 'Q'}{note[i + 1 :]}" for i in range(len(note) - 1)]


def test_sigstore_reads_our_checkpoints_as_we_do(leaves):
    head = TreeHead(KEY.name, 3, leaves[0])

    read = SignedCheckpoint.from_text(sign_note(str(head), KEY))

    assert (read.checkpoint.origin, read.checkpoint.log_size) == (head.origin, 3)
    assert read.checkpoint.log_hash == head.root.hex()
    assert read.signed_note.signatures[0].sig_hash == KEY.verifier.key_id
