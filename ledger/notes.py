"""
Signed notes, https://c2sp.org/signed-note, with Ed25519 keys in the notation of Go's sumdb/note.

A note is text and the signatures of one or more keys under it. Its text means nothing before :func:`open_note`.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

ED25519 = b"\x01"
COSIGNATURE = b"\x04"  # Ed25519 over a header, the time, and the text: https://c2sp.org/tlog-cosignature
TIME_SIZE = 8  # bytes before the signature in a cosignature: seconds since 1970
LATEST = (1 << 63) - 1
KEY_SIZE = 32  # bytes, of a public key and of a private one
ID_SIZE = 4
MAX_NOTE = 1_000_000  # characters
MAX_SIGNATURES = 100

_NAME = re.compile(r"[^\s+]+")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_SIGNATURE_LINE = re.compile(r"— ([^\s+]+) (\S+)\n")


class Signature(NamedTuple):
    name: str
    key_id: bytes
    value: bytes

    @classmethod
    def parse(cls, line: str) -> "Signature":
        """:raises ValueError: if it is not a signature line with its newline"""
        if not (match := _SIGNATURE_LINE.fullmatch(line)):
            raise ValueError(f"this is no signature line: {line!r}")
        value = b64decode(match[2], validate=True)
        if len(value) <= ID_SIZE:
            raise ValueError(f"the signature of {match[1]} is too short")
        return cls(match[1], value[:ID_SIZE], value[ID_SIZE:])

    @property
    def seconds(self) -> int:
        """When a cosignature was made, in seconds since 1970. Of a plain signature it means nothing."""
        return int.from_bytes(self.value[:TIME_SIZE], "big")

    def __str__(self) -> str:
        return f"— {self.name} {b64encode(self.key_id + self.value).decode()}\n"


@dataclass(frozen=True)
class VerifierKey:
    """
    The public half of a key: ``<name>+<id>+<base64 of type and key>``.

    Its ``kind`` says what it signs: the text alone, as a log does, or the text with a time, as a witness does.
    """

    name: str
    public: bytes
    kind: bytes = ED25519

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """:raises ValueError: if it is no Ed25519 key, or has another id than its own"""
        name, key_id, encoded = _split_key(text)
        if encoded[:1] not in {ED25519, COSIGNATURE} or len(encoded) != 1 + KEY_SIZE:
            raise ValueError("the key is not of the type Ed25519")
        key = cls(name, encoded[1:], encoded[:1])
        if key.key_id.hex() != key_id:
            raise ValueError(f"the key of {name} has the id {key.key_id.hex()}, not {key_id}")
        return key

    @property
    def key_id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + self.kind + self.public).digest()[:ID_SIZE]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{b64encode(self.kind + self.public).decode()}"

    @property
    def cosigner(self) -> "VerifierKey":
        """The same key for signatures with a time."""
        return VerifierKey(self.name, self.public, COSIGNATURE)

    def signed(self, signature: Signature) -> bool:
        """Whether a signature claims to be of this key. Says nothing of its being right."""
        return (signature.name, signature.key_id) == (self.name, self.key_id)

    def verify(self, text: str, signature: Signature) -> None:
        """:raises ValueError: if the signature is not this key's over ``text``"""
        message, value = text, signature.value
        if self.kind == COSIGNATURE:
            message, value = _dated(text, signature.seconds), value[TIME_SIZE:]
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(value, message.encode())
        except InvalidSignature as e:
            raise ValueError(f"the signature of {self.name} is wrong") from e


