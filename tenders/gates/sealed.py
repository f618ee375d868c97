"""What is demanded of a sealed bid from outside, before and after the deadline."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from statutes.refusal import Refusal, rests_on
from tenders.gates import own_rule
from tenders.gates.bids import stands_still
from tenders.law import day, refuse, shown
from tenders.models import Bid, Package, SealedBid
from tenders.sealing.faults import Fault

# What the bidder is told who sealed something else than was asked for. Each says what to do.
FAULTS = {
    Fault.HEAD: gettext_lazy("密封文件的说明部分格式不对，请用本页重新密封。"),
    Fault.TENDER: gettext_lazy("这份文件是为另一个标段密封的，请在本标段的页面重新密封。"),
    Fault.KEYS: gettext_lazy("这份文件不是按本标段公告的密钥密封的，请刷新页面后重新密封。"),
    Fault.ENVELOPE: gettext_lazy("没有按要求加密，不能接收。请用本页重新密封。"),
    Fault.SIZE: gettext_lazy("文件的大小与说明不符，请重新上传。"),
    Fault.DIGEST: gettext_lazy("收到的文件与说明的指纹不符，可能传输出错，请重新上传。"),
}
BIDDER_S_FAULTS = {
    Fault.LOCKED: gettext_lazy("用投标人自己的密钥也解不开密文"),
    Fault.PADDING: gettext_lazy("解密后的内容不符合格式"),
    Fault.CONTENT: gettext_lazy("解密后的内容不符合格式"),
    Fault.OTHER_TENDER: gettext_lazy("里面写的是另一个标段"),
    Fault.OTHER_BIDDER: gettext_lazy("里面写的是另一个投标人"),
}
REMEDY_TIME = timedelta(minutes=30)


@rests_on("EV-02")
def tender_takes_sealed_bids(package: Package, at: datetime) -> Refusal | None:
    """Asked for the bidder's sake, with the moment of the request. What counts is the database's clock at the end."""
    if stands_still(package):
        return own_rule(_("本标段已经暂停，恢复以前不接收投标；已经递交的可以撤回。"), "suspended")
    is_open = package.state == Package.State.ANNOUNCED and package.bids_due_at and at <= package.bids_due_at
    if not is_open:
        return too_late(at)
    box = getattr(package, "bid_box", None)
    if box is None or not box.takes_sealed_bids:
        return own_rule(_("本标段只接收纸质投标文件，请按招标公告的地点递交。"), "paper-only")
    return None


@rests_on("EV-02.2")
def sealed_bid_may_be_withdrawn(package: Package, at: datetime) -> Refusal | None:
    """Until the deadline, which a tender that stands still has not. What counts is the database's clock."""
    return None if stands_still(package) else tender_takes_sealed_bids(package, at)


def too_late(at: datetime) -> Refusal:
    return refuse("EV-02", _("投标截止时间已过，或者本标段现在不在投标期内：不能再递交或者撤回。"), day(at))


@rests_on("EV-02")
def is_sealed_as_demanded(fault: Fault, at: datetime) -> Refusal:
    """Unencrypted bids are refused, with a hint (E20 26)."""
    return refuse("EV-02", str(FAULTS[fault]), day(at))


def no_paper_bid_stands(package: Package, credit_code: str) -> Refusal | None:
    if not package.bids.accepted().filter(credit_code=credit_code).exists():
        return None
    return own_rule(_("贵单位已经递交了纸质投标文件。要改用电子投标，请先到现场撤回纸质的。"), "paper-stands")


def bid_is_to_be_decrypted(bid: Bid, at: datetime) -> Refusal | None:
    is_waiting = bid.form == Bid.Form.ELECTRONIC and bid.status == Bid.Status.ACCEPTED and bid.opened_at is None
    if is_waiting and bid.package.state == Package.State.OPENING:
        return None
    return own_rule(_("只有开标会上、还没有解密的电子投标可以解密。"))


def remedy_is_open(sealed: SealedBid, at: datetime) -> Refusal | None:
    """For half an hour after its decryption failed a bidder may open the bid with the own key (E20 31, second part)."""
    if sealed.failed_at is not None and at <= sealed.failed_at + REMEDY_TIME:
        return None
    return own_rule(_("只有在登记“不能解密”后的30分钟内，投标人可以用自己的恢复密钥解密。"), "remedy")


def remedy_is_over(sealed: SealedBid, at: datetime) -> Refusal | None:
    if sealed.failed_at is None:
        return own_rule(_("还没有登记这份投标不能解密。"), "remedy")
    until = sealed.failed_at + REMEDY_TIME
    if at > until:
        return None
    return own_rule(_("投标人在%(until)s以前还可以用自己的恢复密钥解密。") % {"until": shown(until)}, "remedy")
