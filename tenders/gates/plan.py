"""What a plan, its comments and its decision must be before they go on."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from statutes.refusal import Refusal, rests_on
from tenders.gates import blank_labels, incomplete
from tenders.law import day, due_day, law, listed, refuse, shown
from tenders.models import Consultation, Decision, PlanVersion, Project

PROJECT_FIELDS = (
    "site",
    "scale",
    "purpose",
    "basis",
    "estimate_fen",
    "contact_name",
    "contact_phone",
    "contact_address",
)
COMMENTED = (Project.Stage.PREPARATION, Project.Stage.CONSULTATION)
RESPONSIBILITY_FIELDS = ("leader_name", "leader_post", "responsible_name", "responsible_post", "sanctions", "hotline")


def consultation_of(project: Project) -> Consultation:
    """
    Return the current round of consultation.

    :raises Consultation.DoesNotExist: if the project was made without one
    """
    consultation = project.current_consultation()
    if consultation is None:
        raise Consultation.DoesNotExist
    return consultation


def plan_of(project: Project) -> PlanVersion | None:
    """Return the version of the plan that the public has, or will get with the current round."""
    return consultation_of(project).current_plan()


@rests_on("PD-03")
def plan_is_complete(project: Project, at: datetime) -> Refusal | None:
    consultation = consultation_of(project)
    blank = blank_labels(project, PROJECT_FIELDS)
    blank += blank_labels(consultation, ("explanation", "opens_on", "closes_on", "channels"))
    text = consultation.current_plan()
    blank += [] if text and text.text.strip() else [_("方案正文")]
    blank += [] if consultation.renderings.of_version(1).exists() else [_("效果图")]
    return incomplete("PD-03", _("方案公告"), blank, at)


def responsibility_is_named(project: Project, at: datetime) -> Refusal | None:
    blank = blank_labels(project, RESPONSIBILITY_FIELDS)
    if not blank:
        return None
    message = _("责任公示还缺：%(blank)s。") % {"blank": listed(blank)}
    return Refusal("responsibility", message, _("本局重点项目责任公示制度"))


@rests_on("TH-12")
def funding_covers_the_estimate(project: Project, at: datetime) -> Refusal | None:
    funded = sum(source.amount_fen for source in project.funding.all())
    if funded == project.estimate_fen:
        return None
    figures = {"funded": f"{funded / 100:,.2f}", "estimate": f"{project.estimate_fen / 100:,.2f}"}
    message = _("资金来源合计%(funded)s元，与投资估算%(estimate)s元不一致。") % figures
    return refuse("TH-12", message, day(at))


@rests_on("PD-03")
def planned_period_is_long_enough(project: Project, at: datetime) -> Refusal | None:
    consultation = consultation_of(project)
    if consultation.opens_on is None:
        return None  # plan_is_complete speaks of that
    return period_is_long_enough(
        consultation.closes_on, max(consultation.opens_on, day(at)), consultation.shortened_reason
    )


@rests_on("PD-03")
def comment_period_is_long_enough(consultation: Consultation, at: datetime) -> Refusal | None:
    return period_is_long_enough(consultation.closes_on, day(at), consultation.shortened_reason)


def period_is_long_enough(closes_on: date | None, opened_on: date, shortened_reason: str) -> Refusal | None:
    """A period that begins on a day has the legal days, or a published reason why it has fewer."""
    rule, earliest = law("PD-03", opened_on), due_day("PD-03", opened_on)
    if closes_on is None or closes_on >= earliest.strict or shortened_reason.strip():
        return None
    figures = {"n": rule.amount, "start": shown(opened_on), "earliest": shown(earliest.strict)}
    message = _(
        "征求意见一般不少于%(n)s日：从%(start)s起，截止日期不得早于%(earliest)s；确需缩短的，须在公告中写明理由。"
    )
    return refuse("PD-03", message % figures, opened_on)


@rests_on("PD-03")
def comment_period_has_begun(consultation: Consultation, at: datetime) -> Refusal | None:
    if consultation.opens_on and day(at) >= consultation.opens_on:
        return None
    start = shown(consultation.opens_on) if consultation.opens_on else _("（未定）")
    return refuse("PD-03", _("公告的征求意见开始日期是%(start)s，不能提前开始。") % {"start": start}, day(at))


@rests_on("PD-03")
def comment_period_is_over(consultation: Consultation, at: datetime) -> Refusal | None:
    if consultation.ends_at and at >= consultation.ends_at:
        return None
    end = shown(consultation.closes_on) if consultation.closes_on else _("（未定）")
    return refuse("PD-03", _("征求意见到%(end)s24时才截止，不能提前结束。") % {"end": end}, day(at))


@rests_on("PD-03")
def comment_is_on_time(consultation: Consultation, at: datetime) -> Refusal | None:
    """
    A comment counts from the day of the opening until 24:00 of the last day, to the second.

    ``at`` is when it was received: a letter of the last day may be entered after the round was closed, until the
    decision.
    """
    opened_at, ends_at = consultation.opened_at, consultation.ends_at
    is_opened = day(opened_at) <= day(at) if opened_at else consultation.state == Consultation.State.OPEN
    if not is_opened or ends_at is None or consultation.project.stage not in COMMENTED:
        return refuse("PD-03", _("本项目现在不在征求意见期内。"), day(at))
    if consultation.superseded_at and at >= consultation.superseded_at:
        message = _("方案有实质改动，第%(n)d轮征求意见已经结束；重新公示后再征求意见。")
        return refuse("PD-03", message % {"n": consultation.round}, day(at))
    if at < ends_at:
        return None
    return refuse("PD-03", _("征求意见已于%(end)s24时截止。") % {"end": shown(consultation.closes_on)}, day(at))


@rests_on("PD-03")
def was_received_in_time(consultation: Consultation, received_at: datetime) -> Refusal | None:
    """What came on paper or by phone counts by when it was received, whenever it is entered."""
    has_begun = consultation.state in {Consultation.State.OPEN, Consultation.State.CLOSED}
    if not has_begun or consultation.begins_at is None or consultation.ends_at is None:
        return refuse("PD-03", _("本项目还没有开始征求意见。"), day(received_at))
    if received_at < consultation.begins_at:
        start = shown(consultation.opens_on)
        message = _("征求意见从%(start)s开始，这件意见的收到时间早于开始时间。") % {"start": start}
        return refuse("PD-03", message, day(received_at))
    if received_at < consultation.ends_at:
        return None
    end = shown(consultation.closes_on)
    return refuse("PD-03", _("征求意见已于%(end)s24时截止，这件意见是之后收到的。") % {"end": end}, day(received_at))


@rests_on("PD-07")
def decision_is_still_open(consultation: Consultation, at: datetime) -> Refusal | None:
    """An opinion can only be weighed before the decision: what is entered later could not be considered."""
    decided_at = consultation.project.decided_at
    if decided_at is None:
        return None
    message = _("本项目已于%(moment)s公布决策，不能再登记意见；请另行书面答复来信人。") % {"moment": shown(decided_at)}
    return refuse("PD-07", message, day(at))


@rests_on("PD-07")
def comments_are_closed(project: Project, at: datetime) -> Refusal | None:
    if consultation_of(project).state == Consultation.State.CLOSED:
        return None
    return refuse("PD-07", _("征求意见尚未结束。"), day(at))


@rests_on("PD-11")
def decision_is_complete(project: Project, at: datetime) -> Refusal | None:
    names = (
        "decided_by", "decided_on", "text", "adoption", "legality_sent_on", "legality_returned_on", "legality_opinion",
        "risk_assessment",
    )  # fmt: skip
    return incomplete("PD-11", _("决策材料"), blank_labels(project.decision, names), at)


@rests_on("PD-10")
def legality_review_took_its_time(project: Project, at: datetime) -> Refusal | None:
    decision: Decision = project.decision
    if not decision.legality_sent_on or not decision.decided_on:
        return None  # decision_is_complete speaks of that
    rule, earliest = law("PD-10", decision.legality_sent_on), due_day("PD-10", decision.legality_sent_on)
    if decision.decided_on >= earliest.strict:
        return None
    figures = {"n": rule.amount, "sent": shown(decision.legality_sent_on), "earliest": shown(earliest.strict)}
    message = _("合法性审查一般不少于%(n)s个工作日：%(sent)s送审，决策不得早于%(earliest)s。") % figures
    return refuse("PD-10", message, decision.decided_on)


@rests_on("PD-11")
def decision_is_not_ahead(project: Project, at: datetime) -> Refusal | None:
    decided_on = project.decision.decided_on
    if decided_on is None or decided_on <= day(at):
        return None
    return refuse("PD-11", _("决策日期%(day)s还没有到。") % {"day": shown(decided_on)}, day(at))
