"""When bids may be opened, and when the opening may be concluded."""

from datetime import datetime

from django.utils.translation import gettext as _

from statutes.refusal import Refusal, rests_on
from tenders.gates import blank_labels, incomplete
from tenders.law import day, law, refuse, shown
from tenders.models import (
    Package,
)


@rests_on("EV-01")
def deadline_has_come(package: Package, at: datetime) -> Refusal | None:
    if package.bids_due_at and at >= package.bids_due_at:
        return None
    due = shown(package.bids_due_at) if package.bids_due_at else _("（未定）")
    return refuse("EV-01", _("开标应当在投标截止时间公开进行：%(due)s之前不得开标。") % {"due": due}, day(at))


@rests_on("EV-03")
def bidders_are_enough(package: Package, at: datetime) -> Refusal | None:
    """Asked only once the deadline has come: before, the number of bids is under embargo, even in a refusal (EM-01)."""
    if deadline_has_come(package, at):
        return None
    least = law("EV-03", day(at)).amount or 0
    if package.bids.accepted().count() >= least:
        return None
    message = _("投标人少于%(n)s个，不得开标，应当重新招标。") % {"n": least}
    return refuse("EV-03", message, day(at))


@rests_on("EV-05")
def opening_is_staffed(package: Package, at: datetime) -> Refusal | None:
    blank = blank_labels(package.opening, ("chair", "recorder", "bid_supervisor"))
    return incomplete("EV-05", _("开标会"), blank, at)


@rests_on("EV-05")
def seals_are_checked(package: Package, at: datetime) -> Refusal | None:
    blank = blank_labels(package.opening, ("seals_checked_by", "seals_finding"))
    return incomplete("EV-05", _("密封检查"), blank, at)


@rests_on("EV-06")
def every_bid_is_read(package: Package, at: datetime) -> Refusal | None:
    unread = package.bids.accepted().filter(read_at=None).count()
    if not unread:
        return None
    message = _("还有%(n)d份投标没有唱标：截止时间前收到的投标都应当当众拆封、宣读。") % {"n": unread}
    return refuse("EV-06", message, day(at))