@dataclass(frozen=True)
class SigningKey:
    """The private half: ``PRIVATE+KEY+<name>+<id>+<base64 of type and seed>``. ``repr`` does not show it."""

    name: str
    _seed: bytes

    @classmethod
    def generate(cls, name: str) -> "SigningKey":
        """:raises ValueError: if the name is empty or has a space or a plus in it"""
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} cannot be the name of a key")
        seed = Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
        return cls(name, seed)

    @classmethod
    def parse(cls, text: str) -> "SigningKey":
        """:raises ValueError: if it is no Ed25519 key, or has another id than its own"""
        if not text.startswith("PRIVATE+KEY+"):
            raise ValueError("a private key begins with PRIVATE+KEY+")
        name, key_id, encoded = _split_key(text.removeprefix("PRIVATE+KEY+"))
        key = cls(name, _raw_key(encoded))
        if key.verifier.key_id.hex() != key_id:
            raise ValueError(f"the private key of {name} has not the id {key_id}")
        return key

    @property
    def verifier(self) -> VerifierKey:
        return VerifierKey(self.name, self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))

    def encoded(self) -> str:
        return f"PRIVATE+KEY+{self.name}+{self.verifier.key_id.hex()}+{b64encode(ED25519 + self._seed).decode()}"

    def __repr__(self) -> str:
        return f"<SigningKey {self.name}>"

    def sign(self, text: str) -> Signature:
        return Signature(self.name, self.verifier.key_id, self._private.sign(text.encode()))

    def cosign(self, text: str, seconds: int) -> Signature:
        """
        Sign the text of a checkpoint together with the moment, in seconds since 1970.

        :raises ValueError: if the moment is none that a cosignature can have
        """
        signature = self._private.sign(_dated(text, seconds).encode())
        return Signature(self.name, self.verifier.cosigner.key_id, seconds.to_bytes(TIME_SIZE, "big") + signature)

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self._seed)


class Note(NamedTuple):
    text: str
    signatures: tuple[Signature, ...]

    @classmethod
    def parse(cls, note: str) -> "Note":
        """
        Read a note without trusting it.

        :raises ValueError: if it is not in the form of a signed note
        """
        if len(note) > MAX_NOTE or _CONTROL.search(note):
            raise ValueError("a note has less than a million characters and no control characters")
        body, blank, lines = note.rpartition("\n\n")
        if not (body and blank and lines.endswith("\n")):
            raise ValueError("a note has a text, an empty line and signatures")
        signatures = lines.splitlines(keepends=True)[:MAX_SIGNATURES]
        return cls(body + "\n", tuple(Signature.parse(line) for line in signatures))

    def __str__(self) -> str:
        return self.text + "\n" + "".join(str(signature) for signature in self.signatures)


def sign_note(text: str, *keys: SigningKey) -> str:
    """
    Return the note of ``text`` signed with every key.

    :raises ValueError: if the text does not end with a newline, or no key is given
    """
    if not (text.endswith("\n") and keys) or _CONTROL.search(text):
        raise ValueError("a note needs a key, and text that ends with a newline and has no control characters")
    return str(Note(text, tuple(key.sign(text) for key in keys)))


def open_note(note: str, keys: Iterable[VerifierKey]) -> tuple[Note, list[VerifierKey]]:
    """
    Return a note and those of the given keys that signed it, at least one. Signatures of other keys are ignored.

    :raises ValueError: if none of the keys signed it, or if the signature of one of them is wrong
    """
    parsed = Note.parse(note)
    signers = []
    for key in keys:
        claims = [signature for signature in parsed.signatures if key.signed(signature)]
        for signature in claims:
            key.verify(parsed.text, signature)
        if claims:
            signers.append(key)
    if not signers:
        raise ValueError("no known key signed the note")
    return parsed, signers


def newest_signature(signatures: Iterable[Signature], text: str, key: VerifierKey) -> Signature | None:
    """Return the newest right cosignature of a key over ``text``, if there is one. Wrong ones count for nothing."""
    right = [signature for signature in signatures if key.signed(signature) and _is_right(key, text, signature)]
    return max(right, key=lambda signature: signature.seconds, default=None)


def _is_right(key: VerifierKey, text: str, signature: Signature) -> bool:
    try:
        key.verify(text, signature)
    except ValueError:
        return False
    return True


def _split_key(text: str) -> tuple[str, str, bytes]:
    """Return name, id and the bytes of a key. The base64 part may have a plus in it."""
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    if not _NAME.fullmatch(name) or not re.fullmatch("[0-9a-f]{8}", key_id):
        raise ValueError("a key has a name, an id of eight hexadecimal digits, and the key itself")
    return name, key_id, b64decode(encoded, validate=True)


def _raw_key(encoded: bytes) -> bytes:
    if len(encoded) != 1 + KEY_SIZE or encoded[:1] != ED25519:
        raise ValueError("the key is not of the type Ed25519")
    return encoded[1:]


def _dated(text: str, seconds: int) -> str:
    """Return what a cosignature signs. The first line keeps it apart from every other message."""
    if not 0 < seconds <= LATEST:
        raise ValueError(f"a cosignature cannot be of the moment {seconds}")
    return f"cosignature/v1\ntime {seconds}\n{text}"
