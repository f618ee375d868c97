"""Acts on what hangs on walls and stands in newspapers and on other platforms."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.operations import FollowUp, record
from statutes.refusal import ActRefused
from tenders.gates import placement, required
from tenders.gates.placement import Photo
from tenders.gates.privacy import pictures_tell_only_what_they_show
from tenders.law import shown
from tenders.locking import lock
from tenders.models import Consultation, PeriodChange, Placement, Project, RequiredPlacement
from tenders.operations.common import cleaned, hold_to, hold_words, publishable
from tenders.operations.period import move_end
from tenders.proof import end_owed_to
from tenders.rights import Role, demand

MAX_REASON = 300


@transaction.atomic(durable=True)
def record_placement(draft: Placement, photos: Sequence[Photo] = (), *, actor: User, at: datetime) -> Placement:
    """
    Say, with evidence, that an announced act was put up or printed somewhere. ``draft`` is not saved yet.

    If it is the proof of a place that the plan has announced, and comes too late for the whole time for comments, the
    end of that time moves: by an act of its own that follows from this one.
    """
    draft.project = lock(Project, draft.project_id)
    demand(actor, draft.project, Role.MANAGER, Role.CLERK)
    if draft.required_id:  # as it stands now, under the lock
        draft.required = RequiredPlacement.objects.select_related("place", "consultation").get(pk=draft.required_id)
    draft.place, draft.recorded_at = cleaned(draft.place, most=120), at
    if reasons := placement.against_recording(draft, photos, at) + required.against_proving(draft, at):
        raise ActRefused(reasons)
    hold_words(
        draft.project,
        {_("地点或者媒体"): draft.place, _("说明"): draft.note, _("照片说明"): draft.photo_alt},
    )
    hold_to(photos, at, pictures_tell_only_what_they_show)
    draft.number = draft.project.placements.count() + 1
    draft.save(force_insert=True)
    for photo in photos:
        draft.photos.create(image=photo.file, sha256=photo.sha256)
    then = [FollowUp("placement", {"pk": draft.pk})]
    if end_owed_to(draft, at):
        then.append(FollowUp("late-proof", {"pk": draft.pk}, priority=1))
    record("placement.recorded", subject=draft.path, actor=actor, at=at, facts=draft.facts(), key=draft.path, then=then)
    return draft


@transaction.atomic(durable=True)
def end_placement(placement_id: int, *, ended_at: datetime, reason: str, actor: User, at: datetime) -> Placement:
    """Say that something was taken down or ran out, and why. That it was there stays on record."""
    hung = lock(Placement, placement_id)
    demand(actor, hung.project, Role.MANAGER, Role.CLERK)
    if reasons := placement.against_ending(hung, ended_at, at):
        raise ActRefused(reasons)
    hung.ended_at = ended_at
    hung.end_reason = publishable(reason, _("撤下的原因"), hung.project, most=200)
    hung.save(update_fields=["ended_at", "end_reason"])
    ended = timezone.localtime(ended_at).isoformat()
    facts = {"number": hung.number, "place": hung.place, "ended_at": ended, "reason": hung.end_reason}
    then = [FollowUp("placement", {"pk": hung.pk})]
    record("placement.ended", subject=hung.path, actor=actor, at=at, facts=facts, key=f"ended:{hung.path}", then=then)
    return hung


@transaction.atomic(durable=True)
def extend_for_late_proof(placement_id: int, *, at: datetime) -> PeriodChange | None:
    """
    Move the end of the comment period as far as the late proof of a required place calls for: a rule does it.

    ``at`` is the moment at which the proof was entered. Done again, or where the end lies late enough by now, it does
    nothing and returns None.
    """
    promised = RequiredPlacement.objects.select_related("place").get(proof=placement_id)
    consultation = lock(Consultation, promised.consultation_id)
    end = end_owed_to(promised.proof, at)
    if end is None:
        return None
    reason = _why(promised.proof, promised)
    return move_end(consultation, closes_on=end, reason=reason, actor=None, at=at, demands=required.OWED)


def _why(proof: Placement, required: RequiredPlacement) -> str:
    """Say in public, in Chinese, why the end moves."""
    posted_on = timezone.localdate(proof.posted_at)
    with translation.override("zh-hans"):
        due_on = required.due_on
        late = f"，晚于方案公布的{shown(due_on)}" if due_on and due_on < posted_on else ""
        return (
            f"{proof.place}（{required.place.get_kind_display()}）于{shown(posted_on)}才张贴（刊播）{late}。"
            "为使在那里看到的人有同样长的时间提意见，截止日期按规定顺延。"
        )


@transaction.atomic(durable=True)
def waive_placement(required_id: int, *, reason: str, actor: User, at: datetime) -> RequiredPlacement:
    """Tell the public that a plan was not put up at a place that it had announced, and why."""
    promised = lock(RequiredPlacement, required_id)
    demand(actor, promised.project, Role.MANAGER)
    if reasons := required.against_waiving(promised):
        raise ActRefused(reasons)
    promised.waived_at, promised.waive_reason = at, publishable(reason, _("理由"), promised.project, most=MAX_REASON)
    promised.save(update_fields=["waived_at", "waive_reason"])
    facts = {**promised.facts(), "round": promised.consultation.round, "reason": promised.waive_reason}
    key = f"waived:{promised.path}"
    record("placement.waived", subject=promised.path, actor=actor, at=at, facts=facts, key=key)
    return promised
