"""What has happened so far in an opening session, as gates, the chair's screen and papers ask for it."""

from datetime import datetime

from django.db.models import Max

from ledger.models import Entry
from tenders.models import Bid, BidderAttendance, LineConfirmation, Package


def readings(package: Package) -> dict[int, int]:
    """Return the place in the record of the newest reading of each bid, by the bid's number. One query."""
    read = Entry.objects.about(f"{package.path}/bid").filter(kind="bid.read")
    newest = read.values("subject").annotate(newest=Max("seq"))
    return {int(line["subject"].rpartition("/")[2]): line["newest"] for line in newest}


def reading_of(bid: Bid) -> int | None:
    """Return the place in the record of the newest reading of a bid, if it has been read."""
    return Entry.objects.filter(subject=bid.path, kind="bid.read").aggregate(newest=Max("seq"))["newest"]


def confirmations(package: Package) -> dict[int, LineConfirmation]:
    """Return what each bidder said to its line as it stands now, by the bid's number. Two queries."""
    newest = readings(package)
    given = LineConfirmation.objects.filter(bid__package=package).select_related("bid").order_by("pk")
    return {c.bid.number: c for c in given if c.reading == newest.get(c.bid.number)}


def last_change(package: Package) -> datetime | None:
    """Return when the record of the session was last added to: what was signed before that is no longer the record."""
    opening = package.opening
    of_bids = package.bids.aggregate(read=Max("read_at"), confirmed=Max("confirmations__confirmed_at"))
    moments = [opening.seals_checked_at, opening.reserve_announced_at, *of_bids.values()]
    return max((moment for moment in moments if moment), default=None)


def present(package: Package) -> list[BidderAttendance]:
    """Return who is there for each of those who have bid, in the order in which they came; of nobody else."""
    first: dict[str, BidderAttendance] = {}
    for attendance in package.bidder_attendances.filter(credit_code__in=package.bids.values("credit_code")):
        first.setdefault(attendance.credit_code, attendance)
    return list(first.values())
