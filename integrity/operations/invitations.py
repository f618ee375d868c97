"""Acts before an opening is watched: invited, answered, a deputy named, an absence recorded."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from integrity.gates.observers import mandates_for, opening_hour_has_come, own_order
from integrity.models import Invitation, Recusal
from ledger.models import Task
from ledger.operations import FollowUp, record
from statutes.refusal import ActRefused
from tenders.gates import project_is_active
from tenders.locking import lock
from tenders.models import Package, next_number
from tenders.operations.common import hold_to, publishable, refused
from tenders.rights import Role, demand

BY_MAIL = "invite-by-mail"  # the work of the outbox that writes the letter
MOST_PEOPLE = 20


def out_of_order(message: str) -> ActRefused:
    return refused(own_order(message))


@transaction.atomic(durable=True)
def invite(package_id: int, institution_id: int, *, means: str, actor: User, at: datetime) -> Invitation:
    """Ask an institution that has a mandate to watch the opening of a package. An e-mail goes out by itself."""
    package = lock(Package, package_id)
    demand(actor, package.project, Role.MANAGER, Role.CLERK)
    hold_to(package, at, project_is_active)
    if package.state != Package.State.ANNOUNCED:
        raise out_of_order(_("招标公告发布后、开标前才能发出监督邀请。"))
    mandate = mandates_for(package, at).filter(institution=institution_id).first()
    if mandate is None:
        raise out_of_order(_("这个单位没有监督资格，或者是本项目的代理机构，不能邀请它监督。"))
    if package.invitations.filter(institution=institution_id).exists():
        raise out_of_order(_("已经邀请过%(name)s。") % {"name": mandate.institution.name})
    invitation = Invitation.objects.create(
        package=package,
        number=next_number(package.invitations),
        institution=mandate.institution,
        mandate=mandate,
        means=means,
        sent_at=at,
    )
    facts = {
        "institution": mandate.institution.name,
        "kind": mandate.institution.kind,
        "means": means,
        "number": invitation.number,
        "capacity": mandate.capacity,
        "basis": mandate.basis,
    }
    then = [FollowUp(BY_MAIL, queue=Task.Queue.DELIVER)] if mandate.email else []
    key = invitation.path
    record("invitation.sent", subject=invitation.path, actor=actor, at=at, facts=facts, key=key, then=then)
    return invitation


@transaction.atomic(durable=True)
def answer_invitation(
    invitation_id: int, *, reply: str, reason: str = "", people: int = 1, actor: User | None, at: datetime
) -> Invitation:
    """
    Answer an invitation, for the institution: through its link (then ``actor`` is None), by its observer, or by
    the bureau's hand that enters a reply on paper. A later answer goes before, and both stay in the record.
    """
    invitation = lock(Invitation, invitation_id)
    if actor is not None and not _speaks_for(actor, invitation):
        demand(actor, invitation.project, Role.MANAGER, Role.CLERK)
    _refuse_reply(invitation, reply, reason, people)
    invitation.reply, invitation.people, invitation.replied_at = reply, people, at
    is_coming = reply in {Invitation.Mode.PRESENT, Invitation.Mode.REMOTE}
    invitation.reply_reason = "" if is_coming else publishable(reason, _("原因"), invitation.project, most=200)
    invitation.save(update_fields=["reply", "reply_reason", "people", "replied_at"])
    facts = {
        "institution": invitation.institution.name,
        "reply": reply,
        "reason": invitation.reply_reason,
        "people": people if is_coming else 0,
    }
    key = f"replied:{invitation.path}:{at.isoformat()}"
    record("invitation.replied", subject=invitation.path, actor=actor, at=at, facts=facts, key=key)
    return invitation


def _speaks_for(actor: User, invitation: Invitation) -> bool:
    return actor.role == Role.OBSERVER and actor.organisation_id == invitation.institution_id


def _refuse_reply(invitation: Invitation, reply: str, reason: str, people: int) -> None:
    if invitation.mode or invitation.package.state != Package.State.ANNOUNCED:
        raise out_of_order(_("开标会已经开始或者出席情况已经登记，不能再回复邀请。"))
    if reply not in Invitation.REPLIES or not 1 <= people <= MOST_PEOPLE:
        raise out_of_order(_("请选择怎样参加；到场人数最多%(most)d人。") % {"most": MOST_PEOPLE})
    if reply in Invitation.WITHOUT_OBSERVER and not reason.strip():
        raise out_of_order(_("不到场的，请写明原因：原因会公开。"))


@transaction.atomic(durable=True)
def name_deputy(invitation_id: int, deputy_id: int, *, actor: User, at: datetime) -> Invitation:
    """Let a colleague watch in one's place. The record says so, and names nobody."""
    invitation = lock(Invitation, invitation_id)
    if not _speaks_for(actor, invitation):
        raise PermissionDenied(_("只有受邀单位的监督代表可以委派他人。"))
    deputy = User.objects.get(pk=deputy_id)
    if deputy.pk == actor.pk or not deputy.is_active or not _speaks_for(deputy, invitation):
        raise out_of_order(_("只能委派本单位的其他监督代表。"))
    if invitation.package.state != Package.State.ANNOUNCED or invitation.attendances.filter(observer=actor).exists():
        raise out_of_order(_("开标开始以后，或者您签到以后，不能再委派他人。"))
    if invitation.recusals.filter(observer=deputy).exists():
        raise out_of_order(_("这位代表已声明有利害关系，不能委派。"))
    invitation.deputy = deputy
    invitation.save(update_fields=["deputy"])
    facts = {"institution": invitation.institution.name, "office": deputy.post}
    key = f"deputy:{invitation.path}:{at.isoformat()}"
    record("observer.deputised", subject=invitation.path, actor=actor, at=at, facts=facts, key=key)
    return invitation


