"""
By when bid bonds have to go back: for the desk each of them, for the public all that have the same day.

Before the opening, who has paid one is secret, so one that goes back by then (AW-11) has no public clock.
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import Max
from django.utils.translation import gettext as _

from lifecycle.clock import Clock, Days, counted
from statutes.calendar import DueDay
from tenders.law import day, due_day
from tenders.models import BidBond, Package, Track
from tenders.periods import BONDS_BACK


def due_back(bond: BidBond) -> DueDay | None:
    """Return the latest day for giving a bond back. None if it stays, or nothing has set its time running."""
    if not bond.is_open or bond.is_to_be_kept:
        return None
    rule_id, start = _rule_of_bond(bond)
    return due_day(rule_id, start) if start else None


def bond_clocks(package: Package, days: Days) -> Iterator[Clock]:
    """Until when all bonds go back; in procurement those of who lost first, and the winner's after the contract."""
    if not package.bid_bond_fen:
        return
    titles = {True: _("退还投标保证金")}
    if package.is_procurement:
        titles = {False: _("退还未中标人的投标保证金"), True: _("退还中标人的投标保证金")}
    for won, title in titles.items():
        rule_id, start = rule_of_return(package, won=won)
        subject = package.contract if won and start else package
        if start:
            yield counted(rule_id, subject, title, start, days, done=_are_back(package, won=won))


def rule_of_return(package: Package, *, won: bool) -> tuple[str, date | None]:
    """
    Return the rule by which a bond goes back after an award, and the day from which it counts, if that has come.

    Works: all from the contract on (TBR 57). Procurement: of who lost, from the award notice on (GPR 33).
    """
    contract = getattr(package, "contract", None)
    signed_on = day(contract.signed_at) if contract and contract.signed_at else None
    if package.is_procurement and not won:
        return "GP-07.2", day(package.awarded_at) if package.awarded_at else None
    return BONDS_BACK[Track(package.track)], signed_on


def _rule_of_bond(bond: BidBond) -> tuple[str, date | None]:
    left_at = bond.bids.aggregate(last=Max("withdrawn_at"))["last"]
    if left_at and not bond.bids.accepted().exists():
        return "AW-11", day(left_at)
    return rule_of_return(bond.package, won=bond.credit_code == _winner_of(bond.package))


def _winner_of(package: Package) -> str:
    """Return the credit code of who won; empty as long as nobody has."""
    award = getattr(package, "result", None)
    return award.winner.credit_code if award else ""


def _are_back(package: Package, *, won: bool) -> bool:
    """
    Whether the bonds of one kind are back: when that is announced, once for all of them.

    In procurement the day of who lost may come before there is a contract, and with it an announcement. So there the
    register counts, from its first line on: as long as it is empty, nobody has shown that anything went back.
    """
    contract = getattr(package, "contract", None)
    if (contract and contract.bonds_returned_on) or not package.is_procurement:
        return bool(contract and contract.bonds_returned_on)
    winner, bonds = _winner_of(package), package.bonds.all()
    theirs = [bond for bond in bonds if (bond.credit_code == winner) is won]
    return bool(bonds) and not any(bond.is_open and not bond.is_to_be_kept for bond in theirs)
