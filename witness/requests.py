"""What a log sends: the size that it believes was confirmed last, a proof, and its checkpoint."""

import re
from base64 import b64decode, b64encode
from typing import NamedTuple

from ledger.merkle import HASH_SIZE
from ledger.notes import Note
from ledger.proofs import TreeHead

MAX_PROOF = 63  # hashes
LONGEST = 200_000  # bytes

_OLD = re.compile("old (0|[1-9][0-9]{0,18})")


class AddCheckpoint(NamedTuple):
    old_size: int
    proof: tuple[bytes, ...]
    note: Note
    head: TreeHead

    @classmethod
    def parse(cls, body: bytes) -> "AddCheckpoint":
        """:raises ValueError: if it is not in the form of https://c2sp.org/tlog-witness"""
        top, blank, checkpoint = body.decode().partition("\n\n")
        first, *hashes = top.split("\n")
        old = _OLD.fullmatch(first)
        if not (old and blank) or len(hashes) > MAX_PROOF:
            raise ValueError("a request has an old size, at most 63 hashes, an empty line and a checkpoint")
        note = Note.parse(checkpoint)
        return cls(int(old[1]), tuple(map(_hash, hashes)), note, TreeHead.parse(note.text))


def _hash(line: str) -> bytes:
    value = b64decode(line, validate=True)
    if len(value) != HASH_SIZE or b64encode(value).decode() != line:
        raise ValueError(f"{line!r} is not a SHA-256 hash in base64")
    return value
