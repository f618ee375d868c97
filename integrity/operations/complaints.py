"""Complaints, from receipt to decision. The supervisor decides; its papers are entered here."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from integrity.gates import complaints as gates
from integrity.models import Complaint, Examination
from integrity.operations.objections import HANDS, MAX_SUMMARY, UNKNOWN, Party
from ledger.canonical import new_salt
from ledger.operations import record
from statutes.refusal import Refusal
from tenders.gates import own_rule
from tenders.law import day, refuse
from tenders.locking import lock
from tenders.models import Package, in_record, next_number
from tenders.operations.common import (
    MAX_ANSWER,
    cleaned,
    hold_to,
    number_up_to,
    public_or_blank,
    publishable,
    refuse_if,
    refused,
)
from tenders.rights import demand

MOST_COMPLAINTS = 500  # of one tender: what the public can fill, is bounded


@dataclass(frozen=True)
class Paper:
    """A paper of the supervisor: from whom, under which number, of which day."""

    organ: str
    number: str
    on: date


@transaction.atomic(durable=True)
def receive_complaint(
    package_id: int,
    *,
    kind: str,
    complainant: str,
    text: str,
    known_on: date,
    objection_number: int | None = None,
    party: Party = UNKNOWN,
    actor: User | None,
    at: datetime,
) -> Complaint:
    """
    Take a complaint into the record: from the public form, to be passed on to the supervisor, or on its notice.

    It does not stop the tender; the supervisor may order that (TBR 62).
    """
    package = lock(Package, package_id)
    if actor is not None:
        demand(actor, package.project, *HANDS)
    objection = package.objections.filter(number=objection_number).first() if objection_number else None
    refuse_if(
        gates.party_is_named(complainant, party.contact if actor is None else complainant, at),
        gates.objection_came_first(package, at, kind, objection),
        gates.complaint_is_on_time(package, at, known_on, objection),
    )
    too_many = _("投诉太多，请直接向行政监督部门提交。")
    number = number_up_to(package.complaints, most=MOST_COMPLAINTS, too_many=too_many)
    complaint = Complaint.objects.create(
        package=package,
        number=number,
        kind=kind,
        objection=objection,
        complainant=cleaned(complainant, most=120),
        text=cleaned(text, most=MAX_ANSWER),
        **party.kept(),
        salt=new_salt(),
        known_on=known_on,
        received_at=at,
    )
    facts = {
        "number": number,
        "kind": kind,
        "objection": objection and objection.number,
        "commitment": complaint.commitment(),
    }
    record("complaint.received", subject=complaint.path, actor=actor, at=at, facts=facts, key=complaint.path)
    return complaint


@transaction.atomic(durable=True)
def decide_acceptance(
    complaint_id: int, *, accepted: bool, paper: Paper, reason: str = "", actor: User, at: datetime
) -> Complaint:
    """Enter whether the supervisor takes a complaint on; if not, why."""
    complaint = lock(Complaint, complaint_id)
    demand(actor, complaint.project, *HANDS)
    hold_to(complaint, at, gates.complaint_waits_for_acceptance)
    refuse_if(_is_dated(paper.on, day(complaint.received_at), at), _names_nobody(complaint, reason, at))
    if not accepted and not reason.strip():
        raise refused(refuse("OB-07", _("不予受理的，须写明理由。"), day(at)))
    project = complaint.project
    complaint.accepted = accepted
    complaint.handled_by = publishable(paper.organ, _("处理投诉的部门"), project, most=120)
    complaint.acceptance_number = publishable(paper.number, _("文书编号"), project, most=80)
    complaint.acceptance_decided_on = paper.on
    complaint.acceptance_reason = public_or_blank(reason, _("理由"), project, most=MAX_SUMMARY)
    names = ("accepted", "handled_by", "acceptance_number", "acceptance_decided_on", "acceptance_reason")
    return _record(complaint, "complaint.acceptance-decided", names, by=(actor, at))


@transaction.atomic(durable=True)
def begin_examination(complaint_id: int, *, matter: str, started_on: date, actor: User, at: datetime) -> Examination:
    """Enter that a test, an appraisal or an expert review has begun: meanwhile the supervisor's time stands still."""
    complaint = lock(Complaint, complaint_id)
    demand(actor, complaint.project, *HANDS)
    hold_to(complaint, at, gates.complaint_waits_for_decision)
    refuse_if(_is_dated(started_on, complaint.acceptance_decided_on, at), _names_nobody(complaint, matter, at))
    if complaint.running_examination:
        raise refused(own_rule(_("前一项检验、鉴定或者评审还没有结束。")))
    examination = Examination.objects.create(
        complaint=complaint,
        number=next_number(complaint.examinations),
        matter=publishable(matter, _("事项"), complaint.project, most=200),
        started_on=started_on,
    )
    facts = {"number": examination.number, "matter": examination.matter, "started_on": in_record(started_on)}
    record("complaint.examined", subject=examination.path, actor=actor, at=at, facts=facts, key=examination.path)
    return examination


