"""The receipt of a sealed bid: signed at once, it binds us to the ciphertext, and names the tick that holds it."""

from ledger.canonical import timestamp
from tenders.models import SealedBid

FORMAT = "sealed-bid/v1"


def receipt_text(origin: str, sealed: SealedBid) -> str:
    """
    Return what we sign. Of a bid that was withdrawn, or replaced, it also says when, and from which tick on.

    What the tick must hold is the SHA-256 of the lines from ``sealed-bid-line/v1`` to ``received_at``.
    """
    withdrawn = ""
    if sealed.withdrawn_at:
        withdrawn = f"withdrawn_at {timestamp(sealed.withdrawn_at)}\nuntil_tick {sealed.withdrawn_tick}\n"
    return f"{FORMAT}\norigin {origin}\n{sealed.line()}tick {sealed.tick}\n{withdrawn}"
