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

ED25519 = b"\x01"
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

    def __str__(self) -> str:
        return f"— {self.name} {b64encode(self.key_id + self.value).decode()}\n"


@dataclass(frozen=True)
class VerifierKey:
    """The public half of a key: ``<name>+<id>+<base64 of type and key>``."""

    name: str
    public: bytes

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """:raises ValueError: if it is no Ed25519 key, or has another id than its own"""
        name, key_id, encoded = _split_key(text)
        key = cls(name, _raw_key(encoded))
        if key.key_id.hex() != key_id:
            raise ValueError(f"the key of {name} has the id {key.key_id.hex()}, not {key_id}")
        return key

    @property
    def key_id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:ID_SIZE]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{b64encode(ED25519 + self.public).decode()}"

    def signed(self, signature: Signature) -> bool:
        """Whether a signature claims to be of this key. Says nothing of its being right."""
        return (signature.name, signature.key_id) == (self.name, self.key_id)

    def verify(self, text: str, signature: Signature) -> None:
        """:raises ValueError: if the signature is not this key's over ``text``"""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature.value, text.encode())
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
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw())

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
        return VerifierKey(self.name, self._private.public_key().public_bytes_raw())

    def encoded(self) -> str:
        return f"PRIVATE+KEY+{self.name}+{self.verifier.key_id.hex()}+{b64encode(ED25519 + self._seed).decode()}"

    def __repr__(self) -> str:
        return f"<SigningKey {self.name}>"

    def sign(self, text: str) -> Signature:
        return Signature(self.name, self.verifier.key_id, self._private.sign(text.encode()))

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
        return cls(body + "\n", tuple(_signature(line) for line in lines.splitlines(keepends=True)[:MAX_SIGNATURES]))

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


def _signature(line: str) -> Signature:
    if not (match := _SIGNATURE_LINE.fullmatch(line)):
        raise ValueError(f"this is no signature line: {line!r}")
    value = b64decode(match[2], validate=True)
    if len(value) <= ID_SIZE:
        raise ValueError(f"the signature of {match[1]} is too short")
    return Signature(match[1], value[:ID_SIZE], value[ID_SIZE:])