@transaction.atomic(durable=True)
def end_examination(examination_id: int, *, ended_on: date, actor: User, at: datetime) -> Examination:
    examination = lock(Examination, examination_id)
    demand(actor, examination.project, *HANDS)
    if examination.ended_on is not None:
        raise refused(own_rule(_("这项检验、鉴定或者评审已经结束。")))
    refuse_if(_is_dated(ended_on, examination.started_on, at))
    examination.ended_on = ended_on
    examination.save(update_fields=["ended_on"])
    facts = {"number": examination.number, "ended_on": in_record(ended_on)}
    key = f"ended:{examination.path}"
    record("complaint.examination-ended", subject=examination.path, actor=actor, at=at, facts=facts, key=key)
    return examination


@transaction.atomic(durable=True)
def decide_complaint(
    complaint_id: int, *, upheld: bool, paper: Paper, result: str, actor: User, at: datetime
) -> Complaint:
    """Enter and publish what the supervisor has decided (E20 42)."""
    complaint = lock(Complaint, complaint_id)
    demand(actor, complaint.project, *HANDS)
    hold_to(complaint, at, gates.complaint_waits_for_decision)
    refuse_if(
        gates.result_is_told(result, paper.organ, paper.number, at),
        _is_dated(paper.on, complaint.acceptance_decided_on, at),
        _names_nobody(complaint, result, at),
    )
    project = complaint.project
    complaint.upheld = upheld
    complaint.handled_by = publishable(paper.organ, _("处理投诉的部门"), project, most=120)
    complaint.decision_number = publishable(paper.number, _("处理决定文号"), project, most=80)
    complaint.decided_on = paper.on
    complaint.result = publishable(result, _("处理结果"), project, most=MAX_SUMMARY)
    names = ("upheld", "handled_by", "decision_number", "decided_on", "result")
    return _record(complaint, "complaint.decided", names, by=(actor, at))


@transaction.atomic(durable=True)
def withdraw_complaint(complaint_id: int, *, withdrawn_on: date, actor: User, at: datetime) -> Complaint:
    complaint = lock(Complaint, complaint_id)
    demand(actor, complaint.project, *HANDS)
    if complaint.is_over:
        raise refused(own_rule(_("这件投诉已经办结。")))
    refuse_if(_is_dated(withdrawn_on, day(complaint.received_at), at))
    complaint.withdrawn_on = withdrawn_on
    return _record(complaint, "complaint.withdrawn", ("withdrawn_on",), by=(actor, at))


def _is_dated(on: date, earliest: date | None, at: datetime) -> Refusal | None:
    """Say what is wrong with the day of a paper: not before what it follows, nor ahead of its entry."""
    if (earliest is None or on >= earliest) and on <= day(at):
        return None
    return own_rule(_("日期不对：不能早于上一步，也不能晚于今天。"), "dated")


def _names_nobody(complaint: Complaint, public: str, at: datetime) -> Refusal | None:
    if complaint.complainant not in public:
        return None
    return refuse("EM-09", _("公开的处理结果里写到了投诉人的名称。"), day(at))


def _record(complaint: Complaint, kind: str, names: tuple[str, ...], *, by: tuple[User, datetime]) -> Complaint:
    actor, at = by
    complaint.save(update_fields=list(names))
    facts = {"number": complaint.number, "kind": complaint.kind}
    facts |= {name: in_record(getattr(complaint, name)) for name in names}
    record(kind, subject=complaint.path, actor=actor, at=at, facts=facts, key=f"{kind}:{complaint.path}")
    return complaint
