"""Acts on a plan: its review before the release, and the approvals of other organs."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.canonical import new_salt
from ledger.operations import record
from statutes.refusal import Refusal
from tenders import gates
from tenders.law import refuse
from tenders.locking import lock
from tenders.models import Approval, Project, Review
from tenders.operations.common import refused
from tenders.rights import Role, demand


@transaction.atomic(durable=True)
def review(document: Any, *, released: bool, actor: User, at: datetime, remark: str = "") -> Review:
    """
    Record the review for secrets and personal data of a document (anything with ``notice``, ``path`` and ``facts()``).

    Source: 《政府信息公开条例》第十七条.
    """
    document = lock(type(document), document.pk)
    demand(actor, document.project, Role.REVIEWER)
    if not released and not remark:
        raise refused(refuse("D03", _("不予公开的，须写明理由。"), timezone.localdate(at)))
    salt = new_salt()
    done = Review.objects.create(
        project=document.project,
        subject=document.path,
        notice=document.notice,
        salt=salt,
        digest=gates.digest(salt, document.facts()),
        released=released,
        remark=remark,
        reviewer=actor,
        reviewed_at=at,
    )
    facts = {"notice": document.notice, "released": released, "digest": done.digest}
    key = f"review:{document.path}:{done.pk}"
    record("review.recorded", subject=document.path, actor=actor, at=at, facts=facts, key=key)
    return done


@transaction.atomic(durable=True)
def publish_approval(
    project_id: int, *, title: str, number: str, organ: str, approved_on: date, actor: User, at: datetime
) -> Approval:
    """Publish what another organ has approved (D09)."""
    project = lock(Project, project_id)
    demand(actor, project, Role.MANAGER, Role.CLERK)
    if project.stage in {Project.Stage.PREPARATION, Project.Stage.CONSULTATION}:
        raise refused(refuse("PD-12", _("决策公布之后才能公布审批结果。"), timezone.localdate(at)))
    if project.approvals.filter(number=number).exists():
        raise refused(Refusal("duplicate", _("批准文号%(number)s已经公布过。") % {"number": number}, _("本局办事流程")))
    approval = Approval.objects.create(
        project=project, title=title, number=number, organ=organ, approved_on=approved_on
    )
    facts = {
        "title": title,
        "number": number,
        "organ": organ,
        "approved_on": approved_on.isoformat(),
        "code": project.code,
    }
    key = f"approval:{project.path}:{approval.pk}"
    record("approval.published", subject=project.path, actor=actor, at=at, facts=facts, key=key)
    return approval
