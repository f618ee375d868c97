"""age files (https://age-encryption.org/v1): what can be seen of them from outside, and what our keys do with them."""

import re

import pyrage
from pyrage import x25519

from tenders.sealing.faults import Fault, SealBroken

LONGEST_HEADER = 2048  # bytes; ours have some 200, with the random stanza that rage adds for practice up to 500
NONCE, TAG, CHUNK = 16, 16, 64 * 1024  # bytes, of the encrypted part
_STANZA = rb"-> ([\x21-\x7e]+)(?: [\x21-\x7e]+)*\n(?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63}\n"
_HEADER = re.compile(rb"age-encryption\.org/v1\n(?:" + _STANZA + rb")+--- [A-Za-z0-9+/]{43}\n")
_RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")
_SECRET = re.compile(r"AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}")


def inner_size(beginning: bytes, size: int) -> int:
    """
    Return how many bytes an age file of ``size`` bytes holds, by its first ``LONGEST_HEADER`` bytes (or all of it).

    :raises SealBroken: if it is no age file for exactly one X25519 key
    """
    header = _HEADER.match(beginning[:LONGEST_HEADER])
    if header is None:
        raise SealBroken(Fault.ENVELOPE, "no header of an age file")
    kinds = [stanza[1] for stanza in re.finditer(_STANZA, header[0])]
    others = [kind for kind in kinds if kind != b"X25519"]
    if len(kinds) - len(others) != 1 or not all(kind.endswith(b"-grease") for kind in others):
        raise SealBroken(Fault.ENVELOPE, "an age file of ours is for exactly one X25519 key")
    encrypted = size - len(header[0]) - NONCE
    chunks = max(-(-encrypted // (CHUNK + TAG)), 1)
    last = encrypted - (chunks - 1) * (CHUNK + TAG)
    if last < TAG or (last == TAG and chunks > 1):
        raise SealBroken(Fault.ENVELOPE, "an age file cut off")
    return encrypted - chunks * TAG


def is_recipient(text: str) -> bool:
    """Whether ``text`` is a public X25519 key of age, ``age1…``."""
    if not _RECIPIENT.fullmatch(text):
        return False
    try:
        return str(x25519.Recipient.from_str(text)) == text
    except pyrage.RecipientError:
        return False


def new_identity() -> str:
    """Return a new secret key, ``AGE-SECRET-KEY-1…``."""
    return str(x25519.Identity.generate())


def identity_in(text: str) -> str:
    """
    Return the only secret key in the text of a key file: lines that begin with # are notes, as ``age-keygen`` writes.

    :raises SealBroken: if there is none, or more than one
    """
    lines = [line.strip() for line in text.splitlines()]
    secrets = [line for line in lines if line and not line.startswith("#")]
    if len(secrets) != 1 or not _SECRET.fullmatch(secrets[0]):
        raise SealBroken(Fault.LOCKED, "a key file holds exactly one AGE-SECRET-KEY-1…")
    return secrets[0]


def recipient_of(secret: str) -> str:
    """
    Return the public key of a secret one.

    :raises SealBroken: if it is no secret key
    """
    return str(_identity(secret).to_public())


def lock(content: bytes, recipient: str) -> bytes:
    """
    Return ``content`` as an age file for one public key.

    :raises SealBroken: if it is no public key
    """
    if not is_recipient(recipient):
        raise SealBroken(Fault.KEYS, "no X25519 key of age")
    return bytes(pyrage.encrypt(content, [x25519.Recipient.from_str(recipient)]))


def unlock(file: bytes, secret: str) -> bytes:
    """
    Return what an age file holds.

    :raises SealBroken: if the key does not open it, or if one byte of it was changed
    """
    identity = _identity(secret)
    try:
        return bytes(pyrage.decrypt(file, [identity]))
    except pyrage.DecryptError as e:
        raise SealBroken(Fault.LOCKED, "the key does not open this age file") from e


def _identity(secret: str) -> x25519.Identity:
    try:
        return x25519.Identity.from_str(secret)
    except pyrage.IdentityError as e:
        raise SealBroken(Fault.LOCKED, "no secret key of age") from e
