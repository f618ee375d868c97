"""Acts on a hearing beside its steps: that one is needed, who applies and takes part, when it is put off."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.canonical import new_salt
from ledger.operations import record
from statutes.refusal import ActRefused, Refusal
from tenders.draw import drawn
from tenders.gates import hearing as gates
from tenders.gates import project_is_active
from tenders.law import refuse
from tenders.locking import lock
from tenders.models import Consultation, Hearing, HearingApplication, HearingNeed, Project, next_number
from tenders.operations.common import cleaned, hold_to, publishable, refused
from tenders.rights import Role, demand

MAX_VIEW = 500
MOST_APPLICATIONS = 2000  # of one hearing: what the public can fill, is bounded
HANDS = (Role.MANAGER, Role.CLERK)
State, Result = Hearing.State, HearingApplication.Result


@dataclass(frozen=True)
class Applicant:
    """What a person who asks to take part writes down."""

    name: str
    contact: str
    group_id: int
    origin: str = ""
    view: str = ""
    shows_full_name: bool = False


def out_of_order(message: str) -> ActRefused:
    return refused(Refusal("wrong-state", message, _("本局听证工作制度")))


@transaction.atomic(durable=True)
def find_hearing_needed(consultation_id: int, *, ground: str, reason: str, actor: User, at: datetime) -> HearingNeed:
    """Find, after the plan is out, that a hearing must be held: over a dispute, or as somebody's right."""
    consultation = lock(Consultation, consultation_id)
    demand(actor, consultation.project, *HANDS)
    hold_to(consultation, at, project_is_active)
    need = HearingNeed.objects.filter(consultation=consultation).first() or HearingNeed(consultation=consultation)
    is_open = consultation.project.stage == Project.Stage.CONSULTATION
    if not is_open or consultation.state == Consultation.State.DRAFT or need.verdict == HearingNeed.Verdict.MUST:
        raise out_of_order(_("方案公布之后、决策之前，原来没有认定应当听证的，才能另行认定。"))
    if ground not in HearingNeed.Ground.values or ground == HearingNeed.Ground.NONE:
        raise refused(refuse("PD-05.2", _("请选择应当听证的情形。"), timezone.localdate(at)))
    need.ground, need.verdict, need.reason = (
        ground,
        HearingNeed.Verdict.MUST,
        publishable(reason, _("理由"), need.project, most=500),
    )
    need.save()
    facts = {"round": consultation.round, **need.facts()}
    key = f"hearing-need:{consultation.path}"
    record("hearing.need-found", subject=consultation.path, actor=actor, at=at, facts=facts, key=key)
    return need


@transaction.atomic(durable=True)
def postpone_hearing(
    hearing_id: int, *, starts_at: datetime, place: str, reason: str, actor: User, at: datetime
) -> Hearing:
    """Put a hearing off to a later time, made known as long before as the first. The first stays on record."""
    hearing = lock(Hearing, hearing_id)
    demand(actor, hearing.project, Role.MANAGER)
    hold_to(hearing, at, project_is_active)
    if hearing.state not in {State.ANNOUNCED, State.APPLICATIONS_CLOSED, State.LISTED}:
        raise out_of_order(_("公告之后、举行之前的听证会才能延期。"))
    if late := gates.new_time_is_later(hearing, starts_at, at):
        raise refused(late)
    before = hearing.starts_at
    hearing.starts_at, hearing.place = starts_at, publishable(place, _("地点"), hearing.project, most=200)
    hearing.save(update_fields=["starts_at", "place"])
    facts = {
        "number": hearing.number,
        "from": before and timezone.localtime(before).isoformat(),
        "to": timezone.localtime(starts_at).isoformat(),
        "place": hearing.place,
        "reason": publishable(reason, _("理由"), hearing.project, most=1000),
    }
    key = f"postponed:{hearing.path}:{at.isoformat()}"
    record("hearing.postponed", subject=hearing.path, actor=actor, at=at, facts=facts, key=key)
    return hearing


@transaction.atomic(durable=True)
def apply_for_hearing(
    hearing_id: int,
    applicant: Applicant,
    *,
    at: datetime,
    channel: str = HearingApplication.Channel.WEB,
    actor: User | None = None,
) -> HearingApplication:
    """
    Take an application into the record, as a salted commitment to what the applicant wrote.

    Without ``actor`` it comes from the public. One on paper or by phone is entered by staff, with the moment ``at`` at
    which it was received.
    """
    hearing = lock(Hearing, hearing_id)
    if actor is not None:
        demand(actor, hearing.project, *HANDS)
    hold_to(hearing, at, project_is_active, gates.application_is_on_time)
    number = next_number(hearing.applications)
    group = hearing.groups.filter(pk=applicant.group_id).first()
    if group is None:
        raise refused(Refusal("group", _("请选择公告里列出的类别。"), _("填写要求")))
    if number > MOST_APPLICATIONS:
        raise out_of_order(_("报名人数已满%(most)d人，请按公告里的其他方式联系。") % {"most": MOST_APPLICATIONS})
    application = HearingApplication.objects.create(
        hearing=hearing,
        group=group,
        number=number,
        salt=new_salt(),
        name=cleaned(applicant.name, most=60),
        contact=cleaned(applicant.contact, most=120),
        origin=applicant.origin and cleaned(applicant.origin, most=60),
        view=applicant.view and cleaned(applicant.view, most=MAX_VIEW),
        shows_full_name=applicant.shows_full_name,
        channel=channel,
        received_at=at,
    )
    facts = {"number": number, "group": group.name, "channel": channel, "commitment": application.commitment()}
    record("hearing.applied", subject=application.path, actor=actor, at=at, facts=facts, key=application.path)
    return application


