"""When envelopes are taken, refused, given back."""

from datetime import datetime

from django.utils.translation import gettext as _

from statutes.refusal import Refusal, rests_on
from tenders.gates import own_rule
from tenders.gates.prequalification import bidder_has_passed
from tenders.law import day, refuse, shown
from tenders.models import Arrival, Bid, Package

MOST_LINES = 300  # of one package's register: the opening's entry has to hold them all


@rests_on("EV-02")
def bids_are_taken(package: Package, at: datetime) -> Refusal | None:
    """Late ones too, to be refused and written down, as long as the opening lasts."""
    if package.state in {Package.State.ANNOUNCED, Package.State.OPENING} and package.bids_due_at:
        return None
    return refuse("EV-02", _("本标段现在不接收投标文件。"), day(at))


def stands_still(package: Package) -> bool:
    """Whether it was suspended before its deadline, which has no force until the resumption sets another."""
    return package.state == Package.State.ANNOUNCED and package.bids_due_at is None


@rests_on("EV-02", "EV-02.2")
def replacements_are_taken(package: Package, at: datetime) -> Refusal | None:
    """Also while the tender stands still: until the deadline a bidder may change its bid (《招标投标法》第二十九条)."""
    return None if stands_still(package) else bids_are_taken(package, at)


@rests_on("EV-02")
def envelope_is_in_order(package: Package, arrived_at: datetime, *, sealed: bool) -> Refusal | None:
    """A second late is late; the register says so in these words. Nothing is, while the deadline has no force."""
    if package.bids_due_at and arrived_at > package.bids_due_at:
        return refuse("EV-02", _("投标截止时间后送达"), day(arrived_at))
    return None if sealed else refuse("EV-02", _("未按要求密封"), day(arrived_at))


def fault_of_envelope(package: Package, credit_code: str, arrived_at: datetime, *, sealed: bool) -> Refusal | None:
    """Return why an envelope is refused and written down as such: late, unsealed, or of one who may not bid."""
    late_or_open = envelope_is_in_order(package, arrived_at, sealed=sealed)
    return late_or_open or bidder_has_passed(package, credit_code, arrived_at)


@rests_on("EV-02.2")
def bid_may_be_withdrawn(bid: Bid, at: datetime) -> Refusal | None:
    """Until the deadline; while the tender stands still there is none."""
    due = bid.package.bids_due_at
    if bid.status != Bid.Status.ACCEPTED or bid.form != Bid.Form.PAPER:
        return own_rule(_("只有已签收的纸质投标文件可以撤回。"), "not-standing")
    if bid.package.state == Package.State.ANNOUNCED and (due is None or at <= due):
        return None
    told = shown(due) if due else _("（未定）")
    return refuse("EV-02.2", _("投标截止时间（%(due)s）以后，投标文件不得撤回。") % {"due": told}, day(at))


@rests_on("EV-02")
def every_arrival_is_registered(package: Package, at: datetime) -> Refusal | None:
    """Asked only once the deadline has come: before, that there is an envelope is under embargo (EM-01)."""
    if package.bids_due_at is None or at < package.bids_due_at:
        return None
    waiting = package.arrivals.waiting().count()
    if not waiting:
        return None
    message = _("还有%(n)d份送达的投标文件没有登记完：登记或者作废以后才能开标。") % {"n": waiting}
    return refuse("EV-02", message, day(at))


def arrival_is_open(arrival: Arrival | None) -> Refusal | None:
    if arrival is None or (arrival.bid_id is None and not arrival.void_reason):
        return None
    return own_rule(_("这次送达已经登记或者作废。"))


def room_for_another(package: Package) -> Refusal | None:
    if package.bids.count() + package.arrivals.filter(bid=None).count() < MOST_LINES:
        return None
    return own_rule(_("一个标段最多登记%(most)d份投标文件。") % {"most": MOST_LINES}, "full")
