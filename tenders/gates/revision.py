"""What a changed plan needs before it goes out: within its round, or as a new round of publicity."""

from datetime import datetime

from django.utils.translation import gettext as _

from statutes.refusal import Refusal, rests_on
from tenders.gates import incomplete, labels_of, own_rule
from tenders.gates.plan import consultation_of
from tenders.law import day, refuse
from tenders.models import Consultation, PlanVersion, Project

BEFORE_THE_PUBLIC = (Consultation.State.PUBLISHED, Consultation.State.OPEN, Consultation.State.CLOSED)


def round_is_before_the_public(consultation: Consultation, at: datetime) -> Refusal | None:
    """The round is the newest one, published, and nothing has been decided on its plan."""
    is_open = consultation.project.stage == Project.Stage.CONSULTATION and consultation.state in BEFORE_THE_PUBLIC
    if is_open and consultation == consultation_of(consultation.project):
        return None
    return own_rule(_("方案公示之后、决策公布之前，才能修改已经公布的方案。"))


def no_revision_is_being_written(consultation: Consultation, at: datetime) -> Refusal | None:
    if consultation.draft_revision() is None:
        return None
    return own_rule(_("已经有一份方案修改稿在起草，请先公布或者放弃它。"), "duplicate")


def is_still_a_draft(version: PlanVersion, at: datetime) -> Refusal | None:
    if version.number > 1 and version.state == PlanVersion.State.DRAFT:
        return None
    return own_rule(_("这一版已经公布，不能再改动。"))


def its_round_is_before_the_public(version: PlanVersion, at: datetime) -> Refusal | None:
    return round_is_before_the_public(version.consultation, at)


@rests_on("PD-03")
def revision_is_complete(version: PlanVersion, at: datetime) -> Refusal | None:
    """A change is told with what changed and why, and why nobody need be asked again."""
    texts = ("text", "change_note", "minor_reason")
    blank = labels_of(version, [name for name in texts if not getattr(version, name).strip()])
    blank += [] if version.pictures().exists() else [_("效果图")]
    return incomplete("PD-03", _("方案修改稿"), blank, at)


def something_is_changed(version: PlanVersion, at: datetime) -> Refusal | None:
    earlier = version.consultation.current_plan()
    if earlier is None or _content(version) != _content(earlier):
        return None
    return own_rule(_("正文、说明和图都没有改动，不需要公布新的一版。"), "unchanged")


def _content(version: PlanVersion) -> tuple[list[str], list[str], list[str]]:
    pictures = [f"{picture.sha256} {picture.caption} {picture.alt}" for picture in version.pictures()]
    return version.text.split(), version.told_explanation.split(), pictures


@rests_on("PD-03")
def change_is_explained(project: Project, at: datetime) -> Refusal | None:
    """Whoever has read the earlier plan is told what is different in this one."""
    plan = consultation_of(project).current_plan()
    if plan and plan.change_note.strip():
        return None
    return refuse("PD-03", _("重新公示的方案还缺改动说明：与上一轮相比改了哪里、为什么改。"), day(at))
