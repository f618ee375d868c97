"""Acts on a tender: clarifications, the register of bids, and their reading at the opening."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.models import Entry
from ledger.operations import record
from statutes.refusal import ActRefused, unmet
from tenders import gates
from tenders.gates import own_rule, tender
from tenders.law import refuse
from tenders.locking import lock
from tenders.models import Bid, Clarification, Package
from tenders.operations.common import MAX_ANSWER, hold_to, hold_words, publishable, refused
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


@transaction.atomic(durable=True)
def read_bid(
    bid_id: int,
    *,
    price_fen: int,
    duration_days: int,
    quality: str,
    project_manager: str,
    manager_certificate: str,
    bond_fen: int,
    actor: User,
    at: datetime,
    remark: str = "",
) -> Bid:
    """
    Read a bid aloud and write it down (D18).

    A second reading of the same bid is a correction: it says why in ``remark``, and points at the first.
    """
    bid = lock(Bid, bid_id)
    demand(actor, bid.project, Role.MANAGER, Role.CLERK)
    if bid.package.state != Package.State.OPENING or bid.status != Bid.Status.ACCEPTED:
        raise refused(refuse("EV-06", _("只有开标会上、已签收的投标文件可以唱标。"), timezone.localdate(at)))
    if bid.read_at and not remark:
        raise refused(refuse("EV-07", _("这份投标已经唱标；更正须在备注中写明理由。"), timezone.localdate(at)))
    hold_words(bid.project, {_("质量"): quality, _("项目经理"): project_manager, _("备注"): remark})
    read = {
        "price_fen": price_fen,
        "duration_days": duration_days,
        "quality": quality,
        "project_manager": project_manager,
        "manager_certificate": manager_certificate,
        "bond_fen": bond_fen,
        "remark": remark,
    }
    corrected = _reading_of(bid)
    for name, value in read.items():
        setattr(bid, name, value)
    bid.read_at = at
    bid.save(update_fields=[*read, "read_at"])
    facts = {"number": bid.number, "bidder": bid.bidder, **read}
    key = f"read:{bid.path}:{at.isoformat()}"
    record("bid.read", subject=bid.path, actor=actor, at=at, facts=facts, key=key, corrects=corrected)
    return bid


def _reading_of(bid: Bid) -> int | None:
    """Return the entry of the last reading of a bid, if it has been read."""
    return Entry.objects.filter(subject=bid.path, kind="bid.read").values_list("seq", flat=True).order_by("seq").last()
