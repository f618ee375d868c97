"""Clarifications and changes of the tender documents, for all at once."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.operations import record
from statutes.refusal import ActRefused, unmet
from tenders import gates
from tenders.gates import tender
from tenders.locking import lock
from tenders.models import Clarification, Package
from tenders.operations.common import MAX_ANSWER, publishable
from tenders.rights import Role, demand


@transaction.atomic(durable=True)
def publish_clarification(
    package_id: int, *, text: str, affects_bids: bool, new_due_at: datetime, actor: User, at: datetime
) -> Clarification:
    """Clarify or change the tender documents for all at once; what may affect bids leaves 15 days."""
    package = lock(Package, package_id)
    demand(actor, package.project, Role.MANAGER)
    reasons = unmet((gates.project_is_active, tender.tender_is_running), package, at)
    timing = [tender.deadline_is_not_brought_forward, *([tender.clarification_leaves_time] if affects_bids else [])]
    reasons += [refusal for gate in timing if (refusal := gate(package, at, new_due_at))]
    if reasons or package.bids_due_at is None:
        raise ActRefused(reasons)
    clarification = Clarification.objects.create(
        package=package,
        number=package.clarifications.count() + 1,
        text=publishable(text, _("澄清或者修改内容"), package.project, most=MAX_ANSWER),
        affects_bids=affects_bids,
        old_due_at=package.bids_due_at,
        new_due_at=new_due_at,
        published_at=at,
    )
    package.bids_due_at = new_due_at
    package.save(update_fields=["bids_due_at"])
    facts = {
        "number": clarification.number,
        "text": clarification.text,
        "affects_bids": affects_bids,
        "old_due_at": timezone.localtime(clarification.old_due_at).isoformat(),
        "new_due_at": timezone.localtime(new_due_at).isoformat(),
    }
    record(
        "clarification.published", subject=clarification.path, actor=actor, at=at, facts=facts, key=clarification.path
    )
    return clarification
