"""
Receipts against the record and against the rows: whoever dropped or changed a comment cannot call its receipt back.

A receipt is checked by itself first, so that nobody can accuse the bureau with a file of his own making.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ledger import merkle
from ledger.canonical import commitment
from ledger.check import Problem
from ledger.models import Entry
from ledger.notes import VerifierKey, open_note
from ledger.proofs import LogProof
from tenders.audit.words import told
from tenders.models import Comment
from tenders.receipts import LABEL, ReceiptFile, receipt_text

GOOD = {"receipt-good", "receipt-pending"}
MAX_SIZE = 1_000_000  # bytes of a receipt


@dataclass(frozen=True)
class Trust:
    """Whose signatures count: those under receipts, and those of the log ``origin``."""

    origin: str
    receipt_keys: list[VerifierKey]
    log_keys: list[VerifierKey]

    @cached_property
    def leaves(self) -> list[bytes]:
        """The leaf hashes of the record as it is now."""
        return [bytes(leaf) for leaf in Entry.objects.in_order().values_list("leaf", flat=True)]

    def root_at(self, size: int) -> bytes | None:
        """Return the root that the record has now at a size, or None if it is not as long."""
        return merkle.root_at(size, self._read) if size <= len(self.leaves) else None

    @cached_property
    def _read(self) -> merkle.Reader:
        return merkle.reader(self.leaves)


class Wrong(Exception):  # noqa: N818, an outcome
    """Raised with what is wrong with a receipt, or with what has become of its comment."""

    def __init__(self, code: str, **figures: object) -> None:
        super().__init__(code)
        self.code, self.figures = code, figures


def files_in(places: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that are named, and those in the folders that are named."""
    for place in places:
        yield from sorted(place.rglob("*.json")) if place.is_dir() else [place]


def check_receipts(files: Iterable[Path], trust: Trust) -> Iterator[Problem]:
    """Say of each receipt, by the name of its file, what holds; a code outside of :data:`GOOD` is a problem."""
    for file in files:
        try:
            yield _check(file, trust)
        except Wrong as wrong:
            yield told(wrong.code, name=file.name, **wrong.figures)


def _check(file: Path, trust: Trust) -> Problem:
    receipt = _read(file)
    said = _check_itself(receipt, trust)
    seq, subject = said["seq"], said["subject"]
    _check_entry(receipt, seq)
    _check_row(receipt, seq, subject)
    if receipt.proof:
        _check_proof(receipt, trust)
    return told("receipt-good" if receipt.proof else "receipt-pending", name=file.name, seq=seq, subject=subject)


def _read(file: Path) -> ReceiptFile:
    try:
        with file.open("rb") as content:
            return ReceiptFile.parse(content.read(MAX_SIZE))
    except (OSError, ValueError) as e:
        raise Wrong("receipt-unreadable") from e


def _check_itself(receipt: ReceiptFile, trust: Trust) -> dict[str, Any]:
    """Check that the text opens the commitment, and that we signed for it. Return what the entry in the file says."""
    if not receipt.opens:
        raise Wrong("receipt-edited")
    try:
        said = receipt.said
        note, _signers = open_note(receipt.receipt, trust.receipt_keys)
    except ValueError as e:
        raise Wrong("receipt-forged") from e
    if note.text != receipt_text(trust.origin, said, receipt.commitment):
        raise Wrong("receipt-forged")
    return said


def _check_entry(receipt: ReceiptFile, seq: int) -> None:
    body = Entry.objects.filter(seq=seq).values_list("body", flat=True).first()
    if body is None:
        raise Wrong("receipt-entry-missing", seq=seq)
    if bytes(body) != receipt.entry.encode():
        raise Wrong("receipt-entry-altered", seq=seq)


def _check_row(receipt: ReceiptFile, seq: int, subject: str) -> None:
    figures: dict[str, object] = {"seq": seq, "subject": subject}
    comment = comment_named(subject)
    if comment is None:
        raise Wrong("receipt-dropped", **figures)
    if commitment(LABEL, bytes(comment.salt), comment.text) != receipt.commitment:
        raise Wrong("receipt-altered", **figures)
    if receipt.code and receipt.code != comment.code:
        raise Wrong("receipt-swapped", **figures)


def _check_proof(receipt: ReceiptFile, trust: Trust) -> None:
    """Check that the proof holds, and that the log of today contains the one of the proof."""
    try:
        head, _signers = LogProof.parse(receipt.proof).verify(receipt.entry.encode(), trust.origin, trust.log_keys)
    except ValueError as e:
        raise Wrong("receipt-proof", error=e) from e
    if trust.root_at(head.size) != head.root:
        raise Wrong("receipt-fork", size=head.size)


def comment_named(subject: str) -> Comment | None:
    """Return the comment with a name in the record, as ``project/2026-001/consultation/1/comment/5``."""
    parts = subject.split("/")
    if parts[::2] != ["project", "consultation", "comment"] or not (parts[3] + parts[5]).isdecimal():
        return None
    found = Comment.objects.filter(
        consultation__project__number=parts[1], consultation__round=int(parts[3]), number=int(parts[5])
    )
    return found.only("code", "salt", "text").first()
