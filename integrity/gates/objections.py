"""
When an objection may be raised, by when it is answered, and how it stops the procedure.

On the works track it is an 异议 (TBR 22, 44, 54), on the government-procurement track a 质疑 (GPL 52 to 55).
"""

from collections.abc import Callable
from datetime import date, datetime

from django.utils.translation import gettext as _

from contracts.models import Contract
from integrity.models import Objection
from statutes.refusal import Refusal, rests_on
from tenders.gates.standstill import tender_is_not_suspended
from tenders.law import day, due_day, law, refuse, shown
from tenders.models import Package, Project

Kind = Objection.Kind


# -- the procedure stands still


@rests_on("OB-05")
def no_objection_is_open(package: Package, at: datetime) -> Refusal | None:
    """A query (质疑) does not stop the procedure but the signing (GPR 54); one about the opening is settled there."""
    waiting = package.objections.open()
    if package.is_procurement:
        return _refuse_open("GP-10", waiting.filter(kind=Kind.OPENING).count(), at)
    return _refuse_open("OB-05", waiting.count(), at)


def _refuse_open(rule_id: str, waiting: int, at: datetime) -> Refusal | None:
    if not waiting:
        return None
    message = _("有%(n)d个异议尚未答复：答复之前应当暂停招标投标活动。") % {"n": waiting}
    return refuse(rule_id, message, day(at))


@rests_on("GP-22")
def no_query_holds_the_contract(package: Package, at: datetime) -> Refusal | None:
    waiting = package.objections.open().count() if package.is_procurement else 0
    if not waiting:
        return None
    message = _("有%(n)d个质疑尚未答复，可能影响结果：应当暂停签订合同，已经签订的中止履行。") % {"n": waiting}
    return refuse("GP-22", message, day(at))


@rests_on("OB-08.2")
def signing_is_not_suspended(contract: Contract, at: datetime) -> Refusal | None:
    return tender_is_not_suspended(contract.package, at)


@rests_on("GP-22")
def signing_is_not_held(contract: Contract, at: datetime) -> Refusal | None:
    return no_query_holds_the_contract(contract.package, at)


@rests_on("GP-22")
def performance_is_not_held(project: Project, at: datetime) -> Refusal | None:
    refusals = (no_query_holds_the_contract(package, at) for package in project.packages.all())
    return next((refusal for refusal in refusals if refusal), None)


# -- when it may be raised


def objection_is_on_time(package: Package, at: datetime, kind: str) -> Refusal | None:
    windows = QUERY_WINDOWS if package.is_procurement else OBJECTION_WINDOWS
    return windows[Kind(kind)](package, at)


@rests_on("OB-01")
def prequalification_can_be_objected_to(package: Package, at: datetime) -> Refusal | None:
    """Until two days before the deadline for applications; backwards, a holiday does not shorten it."""
    due_at = due_before_standstill(package) if package.prequalifies else None
    if due_at and day(at) <= due_day("OB-01", day(due_at)).literal:
        return None
    message = _("对资格预审文件的异议应当在提交资格预审申请文件截止%(n)s日前提出。")
    return refuse("OB-01", message % {"n": law("OB-01", day(at)).amount}, day(at))


@rests_on("OB-02")
def documents_can_be_objected_to(package: Package, at: datetime) -> Refusal | None:
    """Until ten days before the deadline; as long as the tender stands still, before the deadline that it had."""
    if package.state == Package.State.ANNOUNCED and (due_at := due_before_standstill(package)):
        latest = due_day("OB-02", day(due_at)).literal  # backwards, a holiday does not shorten it
        if day(at) <= latest:
            return None
    message = _("对招标文件的异议应当在投标截止%(n)s日前提出。") % {"n": law("OB-02", day(at)).amount}
    return refuse("OB-02", message, day(at))


def due_before_standstill(package: Package) -> datetime | None:
    """Return the deadline that runs; while the tender stands still, that from which the remaining time is kept."""
    if package.closes_at:
        return package.closes_at
    suspension = package.suspensions.running().first()
    return suspension.old_due_at if suspension else None


