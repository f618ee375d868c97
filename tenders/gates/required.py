"""What the places demand that a plan has announced: the whole time for comments, and a proof or a reason for each."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from statutes.refusal import Refusal, rests_on
from tenders.gates.period import NewEnd, end_is_moved
from tenders.gates.placement import refused_here
from tenders.gates.plan import consultation_of
from tenders.law import day, listed, refuse, shown
from tenders.models import Consultation, Placement, Project, RequiredPlacement
from tenders.proof import RUNNING, end_owed_to, latest_posting

NOT_IN_FORCE = (Consultation.State.DRAFT, Consultation.State.SUPERSEDED)


@rests_on("PD-03")
def places_leave_the_whole_period(project: Project, at: datetime) -> Refusal | None:
    """Who passes a place has as many days as who reads the website, if it is put up when the plan says."""
    consultation = consultation_of(project)
    latest = latest_posting(consultation)
    places = consultation.required_placements.exclude(by_on=None).select_related("place")
    late = [r for r in places if latest and r.by_on and r.by_on > latest]
    if not late:
        return None
    names = listed(f"{r.place.name}（{shown(r.by_on)}）" for r in late)
    message = _(
        "下列地点计划张贴得太晚，看到的人剩不下完整的征求意见期限：%(names)s。最迟%(latest)s张贴，或者推后截止日期。"
    )
    return refuse("PD-03", message % {"names": names, "latest": shown(latest)}, day(at))


@rests_on("PD-04")
def every_place_is_settled(consultation: Consultation, at: datetime) -> Refusal | None:
    """Each place that the plan has announced is proven, or the public knows why nothing hung there."""
    return _unsettled(RequiredPlacement.objects.filter(consultation=consultation), at)


@rests_on("PD-04")
def every_place_of_the_project_is_settled(project: Project, at: datetime) -> Refusal | None:
    published = RequiredPlacement.objects.filter(consultation__project=project)
    return _unsettled(published.exclude(consultation__state__in=NOT_IN_FORCE), at)


def _unsettled(required: QuerySet[RequiredPlacement], at: datetime) -> Refusal | None:
    left = required.filter(proof=None, waived_at=None).select_related("place")
    names = [r.place.name for r in left]
    if not names:
        return None
    message = _("方案公布的张贴（刊播）地点还有%(n)d处没有证据：%(names)s。请登记证据；没有张贴的，公开说明原因。")
    return refuse("PD-04", message % {"n": len(names), "names": listed(names)}, day(at))


@rests_on("PD-03")
def late_proofs_have_moved_the_end(consultation: Consultation, at: datetime) -> Refusal | None:
    """The end follows a late proof within seconds, by an act of its own; until then nothing is closed."""
    proofs = Placement.objects.filter(required__consultation=consultation).select_related("required__consultation")
    owed = [end for proof in proofs if (end := end_owed_to(proof, proof.recorded_at))]
    if not owed:
        return None
    message = _("有地点张贴得晚，截止日期正在顺延到%(end)s，请稍后再办理。") % {"end": shown(max(owed))}
    return refuse("PD-03", message, day(at))


def against_proving(placement: Placement, at: datetime) -> list[Refusal]:
    """Return what speaks against a placement as the proof of the place that it names; nothing if it names none."""
    required = placement.required
    if required is None:
        return []
    found = (is_announced(required), is_open(required), is_where_the_plan_said(placement))
    return [refusal for refusal in found if refusal]


def against_waiving(required: RequiredPlacement) -> list[Refusal]:
    return [refusal for refusal in (is_announced(required), is_open(required)) if refusal]


def is_announced(required: RequiredPlacement) -> Refusal | None:
    if required.consultation.state != Consultation.State.DRAFT:
        return None
    return refused_here("wrong-state", _("方案还没有公布，不能登记张贴情况。"))


def is_open(required: RequiredPlacement) -> Refusal | None:
    if required.waived_at is not None:
        return refused_here("waived", _("这一处已经公开说明没有张贴，不再登记。"))
    if Placement.objects.filter(required=required).exists():
        return refused_here("duplicate", _("这一处已经登记过证据。另行张贴的，作为计划外的张贴登记。"))
    return None


def is_where_the_plan_said(placement: Placement) -> Refusal | None:
    required = placement.required
    if required is None:
        return None
    is_ours = required.consultation.project_id == placement.project_id
    if is_ours and (placement.kind, placement.place) == (required.place.kind, required.place.name):
        return None
    return refused_here("place", _("证据的方式和地点须与方案公布的一致。"))


@rests_on("PD-03")
def round_is_not_over(wish: NewEnd, at: datetime) -> Refusal | None:
    """As long as nobody has closed it, a round can be owed more days, even after its last day has passed."""
    if wish.consultation.state in RUNNING:
        return None
    return refuse("PD-03", _("征求意见已经结束，截止日期不再顺延。"), day(at))


# What must hold before a rule moves the end for a late proof
OWED = (round_is_not_over, end_is_moved)
