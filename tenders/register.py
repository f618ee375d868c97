"""
The lines of the register of paper envelopes, and the commitments that stand for them until the opening.

A line is what the opening reveals: neither the name of the person who came nor the number, which would tell how many
came before. Whoever holds a receipt has the salt of its own line, and can compute its digest at home.
"""

from typing import Any

from ledger.canonical import canonical_bytes, commitment
from tenders.models import Arrival, Bid, Package, facts_of, in_record

LINE = "bid-line-v1"
WITHDRAWAL = "bid-withdrawal-v1"
ARRIVAL = "bid-arrival-v1"


def line_of(bid: Bid) -> dict[str, Any]:
    """Return what was written down when the envelope came, whatever became of it since."""
    return {
        "tender": bid.package.path,
        "bidder": bid.bidder,
        "credit_code": bid.credit_code,
        "arrived_at": in_record(bid.arrived_at),
        "envelopes": bid.envelopes,
        "sealed": bid.sealed,
        "seal_note": bid.seal_note,
        "refusal_reason": bid.refusal_reason,
        "photos": [photo.sha256 for photo in bid.photos.all()],
    }


def withdrawal_of(bid: Bid) -> dict[str, Any]:
    """Return what was written down when the envelope was taken back."""
    return {"withdraws": bid.digest, "withdrawn_at": in_record(bid.withdrawn_at)}


def digest_of_line(bid: Bid) -> str:
    return commitment(LINE, bytes(bid.salt), canonical_bytes(line_of(bid)).decode())


def digest_of_withdrawal(bid: Bid) -> str:
    return commitment(WITHDRAWAL, bytes(bid.salt), canonical_bytes(withdrawal_of(bid)).decode())


def digest_of_arrival(arrival: Arrival) -> str:
    """Return what stands for an envelope on the table before its line is written."""
    line = {"tender": arrival.package.path, "arrived_at": in_record(arrival.arrived_at)}
    return commitment(ARRIVAL, bytes(arrival.salt), canonical_bytes(line).decode())


def arrival_of(bid: Bid) -> Arrival | None:
    """Return the arrival from which a line was written, if it was noted at the moment that the line tells."""
    arrival = getattr(bid, "arrival", None)
    return arrival if arrival and arrival.arrived_at == bid.arrived_at else None


def arrival_of_replacement(bid: Bid) -> Arrival | None:
    """Return the arrival of the envelope by which this one was withdrawn, if that is how it was."""
    replacement = getattr(bid, "replacement", None)
    arrival = arrival_of(replacement) if replacement else None
    return arrival if arrival and arrival.arrived_at == bid.withdrawn_at else None


def revealed(bid: Bid) -> dict[str, Any]:
    """Return a bid as the opening's entry tells of it: of a paper one also what opens its commitments."""
    names = ["number", "form", "bidder", "credit_code", "arrived_at", "envelopes", "sealed", "status", "refusal_reason"]
    if bid.form != Bid.Form.PAPER:
        return facts_of(bid, names)
    told = facts_of(bid, [*names, "seal_note", "withdrawn_at", "digest", "withdrawal_digest"])
    if arrival := arrival_of(bid):
        told["arrival"] = {"digest": arrival.digest, "salt": bytes(arrival.salt).hex()}
    return {**told, "photos": [photo.sha256 for photo in bid.photos.all()], "salt": bytes(bid.salt).hex()}


def voided(package: Package) -> list[dict[str, Any]]:
    """
    Return the arrivals that were noted and came to nothing, each by its place among all that were noted.

    It says when and why, and never by whom; and what opens its commitment, which lies in the box. A reason without a
    moment is of the time when reasons were kept in the house: it was not written for the public.
    """
    noted = enumerate(package.arrivals.all(), start=1)
    return [
        {
            "number": number,
            **facts_of(arrival, ("arrived_at", "voided_at", "digest")),
            "salt": bytes(arrival.salt).hex(),
            "reason": arrival.void_reason if arrival.voided_at else "",
        }
        for number, arrival in noted
        if arrival.void_reason
    ]
