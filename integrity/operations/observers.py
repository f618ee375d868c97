"""Acts of observers and of those who invite them: invitations, attendance, what was seen, opinions."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from integrity.models import Attendance, Invitation, Observation
from ledger.operations import record
from statutes.refusal import ActRefused, Refusal
from tenders.gates import project_is_active
from tenders.law import day, refuse
from tenders.locking import lock
from tenders.models import Package
from tenders.operations.common import cleaned, hold_to, hold_words, publishable, refused
from tenders.rights import Role, demand


def _out_of_order(message: str) -> ActRefused:
    return refused(Refusal("wrong-state", message, _("本局开标监督制度")))


@transaction.atomic(durable=True)
def invite(package_id: int, institution_id: int, *, means: str, actor: User, at: datetime) -> Invitation:
    """Ask an institution to watch the opening of a package."""
    package = lock(Package, package_id)
    demand(actor, package.project, Role.MANAGER, Role.CLERK)
    hold_to(package, at, project_is_active)
    if package.state != Package.State.ANNOUNCED:
        raise _out_of_order(_("招标公告发布后、开标前才能发出监督邀请。"))
    institution = Organisation.objects.get(pk=institution_id)
    if package.invitations.filter(institution=institution).exists():
        raise _out_of_order(_("已经邀请过%(name)s。") % {"name": institution.name})
    invitation = Invitation.objects.create(package=package, institution=institution, means=means, sent_at=at)
    facts = {"institution": institution.name, "kind": institution.kind, "means": means}
    record("invitation.sent", subject=invitation.path, actor=actor, at=at, facts=facts, key=invitation.path)
    return invitation


@transaction.atomic(durable=True)
def record_absence(invitation_id: int, *, mode: str, reason: str, actor: User, at: datetime) -> Invitation:
    """Record that an institution did not come, and why. Nobody has to come; the public learns who did."""
    invitation = lock(Invitation, invitation_id)
    demand(actor, invitation.project, Role.MANAGER, Role.CLERK)
    if mode not in Invitation.WITHOUT_OBSERVER or not reason.strip():
        raise _out_of_order(_("未到场的，须写明情况和原因。"))
    if invitation.mode:
        raise _out_of_order(_("%(name)s的出席情况已经登记。") % {"name": invitation.institution.name})
    invitation.mode = mode
    invitation.reason = publishable(reason, _("原因"), invitation.project, most=200)
    invitation.save(update_fields=["mode", "reason"])
    facts = {"institution": invitation.institution.name, "mode": mode, "reason": invitation.reason}
    key = f"unattended:{invitation.path}"
    record("invitation.unattended", subject=invitation.path, actor=actor, at=at, facts=facts, key=key)
    return invitation


SIGN_IN_OPENS = timedelta(hours=2)


@transaction.atomic(durable=True)
def sign_in(
    invitation_id: int, *, remote: bool, no_conflict: bool, keeps_confidential: bool, actor: User, at: datetime
) -> Attendance:
    """Sign an observer in, with the declarations on conflicts of interest and on confidentiality."""
    invitation = lock(Invitation, invitation_id)
    if actor.role != Role.OBSERVER or actor.organisation_id != invitation.institution_id:
        raise PermissionDenied(_("只有受邀单位的监督代表可以签到。"))
    _refuse_sign_in(invitation, no_conflict=no_conflict, keeps_confidential=keeps_confidential, at=at)
    if invitation.attendances.filter(observer=actor).exists():
        raise _out_of_order(_("您已经签到。"))
    attendance = Attendance.objects.create(
        invitation=invitation,
        observer=actor,
        remote=remote,
        no_conflict=no_conflict,
        keeps_confidential=keeps_confidential,
        signed_in_at=at,
    )
    if invitation.mode != Invitation.Mode.PRESENT:
        invitation.mode = Invitation.Mode.REMOTE if remote else Invitation.Mode.PRESENT
        invitation.reason = ""
        invitation.save(update_fields=["mode", "reason"])
    facts = {"institution": invitation.institution.name, "remote": remote, "no_conflict": no_conflict}
    record("observer.signed-in", subject=attendance.path, actor=actor, at=at, facts=facts, key=attendance.path)
    return attendance


def _refuse_sign_in(invitation: Invitation, *, no_conflict: bool, keeps_confidential: bool, at: datetime) -> None:
    package = invitation.package
    if not no_conflict or not keeps_confidential:
        raise _out_of_order(_("签到前须声明无利害关系，并承诺保密；有利害关系的应当回避。"))
    if package.state not in {Package.State.ANNOUNCED, Package.State.OPENING} or package.bids_due_at is None:
        raise _out_of_order(_("开标会已经结束，不能再签到。"))
    if at < package.bids_due_at - SIGN_IN_OPENS:
        raise _out_of_order(_("开标前两小时起可以签到。"))


@transaction.atomic(durable=True)
def sign_out(attendance_id: int, *, actor: User, at: datetime) -> Attendance:
    attendance = _own(attendance_id, actor)
    attendance.signed_out_at = at
    attendance.save(update_fields=["signed_out_at"])
    facts = {"institution": attendance.invitation.institution.name}
    key = f"out:{attendance.path}"
    record("observer.signed-out", subject=attendance.path, actor=actor, at=at, facts=facts, key=key)
    return attendance


def _own(attendance_id: int, actor: User) -> Attendance:
    """Lock and return the actor's own attendance while the observer is in the room."""
    attendance = lock(Attendance, attendance_id)
    if attendance.observer_id != actor.pk:
        raise PermissionDenied(_("只能办理本人的监督记录。"))
    if attendance.signed_out_at is not None:
        raise _out_of_order(_("您已经签退，记录不能再增加。"))
    return attendance


