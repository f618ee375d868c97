"""What the law demands of a hearing: whether it is held, made known in time, open to all sides, and truly recorded."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from statutes.refusal import Refusal, rests_on
from tenders.gates import blank_labels, incomplete
from tenders.gates.plan import consultation_of
from tenders.law import day, due_day, figure, law, refuse, shown
from tenders.models import Consultation, Hearing, HearingApplication, HearingNeed, Project
from tenders.text import clean_text

Result, Signature = HearingApplication.Result, HearingApplication.Signature
ANNOUNCEMENT_FIELDS = ("matter", "starts_at", "place", "applications_until", "how_to_apply", "selection_method")
SESSION_FIELDS = ("chair", "chair_post", "recorder", "presenter")
RUNNING = (
    Hearing.State.ANNOUNCED,
    Hearing.State.APPLICATIONS_CLOSED,
    Hearing.State.LISTED,
    Hearing.State.HELD,
)


# -- whether there must be one


@rests_on("PD-05.2")
def hearing_is_considered(project: Project, at: datetime) -> Refusal | None:
    """The plan says whether a hearing is held, and why; where the law prescribes it, there is no choice."""
    need = HearingNeed.objects.filter(consultation=consultation_of(project)).first()
    blank = blank_labels(need or HearingNeed(), ("ground", "verdict", "reason"))
    if need is None or blank:
        return incomplete("PD-05.2", _("听证的必要性"), blank, at)
    if need.ground in HearingNeed.BINDING and need.verdict != HearingNeed.Verdict.MUST:
        message = _("“%(ground)s”的，应当举行听证，不能选“%(verdict)s”。")
        figures = {"ground": need.get_ground_display(), "verdict": need.get_verdict_display()}
        return refuse("PD-05.2", message % figures, day(at))
    return None


@rests_on("PD-05.2")
def needed_hearing_was_held(project: Project, at: datetime) -> Refusal | None:
    needs = HearingNeed.objects.filter(consultation__project=project, verdict=HearingNeed.Verdict.MUST)
    need = needs.order_by("consultation__round").last()
    held = Hearing.objects.filter(consultation__project=project, state=Hearing.State.RECORDED)
    if need is None or held.exists():
        return None
    rule_id = "PL-05" if need.ground == HearingNeed.Ground.MASTER_PLAN else "PD-05.2"
    message = _("本项目应当举行听证（%(ground)s），公布听证笔录之后才能决策。") % {"ground": need.get_ground_display()}
    return refuse(rule_id, message, day(at))


@rests_on("PD-07")
def no_hearing_is_under_way(project: Project, at: datetime) -> Refusal | None:
    waiting = Hearing.objects.filter(consultation__project=project, state__in=RUNNING).first()
    if waiting is None:
        return None
    figures = {"n": waiting.number, "state": waiting.get_state_display()}
    message = _("第%(n)s场听证会还没有完成（%(state)s）：公布笔录或者说明理由取消之后才能决策。")
    return refuse("PD-07", message % figures, day(at))


# -- the announcement


@rests_on("PD-05")
def plan_is_before_the_public(hearing: Hearing, at: datetime) -> Refusal | None:
    published = hearing.consultation.state != Consultation.State.DRAFT
    if published and hearing.project.stage == Project.Stage.CONSULTATION:
        return None
    return refuse("PD-05", _("听证的方案须先公布，且还没有决策。"), day(at))


@rests_on("PD-05")
def announcement_is_complete(hearing: Hearing, at: datetime) -> Refusal | None:
    groups = list(hearing.groups.all())
    blank = blank_labels(hearing, ANNOUNCEMENT_FIELDS)
    blank += [] if groups else [_("参加人类别")]
    if hearing.selection != Hearing.Selection.ALL:
        blank += [_("“%(name)s”的名额") % {"name": group.name} for group in groups if not group.seats]
    if hearing.selection == Hearing.Selection.DRAW:
        blank += blank_labels(hearing, ("draw_source",))
    if hearing.kind == Hearing.Kind.LICENCE:
        blank += blank_labels(hearing, ("requested_on",))
    return incomplete("PD-05", _("听证公告"), blank, at)


@rests_on("PD-05", "PL-08")
def hearing_is_announced_early(hearing: Hearing, at: datetime) -> Refusal | None:
    if hearing.starts_at is None:
        return None  # announcement_is_complete speaks of that
    return _comes_before(hearing, hearing.notice_rule, day(at), _("公布听证的时间、地点"), at)


@rests_on("PD-05.3")
def applications_are_open_long_enough(hearing: Hearing, at: datetime) -> Refusal | None:
    until = hearing.applications_until
    rule, earliest = law("PD-05.3", day(at)), due_day("PD-05.3", day(at)).strict
    if until is None or until >= earliest:
        return None
    figures = {"n": rule.amount, "earliest": shown(earliest), "until": shown(until)}
    message = _("报名期限不少于%(n)s个工作日：今天公告，报名截止日期不得早于%(earliest)s，现为%(until)s。")
    return refuse("PD-05.3", message % figures, day(at))


@rests_on("PD-05")
def applications_end_before_the_list(hearing: Hearing, at: datetime) -> Refusal | None:
    """After the last day of applications there is still a day on which the list may lawfully appear."""
    if hearing.starts_at is None or hearing.applications_until is None:
        return None
    latest = due_day("PD-05", day(hearing.starts_at)).literal
    if hearing.applications_until < latest:
        return None
    figures = {"until": shown(hearing.applications_until), "latest": shown(latest)}
    message = _("报名截止（%(until)s）须早于公布参加人名单的最迟日期（%(latest)s），请推迟听证会或者提前截止报名。")
    return refuse("PD-05", message % figures, day(at))


# -- applications and participants


@rests_on("PD-05.3")
def application_is_on_time(hearing: Hearing, at: datetime) -> Refusal | None:
    """An application counts from the announcement until 24:00 of the last day, to the second."""
    ends_at = hearing.applications_end_at
    if hearing.state == Hearing.State.ANNOUNCED and ends_at and at < ends_at:
        return None
    if hearing.announced_at is None or ends_at is None or hearing.state == Hearing.State.CANCELLED:
        return refuse("PD-05.3", _("这场听证会现在不接受报名。"), day(at))
    message = _("听证报名已于%(end)s24时截止。") % {"end": shown(hearing.applications_until)}
    return refuse("PD-05.3", message, day(at))


@rests_on("PD-05.3")
def application_period_is_over(hearing: Hearing, at: datetime) -> Refusal | None:
    if hearing.applications_end_at and at >= hearing.applications_end_at:
        return None
    message = _("报名到%(end)s24时才截止，不能提前结束。") % {"end": shown(hearing.applications_until)}
    return refuse("PD-05.3", message, day(at))


@rests_on("PD-05.4")
def participants_are_chosen(hearing: Hearing, at: datetime) -> Refusal | None:
    """Everybody who applied knows the outcome, and there is somebody to be heard."""
    if hearing.applications.filter(result=Result.PENDING).exists():
        return refuse("PD-05.4", _("还有报名人没有遴选结果。"), day(at))
    if not hearing.participants().exists():
        return refuse("PD-05.4", _("还没有参加人，不能公布名单。"), day(at))
    return None


@rests_on("PD-05", "PL-08")
def list_is_published_early(hearing: Hearing, at: datetime) -> Refusal | None:
    return _comes_before(hearing, "PD-05", day(at), _("公布参加人名单"), at)


# -- the session


@rests_on("PD-06.2")
def session_is_staffed(hearing: Hearing, at: datetime) -> Refusal | None:
    return incomplete("PD-06.2", _("听证会组织"), blank_labels(hearing, SESSION_FIELDS), at)


@rests_on("PL-08.2")
def chair_is_not_the_drafter(hearing: Hearing, at: datetime) -> Refusal | None:
    """Of a licence: who examines the application, or presents the plan, does not preside."""
    drafters = {name.strip() for name in (hearing.presenter, hearing.project.responsible_name) if name.strip()}
    if hearing.kind != Hearing.Kind.LICENCE or hearing.chair.strip() not in drafters:
        return None
    message = _("行政许可听证的主持人不能是审查或者起草人员：请另请人主持，现为%(chair)s。") % {"chair": hearing.chair}
    return refuse("PL-08.2", message, day(at))


@rests_on("PD-05")
def materials_came_early(hearing: Hearing, at: datetime) -> Refusal | None:
    if hearing.materials_on is None:
        return refuse("PD-05", _("听证会材料还没有登记送达。"), day(at))
    return _comes_before(hearing, "PD-05", hearing.materials_on, _("送达听证会材料"), at)


@rests_on("PD-05")
def its_hour_has_come(hearing: Hearing, at: datetime) -> Refusal | None:
    if hearing.starts_at and at >= hearing.starts_at:
        return None
    message = _("公告的听证时间是%(start)s，不能提前开始。") % {"start": shown(hearing.starts_at)}
    return refuse("PD-05", message, day(at))


# -- the record


@rests_on("PD-06.2")
def attendance_is_complete(hearing: Hearing, at: datetime) -> Refusal | None:
    missing = hearing.participants().filter(attended=None).count()
    if not missing:
        return None
    return refuse("PD-06.2", _("还有%(n)s名参加人没有登记是否到场。") % {"n": missing}, day(at))


@rests_on("PD-06.2")
def somebody_was_heard(hearing: Hearing, at: datetime) -> Refusal | None:
    if hearing.statements.exists() or not hearing.participants().filter(attended=True).exists():
        return None
    return refuse("PD-06.2", _("有参加人到场，笔录里还没有发言。"), day(at))


@rests_on("PD-06")
def record_is_confirmed(hearing: Hearing, at: datetime) -> Refusal | None:
    """Each participant who came has signed the record, or refused to and said why."""
    open_ = hearing.participants().filter(attended=True, signature=Signature.NONE).count()
    if open_:
        return refuse("PD-06", _("还有%(n)s名到场的参加人没有确认笔录并签字。") % {"n": open_}, day(at))
    signed = hearing.participants().filter(signature=Signature.SIGNED).exists()
    if signed and not hearing.signed_scan:
        return refuse("PD-06", _("请上传参加人签字的笔录扫描件（不公开，只公布其指纹）。"), day(at))
    return None


# -- asked with what is to be done


def new_time_is_later(hearing: Hearing, starts_at: datetime, at: datetime) -> Refusal | None:
    """A hearing that is put off is made known anew, as long before as the first time."""
    if hearing.starts_at is None or starts_at <= hearing.starts_at:
        return refuse("PD-05", _("延期后的时间须晚于原定时间；听证会不能提前。"), day(at))
    moved = Hearing(consultation=hearing.consultation, kind=hearing.kind, starts_at=starts_at)
    return hearing_is_announced_early(moved, at)


def choice_is_fair(hearing: Hearing, chosen: set[int], at: datetime) -> Refusal | None:
    """Nobody is chosen who did not apply, and no group gets more seats than were announced."""
    eligible = hearing.applications.exclude(result=Result.SET_ASIDE).select_related("group")
    groups = [application.group for application in eligible if application.number in chosen]
    if len(groups) != len(chosen):
        return refuse("PD-05.4", _("所选的编号不在可以遴选的报名里。"), day(at))
    for group in hearing.groups.all():
        if groups.count(group) > group.seats:
            figures = {"group": group.name, "seats": group.seats, "n": groups.count(group)}
            message = _("“%(group)s”公布的名额是%(seats)s名，选了%(n)s名。") % figures
            return refuse("PD-05.4", message, day(at))
    return None


def seed_is_given(seed: str, at: datetime) -> Refusal | None:
    try:
        clean_text(seed, most=200)
    except ValueError as error:
        return refuse("PD-05.4", _("请填写公告里约定的抽签号码：%(error)s") % {"error": error}, day(at))
    return None


def _comes_before(hearing: Hearing, rule_id: str, on: date, what: str, at: datetime) -> Refusal | None:
    """
    Say whether an act ``on`` a day is early enough for the hearing.

    The days are counted backwards as they are: a day off neither shortens nor lengthens them (CNT-8).
    """
    if hearing.starts_at is None:
        return refuse(rule_id, _("听证时间还没有定。"), day(at))
    held_on = day(hearing.starts_at)
    rule, latest = law(rule_id, held_on), due_day(rule_id, held_on).literal
    if on <= latest:
        return None
    figures = {"what": what, "figure": figure(rule), "held": shown(held_on), "latest": shown(latest), "on": shown(on)}
    message = _("%(what)s不得迟于听证会前%(figure)s：听证会在%(held)s，最迟%(latest)s，现为%(on)s。请把听证会推迟。")
    return refuse(rule_id, message % figures, day(at))
