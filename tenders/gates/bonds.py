"""When a bid bond can be taken, when it may go back, when all are settled."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from statutes.refusal import Refusal, rests_on
from tenders.gates import own_rule
from tenders.law import day, refuse, shown
from tenders.models import Bid, BidBond, Package, Track
from tenders.periods import BONDS_BACK


def bonds_are_asked(bond: BidBond, at: datetime) -> Refusal | None:
    package = bond.package
    if package.announced_at and package.bid_bond_fen and package.state != Package.State.FAILED:
        return None
    return own_rule(_("本标段没有公告，或者不收取投标保证金。"))


def bond_is_no_second_one(bond: BidBond, at: datetime) -> Refusal | None:
    if not bond.package.bonds.open().filter(credit_code=bond.credit_code).exists():
        return None
    return own_rule(_("该投标人的保证金已经登记，尚未退还。"), "duplicate")


@rests_on("TB-10.4")
def money_comes_from_the_basic_account(bond: BidBond, at: datetime) -> Refusal | None:
    if bond.is_letter or bond.from_basic_account:
        return None
    message = _("转账的投标保证金应当从投标人的基本账户转出；从别处转来的，原路退回，不作登记。")
    return refuse("TB-10.4", message, day(at))


@rests_on("TB-10.3")
def bond_lasts_as_long_as_the_bid(bond: BidBond, at: datetime) -> Refusal | None:
    """Money stays until it is given back; a letter ends on its day."""
    needed = bid_valid_until(bond.package)
    if not bond.is_letter or needed is None or (bond.valid_until and bond.valid_until >= needed):
        return None
    message = _("保函（保险）的有效期应当与投标有效期一致，不得早于%(day)s。") % {"day": shown(needed)}
    return refuse("TB-10.3", message, day(at))


def bid_valid_until(package: Package) -> date | None:
    """Return the last day of the validity of bids, counted from the deadline (TBR 25)."""
    if package.bids_due_at is None or not package.bid_validity_days:
        return None
    return day(package.bids_due_at) + timedelta(days=package.bid_validity_days)


def bond_is_open(bond: BidBond, at: datetime) -> Refusal | None:
    if bond.returned_on is None and bond.kept_on is None:
        return None
    return own_rule(_("这笔保证金已经退还，或者已经决定不予退还。"))


@rests_on("AW-10", "AW-11")
def bond_may_go_back(bond: BidBond, at: datetime) -> Refusal | None:
    """A bid that still runs keeps its bond: until the award, the failure, or its withdrawal before the deadline."""
    package = bond.package
    runs = bond.bids.filter(status=Bid.Status.ACCEPTED).exists()
    if not runs or package.awarded_at or package.state == Package.State.FAILED:
        return None
    if package.is_opened:
        return refuse("AW-10", _("该投标人的投标仍然有效：定标或者终止招标以后才退还保证金。"), day(at))
    message = _("该投标人的投标仍然有效：撤回投标或者终止招标以后才退还保证金。")
    return refuse("AW-11", message, day(at))


@rests_on("AW-13")
def bond_need_not_be_kept(bond: BidBond, at: datetime) -> Refusal | None:
    if not BidBond.objects.to_be_kept().filter(pk=bond.pk).exists():
        return None
    message = _("该投标人因自己的原因失去中标资格，投标保证金不予退还：请登记“不予退还”。")
    return refuse("AW-13", message, day(at))


@rests_on("AW-10")
def interest_is_paid(bond: BidBond, at: datetime) -> Refusal | None:
    if bond.is_letter or bond.interest_fen is not None:
        return None
    return refuse("AW-10", _("退还转账的保证金，应当同时退还银行同期存款利息；没有利息的填0。"), day(at))


@rests_on("AW-13")
def bond_may_be_kept(bond: BidBond, at: datetime) -> Refusal | None:
    """Only of who has bid, and only once the bids were opened: before, a bidder may still withdraw."""
    if bond.package.is_opened and bond.bids.exists():
        return None
    return refuse("AW-13", _("开标以后，投标人有法定情形的，才可以不退还其保证金。"), day(at))


@rests_on("AW-10", "GP-07.3", "TB-13")
def bonds_are_settled(package: Package, at: datetime) -> Refusal | None:
    rule_id = "TB-13" if package.state == Package.State.FAILED else BONDS_BACK[Track(package.track)]
    if not package.bid_bond_fen:
        return own_rule(_("本标段不收取投标保证金，没有要退还的。"))
    if waiting := package.bonds.open().count():
        message = _("还有%(n)d笔投标保证金没有登记退还。") % {"n": waiting}
        return refuse(rule_id, message, day(at))
    if package.bonds.exists():
        return None
    return refuse(rule_id, _("保证金登记簿还是空的：先逐笔登记收到和退还。"), day(at))
