"""What lies in boxes at one moment, for the tick that is to bind it."""

from collections import defaultdict
from collections.abc import Collection

from tenders.models import Arrival, Bid, BidBox, SealedBid


def digests_in(boxes: Collection[BidBox]) -> dict[int, list[str]]:
    """
    Return what the next tick of each box binds, by the box's key, sorted: sealed bids that stand, registered lines.

    Of a sealed bid that is its line, and its head with the wraps, without which nobody could open it.

    Of a line of the register that is its commitment, and that of its withdrawal, and before both that of the arrival:
    the opening reveals lines and salts, so that anybody can replay the ticks. Three queries for any number of boxes.
    """
    found: dict[int, list[str]] = defaultdict(list)
    packages = {box.pk: box.package for box in boxes}
    numbers = {box.pk: box.last_tick + 1 for box in boxes}
    for sealed in SealedBid.objects.filter(package__in=packages).defer("head"):
        sealed.package = packages[sealed.package_id]
        lying = sealed.lying()
        if lying.lies_in(numbers[sealed.package_id]):
            found[sealed.package_id] += [digest for digest in (lying.digest, sealed.head_sha256) if digest]
    lines = Bid.objects.on_paper().filter(package__in=packages)
    for package, *digests in lines.values_list("package_id", "digest", "withdrawal_digest"):
        found[package] += [digest for digest in digests if digest]
    arrivals = Arrival.objects.filter(package__in=packages).exclude(digest="")
    for package, digest in arrivals.values_list("package_id", "digest"):
        found[package].append(digest)
    return {pk: sorted(found[pk]) for pk in packages}
