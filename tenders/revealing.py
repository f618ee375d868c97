"""What the opening publishes of a box, so that anybody can replay the ticks before it."""

from hashlib import sha256
from typing import Any

import rfc8785

from tenders import register
from tenders.models import BidBox, Package
from tenders.ticks import Lying, spans

MOST_IN_ENTRY = 60  # digests; an entry has 64 KiB. Of more the entry holds the digest, and a file the list


def digests_now(package: Package, number: int) -> list[str]:
    """Return what the tick with a number binds, sorted: sealed bids that stand, and the lines of the register."""
    found = package.sealed_bids.filter(tick__lte=number).select_related("package__project")
    lying = [sealed.lying() for sealed in found]
    return sorted([*(one.digest for one in lying if one.lies_in(number)), *register.digests(package)])


def lying_in(box: BidBox) -> list[Lying]:
    """Return what lay in a box, and when, as its ticks say. One query."""
    return spans(box.ticks.order_by("number").values_list("digests", flat=True))


def sealed_bids_revealed(package: Package) -> dict[str, Any]:
    """
    What the entry of the opening says beyond the register: nothing, if the tender has no box.

    A box that was not emptied yet keeps its secrets, too, from who looks at what the entry will say.
    """
    box = BidBox.objects.filter(package=package).exclude(emptied_at=None).first()
    if box is None:
        return {}
    listed = list_of_digests(box)
    told = {"digests": listed} if len(listed) <= MOST_IN_ENTRY else {"count": len(listed)}
    said = {"secret": bytes(box.secret).hex(), "last_tick": box.last_tick, "last_value": box.last_value, **told}
    return {"box": {**said, "digests_sha256": sha256(rfc8785.dumps(listed)).hexdigest()}}


def list_of_digests(box: BidBox) -> list[dict[str, Any]]:
    """
    Each digest with the ticks between which it lay in the box. Of a bid that stood also what its line is made of.

    The rest of the line stands in the register: tender, credit code, moment of arrival.
    """
    stood = box.package.sealed_bids.exclude(bid=None).select_related("bid", "package__project")
    told = {
        sealed.lying().digest: {
            "number": sealed.bid and sealed.bid.number,
            "bid": str(sealed.pk),
            "payload_sha256": sealed.payload_sha256,
            "bid_key": sealed.bid_key,
        }
        for sealed in stood
    }
    return [
        {"sha256": one.digest, "since": one.since, "until": one.until, **told.get(one.digest, {})}
        for one in lying_in(box)
    ]
