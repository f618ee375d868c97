"""
Receipts against the record and against the rows: whoever dropped or changed a comment cannot call its receipt back.

Those of bidders and observers are told apart by what is in the file. A receipt is checked by itself first, so that
nobody can accuse the bureau with a file of his own making.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from ledger.canonical import commitment, parse
from ledger.check import Problem
from ledger.notes import open_note
from tenders.audit.bid_receipts import LINES, check_bid_file, check_line, check_sealed_bid
from tenders.audit.observer_receipts import check_observed
from tenders.audit.trust import Trust, Wrong, check_entry, check_proof
from tenders.audit.words import told
from tenders.bid_receipts import FILE_FORMAT, FORMAT
from tenders.models import Comment
from tenders.receipts import LABEL, ReceiptFile, receipt_text

GOOD = {
    "receipt-good", "receipt-pending", "receipt-bid-good", "receipt-bid-pending", "receipt-bid-withdrawn",
    "receipt-line-good", "receipt-line-pending",
}  # fmt: skip
OBSERVED = "observer-receipts/v1"
NAMES = "*.json", "bid-receipt-*.txt"
MAX_SIZE = 4_000_000  # bytes of a file: an observer's has all of the day, a bidder's the lists of the opening
Check = Callable[[str], Problem]  # of a receipt, by the name under which it is told of


def files_in(places: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that are named, and those in the folders that are named."""
    for place in places:
        found = [file for pattern in NAMES for file in place.rglob(pattern)]
        yield from sorted(found) if place.is_dir() else [place]


def check_receipts(files: Iterable[Path], trust: Trust) -> Iterator[Problem]:
    """Say of each receipt, by the name of its file, what holds; a code outside of :data:`GOOD` is a problem."""
    for file in files:
        for name, check in _checks(file, trust):
            try:
                yield check(name)
            except Wrong as wrong:
                yield told(wrong.code, name=name, **wrong.figures)
            except (AttributeError, KeyError, TypeError, ValueError):  # not in the form of a receipt
                yield told("receipt-unreadable", name=name)


def _checks(file: Path, trust: Trust) -> Iterator[tuple[str, Check]]:
    """Yield what is to be asked of a file: of that of an observer, for each of the receipts in it."""
    content = _content(file)
    said = _json_in(content)
    if said.get("format") == OBSERVED and isinstance(said.get("receipts"), list):
        for number, receipt in enumerate(said["receipts"], 1):
            yield f"{file.name} ({number})", partial(check_observed, receipt, trust)
    elif said.get("format") == FILE_FORMAT:
        yield file.name, partial(check_bid_file, said, trust)
    elif content.startswith(f"{FORMAT}\n".encode()):
        yield file.name, partial(check_sealed_bid, content.decode("utf-8", "replace"), trust)
    elif said.get("label") in LINES and set(said) == {"label", "salt", "text"}:
        yield file.name, partial(check_line, said["label"], said["salt"], said["text"])
    else:
        yield file.name, partial(_check_comment, content, trust)


def _content(file: Path) -> bytes:
    """What cannot be read is empty, and no receipt."""
    try:
        with file.open("rb") as content:
            return content.read(MAX_SIZE)
    except OSError:
        return b""


def _json_in(content: bytes) -> dict[str, Any]:
    try:
        return parse(content)
    except ValueError:
        return {}


def _check_comment(content: bytes, trust: Trust, name: str) -> Problem:
    receipt = ReceiptFile.parse(content)
    said = _check_itself(receipt, trust)
    seq, subject = said["seq"], said["subject"]
    check_entry(receipt.entry, seq)
    _check_row(receipt, seq, subject)
    if receipt.proof:
        check_proof(receipt.proof, receipt.entry, trust)
    return told("receipt-good" if receipt.proof else "receipt-pending", name=name, seq=seq, subject=subject)


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


def _check_row(receipt: ReceiptFile, seq: int, subject: str) -> None:
    figures: dict[str, object] = {"seq": seq, "subject": subject}
    comment = comment_named(subject)
    if comment is None:
        raise Wrong("receipt-dropped", **figures)
    if commitment(LABEL, bytes(comment.salt), comment.text) != receipt.commitment:
        raise Wrong("receipt-altered", **figures)
    if receipt.code and receipt.code != comment.code:
        raise Wrong("receipt-swapped", **figures)


def comment_named(subject: str) -> Comment | None:
    """Return the comment with a name in the record, as ``project/2026-001/consultation/1/comment/5``."""
    parts = subject.split("/")
    if parts[::2] != ["project", "consultation", "comment"] or not (parts[3] + parts[5]).isdecimal():
        return None
    found = Comment.objects.filter(
        consultation__project__number=parts[1], consultation__round=int(parts[3]), number=int(parts[5])
    )
    return found.only("code", "salt", "text").first()
