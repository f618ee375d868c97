"""A box of bids as a bidder's receipt tells of it, in a small log: three ticks, three bids, the opening."""

import json
from dataclasses import dataclass
from hashlib import sha256

import rfc8785

from ledger.canonical import canonical_bytes
from ledger.notes import sign_note
from tenders.ticks import Lying, replay
from tests.verifier.making import ORIGIN, Kit, entry

TENDER = "project/2026-001/package/1"
SECRET = bytes(range(32))
TICKS = (6, 8, 9)  # the places of their entries
OPENED = 10
BIDDERS = ("91530300MA0000001A", "91530300MA0000002B", "91530300MA0000003C")


@dataclass(frozen=True)
class Sealed:
    bidder: str
    bid: str
    since: int
    until: int | None = None

    @property
    def line(self):
        return (
            f"sealed-bid-line/v1\ntender {TENDER}\nbid {self.bid}\nbidder {self.bidder}\n"
            f"payload_sha256 {self.bidder.encode().hex():0<64}\nbid_key age1{self.bid}\n"
            "received_at 2026-02-25T14:00:00.000000+08:00\n"
        )

    @property
    def digest(self):
        return sha256(self.line.encode()).hexdigest()

    def note(self, **changes):
        text = f"sealed-bid/v1\norigin {ORIGIN}\n{self.line}tick {self.since}\n"
        if self.until:
            text += f"withdrawn_at 2026-02-25T14:05:00+08:00\nuntil_tick {self.until}\n"
        for old, new in changes.items():
            text = text.replace(f"{old} ", f"{old} {new}", 1)
        return text


STOOD, GONE, LATE = (
    Sealed(BIDDERS[0], "b1", 1), Sealed(BIDDERS[1], "b2", 1, 2), Sealed(BIDDERS[2], "b3", 2),
)  # fmt: skip
BIDS = (STOOD, GONE, LATE)


def digests_of(bids):
    stood = [bid for bid in bids if bid.until is None]
    numbers = {bid: {"number": number, "bid": bid.bid} for number, bid in enumerate(stood, 1)}
    return [{"sha256": b.digest, "since": b.since, "until": b.until, **numbers.get(b, {})} for b in bids]


def opening(bids, listed):
    """The facts of the opening's entry, and the lists beside it."""
    digests = digests_of(bids)
    register = [
        {"number": one["number"], "credit_code": bid.bidder}
        for one, bid in zip(digests, bids, strict=True)
        if "number" in one
    ]
    values = ticks(bids)
    box = {"secret": SECRET.hex(), "last_tick": 3, "last_value": values[2]}
    lists = rfc8785.dumps({"bids": register, "digests": digests}).decode()
    if listed:
        return {"bids": [], "box": box, "lists": {"sha256": sha256(lists.encode()).hexdigest()}}, lists
    return {"bids": register, "box": {**box, "digests": digests}}, ""


def ticks(bids):
    lying = [Lying(bid.digest, bid.since, bid.until) for bid in bids]
    return [value.hex() for value in replay(SECRET, 3, lying)]


def with_box(bodies, bids=BIDS, *, published=None, listed=False):
    """Put ticks and the opening into a record. ``published``: what the opening says, if not what the ticks held."""
    facts, lists = opening(published or bids, listed)
    for number, (seq, value) in enumerate(zip(TICKS, ticks(bids), strict=True), 1):
        other = {"tender": "project/2026-002/package/1", "number": number, "tick": "00" * 32}
        told = [other, {"tender": TENDER, "number": number, "tick": value}]
        bodies[seq] = about("bids", entry(seq, "bids.tick", ticks=told))
    bodies[OPENED] = about(TENDER, entry(OPENED, "step.open_bids", **facts))
    return bodies, lists


def about(subject, body):
    return canonical_bytes({**json.loads(body), "subject": subject})


def bid_receipt(kit: Kit, bid, lists="", **changes):
    told = {
        "format": "sealed-bid-receipt/v1",
        "receipt": sign_note(bid.note(), kit.receipts),
        "ticks": [recorded(kit, TICKS[bid.since - 1]), recorded(kit, TICKS[2])],
        "opening": recorded(kit, OPENED),
        "lists": lists,
    }
    return json.dumps(told | changes, ensure_ascii=False)


def recorded(kit, seq):
    return {"entry": kit.bodies[seq].decode(), "proof": kit.proof(seq)}
