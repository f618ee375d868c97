"""A tender stands still for a while, and goes on (D16)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.operations import FollowUp, record
from tenders.gates import own_rule, standstill
from tenders.locking import lock
from tenders.models import Package, Suspension, in_record, next_number
from tenders.operations.common import hold_to, move_deadline, public_or_blank, publishable, refuse_if, refused
from tenders.rights import Role, demand

MAX_REASON = 1000


@dataclass(frozen=True)
class Order:
    """By whose order a tender stands still, if it is not the bureau's own decision."""

    ordered_by: str = ""
    order_number: str = ""
    ends_on: date | None = None


OWN_DECISION = Order()


@transaction.atomic(durable=True)
def suspend_tender(
    package_id: int, *, reason: str, basis: str, order: Order = OWN_DECISION, actor: User, at: datetime
) -> Suspension:
    """Let a tender stand still. The deadline has no force meanwhile; the resumption sets a new one."""
    package = lock(Package, package_id)
    demand(actor, package.project, Role.MANAGER)
    hold_to(package, at, standstill.tender_can_be_suspended)
    if package.suspensions.running().exists():
        raise refused(own_rule(_("本标段已经暂停。")))
    refuse_if(standstill.order_is_not_too_long(package, at, order.ordered_by, order.ends_on))
    runs = package.is_receiving and package.closes_at and at <= package.closes_at
    suspension = Suspension.objects.create(
        package=package,
        number=next_number(package.suspensions),
        reason=publishable(reason, _("理由"), package.project, most=MAX_REASON),
        basis=publishable(basis, _("依据"), package.project, most=200),
        ordered_by=public_or_blank(order.ordered_by, _("责令暂停的部门"), package.project, most=120),
        order_number=public_or_blank(order.order_number, _("文书编号"), package.project, most=80),
        ends_on=order.ends_on,
        suspended_at=at,
        old_due_at=package.closes_at if runs else None,
    )
    if runs:
        move_deadline(package, None)
    record(
        "tender.suspended",
        subject=suspension.path,
        actor=actor,
        at=at,
        facts=suspension.facts(),
        key=suspension.path,
        then=[_paper("suspension", suspension)],
    )
    return suspension


@transaction.atomic(durable=True)
def resume_tender(
    suspension_id: int, *, reason: str, new_due_at: datetime | None = None, actor: User, at: datetime
) -> Suspension:
    """Let a tender go on. Bidders get back the time that was left when it was stopped, at least."""
    suspension = lock(Suspension, suspension_id)
    demand(actor, suspension.project, Role.MANAGER)
    if suspension.resumed_at is not None:
        raise refused(own_rule(_("本标段已经恢复。")))
    refuse_if(standstill.remaining_time_is_left(suspension, at, new_due_at))
    suspension.resume_reason = publishable(reason, _("理由"), suspension.project, most=MAX_REASON)
    suspension.resumed_at = at
    suspension.new_due_at = new_due_at if suspension.old_due_at else None
    suspension.save(update_fields=["resume_reason", "resumed_at", "new_due_at"])
    package = suspension.package
    if suspension.new_due_at and package.is_receiving:
        move_deadline(package, suspension.new_due_at)
    facts = {
        "number": suspension.number,
        "reason": suspension.resume_reason,
        "old_due_at": in_record(suspension.old_due_at),
        "new_due_at": in_record(suspension.new_due_at),
    }
    record(
        "tender.resumed",
        subject=suspension.path,
        actor=actor,
        at=at,
        facts=facts,
        key=f"resumed:{suspension.path}",
        then=[_paper("resumption", suspension)],
    )
    return suspension


def _paper(template: str, suspension: Suspension) -> FollowUp:
    return FollowUp("document", {"template": template, "model": "tenders.suspension", "pk": suspension.pk})
