"""What lies in boxes at one moment, for the tick that is to bind it."""

from collections import defaultdict
from collections.abc import Collection

from tenders.models import Bid, BidBox, SealedBid


def digests_in(boxes: Collection[BidBox]) -> dict[int, list[str]]:
    """
    Return what the next tick of each box binds, by the box's key, sorted: sealed bids that stand, registered lines.

    Of a line of the register that is its commitment, and that of its withdrawal: the opening reveals lines and salts,
    so that anybody can replay the ticks. Two queries for any number of boxes.
    """
    found: dict[int, list[str]] = defaultdict(list)
    packages = {box.pk: box.package for box in boxes}
    numbers = {box.pk: box.last_tick + 1 for box in boxes}
    for sealed in SealedBid.objects.filter(package__in=packages).defer("head"):
        sealed.package = packages[sealed.package_id]
        lying = sealed.lying()
        if lying.lies_in(numbers[sealed.package_id]):
            found[sealed.package_id].append(lying.digest)
    pairs = Bid.objects.on_paper().filter(package__in=packages).values_list("package_id", "digest", "withdrawal_digest")
    for package, *digests in pairs:
        found[package] += [digest for digest in digests if digest]
    return {pk: sorted(found[pk]) for pk in packages}