@transaction.atomic(durable=True)
def recuse(invitation_id: int, *, actor: User, at: datetime) -> Recusal:
    """Declare an interest in the tender: from now on its author stays away from it, and nobody can undo that."""
    invitation = lock(Invitation, invitation_id)
    if not _speaks_for(actor, invitation):
        raise PermissionDenied(_("只有受邀单位的监督代表可以声明回避。"))
    if invitation.attendances.filter(observer=actor).exists():
        raise out_of_order(_("您已签到；有利害关系的，请签退并告诉主持人。"))
    if invitation.recusals.filter(observer=actor).exists():
        raise out_of_order(_("您已经声明回避。"))
    recusal = Recusal.objects.create(invitation=invitation, observer=actor, declared_at=at)
    if invitation.deputy_id == actor.pk:
        invitation.deputy = None
        invitation.save(update_fields=["deputy"])
    facts = {"institution": invitation.institution.name}
    record("observer.recused", subject=recusal.path, actor=actor, at=at, facts=facts, key=recusal.path)
    return recusal


@transaction.atomic(durable=True)
def record_absence(invitation_id: int, *, mode: str, reason: str, actor: User, at: datetime) -> Invitation:
    """
    Record that an institution did not come, and why: from the hour of the opening on.

    Nobody has to come; the public learns who did.
    """
    invitation = lock(Invitation, invitation_id)
    demand(actor, invitation.project, Role.MANAGER, Role.CLERK)
    hold_to(invitation.package, at, opening_hour_has_come)
    if mode not in Invitation.WITHOUT_OBSERVER or not reason.strip():
        raise out_of_order(_("未到场的，须写明情况和原因。"))
    if invitation.mode:
        raise out_of_order(_("%(name)s的出席情况已经登记。") % {"name": invitation.institution.name})
    invitation.mode = mode
    invitation.reason = publishable(reason, _("原因"), invitation.project, most=200)
    invitation.save(update_fields=["mode", "reason"])
    facts = {"institution": invitation.institution.name, "mode": mode, "reason": invitation.reason}
    key = f"unattended:{invitation.path}"
    record("invitation.unattended", subject=invitation.path, actor=actor, at=at, facts=facts, key=key)
    return invitation
