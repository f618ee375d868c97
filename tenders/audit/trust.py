"""Whose signatures count, and what every receipt is held against: the record as it is now."""

from dataclasses import dataclass
from functools import cached_property

from ledger import merkle
from ledger.models import Entry
from ledger.notes import VerifierKey
from ledger.proofs import LogProof


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
    """Raised with what is wrong with a receipt, or with what has become of that for which it was given."""

    def __init__(self, code: str, **figures: object) -> None:
        super().__init__(code)
        self.code, self.figures = code, figures


def check_entry(entry: str, seq: int) -> None:
    """:raises Wrong: if the record has another entry there, or none"""
    body = Entry.objects.filter(seq=seq).values_list("body", flat=True).first()
    if body is None:
        raise Wrong("receipt-entry-missing", seq=seq)
    if bytes(body) != entry.encode():
        raise Wrong("receipt-entry-altered", seq=seq)


def check_proof(proof: str, entry: str, trust: Trust) -> None:
    """Check that a proof holds, and that the log of today contains the one of the proof. :raises Wrong: if not"""
    try:
        head, _signers = LogProof.parse(proof).verify(entry.encode(), trust.origin, trust.log_keys)
    except ValueError as e:
        raise Wrong("receipt-proof", error=e) from e
    if trust.root_at(head.size) != head.root:
        raise Wrong("receipt-fork", size=head.size)
