"""When a tender may be stopped, go on and be ended, and that nothing goes on while it stands still."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from statutes.refusal import Refusal, rests_on
from tenders.gates import own_rule
from tenders.gates.opening import bidders_are_enough
from tenders.law import day, law, refuse, shown
from tenders.models import Ending, Package, Suspension

Ground, Next, State = Ending.Ground, Ending.Next, Package.State
REPEATED = {Ground.TOO_FEW_APPLICANTS: "TB-14", Ground.TOO_FEW_BIDDERS: "EV-03", Ground.ALL_REJECTED: "EV-16"}
RUNNING = (State.ANNOUNCED, State.OPENING, State.OPENED, State.EVALUATED, State.CANDIDATES, State.AWARDED)


# -- suspension


@rests_on("OB-08.2")
def tender_is_not_suspended(package: Package, at: datetime) -> Refusal | None:
    suspension = package.suspensions.running().first()
    if suspension is None:
        return None
    if not suspension.ordered_by:
        return own_rule(_("本标段已经暂停，恢复以后才能办理。"), "suspended")
    message = _("%(organ)s责令暂停招标投标活动，恢复以后才能办理。") % {"organ": suspension.ordered_by}
    rule_id = "GP-21.6" if package.is_procurement else "OB-08.2"
    return refuse(rule_id, message, day(at))


def tender_can_be_suspended(package: Package, at: datetime) -> Refusal | None:
    if package.state in RUNNING or package.prequalifies:
        return None
    return own_rule(_("只有公告发布以后、招标没有结束的标段可以暂停。"))


@rests_on("GP-21.6")
def order_is_not_too_long(package: Package, at: datetime, ordered_by: str, ends_on: date | None) -> Refusal | None:
    """On the government-procurement track the authority may order thirty days at most, and must say until when."""
    if not (package.is_procurement and ordered_by):
        return None
    rule = law("GP-21.6", day(at))
    latest = day(at) + timedelta(days=int(rule.amount or 0))
    if ends_on and ends_on <= latest:
        return None
    figures = {"n": rule.amount, "latest": shown(latest)}
    message = _("政府采购监督管理部门责令暂停的时间最长不超过%(n)s日：须写明暂停至哪一天，不晚于%(latest)s。")
    return refuse("GP-21.6", message % figures, day(at))


def earliest_after(suspension: Suspension, at: datetime) -> datetime | None:
    """Return the earliest deadline for a tender that goes on at ``at``; None if no bids were taken any more."""
    return suspension.old_due_at and at + (suspension.old_due_at - suspension.suspended_at)


def remaining_time_is_left(suspension: Suspension, at: datetime, new_due_at: datetime | None) -> Refusal | None:
    """Whoever prepares a bid has as much time after a standstill as was left before it."""
    earliest = earliest_after(suspension, at)
    if earliest is None or (new_due_at and new_due_at >= earliest):
        return None
    message = _("暂停期间不计入投标时间：新的投标截止时间不得早于%(earliest)s。") % {"earliest": shown(earliest)}
    return refuse("TB-05", message, day(at))


# -- the end of a tender


def ending_of(package: Package) -> Ending:
    """Return what is written for the end of a tender, or what goes without writing."""
    return Ending.objects.filter(package=package).first() or Ending(package=package)


def ground_of_ending(package: Package, at: datetime) -> Ending.Ground:
    """Return why a tender would end now, as the facts have it. Too few bidders is no fact before the deadline."""
    if package.state == State.DRAFT and package.is_prequalified and not package.prequalification.enough:
        return Ground.TOO_FEW_APPLICANTS
    if package.state == State.ANNOUNCED and bidders_are_enough(package, at):
        return Ground.TOO_FEW_BIDDERS
    accepted = package.bids.accepted() if package.opening_concluded_at else package.bids.none()
    if accepted.exists() and not accepted.filter(rejection_reason="").exists():
        return Ground.ALL_REJECTED
    return Ground.TERMINATED


@rests_on("TB-13")
def refund_is_promised(package: Package, at: datetime) -> Refusal | None:
    if ending_of(package).refund.strip():
        return None
    return refuse("TB-13", _("须公布费用、保证金及利息怎样退还。"), day(at))


@rests_on("EV-03", "EV-16", "EV-04", "TB-14")
def failed_tender_is_repeated(package: Package, at: datetime) -> Refusal | None:
    """A tender that failed is repeated. Only if it fails again, and the approving organ agrees, it may be given up."""
    ending, ground = ending_of(package), ground_of_ending(package, at)
    if ending.afterwards == Next.RETENDER or ground not in Ending.FAILURES:
        return None
    if package.retender_of is None:
        return refuse(REPEATED[ground], _("%(ground)s的，应当重新招标。") % {"ground": ground.label}, day(at))
    if ending.approval_organ and ending.approval_number:
        return None
    return refuse("EV-04", _("再次招标失败的，报经原审批部门同意后才能不再招标：须写明审批部门和文号。"), day(at))


def retender_is_due(package: Package) -> bool:
    """Whether the public may expect the tender again: it failed, that was announced, and no repetition is out yet."""
    if package.state != State.FAILED or ending_of(package).afterwards != Next.RETENDER:
        return False
    again = getattr(package, "retender", None)
    return again is None or again.announced_at is None
