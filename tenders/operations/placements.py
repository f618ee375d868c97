"""Acts on what hangs on walls and stands in newspapers and on other platforms."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.operations import FollowUp, record
from statutes.refusal import ActRefused
from tenders.gates import placement
from tenders.gates.placement import Photo
from tenders.gates.privacy import pictures_tell_only_what_they_show
from tenders.locking import lock
from tenders.models import Placement, Project
from tenders.operations.common import cleaned, hold_to, hold_words
from tenders.rights import Role, demand


@transaction.atomic(durable=True)
def record_placement(draft: Placement, photos: Sequence[Photo] = (), *, actor: User, at: datetime) -> Placement:
    """Say, with evidence, that an announced act was put up or printed somewhere. ``draft`` is not saved yet."""
    draft.project = lock(Project, draft.project_id)
    demand(actor, draft.project, Role.MANAGER, Role.CLERK)
    draft.place, draft.recorded_at = cleaned(draft.place, most=120), at
    if reasons := placement.against_recording(draft, photos, at):
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
    record("placement.recorded", subject=draft.path, actor=actor, at=at, facts=draft.facts(), key=draft.path, then=then)
    return draft


@transaction.atomic(durable=True)
def end_placement(placement_id: int, *, ended_at: datetime, reason: str, actor: User, at: datetime) -> Placement:
    """Say that something was taken down or ran out, and why. That it was there stays on record."""
    hung = lock(Placement, placement_id)
    demand(actor, hung.project, Role.MANAGER, Role.CLERK)
    if reasons := placement.against_ending(hung, ended_at, at):
        raise ActRefused(reasons)
    hold_words(hung.project, {_("撤下的原因"): reason})
    hung.ended_at, hung.end_reason = ended_at, cleaned(reason, most=200)
    hung.save(update_fields=["ended_at", "end_reason"])
    ended = timezone.localtime(ended_at).isoformat()
    facts = {"number": hung.number, "place": hung.place, "ended_at": ended, "reason": hung.end_reason}
    then = [FollowUp("placement", {"pk": hung.pk})]
    record("placement.ended", subject=hung.path, actor=actor, at=at, facts=facts, key=f"ended:{hung.path}", then=then)
    return hung
