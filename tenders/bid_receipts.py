"""The receipt of a sealed bid: signed at once, it binds us to the ciphertext, and names the tick that holds it."""

from ledger.canonical import timestamp
from ledger.models import Entry
from tenders.models import BidBox, BidTick, SealedBid

FORMAT = "sealed-bid/v1"
FILE_FORMAT = "sealed-bid-receipt/v1"  # of the file that holds the receipt and the entries by which it is checked
TICK, OPENED = "bids.tick", "step.open_bids"


def receipt_text(origin: str, sealed: SealedBid) -> str:
    """
    Return what we sign. Of a bid that was withdrawn, or replaced, it also says when, and from which tick on.

    What the tick must hold is the SHA-256 of the lines from ``sealed-bid-line/v1`` to ``received_at``.
    """
    withdrawn = ""
    if sealed.withdrawn_at:
        withdrawn = f"withdrawn_at {timestamp(sealed.withdrawn_at)}\nuntil_tick {sealed.withdrawn_tick}\n"
    return f"{FORMAT}\norigin {origin}\n{sealed.line()}tick {sealed.tick}\n{withdrawn}"


def ticks_of(sealed: SealedBid) -> list[Entry]:
    """
    Return the entries of the first tick that holds a bid, and of the last one: each tick binds all before it.

    None of the first before it is made. The last one that the opening itself has made stands in the opening's entry.
    """
    made = BidTick.objects.filter(box=sealed.package_id, number__gte=sealed.tick).order_by("number")
    wanted = {tick.number: tick for tick in (made.first(), *made.reverse()[:2]) if tick}
    found = [_entry_of(wanted[number], sealed.package.path) for number in sorted(wanted)]
    return [entry for entry in found if entry]


def _entry_of(made: BidTick, tender: str) -> Entry | None:
    of_moment = Entry.objects.filter(kind=TICK, at=made.made_at)
    return next((entry for entry in of_moment if _tells_of(entry, tender, made)), None)


def _tells_of(entry: Entry, tender: str, made: BidTick) -> bool:
    told = entry.facts["ticks"]
    return any((one["tender"], one["number"], one["tick"]) == (tender, made.number, made.value) for one in told)


def opening_of(sealed: SealedBid) -> Entry | None:
    """Return the entry of the opening; None before it."""
    return Entry.objects.filter(kind=OPENED, subject=sealed.package.path).last()


def lists_of(sealed: SealedBid) -> str:
    """Return what the opening has published beside its entry; empty if everything stands in the entry."""
    return BidBox.objects.values_list("lists", flat=True).get(package=sealed.package_id)
