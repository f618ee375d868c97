"""Receipts of bids against rows and ticks: of a sealed bid, which we signed, and of a line of the register."""

import json
from typing import Any
from uuid import UUID

from ledger.canonical import canonical_bytes, commitment
from ledger.check import Problem
from ledger.notes import open_note
from tenders.audit.trust import Trust, Wrong, check_entry, check_proof
from tenders.audit.words import told
from tenders.bid_receipts import FORMAT, receipt_text
from tenders.models import Bid, BidBox, BidTick, SealedBid
from tenders.register import (
    LINE,
    WITHDRAWAL,
    arrival_of,
    arrival_of_replacement,
    digest_of_arrival,
    digest_of_line,
    digest_of_withdrawal,
)

UNTIL = "withdrawn_at "  # with this line begins what a receipt says of a withdrawal


def check_bid_file(said: dict[str, Any], trust: Trust, name: str) -> Problem:
    """Say what holds of a receipt that was saved with the entries of its tick and of the opening."""
    for recorded in (*said.get("ticks", []), said.get("opening")):
        if recorded:
            check_entry(recorded["entry"], json.loads(recorded["entry"])["seq"])
        if recorded and recorded.get("proof"):
            check_proof(recorded["proof"], recorded["entry"], trust)
    return check_sealed_bid(said["receipt"], trust, name)


def check_sealed_bid(note: str, trust: Trust, name: str) -> Problem:
    """
    Say what holds of the receipt of a sealed bid.

    :raises Wrong: if it is not ours, or if the bid is not what it was, or not in the tick that must hold it
    """
    try:
        text = open_note(note, trust.receipt_keys)[0].text
        pk = UUID(_value(text, "bid"))
    except ValueError as e:
        raise Wrong("receipt-forged") from e
    if not text.startswith(f"{FORMAT}\norigin {trust.origin}\n"):
        raise Wrong("receipt-forged")
    figures: dict[str, Any] = {"subject": _value(text, "tender"), "bid": str(pk)}
    sealed = SealedBid.objects.select_related("package__project").filter(pk=pk).first()
    if sealed is None:
        raise Wrong("receipt-bid-dropped", **figures)
    now = receipt_text(trust.origin, sealed)
    if text.partition(UNTIL)[0] != now.partition(UNTIL)[0] or (UNTIL in text and text != now):
        raise Wrong("receipt-bid-altered", **figures)
    return told(_code_of(sealed, **figures), name=name, tick=sealed.tick, until=sealed.withdrawn_tick, **figures)


def _value(text: str, name: str) -> str:
    return next((line.partition(" ")[2] for line in text.splitlines() if line.startswith(f"{name} ")), "")


def _code_of(sealed: SealedBid, **figures: Any) -> str:
    """:raises Wrong: if the tick was made without the bid"""
    made = BidTick.objects.filter(box=sealed.package_id, number=sealed.tick).first()
    if made and sealed.lying().lies_in(sealed.tick) and sealed.lying().digest not in made.digests:
        raise Wrong("receipt-bid-untold", tick=sealed.tick, **figures)
    if not sealed.is_standing:
        return "receipt-bid-withdrawn"
    return "receipt-bid-good" if made else "receipt-bid-pending"


def check_line(label: str, salt: str, line: dict[str, Any], name: str) -> Problem:
    """
    Say what holds of a line of the register, as the printed receipt's code says it. It proves nothing by itself: the
    stamp on the paper does.

    :raises Wrong: if there is no such line, or if it is not what it was
    """
    try:
        digest = commitment(label, bytes.fromhex(salt), canonical_bytes(line).decode())
    except ValueError as e:
        raise Wrong("receipt-unreadable") from e
    column, made, its_arrival = LINES[label]
    bid = Bid.objects.on_paper().select_related("package__project").filter(**{column: digest}).first()
    if bid is None:
        raise Wrong("receipt-line-dropped")
    figures: dict[str, Any] = {"subject": bid.package.path}
    if made(bid) != digest:
        raise Wrong("receipt-line-altered", **figures)
    arrival = its_arrival(bid)  # which may lie there alone, if the line was written after the last tick
    bound = _first_tick(bid, digest) or (arrival and _first_tick(bid, digest_of_arrival(arrival)))
    if bound is None and BidBox.objects.filter(package=bid.package_id, emptied_at__isnull=False).exists():
        raise Wrong("receipt-line-untold", **figures)
    code = "receipt-line-good" if bound else "receipt-line-pending"
    return told(code, name=name, tick=bound and bound.number, **figures)


def _first_tick(bid: Bid, digest: str) -> BidTick | None:
    return BidTick.objects.filter(box=bid.package_id, digests__contains=[digest]).first()


LINES = {
    LINE: ("digest", digest_of_line, arrival_of),
    WITHDRAWAL: ("withdrawal_digest", digest_of_withdrawal, arrival_of_replacement),
}
