"""The register of bids on paper."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from tenders import gates
from tenders.gates import own_rule
from tenders.law import refuse
from tenders.locking import lock
from tenders.models import Bid, Package
from tenders.operations.common import hold_to, publishable, refused
from tenders.rights import Role, demand


@transaction.atomic(durable=True)
def register_bid(
    package_id: int,
    *,
    bidder: str,
    credit_code: str,
    envelopes: int,
    sealed: bool,
    delivered_by: str,
    actor: User,
    at: datetime,
) -> Bid:
    """
    Enter an envelope into the register: accepted, or refused because it came late or unsealed.

    Writes no entry: until the opening it is secret how many bids there are (《招标投标法》第二十二条). The opening
    reveals the whole register.
    """
    package = lock(Package, package_id)
    demand(actor, package.project, Role.MANAGER, Role.CLERK)
    hold_to(package, at, gates.project_is_active)
    if package.state not in {Package.State.ANNOUNCED, Package.State.OPENING} or package.bids_due_at is None:
        raise refused(refuse("EV-02", _("本标段现在不接收投标文件。"), timezone.localdate(at)))
    if package.bids.accepted().filter(credit_code=credit_code).exists():
        raise refused(own_rule(_("该投标人的投标文件已经签收。"), "duplicate"))
    reason = ""
    if at > package.bids_due_at:
        reason = _("投标截止时间后送达")
    elif not sealed:
        reason = _("未按要求密封")
    return Bid.objects.create(
        package=package,
        number=package.bids.count() + 1,
        bidder=publishable(bidder, _("投标人"), package.project, most=120),
        credit_code=credit_code,
        arrived_at=at,
        envelopes=envelopes,
        sealed=sealed,
        delivered_by=delivered_by,
        received_by=actor,
        status=Bid.Status.REFUSED if reason else Bid.Status.ACCEPTED,
        refusal_reason=reason,
    )
