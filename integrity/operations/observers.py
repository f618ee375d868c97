"""Acts of observers in the opening room: signing in and out, what was seen, opinions; and the chair's reply."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from integrity.gates.observers import (
    code_was_read_in_the_room,
    committee_stays_unnamed,
    doors_are_open,
    observer_has_no_interest,
    own_order,
    words_wait_for_the_opening,
)
from integrity.models import Attendance, Invitation, Observation, ObservationPhoto, Turn
from integrity.operations.invitations import out_of_order
from integrity.operations.matters import asked, raise_matter, take_turn
from ledger.models import Task
from ledger.operations import FollowUp, record
from statutes.refusal import Refusal
from tenders.gates.placement import Photo
from tenders.gates.privacy import pictures_tell_only_what_they_show
from tenders.locking import lock
from tenders.models import next_number
from tenders.operations.common import cleaned, hold_words, publishable, refuse_if
from tenders.rights import Role, demand

MOST_PHOTOS = 4
MOST_REMARKS = 200  # of one observer


@transaction.atomic(durable=True)
def sign_in(
    invitation_id: int, *, remote: bool, no_conflict: bool, keeps_confidential: bool, actor: User, at: datetime,
    code: str = "",
) -> Attendance:  # fmt: skip
    """
    Sign an observer in, with the declarations on conflicts of interest and on confidentiality.

    Who is in the room types in the ``code`` that is shown there. Who watches from afar has none: that is published.
    """
    invitation = lock(Invitation, invitation_id)
    if actor.role != Role.OBSERVER or actor.organisation_id != invitation.institution_id:
        raise PermissionDenied(_("只有受邀单位的监督代表可以签到。"))
    refuse_if(
        _declared(no_conflict=no_conflict, keeps_confidential=keeps_confidential),
        observer_has_no_interest(invitation, actor),
        doors_are_open(invitation.package, at),
        None if remote else code_was_read_in_the_room(invitation.package, code, at),
    )
    if invitation.attendances.filter(observer=actor).exists():
        raise out_of_order(_("您已经签到。"))
    attendance = Attendance.objects.create(
        invitation=invitation,
        observer=actor,
        remote=remote,
        is_deputy=invitation.deputy_id == actor.pk,
        no_conflict=no_conflict,
        keeps_confidential=keeps_confidential,
        signed_in_at=at,
    )
    if invitation.mode != Invitation.Mode.PRESENT:
        invitation.mode = Invitation.Mode.REMOTE if remote else Invitation.Mode.PRESENT
        invitation.reason = ""
        invitation.save(update_fields=["mode", "reason"])
    facts = {"institution": invitation.institution.name, "remote": remote, "no_conflict": no_conflict}
    facts |= {"deputy": True} if attendance.is_deputy else {}
    record("observer.signed-in", subject=attendance.path, actor=actor, at=at, facts=facts, key=attendance.path)
    return attendance


def _declared(*, no_conflict: bool, keeps_confidential: bool) -> Refusal | None:
    if no_conflict and keeps_confidential:
        return None
    return own_order(_("签到前须声明无利害关系，并承诺保密；有利害关系的应当回避。"))


@transaction.atomic(durable=True)
def sign_out(attendance_id: int, *, actor: User, at: datetime) -> Attendance:
    """Leave the room: nothing is added from now on, and the log becomes a paper (D19)."""
    attendance = _own(attendance_id, actor)
    attendance.signed_out_at = at
    attendance.save(update_fields=["signed_out_at"])
    facts = {"institution": attendance.invitation.institution.name}
    paper = {"template": "observer-log", "model": "integrity.attendance", "pk": attendance.pk}
    then = [FollowUp("document", paper, queue=Task.Queue.RENDER)] if attendance.invitation.package.is_opened else []
    key = f"out:{attendance.path}"
    record("observer.signed-out", subject=attendance.path, actor=actor, at=at, facts=facts, key=key, then=then)
    return attendance


def _own(attendance_id: int, actor: User) -> Attendance:
    """Lock and return the actor's own attendance while the observer is in the room."""
    attendance = lock(Attendance, attendance_id)
    if attendance.observer_id != actor.pk:
        raise PermissionDenied(_("只能办理本人的监督记录。"))
    if attendance.signed_out_at is not None:
        raise out_of_order(_("您已经签退，记录不能再增加。"))
    return attendance


