"""Whom an opening must invite, who may watch it, and what of the observers' words must be answered before it ends."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.models import User
from integrity.models import Invitation, Mandate, MandateQuerySet, Matter, Observation, Turn
from integrity.room import is_room_code
from statutes.calendar import Calendar
from statutes.refusal import Refusal, rests_on
from statutes.rules import due
from tenders.gates.session import SIGN_IN_OPENS
from tenders.law import calendar, day, law, listed, refuse, shown
from tenders.models import Package


def own_order(message: str, code: str = "wrong-state") -> Refusal:
    """Return a refusal that rests on the bureau's own order of watching openings."""
    return Refusal(code, message, _("本局开标监督制度"))


def mandates_for(package: Package, at: datetime) -> MandateQuerySet:
    """Return the mandates under which this opening can be watched: whoever runs the tender does not watch it."""
    found = Mandate.objects.in_force(day(at)).select_related("institution")
    return found.exclude(institution__name=package.agency) if package.agency else found


def every_institution_is_invited(package: Package, at: datetime) -> Refusal | None:
    invited = set(package.invitations.filter(sent_at__lte=at).values_list("institution_id", flat=True))
    missing = [m.institution.name for m in mandates_for(package, at).required() if m.institution_id not in invited]
    if not missing:
        return None
    message = _("开标前须邀请监督单位，尚未邀请：%(missing)s。") % {"missing": listed(missing)}
    return own_order(message, "invitation")


def every_invitation_has_its_outcome(package: Package, at: datetime) -> Refusal | None:
    open_ones = [i.institution.name for i in package.invitations.filter(mode="").select_related("institution")]
    if not open_ones:
        return None
    message = _("还没有登记出席情况：%(names)s。到场由监督代表签到，未到场须写明原因。") % {"names": listed(open_ones)}
    return own_order(message, "attendance")


def opening_hour_has_come(package: Package, at: datetime) -> Refusal | None:
    """Nobody is missing from an opening that is still ahead: who has answered that they will not come may yet come."""
    due = package.bids_due_at
    if due is not None and at >= due:
        return None
    when = shown(due) if due else _("（未定）")
    message = _("开标时间是%(when)s，还没有到：到了时间没有来的，才能登记未到场。来函谢绝的，请登记回复。")
    return own_order(message % {"when": when}, "too-early")


def every_concern_is_answered(package: Package, at: datetime) -> Refusal | None:
    concerns = Observation.objects.filter(
        attendance__invitation__package=package, finding=Observation.Finding.CONCERN, replied_at=None
    ).count()
    if not concerns:
        return None
    message = _("监督代表提出的%(n)d个异常情况还没有答复。") % {"n": concerns}
    return own_order(message, "concern")


def observer_has_no_interest(invitation: Invitation, observer: User) -> Refusal | None:
    """Who has declared an interest in the tender stays away from it; a colleague may come instead."""
    if not invitation.recusals.filter(observer=observer).exists():
        return None
    return own_order(_("您已声明与本项目有利害关系，应当回避。贵单位可以另派代表。"), "conflict")


def doors_are_open(package: Package, at: datetime) -> Refusal | None:
    if package.state not in {Package.State.ANNOUNCED, Package.State.OPENING} or package.bids_due_at is None:
        return own_order(_("开标会已经结束，不能再签到。"))
    return own_order(_("开标前两小时起可以签到。")) if at < package.bids_due_at - SIGN_IN_OPENS else None


def code_was_read_in_the_room(package: Package, code: str, at: datetime) -> Refusal | None:
    if is_room_code(package, code, at):
        return None
    return own_order(_("签到码不对或者已经过期：请看开标室屏幕上的六位数字，每5分钟换一次。"), "room-code")


@rests_on("EM-01")
def words_wait_for_the_opening(package: Package, at: datetime) -> Refusal | None:
    """What observers write is public at once, and until the opening nobody may learn who bids."""
    if package.is_opened:
        return None
    return refuse("EM-01", _("开标之前投标情况须保密：开标以后才能记录和发表意见。"), day(at))


@rests_on("EM-03", "EV-12")
def committee_stays_unnamed(package: Package, words: str, at: datetime) -> Refusal | None:
    """What observers write and hear is public at once: until the result it may name no member of the committee."""
    if package.awarded_at is not None:
        return None
    if not any(name and name in words for name in package.committee.values_list("name", flat=True)):
        return None
    message = _("定标之前评标委员会成员的姓名须保密：请删去姓名，只写抽取的时间和专家库。")
    return refuse("EM-03", message, day(at))


def due_of(matter: Matter, known: Calendar) -> date:
    """Return until when the bureau answers a matter (SV-01), or its institution speaks on the answer (SV-02)."""
    rule_id, since = ("SV-02", matter.answered_at) if matter.answered_at else ("SV-01", matter.asked_at)
    return due(law(rule_id, day(since)), day(since), known).strict


@rests_on("SV-02")
def institution_had_time_to_speak(matter: Matter, at: datetime) -> Refusal | None:
    """The bureau may close a matter by itself only after the institution has let its term pass in silence."""
    if matter.answered_at is None:
        return own_order(_("监督事项还没有答复，不能办结。"))
    until = due_of(matter, calendar())
    if day(at) > until:
        return None
    message = _("监督单位可以在%(until)s以前认可答复或者要求继续答复，在此之前不能由本局办结。")
    return refuse("SV-02", message % {"until": shown(until)}, day(at))


def referral_is_new(matter: Matter, at: datetime) -> Refusal | None:
    if not matter.turns.filter(kind=Turn.Kind.REFERRED).exists():
        return None
    return own_order(_("这个监督事项已经移交行政监督部门。"))
