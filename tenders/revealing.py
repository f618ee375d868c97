"""What the opening publishes of the sealed bids, so that anybody can replay the ticks before it."""

from hashlib import sha256
from typing import Any

import rfc8785

from tenders.models import BidBox, Package
from tenders.ticks import Lying

MOST_IN_ENTRY = 100  # bids; an entry has 64 KiB. Of more the entry holds the digest, and a file the list


def lying_of(package: Package) -> list[Lying]:
    """Return what lay in the box of a package, and when, withdrawn bids included. One query."""
    return [sealed.lying() for sealed in package.sealed_bids.order_by("tick", "payload_sha256")]


def sealed_bids_revealed(package: Package) -> dict[str, Any]:
    """
    What the entry of the opening says beyond the register: nothing, if the tender has no box.

    A box that was not emptied yet keeps its secrets, too, from who looks at what the entry will say.
    """
    box = BidBox.objects.filter(package=package).exclude(emptied_at=None).first()
    if box is None:
        return {}
    listed = list_of_digests(package)
    told = {"digests": listed} if len(listed) <= MOST_IN_ENTRY else {"count": len(listed)}
    said = {"secret": bytes(box.secret).hex(), "last_tick": box.last_tick, "last_value": box.last_value, **told}
    return {"sealed": {**said, "digests_sha256": sha256(rfc8785.dumps(listed)).hexdigest()}}


def list_of_digests(package: Package) -> list[dict[str, Any]]:
    """Each digest with the ticks between which it lay in the box, and the number that its bid has got."""
    found = package.sealed_bids.select_related("bid").order_by("tick", "payload_sha256")
    return [
        {
            "sha256": sealed.payload_sha256,
            "since": sealed.tick,
            "until": sealed.withdrawn_tick,
            "number": sealed.bid and sealed.bid.number,
        }
        for sealed in found
    ]
