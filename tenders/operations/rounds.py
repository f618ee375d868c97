"""A plan that changes after it was published: within its round by a new version, or in substance by a new round."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.operations import record
from tenders.gates import project_is_active, revision
from tenders.locking import lock
from tenders.models import Consultation, HearingNeed, PlanVersion
from tenders.operations.common import cleaned, hold_to, publishable
from tenders.rights import Role, demand

MAX_REASON = 1000


@transaction.atomic
def draft_revision(consultation_id: int, *, minor_reason: str, actor: User, at: datetime) -> PlanVersion:
    """
    Begin the next version of a plan within its round. ``minor_reason`` is why the change is not one in substance.

    A draft is no act: it is published by a step of its own, after its review.
    """
    consultation = lock(Consultation, consultation_id)
    demand(actor, consultation.project, Role.MANAGER)
    hold_to(
        consultation, at, project_is_active, revision.round_is_before_the_public, revision.no_revision_is_being_written
    )
    plan = _plan_of(consultation)
    return PlanVersion.objects.create(
        consultation=consultation,
        number=plan.number + 1,
        text=plan.text,
        explanation=plan.told_explanation,
        minor_reason=cleaned(minor_reason, most=MAX_REASON),
    )


@transaction.atomic
def discard_revision(version_id: int, *, actor: User, at: datetime) -> None:
    """Drop a version that nobody has published. What of it was reviewed stays on record as reviewed."""
    version = lock(PlanVersion, version_id)
    demand(actor, version.project, Role.MANAGER)
    hold_to(version, at, revision.is_still_a_draft)
    _drop(version)


@transaction.atomic(durable=True)
def begin_next_round(consultation_id: int, *, reason: str, actor: User, at: datetime) -> Consultation:
    """
    End a round because its plan changes in substance, and draft the next one from it.

    The comments of the round stay, and still get their answers. The next round has a period of its own, of the legal
    length (《重大行政决策程序暂行条例》第十五条); what was being written of a new version goes into it.
    """
    consultation = lock(Consultation, consultation_id)
    demand(actor, consultation.project, Role.MANAGER)
    hold_to(consultation, at, project_is_active, revision.round_is_before_the_public)
    reason = publishable(reason, _("理由"), consultation.project, most=MAX_REASON)
    following = _drafted_from(consultation)
    consultation.supersede(at)
    consultation.save(update_fields=["state", "superseded_at"])
    facts = {
        "round": consultation.round,
        "next_round": following.round,
        "received": consultation.comments.count(),
        "reason": reason,
    }
    key = f"superseded:{consultation.path}"
    record("consultation.superseded", subject=consultation.path, actor=actor, at=at, facts=facts, key=key)
    return following


def _drafted_from(consultation: Consultation) -> Consultation:
    """Return the next round with the newest text, pictures and places; its days are to be set anew."""
    unpublished = consultation.draft_revision()
    latest = unpublished or _plan_of(consultation)
    following = Consultation.objects.create(
        project=consultation.project,
        round=consultation.round + 1,
        explanation=latest.told_explanation,
        channels=consultation.channels,
    )
    plan = PlanVersion.objects.create(consultation=following, text=latest.text, change_note=latest.change_note)
    plan.answers.set(latest.answers.all() if unpublished else [])
    for picture in latest.pictures():
        following.renderings.create(
            kind=picture.kind,
            image=picture.image.name,
            sha256=picture.sha256,
            caption=picture.caption,
            alt=picture.alt,
            position=picture.position,
        )
    for required in consultation.required_placements.filter(place__is_active=True):
        following.required_placements.create(number=required.number, place=required.place)
    need = HearingNeed.objects.get(consultation=consultation)
    HearingNeed.objects.create(consultation=following, ground=need.ground, verdict=need.verdict, reason=need.reason)
    if unpublished:
        _drop(unpublished)
    return following


def _drop(version: PlanVersion) -> None:
    """Delete a draft with the pictures that only it had; those that it left out come back."""
    renderings = version.consultation.renderings
    renderings.filter(until=version.number - 1).update(until=None)
    renderings.filter(since=version.number).delete()
    version.delete()


def _plan_of(consultation: Consultation) -> PlanVersion:
    """Return the version that the public has: a round that was published has one."""
    plan = consultation.current_plan()
    if plan is None:
        raise PlanVersion.DoesNotExist
    return plan
