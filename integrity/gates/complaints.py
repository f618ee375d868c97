"""Who may complain to the supervisor and until when, and in which order a complaint is handled."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from integrity.gates.objections import rule_of_answer
from integrity.models import Complaint, Objection
from statutes.calendar import Calendar
from statutes.refusal import Refusal, rests_on
from statutes.year import ONE_DAY
from tenders.gates import own_rule
from tenders.law import day, due_day, figure, law, refuse, shown
from tenders.models import Package, is_before_the_public

Kind = Complaint.Kind
# What the tenderer must first have been asked to answer (TBR 60)
AFTER_OBJECTION = (Kind.DOCUMENTS, Kind.OPENING, Kind.RESULT)


@rests_on("OB-09")
def party_is_named(name: str, contact: str, at: datetime) -> Refusal | None:
    """Only who bids or has another interest may object or complain, and says who it is. Reports may be anonymous."""
    if name.strip() and contact.strip():
        return None
    message = _("异议、投诉由投标人或者其他利害关系人提出，须写明名称和联系方式；不愿具名的，可以向监督电话举报。")
    return refuse("OB-09", message, day(at))


@rests_on("OB-06.2", "GP-21.7")
def objection_came_first(package: Package, at: datetime, kind: str, objection: Objection | None) -> Refusal | None:
    """A complaint about documents, opening or result follows an objection that is answered, or overdue."""
    if kind not in AFTER_OBJECTION and not package.is_procurement:
        return None
    if objection and (objection.answered_at or day(at) > answer_due_on(objection)):
        return None
    rule_id = "GP-21.7" if package.is_procurement else "OB-06.2"
    message = _("这类事项应当先向招标人提出异议（质疑）：招标人答复以后，或者逾期没有答复的，才能投诉。")
    return refuse(rule_id, message, day(at))


def answer_due_on(objection: Objection) -> date:
    return due_day(rule_of_answer(objection), day(objection.received_at)).strict


@rests_on("OB-06", "GP-21.4")
def complaint_is_on_time(package: Package, at: datetime, known_on: date, objection: Objection | None) -> Refusal | None:
    last = complaint_ends_on(package, known_on, objection, day(at))
    if known_on <= day(at) <= last:
        return None
    rule_id = "GP-21.4" if package.is_procurement else "OB-06"
    figures = {"n": figure(law(rule_id, day(at))), "last": shown(last)}
    if package.is_procurement:
        return refuse(rule_id, _("投诉应当在答复期满后%(n)s内提出，最迟%(last)s。") % figures, day(at))
    message = _("投诉应当自知道或者应当知道之日起%(n)s内提出（异议答复期间不计算在内），最迟%(last)s。")
    return refuse(rule_id, message % figures, day(at))


def complaint_ends_on(package: Package, known_on: date, objection: Objection | None, on: date) -> date:
    """
    Return the last day for a complaint.

    The days from an objection to its answer are not counted (TBR 60). On the government-procurement track the period
    begins when the time to answer the query has ended (GPL 55).
    """
    if package.is_procurement:
        return due_day("GP-21.4", answer_due_on(objection) if objection else known_on).strict
    answering = timedelta(0)
    if objection:
        answered_on = day(objection.answered_at) if objection.answered_at else on
        answering = answered_on - max(day(objection.received_at), known_on)
    return due_day("OB-06", known_on + max(answering, timedelta(0))).strict


# -- on its way


def rule_of_decision(complaint: Complaint) -> str:
    return "GP-21.5" if complaint.package.is_procurement else "OB-08"


def complaint_waits_for_acceptance(complaint: Complaint, at: datetime) -> Refusal | None:
    if complaint.accepted is None and not complaint.is_over:
        return None
    return own_rule(_("这件投诉已经决定是否受理。"))


def complaint_waits_for_decision(complaint: Complaint, at: datetime) -> Refusal | None:
    if complaint.accepted and not complaint.is_over:
        return None
    return own_rule(_("只有已经受理、尚未办结的投诉可以办理此事项。"))


@rests_on("OB-10")
def result_is_told(result: str, organ: str, number: str, at: datetime) -> Refusal | None:
    if result.strip() and organ.strip() and number.strip():
        return None
    return refuse("OB-10", _("投诉处理结果应当公开：须写明处理部门、文号和结果。"), day(at))


def decision_due_on(complaint: Complaint, calendar: Calendar, on: date) -> date:
    """Return until when the supervisor decides: working days from acceptance, but for those of tests and reviews."""
    start = complaint.acceptance_decided_on
    if start is None:
        raise ValueError("a complaint that is not accepted has no day for its decision")
    spans = [(e.started_on, e.ended_on or on) for e in complaint.examinations.all()]
    left, last = int(law(rule_of_decision(complaint), start).amount or 0), start
    while left:
        last += ONE_DAY
        left -= not calendar.is_day_off(last, in_doubt=False) and not _within(last, spans)
    return last


def _within(on: date, spans: Iterable[tuple[date, date]]) -> bool:
    return any(start < on <= end for start, end in spans)


def complaint_can_be_made(package: Package, at: datetime) -> Refusal | None:
    """As soon as a tender, or its prequalification, is announced; until when, depends on what the complainant knew."""
    return None if is_before_the_public(package) else own_rule(_("公告发布以后才能投诉。"))
