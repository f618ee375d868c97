"""By when a bid bond has to go back. Seen at the desk alone: before the opening, who has paid one is secret."""

from datetime import date

from django.db.models import Max

from statutes.calendar import DueDay
from tenders.law import day, due_day
from tenders.models import BidBond, Package


def due_back(bond: BidBond) -> DueDay | None:
    """Return the latest day for giving a bond back. None if it stays, or nothing has set its time running."""
    if bond.returned_on or bond.kept_on or BidBond.objects.to_be_kept().filter(pk=bond.pk).exists():
        return None
    rule_id, start = _begun(bond)
    return due_day(rule_id, start) if start else None


def _begun(bond: BidBond) -> tuple[str, date | None]:
    """Return the rule by which a bond goes back, and the day from which it counts."""
    package = bond.package
    left_at = bond.bids.aggregate(last=Max("withdrawn_at"))["last"]
    if left_at and not bond.bids.accepted().exists():
        return "AW-11", day(left_at)
    contract = getattr(package, "contract", None)
    signed_on = day(contract.signed_at) if contract and contract.signed_at else None
    if package.track == Package.Track.WORKS:
        return "AW-10", signed_on
    award = getattr(package, "result", None)
    if award and award.winner.credit_code == bond.credit_code:
        return "GP-07.3", signed_on
    return "GP-07.2", day(package.awarded_at) if package.awarded_at else None
