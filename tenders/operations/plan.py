"""Acts on a plan: the approvals of other organs."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.operations import record
from tenders.gates import own_rule
from tenders.law import refuse
from tenders.locking import lock
from tenders.models import Approval, Project
from tenders.operations.common import hold_words, refused
from tenders.rights import Role, demand


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
        raise refused(own_rule(_("批准文号%(number)s已经公布过。") % {"number": number}, "duplicate"))
    hold_words(project, {_("审批事项"): title, _("审批机关"): organ})
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
