"""What is done in the opening session."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.models import Entry
from ledger.operations import record
from tenders.law import refuse
from tenders.locking import lock
from tenders.models import Bid, Package
from tenders.operations.common import hold_words, refused
from tenders.rights import Role, demand


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
