"""Our verifier accepts what others have written: the examples of the specifications, and what Go proves by itself."""

import json
import subprocess
from base64 import b64decode, b64encode
from pathlib import Path

import pytest

import verify
from ledger import merkle

VECTORS = Path(__file__).parent / "vectors"
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
FOO = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
ED25519 = [line.split() for line in (VECTORS / "rfc8032.txt").read_text().splitlines()]


def vector(name):
    return (VECTORS / f"{name}.txt").read_text(encoding="utf-8")


@pytest.fixture(params=["cryptography", "plain"])
def either_way(request, monkeypatch):
    """Signatures are checked by the package cryptography, and by our own lines where it is not installed."""
    if request.param == "plain":
        monkeypatch.setattr(verify, "Ed25519PublicKey", None)


def test_the_example_of_a_signed_note_is_opened(either_way):
    note = verify.Note.parse(vector("c2sp-signed-note"))

    assert note.text == "This is an example message.\n"
    assert note.signature_of(verify.Key.parse(FOO)) is True
    assert note.signature_of(verify.Key.parse(PETER)) is False


def test_go_s_example_of_two_signatures_is_opened(either_way):
    note = verify.Note.parse(vector("go-sumdb-note"))

    assert [note.signature_of(verify.Key.parse(key)) for key in (PETER, ENOCH, FOO)] == [True, True, False]


def test_a_changed_example_is_refused(either_way):
    note = verify.Note.parse(vector("go-sumdb-note").replace("problem is", "problem was"))

    with pytest.raises(verify.Refuted):
        note.signature_of(verify.Key.parse(PETER))


@pytest.mark.parametrize(("key", "message", "signature"), ED25519, ids=range(len(ED25519)))
def test_plain_ed25519_agrees_with_the_rfc(key, message, signature):
    key, message, signature = (bytes.fromhex(text.strip("-")) for text in (key, message, signature))

    assert verify.plain_ed25519(key, message, signature)
    assert not verify.plain_ed25519(key, message + b"x", signature)
    for place in range(0, 64, 7):
        changed = bytearray(signature)
        changed[place] ^= 1
        assert not verify.plain_ed25519(key, message, bytes(changed))
    high = int.from_bytes(signature[32:], "little") + verify.ORDER
    assert not verify.plain_ed25519(key, message, signature[:32] + high.to_bytes(32, "little"))


def test_the_examples_of_a_checkpoint_and_of_a_cosignature_are_read():
    for name, signatures in (("c2sp-checkpoint", 1), ("c2sp-cosignature", 2)):
        note = verify.Note.parse(vector(name))
        origin, size, root = note.text.splitlines()
        assert (origin, size) == ("example.com/behind-the-sofa", "20852163")
        assert len(verify.hash_in(root)) == 32
        assert len(note.signatures) == signatures
    witness = note.signatures[-1]
    assert len(witness.value) == 72
    assert int.from_bytes(witness.value[:8], "big") == 1679315147


def test_the_example_of_a_proof_is_read_but_for_what_is_left_out():
    text = vector("c2sp-proof").replace("extra YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6kYXJ3aW4tYXJ\n", "")
    proof = verify.Proof.parse(text)

    assert (proof.place, len(proof.hashes)) == (73894, 5)
    assert proof.note.startswith("example.com/fancylog\n109482\n")
    with pytest.raises(verify.Refuted):
        verify.Note.parse(proof.note)


def test_the_example_of_a_policy_counts_two_of_three_and_one_of_three():
    text = vector("c2sp-policy")
    for key in fake_keys():
        text = text.replace("<vkey>", key, 1)
    policy = verify.Policy.parse(text)

    for signing, met in (("X1 X2 Y3", True), ("X1 X2 X3", False), ("X1 Y1 Y2 Y3", False), ("X2 X3 Y1 Y2", True)):
        assert policy.is_met(policy.quorum, dict.fromkeys(signing.split())) is met


def fake_keys():
    """Yield keys of the right form: one of a log, then those of witnesses."""
    for number in range(20):
        kind = verify.COSIGNATURE if number else verify.NOTE_SIGNATURE
        encoded = bytes([kind]) + verify.sha256(bytes([number]))
        yield f"name+{verify.sha256(b'name' + bytes([10]) + encoded)[:4].hex()}+{b64encode(encoded).decode()}"


@pytest.mark.parametrize(
    ("index", "width", "path"),
    [(1234067, 256, "tile/0/x001/x234/067"), (0, 256, "tile/0/000"), (273, 112, "tile/0/273.p/112")],
)
def test_tiles_are_named_as_in_the_specification(index, width, path):
    assert verify.tile_path(0, index, width) == path


def test_a_tree_of_seventy_thousand_entries_has_the_tiles_of_the_specification():
    widths = [[width for _, width in verify.tiles(count)] for count in (70_000, 273, 1)]

    assert (len(widths[0]), widths[0][-1]) == (274, 112)
    assert widths[1:] == [[256, 17], [1]]


def test_what_go_proves_is_accepted_by_the_verifier_and_by_the_ledger(go_program):
    lines = subprocess.run([go_program, "70"], capture_output=True, text=True, check=True).stdout.splitlines()
    roots = {}
    for line in lines:
        made = json.loads(line)
        root, leaf = b64decode(made["Root"]), b64decode(made["Leaf"])
        roots[made["Size"]] = root
        record, tree = ([b64decode(hash_) for hash_ in made[kind] or []] for kind in ("Record", "Tree"))
        old = head(made["Index"] + 1, roots[made["Index"] + 1])
        verify.check_inclusion(made["Index"], made["Size"], leaf, record, root)
        verify.check_consistency(old, head(made["Size"], root), tree)
        merkle.verify_inclusion(made["Index"], made["Size"], leaf, record, root)
        merkle.verify_consistency(old.size, made["Size"], old.root, root, tree)
    assert len(lines) == 70 * 71 // 2


def head(size, root):
    return verify.Head("go", size, root, (), {})