@rests_on("OB-03")
def opening_can_be_objected_to(package: Package, at: datetime) -> Refusal | None:
    if package.state == Package.State.OPENING:
        return None
    return refuse("OB-03", _("对开标的异议应当在开标现场提出。"), day(at))


@rests_on("OB-04")
def result_can_be_objected_to(package: Package, at: datetime) -> Refusal | None:
    published_at = package.candidates_published_at if package.state == Package.State.CANDIDATES else None
    if published_at and day(at) <= due_day("AW-02", day(published_at)).strict:
        return None
    return refuse("OB-04", _("对评标结果的异议应当在中标候选人公示期间提出。"), day(at))


def query_about(begins: Callable[[Package], datetime | None], period: str) -> Callable[..., Refusal | None]:
    """
    Return the gate of a query: within seven working days of when the supplier should have known (GPL 52).

    That is the end of the period for which the thing was announced (GPR 53), counted from the moment ``begins``.
    """

    @rests_on("GP-21.2")
    def query_is_on_time(package: Package, at: datetime) -> Refusal | None:
        began = begins(package)
        last = query_ends_on(day(began), period) if began else None
        if began and last and began <= at and day(at) <= last:
            return None
        until = _("，即%(day)s以前") % {"day": shown(last)} if last else ""
        message = _("质疑应当在知道或者应知权益受到损害之日起%(n)s个工作日内提出%(until)s。")
        return refuse("GP-21.2", message % {"n": law("GP-21.2", day(at)).amount, "until": until}, day(at))

    return query_is_on_time


def prequalification_began(package: Package) -> datetime | None:
    ours = getattr(package, "prequalification", None)
    return ours.published_at if ours else None


def query_ends_on(began_on: date, period: str) -> date:
    known_on = due_day(period, began_on).strict if period else began_on
    return due_day("GP-21.2", known_on).strict


OBJECTION_WINDOWS = {
    Kind.PREQUALIFICATION: prequalification_can_be_objected_to,
    Kind.DOCUMENTS: documents_can_be_objected_to,
    Kind.OPENING: opening_can_be_objected_to,
    Kind.RESULT: result_can_be_objected_to,
}
QUERY_WINDOWS = {
    Kind.PREQUALIFICATION: query_about(prequalification_began, ""),
    Kind.DOCUMENTS: query_about(lambda package: package.announced_at, "GP-01"),
    Kind.OPENING: query_about(lambda package: package.opened_at, ""),
    Kind.RESULT: query_about(lambda package: package.awarded_at, "GP-15"),
}


# -- its answer


def rule_for(kind: str, *, is_query: bool) -> str:
    """Return the rule that says by when an objection of a kind is answered."""
    if is_query:
        return "GP-21.3"
    return "EV-08" if kind == Kind.OPENING else "OB-05"


def rule_of_answer(objection: Objection) -> str:
    return rule_for(objection.kind, is_query=objection.is_query)


def objection_is_waiting(objection: Objection, at: datetime) -> Refusal | None:
    if objection.answered_at is None:
        return None
    return refuse(rule_of_answer(objection), _("这个异议已经答复。"), day(at))


# -- from the public, whose form must say what is open


def may_be_objected_to(package: Package, at: datetime) -> tuple[str, ...]:
    """Return what the public form takes objections to now. An opening is objected to in its own session."""
    kinds = (
        Kind.PREQUALIFICATION,
        Kind.DOCUMENTS,
        Kind.RESULT,
        *((Kind.OPENING,) if package.is_procurement else ()),
    )
    return tuple(kind.value for kind in kinds if objection_is_on_time(package, at, kind) is None)


def why_nothing_can_be_objected_to(package: Package, at: datetime) -> list[Refusal]:
    """Return the articles, if nothing of a tender can be objected to now."""
    if may_be_objected_to(package, at):
        return []
    kinds = (Kind.PREQUALIFICATION,) if package.prequalifies else (Kind.DOCUMENTS, Kind.RESULT)
    refusals = (objection_is_on_time(package, at, kind) for kind in kinds)
    return [refusal for refusal in refusals if refusal]