@transaction.atomic(durable=True)
def observe(
    attendance_id: int, *, item: str, finding: str, text: str, actor: User, at: datetime, photos: Sequence[Photo] = ()
) -> Observation:
    """
    Log what an observer saw. A concern waits for the chair's reply; without it the opening can't be concluded.

    It is also followed up as a matter, in public, until the observer's institution is content.
    """
    attendance = _own(attendance_id, actor)
    package = attendance.invitation.package
    refuse_if(words_wait_for_the_opening(package, at))
    _refuse_remark(attendance, photos, at)
    if finding != Observation.Finding.FINE or text.strip():
        text = cleaned(text, most=1000)
    hold_words(attendance.project, {_("所见情况"): text})
    refuse_if(committee_stays_unnamed(package, text, at))
    observation = Observation.objects.create(
        attendance=attendance,
        number=next_number(attendance.observations),
        item=item,
        finding=finding,
        text=text,
        observed_at=at,
    )
    facts = {
        "institution": attendance.invitation.institution.name,
        "item": item,
        "finding": finding,
        "text": text,
        **_keep_photos(observation, photos),
    }
    if finding == Observation.Finding.CONCERN:
        facts |= asked(raise_matter(attendance, at=at, observation=observation))
    record("observation.logged", subject=observation.path, actor=actor, at=at, facts=facts, key=observation.path)
    return observation


def _refuse_remark(attendance: Attendance, photos: Sequence[Photo], at: datetime) -> None:
    if len(photos) > MOST_PHOTOS:
        raise out_of_order(_("每条记录最多附%(most)d张照片。") % {"most": MOST_PHOTOS})
    if attendance.observations.count() >= MOST_REMARKS:
        raise out_of_order(_("最多记录%(most)d条，请把其余的写进监督意见。") % {"most": MOST_REMARKS})
    refuse_if(pictures_tell_only_what_they_show(photos, at))


def _keep_photos(observation: Observation, photos: Sequence[Photo]) -> dict[str, Any]:
    """Keep the pictures in the file, and return what the record says of them: their digests."""
    for photo in photos:
        ObservationPhoto.objects.create(observation=observation, image=photo.file, sha256=photo.sha256)
    return {"photos": [photo.sha256 for photo in photos]} if photos else {}


@transaction.atomic(durable=True)
def reply(observation_id: int, *, text: str, actor: User, at: datetime) -> Observation:
    """Answer an observer's note or concern, for the chair of the opening."""
    observation = lock(Observation, observation_id)
    demand(actor, observation.project, Role.MANAGER, Role.CLERK)
    if observation.replied_at is not None:
        raise out_of_order(_("这条监督记录已经答复。"))
    refuse_if(committee_stays_unnamed(observation.attendance.invitation.package, text, at))
    observation.reply = publishable(text, _("答复"), observation.project, most=1000)
    observation.replied_at = at
    observation.save(update_fields=["reply", "replied_at"])
    if matter := getattr(observation, "matter", None):
        take_turn(matter, Turn.Kind.ANSWERED, observation.reply, at)
    facts = {"reply": observation.reply}
    key = f"reply:{observation.path}"
    record("observation.answered", subject=observation.path, actor=actor, at=at, facts=facts, key=key)
    return observation


@transaction.atomic(durable=True)
def state_opinion(
    attendance_id: int, *, text: str, actor: User, at: datetime, wants_answer: bool = False
) -> Attendance:
    """
    State an observer's own opinion. It is stated once; nobody can change it, its author included.

    One that ``wants_answer`` becomes a matter that the bureau answers within its term, in public.
    """
    attendance = _own(attendance_id, actor)
    package = attendance.invitation.package
    refuse_if(words_wait_for_the_opening(package, at))
    if attendance.opinion_at is not None:
        raise out_of_order(_("监督意见已经提出，不能改动。"))
    refuse_if(committee_stays_unnamed(package, text, at))
    attendance.opinion = publishable(text, _("监督意见"), attendance.project, most=2000)
    attendance.opinion_at = at
    attendance.save(update_fields=["opinion", "opinion_at"])
    facts = {"institution": attendance.invitation.institution.name, "opinion": attendance.opinion}
    if wants_answer:
        facts |= asked(raise_matter(attendance, at=at))
    key = f"opinion:{attendance.path}"
    record("opinion.stated", subject=attendance.path, actor=actor, at=at, facts=facts, key=key)
    return attendance
