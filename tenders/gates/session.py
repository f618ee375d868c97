"""What is asked of each act in an opening session: signing in, seals, opening, reading, confirming, signing."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from statutes.refusal import Refusal, rests_on
from tenders.gates import own_rule
from tenders.gates.opening import every_bid_is_read, every_line_is_confirmed
from tenders.gates.opening import seals_are_checked as seals_of
from tenders.law import day, listed, refuse
from tenders.models import Bid, BidderAttendance, LineConfirmation, Opening, Package
from tenders.session import confirmations

SIGN_IN_OPENS = timedelta(hours=2)
Means = LineConfirmation.Means
OFFICES = (Opening.Signer.CHAIR, Opening.Signer.RECORDER, Opening.Signer.SUPERVISOR)


@rests_on("EM-06")
def session_is_open(subject: Any, at: datetime) -> Refusal | None:
    """Before the session no bid is touched; after it the record stands."""
    package: Package = subject if isinstance(subject, Package) else subject.package
    if package.state == Package.State.OPENING:
        return None
    if package.is_opened:
        return own_rule(_("开标会已经结束，开标记录不再改动；有错误的，办理更正。"))
    return refuse("EM-06", _("开标之前，投标文件不得拆封，投标情况须保密。"), day(at))


# -- signing in


@rests_on("EM-07", "EM-01")
def attendance_may_be_shown(package: Package, at: datetime) -> Refusal | None:
    """Who comes for a bidder betrays who bids: until the opening only those see it who have entered it."""
    if package.is_opened:
        return None
    return refuse("EM-07", _("开标之前，到场的投标人须保密。"), day(at))


def sign_in_is_open(attendance: BidderAttendance, at: datetime) -> Refusal | None:
    package, due = attendance.package, attendance.package.bids_due_at
    if package.state not in {Package.State.ANNOUNCED, Package.State.OPENING} or due is None:
        return own_rule(_("开标会还没有安排，或者已经结束，不能签到。"))
    return own_rule(_("开标前两小时起可以签到。")) if at < due - SIGN_IN_OPENS else None


def bidder_is_not_yet_there(attendance: BidderAttendance, at: datetime) -> Refusal | None:
    same = {"credit_code": attendance.credit_code, "by_account": attendance.by_account}
    if not attendance.package.bidder_attendances.filter(**same).exists():
        return None
    return own_rule(_("该投标人已经签到。"), "duplicate")


def late_comer_has_bid(attendance: BidderAttendance, at: datetime) -> Refusal | None:
    """Asked only once the bids are known."""
    package = attendance.package
    if not package.is_opened or package.bids.filter(credit_code=attendance.credit_code).exists():
        return None
    return own_rule(_("本标段没有该单位的投标，不作为投标人签到；任何人都可以旁听。"), "no-bid")


# -- seals


def seals_were_checked_before_opening(package: Package, at: datetime) -> Refusal | None:
    if package.opening.seals_checked_at or not package.bids.filter(form=Bid.Form.PAPER).exclude(opened_at=None):
        return None
    return refuse("EV-05", _("已经有投标文件拆封，不能再检查密封。"), day(at))


@rests_on("EV-05")
def checker_is_no_party(opening: Opening, at: datetime) -> Refusal | None:
    """Bidders, those whom they have chosen, or a notary; the bureau does not check itself."""
    if not opening.seals_checker:
        return refuse("EV-05", _("须由投标人、其推选的代表或者公证机构检查密封。"), day(at))
    if opening.seals_checker != Opening.SealChecker.BIDDERS and not opening.seals_checked_by:
        return refuse("EV-05", _("请写明检查密封的代表所在单位或者公证机构。"), day(at))
    return None


def only_paper_has_seals(opening: Opening, at: datetime) -> Refusal | None:
    known = opening.package.bids.accepted().filter(form=Bid.Form.PAPER).values_list("number", flat=True)
    if set(opening.broken_seals) <= set(known):
        return None
    return own_rule(_("密封有破损的，只能选已签收的纸质投标文件。"), "unknown")


# -- opening and reading


@rests_on("EV-06")
def bid_takes_part(bid: Bid, at: datetime) -> Refusal | None:
    if bid.status == Bid.Status.ACCEPTED:
        return None
    return refuse("EV-06", _("只有开标会上、已签收的投标文件可以拆封、唱标。"), day(at))


@rests_on("EV-05")
def seals_are_checked(bid: Bid, at: datetime) -> Refusal | None:
    return seals_of(bid.package, at)


def envelope_is_closed(bid: Bid, at: datetime) -> Refusal | None:
    if bid.form != Bid.Form.PAPER:
        return own_rule(_("电子投标文件用密钥解密，不在这里拆封。"), "electronic")
    return own_rule(_("这份投标文件已经拆封。"), "duplicate") if bid.opened_at else None


def the_one_before_is_read(bid: Bid, at: datetime) -> Refusal | None:
    """Envelopes are opened one by one: what lies open on the table is read before the next is cut."""
    waiting = bid.package.bids.accepted().filter(form=Bid.Form.PAPER, read_at=None).exclude(opened_at=None).first()
    if waiting is None:
        return None
    return own_rule(_("请先唱完已经拆封的第%(n)d号投标，再拆下一份。") % {"n": waiting.number}, "one-by-one")


@rests_on("EV-06")
def bid_is_opened(bid: Bid, at: datetime) -> Refusal | None:
    if bid.opened_at:
        return None
    return refuse("EV-06", _("投标文件当众拆封（解密）以后才能唱标。"), day(at))


@rests_on("EV-06")
def reading_is_what_was_submitted(bid: Bid, at: datetime) -> Refusal | None:
    """What was decrypted is read as it stands. Asked of a bid that carries what is read."""
    given = bid.submitted or {}
    wrong = [str(Bid._meta.get_field(name).verbose_name) for name in given if getattr(bid, name, None) != given[name]]  # type: ignore[union-attr]
    if not wrong:
        return None
    message = _("唱标内容须与解密的投标文件一致：%(names)s不一致。")
    return refuse("EV-06", message % {"names": listed(wrong)}, day(at))


# -- the reserve price


@rests_on("EM-02")
def reserve_price_may_be_told(package: Package, at: datetime) -> Refusal | None:
    if package.state == Package.State.OPENING:
        return None
    return refuse("EM-02", _("标底须保密，只能在开标会上公布。"), day(at))


def reserve_price_is_set(package: Package, at: datetime) -> Refusal | None:
    if package.opening.has_reserve_price:
        return None
    return own_rule(_("本次招标没有设标底。"), "no-reserve-price")


# -- confirming and signing


@rests_on("EV-07")
def bid_is_read(bid: Bid, at: datetime) -> Refusal | None:
    return None if bid.read_at else refuse("EV-07", _("唱标以后才能确认。"), day(at))


def line_is_not_confirmed(confirmation: LineConfirmation, at: datetime) -> Refusal | None:
    """Who has refused, or was not there, may still confirm; the other way round nothing is taken back."""
    known = confirmations(confirmation.bid.package).get(confirmation.bid.number)
    settled = known and (known.means == confirmation.means or known.means in {Means.ELECTRONIC, Means.SIGNED})
    return own_rule(_("这份投标的唱标结果已经确认。"), "duplicate") if settled else None


@rests_on("GP-10")
def who_is_there_is_not_absent(confirmation: LineConfirmation, at: datetime) -> Refusal | None:
    """Only who did not come is taken to accept the result (MF87 42)."""
    bid = confirmation.bid
    came = bid.package.bidder_attendances.filter(credit_code=bid.credit_code).exists()
    if confirmation.means != Means.ABSENT or not came:
        return None
    return refuse("GP-10", _("%(bidder)s已经签到，不能登记为未到场。") % {"bidder": bid.bidder}, day(at))


@rests_on("EV-07")
def refusal_has_a_reason(confirmation: LineConfirmation, at: datetime) -> Refusal | None:
    if confirmation.means != Means.REFUSED or confirmation.remark:
        return None
    return refuse("EV-07", _("拒绝签字的，须写明理由。"), day(at))


@rests_on("EV-07", "GP-10")
def every_office_signs(opening: Opening, at: datetime) -> Refusal | None:
    missing = [str(office.label) for office in OFFICES if office not in opening.signers]
    if not missing:
        return None
    return refuse("EV-07", _("开标记录还缺签字：%(missing)s。") % {"missing": listed(missing)}, day(at))


READY_TO_SIGN = (every_bid_is_read, every_line_is_confirmed)
