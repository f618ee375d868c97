from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from ledger.notes import Note, Signature, SigningKey, VerifierKey, newest_signature, open_note, sign_note

# The published example of golang.org/x/mod/sumdb/note.
SKEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
NOTE = (
    f"{TEXT}\n— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
PETER = VerifierKey.parse(VKEY)


def test_the_example_is_signed_byte_for_byte():
    assert sign_note(TEXT, SigningKey.parse(SKEY)) == NOTE


def test_the_example_is_opened_and_written_again():
    note, signers = open_note(NOTE, [PETER])

    assert (note.text, signers) == (TEXT, [PETER])
    assert str(note) == NOTE


@pytest.mark.parametrize(
    "vkey",
    [
        VKEY,
        "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop",
        "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    ],
)
def test_published_keys_are_read_and_written_again(vkey):
    assert str(VerifierKey.parse(vkey)) == vkey


@pytest.mark.parametrize(
    ("vkey", "reason"),
    [
        ("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "has the id c74f20a3"),
        ("PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "eight hexadecimal digits"),
        ("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "a key has a name"),
        ("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "not of the type Ed25519"),
        ("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==", "not of the type Ed25519"),
        ("PeterNeumann+c74f20a3", "."),
        ("PeterNeumann+c74f20a3+!!!!", "base64"),
    ],
)
def test_a_malformed_key_is_refused(vkey, reason):
    with pytest.raises(ValueError, match=reason):
        VerifierKey.parse(vkey)


@pytest.mark.parametrize(
    ("skey", "reason"),
    [(VKEY, "begins with PRIVATE"), (SKEY.replace("c74f20a3", "c74f20a4"), "has not the id c74f20a4")],
)
def test_a_malformed_private_key_is_refused(skey, reason):
    with pytest.raises(ValueError, match=reason):
        SigningKey.parse(skey)


def test_a_new_key_is_read_back_and_does_not_show_itself():
    key = SigningKey.generate("example.org/log2026")

    assert SigningKey.parse(key.encoded()) == key
    assert key.encoded().split("+", 4)[4] not in repr(key)  # there may be a plus in it, too
    with pytest.raises(ValueError, match="cannot be the name"):
        SigningKey.generate("two words")


def test_every_known_signer_is_named_and_others_are_ignored():
    log, witness, stranger = (SigningKey.generate(name) for name in ("log", "witness", "stranger"))
    note = sign_note("text\n", log, stranger, witness)

    assert open_note(note, [witness.verifier, log.verifier])[1] == [witness.verifier, log.verifier]
    with pytest.raises(ValueError, match="no known key"):
        open_note(note, [PETER])


def test_one_wrong_signature_of_a_known_key_spoils_the_note():
    log, witness = SigningKey.generate("log"), SigningKey.generate("witness")
    other = Note.parse(sign_note("other text\n", witness))
    note = sign_note("text\n", log) + str(other.signatures[0])

    with pytest.raises(ValueError, match="signature of witness is wrong"):
        open_note(note, [log.verifier, witness.verifier])


@pytest.mark.parametrize(
    "changed",
    [
        NOTE.replace("answer", "Answer"),
        NOTE.replace("x08go/ZJkuBS9UG", "x08go/ZJkuBS9UH"),
        NOTE.replace("\n\n", "\n"),
        NOTE[:-1],
        NOTE.replace("— ", "- "),
        NOTE.replace("PeterNeumann ", "PeterNeumann  "),
        NOTE.replace("think", "th\x07ink"),
        NOTE.replace("\n", "\r\n"),
        "\n\n" + NOTE.partition("\n\n")[2],
        f"{TEXT}\n",
        f"{TEXT}\n— PeterNeumann x08g\n",
        "",
    ],
)
def test_a_changed_or_malformed_note_is_refused(changed):
    with pytest.raises(ValueError, match=r"\w"):
        open_note(changed, [PETER])


def test_text_with_empty_lines_ends_at_the_last_one():
    key = SigningKey.generate("key")

    note, _ = open_note(sign_note("one\n\ntwo\n", key), [key.verifier])

    assert note.text == "one\n\ntwo\n"


@pytest.mark.parametrize("text", ["no newline", "a bell\x07\n"])
def test_what_cannot_be_a_note_is_not_signed(text):
    with pytest.raises(ValueError, match="a note needs"):
        sign_note(text, SigningKey.generate("key"))


def test_a_cosignature_is_made_byte_for_byte_as_the_specification_says():
    key = SigningKey.generate("witness.example/w1")
    text = "log.example/2026\n5\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"

    signature = key.cosign(text, 1_679_315_147)

    key_id = sha256(b"witness.example/w1\n\x04" + key.verifier.public).digest()[:4]
    assert (signature.key_id, signature.value[:8]) == (key_id, (1_679_315_147).to_bytes(8, "big"))
    message = b"cosignature/v1\ntime 1679315147\n" + text.encode()
    Ed25519PublicKey.from_public_bytes(key.verifier.public).verify(signature.value[8:], message)
    assert Signature.parse(str(signature)) == signature
    assert VerifierKey.parse(str(key.verifier.cosigner)) == key.verifier.cosigner != key.verifier


def test_a_cosignature_is_of_one_text_at_one_moment_by_one_key():
    key, text = SigningKey.generate("w"), "log\n5\nroot\n"
    signature = key.cosign(text, 1000)
    later = Signature("w", signature.key_id, (1001).to_bytes(8, "big") + signature.value[8:])
    key.verifier.cosigner.verify(text, signature)

    for changed, of in ((signature, "log\n6\nroot\n"), (later, text), (signature._replace(value=b"short"), text)):
        with pytest.raises(ValueError, match=r"wrong|moment"):
            key.verifier.cosigner.verify(of, changed)
    with pytest.raises(ValueError, match="no known key"):
        open_note(f"{text}\n{signature}", [key.verifier])


@pytest.mark.parametrize("seconds", [0, -1, 1 << 63])
def test_a_cosignature_has_a_moment(seconds):
    with pytest.raises(ValueError, match="moment"):
        SigningKey.generate("w").cosign("log\n", seconds)


def test_of_several_cosignatures_the_newest_right_one_counts():
    key, other, text = SigningKey.generate("w"), SigningKey.generate("w"), "log\n5\nroot\n"
    wrong = Signature("w", key.verifier.cosigner.key_id, key.cosign("other\n", 9000).value)
    given = [key.cosign(text, 1000), key.cosign(text, 3000), key.cosign(text, 2000), wrong, other.cosign(text, 9000)]

    assert newest_signature(given, text, key.verifier.cosigner) == given[1]
    assert newest_signature([wrong], text, key.verifier.cosigner) is None