@transaction.atomic(durable=True)
def set_application_aside(application_id: int, *, reason: str, actor: User, at: datetime) -> HearingApplication:
    """Leave an application out of the selection: made twice, in the wrong group, or taken back."""
    application = lock(HearingApplication, application_id)
    demand(actor, application.project, *HANDS)
    hearing = application.hearing
    if hearing.state not in {State.ANNOUNCED, State.APPLICATIONS_CLOSED} or hearing.selected_at:
        raise out_of_order(_("遴选之后不能再把报名列为不参加遴选。"))
    if application.result != Result.PENDING:
        raise out_of_order(_("这份报名已经有结果。"))
    if reason not in HearingApplication.SetAside.values:
        raise refused(refuse("PD-05.4", _("请选择不列入遴选的理由。"), timezone.localdate(at)))
    application.result, application.set_aside = Result.SET_ASIDE, reason
    application.save(update_fields=["result", "set_aside"])
    facts = {"number": application.number, "set_aside": reason}
    key = f"set-aside:{application.path}"
    record("hearing.set-aside", subject=application.path, actor=actor, at=at, facts=facts, key=key)
    return application


@transaction.atomic(durable=True)
def select_participants(
    hearing_id: int, *, actor: User, at: datetime, chosen: Collection[int] = (), seed: str = ""
) -> Hearing:
    """
    Say who takes part, by the method announced: all, by the draw with ``seed``, or the ``chosen`` numbers.

    Everybody else may listen. It is done once, and by it each applicant learns the outcome.
    """
    hearing = lock(Hearing, hearing_id)
    demand(actor, hearing.project, *HANDS)
    hold_to(hearing, at, project_is_active)
    if hearing.state != State.APPLICATIONS_CLOSED or hearing.selected_at:
        raise out_of_order(_("报名截止之后才能遴选，且只遴选一次。"))
    numbers = _numbers_of(hearing, set(chosen), seed, at)
    pending = hearing.applications.filter(result=Result.PENDING)
    pending.filter(number__in=numbers).update(result=Result.CHOSEN)
    pending.exclude(number__in=numbers).update(result=Result.NOT_CHOSEN)
    hearing.selected_at = at
    hearing.draw_seed = seed if hearing.selection == Hearing.Selection.DRAW else ""
    hearing.save(update_fields=["selected_at", "draw_seed"])
    facts = {
        "number": hearing.number,
        "selection": hearing.selection,
        "draw_seed": hearing.draw_seed,
        "chosen": hearing.numbers_by_group(),
        "not_chosen": hearing.applications.filter(result=Result.NOT_CHOSEN).count(),
    }
    key = f"selected:{hearing.path}"
    record("hearing.selected", subject=hearing.path, actor=actor, at=at, facts=facts, key=key)
    return hearing


def _numbers_of(hearing: Hearing, chosen: set[int], seed: str, at: datetime) -> set[int]:
    """Return the numbers of those who take part."""
    if hearing.selection == Hearing.Selection.CHOICE:
        if unfair := gates.choice_is_fair(hearing, chosen, at):
            raise refused(unfair)
        return chosen
    waiting: dict[int, list[int]] = defaultdict(list)
    for number, group_id in hearing.applications.filter(result=Result.PENDING).values_list("number", "group_id"):
        waiting[group_id].append(number)
    if hearing.selection == Hearing.Selection.ALL:
        return {number for numbers in waiting.values() for number in numbers}
    if missing := gates.seed_is_given(seed, at):
        raise refused(missing)
    groups = hearing.groups.all()
    return {number for group in groups for number in drawn(waiting[group.pk], group.seats, seed)}


@transaction.atomic(durable=True)
def deliver_materials(hearing_id: int, *, delivered_on: date, means: str, actor: User, at: datetime) -> Hearing:
    """Say when and how all participants got the materials. What came late is recorded, and stops the hearing."""
    hearing = lock(Hearing, hearing_id)
    demand(actor, hearing.project, *HANDS)
    if hearing.state != State.LISTED or hearing.materials_on:
        raise out_of_order(_("参加人名单公布之后才能登记材料送达，且只登记一次。"))
    if delivered_on > timezone.localdate(at):
        raise refused(refuse("PD-05", _("送达日期还没有到。"), timezone.localdate(at)))
    hearing.materials_on, hearing.materials_means = (
        delivered_on,
        publishable(means, _("送达方式"), hearing.project, most=200),
    )
    hearing.save(update_fields=["materials_on", "materials_means"])
    facts = {
        "number": hearing.number,
        "materials_on": delivered_on.isoformat(),
        "materials_means": hearing.materials_means,
        "participants": hearing.participants().count(),
    }
    key = f"materials:{hearing.path}"
    record("hearing.materials-delivered", subject=hearing.path, actor=actor, at=at, facts=facts, key=key)
    return hearing
