"""When an objection may be raised, and how it stops the procedure."""

from datetime import datetime

from django.utils.translation import gettext as _

from integrity.models import Objection
from statutes.refusal import Refusal, rests_on
from tenders.law import day, due_day, law, refuse
from tenders.models import Package


@rests_on("OB-05")
def no_objection_is_open(package: Package, at: datetime) -> Refusal | None:
    waiting = package.objections.open().count()
    if not waiting:
        return None
    message = _("有%(n)d个异议尚未答复：答复之前应当暂停招标投标活动。") % {"n": waiting}
    return refuse("OB-05", message, day(at))


def objection_is_on_time(package: Package, at: datetime, kind: str) -> Refusal | None:
    window = OBJECTION_WINDOWS[Objection.Kind(kind)]
    return window(package, at)


@rests_on("OB-02")
def documents_can_be_objected_to(package: Package, at: datetime) -> Refusal | None:
    if package.state == Package.State.ANNOUNCED and package.bids_due_at:
        latest = due_day("OB-02", day(package.bids_due_at)).literal  # backwards, a holiday does not shorten it
        if day(at) <= latest:
            return None
    message = _("对招标文件的异议应当在投标截止%(n)s日前提出。") % {"n": law("OB-02", day(at)).amount}
    return refuse("OB-02", message, day(at))


@rests_on("OB-03")
def opening_can_be_objected_to(package: Package, at: datetime) -> Refusal | None:
    if package.state == Package.State.OPENING:
        return None
    return refuse("OB-03", _("对开标的异议应当在开标现场提出。"), day(at))


@rests_on("OB-04")
def result_can_be_objected_to(package: Package, at: datetime) -> Refusal | None:
    if package.state == Package.State.CANDIDATES:
        return None
    return refuse("OB-04", _("对评标结果的异议应当在中标候选人公示期间提出。"), day(at))


OBJECTION_WINDOWS = {
    Objection.Kind.DOCUMENTS: documents_can_be_objected_to,
    Objection.Kind.OPENING: opening_can_be_objected_to,
    Objection.Kind.RESULT: result_can_be_objected_to,
}