def _refuse_words_before_the_opening(attendance: Attendance) -> None:
    """What observers write is public at once, and until the opening nobody may learn who bids (EM-01)."""
    package = attendance.invitation.package
    if not package.is_opened:
        raise refused(
            refuse("EM-01", _("开标之前投标情况须保密：开标以后才能记录和发表意见。"), day(attendance.signed_in_at))
        )


@transaction.atomic(durable=True)
def observe(attendance_id: int, *, item: str, finding: str, text: str, actor: User, at: datetime) -> Observation:
    """Log what an observer saw. A concern waits for the chair's reply; without it the opening can't be concluded."""
    attendance = _own(attendance_id, actor)
    _refuse_words_before_the_opening(attendance)
    if finding != Observation.Finding.FINE or text.strip():
        text = cleaned(text, most=1000)
    hold_words(attendance.project, {_("所见情况"): text})
    observation = Observation.objects.create(
        attendance=attendance,
        number=attendance.observations.count() + 1,
        item=item,
        finding=finding,
        text=text,
        observed_at=at,
    )
    facts = {"institution": attendance.invitation.institution.name, "item": item, "finding": finding, "text": text}
    record("observation.logged", subject=observation.path, actor=actor, at=at, facts=facts, key=observation.path)
    return observation


@transaction.atomic(durable=True)
def reply(observation_id: int, *, text: str, actor: User, at: datetime) -> Observation:
    """Answer an observer's note or concern, for the chair of the opening."""
    observation = lock(Observation, observation_id)
    demand(actor, observation.project, Role.MANAGER, Role.CLERK)
    if observation.replied_at is not None:
        raise _out_of_order(_("这条监督记录已经答复。"))
    observation.reply = publishable(text, _("答复"), observation.project, most=1000)
    observation.replied_at = at
    observation.save(update_fields=["reply", "replied_at"])
    facts = {"reply": observation.reply}
    key = f"reply:{observation.path}"
    record("observation.answered", subject=observation.path, actor=actor, at=at, facts=facts, key=key)
    return observation


@transaction.atomic(durable=True)
def state_opinion(attendance_id: int, *, text: str, actor: User, at: datetime) -> Attendance:
    """State an observer's own opinion. It is stated once; nobody can change it, its author included."""
    attendance = _own(attendance_id, actor)
    _refuse_words_before_the_opening(attendance)
    if attendance.opinion_at is not None:
        raise _out_of_order(_("监督意见已经提出，不能改动。"))
    attendance.opinion = publishable(text, _("监督意见"), attendance.project, most=2000)
    attendance.opinion_at = at
    attendance.save(update_fields=["opinion", "opinion_at"])
    facts = {"institution": attendance.invitation.institution.name, "opinion": attendance.opinion}
    key = f"opinion:{attendance.path}"
    record("opinion.stated", subject=attendance.path, actor=actor, at=at, facts=facts, key=key)
    return attendance
