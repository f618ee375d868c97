"""Checkpoints and proof files, as text: https://c2sp.org/tlog-checkpoint and https://c2sp.org/tlog-proof."""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from ledger import merkle
from ledger.notes import Note, VerifierKey, open_note
from ledger.tiles import Log

PROOF_FORMAT = "c2sp.org/tlog-proof@v1"

_NUMBER = re.compile("0|[1-9][0-9]{0,18}")


class TreeHead(NamedTuple):
    """The text of a checkpoint: which log had which root at which size."""

    origin: str
    size: int
    root: bytes

    @classmethod
    def parse(cls, text: str) -> "TreeHead":
        """:raises ValueError: if it is not in the form of a checkpoint; extension lines are ignored"""
        lines = text.split("\n")
        if len(lines) < 4 or "" in lines[:-1] or lines[-1]:
            raise ValueError("a checkpoint has an origin, a size and a root")
        return cls(lines[0], _number(lines[1]), _hash(lines[2]))

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


@dataclass(frozen=True)
class LogProof:
    """A file by which anyone can check, without us, that an entry is in the log. Name it ``*.tlog-proof``."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = b""  # the entry itself, so that one file is enough; it is not trusted but hashed

    @classmethod
    def parse(cls, text: str) -> "LogProof":
        """:raises ValueError: if it is not in the form of a proof file"""
        head, blank, checkpoint = text.partition("\n\n")
        first, *lines = head.split("\n")
        if first != PROOF_FORMAT or not blank:
            raise ValueError(f"a proof file begins with {PROOF_FORMAT}")
        extra = b64decode(lines.pop(0)[6:], validate=True) if lines and lines[0].startswith("extra ") else b""
        if not lines or not lines[0].startswith("index "):
            raise ValueError("a proof file names the index of the entry")
        return cls(_number(lines[0].removeprefix("index ")), tuple(map(_hash, lines[1:])), checkpoint, extra)

    def __str__(self) -> str:
        hashes = "".join(f"{b64encode(hash_).decode()}\n" for hash_ in self.hashes)
        extra = f"extra {b64encode(self.extra).decode()}\n" if self.extra else ""
        return f"{PROOF_FORMAT}\n{extra}index {self.index}\n{hashes}\n{self.checkpoint}"

    def verify(self, entry: bytes, origin: str, keys: Iterable[VerifierKey]) -> tuple[TreeHead, list[VerifierKey]]:
        """
        Check that ``entry`` is in the log ``origin``. Return the signed tree head, and who of ``keys`` signed it.

        :raises ValueError: if it is not proven
        """
        head, signers = open_checkpoint(self.checkpoint, origin, keys)
        merkle.verify_inclusion(self.index, head.size, merkle.leaf_hash(entry), self.hashes, head.root)
        return head, signers


def prove(log: Log, index: int, checkpoint: str) -> LogProof:
    """
    Return the proof that entry ``index`` is in the log, at the size of the checkpoint.

    Compare ``log.leaf(index)`` with the entry's own leaf first, if the entry does not come from the log's files.

    :raises ValueError: if the checkpoint is of another size than ``log``, or has no such entry
    """
    if read_head(checkpoint).size != log.size:
        raise ValueError(f"the checkpoint is not of the size {log.size}")
    return LogProof(index, tuple(log.inclusion_proof(index)), checkpoint)


def open_checkpoint(note: str, origin: str, keys: Iterable[VerifierKey]) -> tuple[TreeHead, list[VerifierKey]]:
    """
    Return the tree head in a checkpoint of the log ``origin``, and those of ``keys`` that signed it.

    :raises ValueError: if none of the keys signed it, one's signature is wrong, or it is of another log
    """
    opened, signers = open_note(note, keys)
    head = TreeHead.parse(opened.text)
    if head.origin != origin:
        raise ValueError(f"the checkpoint is of the log {head.origin}, not {origin}")
    return head, signers


def read_head(note: str) -> TreeHead:
    """Return the tree head in a checkpoint of our own storage, without asking who signed it."""
    return TreeHead.parse(Note.parse(note).text)


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{text!r} is not a decimal number without leading zeros")
    return int(text)


def _hash(text: str) -> bytes:
    value = b64decode(text, validate=True)
    if len(value) != merkle.HASH_SIZE or b64encode(value).decode() != text:
        raise ValueError(f"{text!r} is not a SHA-256 hash in base64")
    return value
