"""Acts on a plan: the approvals of other organs."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.operations import record
from tenders.gates import own_rule
from tenders.gates.method import overrun_is_reported
from tenders.law import refuse
from tenders.locking import lock
from tenders.models import Approval, Project, facts_of
from tenders.operations.common import hold_words, refuse_if, refused
from tenders.rights import Role, demand


@transaction.atomic(durable=True)
def publish_approval(
    project_id: int,
    *,
    title: str,
    number: str,
    organ: str,
    approved_on: date,
    kind: str = Approval.Kind.OTHER,
    amount_fen: int | None = None,
    overrun_report: str = "",
    actor: User,
    at: datetime,
) -> Approval:
    """
    Publish what another organ has approved (D09).

    ``amount_fen`` is the estimate or the budget that it approved; a budget far above the estimate says to whom that was
    reported (《政府投资条例》第十二条第二款).
    """
    project = lock(Project, project_id)
    demand(actor, project, Role.MANAGER, Role.CLERK)
    if project.stage in {Project.Stage.PREPARATION, Project.Stage.CONSULTATION}:
        raise refused(refuse("PD-12", _("决策公布之后才能公布审批结果。"), timezone.localdate(at)))
    if project.approvals.filter(number=number).exists():
        raise refused(own_rule(_("批准文号%(number)s已经公布过。") % {"number": number}, "duplicate"))
    if kind == Approval.Kind.DESIGN:
        refuse_if(overrun_is_reported(amount_fen, _approved_estimate(project), overrun_report, at))
    hold_words(project, {_("审批事项"): title, _("审批机关"): organ, _("报告情况"): overrun_report})
    approval = Approval.objects.create(
        project=project,
        title=title,
        number=number,
        organ=organ,
        approved_on=approved_on,
        kind=kind,
        amount_fen=amount_fen,
        overrun_report=overrun_report,
    )
    names = ("title", "number", "organ", "approved_on", "kind", "amount_fen", "overrun_report")
    facts = {**facts_of(approval, names), "code": project.code}
    key = f"approval:{project.path}:{approval.pk}"
    record("approval.published", subject=project.path, actor=actor, at=at, facts=facts, key=key)
    return approval


def _approved_estimate(project: Project) -> int | None:
    """Return the estimate that the newest feasibility study was approved with."""
    studies = project.approvals.filter(kind=Approval.Kind.FEASIBILITY).exclude(amount_fen=None)
    return studies.order_by("approved_on", "pk").values_list("amount_fen", flat=True).last()
