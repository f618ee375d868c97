"""The receipt of a sealed bid: signed at once, it binds us to the ciphertext, and names the tick that holds it."""

import re
from dataclasses import dataclass
from hashlib import sha256

from ledger.canonical import timestamp
from tenders.models import SealedBid

FORMAT = "sealed-bid/v1"
_FORM = re.compile(
    r"sealed-bid/v1\norigin (?P<origin>\S+)\n(?P<line>sealed-bid-line/v1\ntender (?P<tender>\S+)\nbid (?P<bid>\S+)\n"
    r"bidder (?P<bidder>\S+)\npayload_sha256 (?P<sha256>[0-9a-f]{64})\nbid_key (?P<bid_key>\S+)\n"
    r"received_at (?P<received_at>\S+)\n)"
    r"tick (?P<tick>[0-9]+)\n(?:withdrawn_at (?P<withdrawn_at>\S+)\nuntil_tick (?P<until>[0-9]+)\n)?"
)


def receipt_text(origin: str, sealed: SealedBid) -> str:
    """Return what we sign. Of a bid that was withdrawn, or replaced, it also says when, and from which tick on."""
    withdrawn = ""
    if sealed.withdrawn_at:
        withdrawn = f"withdrawn_at {timestamp(sealed.withdrawn_at)}\nuntil_tick {sealed.withdrawn_tick}\n"
    return f"{FORMAT}\norigin {origin}\n{sealed.line()}tick {sealed.tick}\n{withdrawn}"


@dataclass(frozen=True)
class BidReceipt:
    """What a receipt of a sealed bid says. Nothing in it is to be believed before its signature was checked."""

    origin: str
    line: str
    tender: str
    bid: str
    bidder: str
    sha256: str
    bid_key: str
    received_at: str
    tick: str
    withdrawn_at: str | None
    until: str | None

    @classmethod
    def parse(cls, text: str) -> "BidReceipt":
        """:raises ValueError: if it is none"""
        if not (match := _FORM.fullmatch(text)):
            raise ValueError("this is no receipt of a sealed bid")
        return cls(**match.groupdict())

    @property
    def digest(self) -> str:
        """What the tick that the receipt names must hold."""
        return sha256(self.line.encode()).hexdigest()
