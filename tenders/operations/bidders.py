"""What bidders do in the opening session, at the table or by their own accounts: they come, and confirm their line."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from ledger.operations import record
from tenders.gates import project_is_active, session
from tenders.locking import lock
from tenders.models import Bid, BidderAttendance, LineConfirmation, Package
from tenders.operations.common import cleaned, hold_to, public_or_blank, publishable
from tenders.rights import Role, demand
from tenders.session import readings

MAX_NAME = 60
Means = LineConfirmation.Means
COUNTING = (session.line_is_not_confirmed, session.who_is_there_is_not_absent, session.refusal_has_a_reason)


@transaction.atomic(durable=True)
def sign_in_bidder(
    package_id: int,
    *,
    bidder: str,
    credit_code: str,
    representative: str,
    authority: str,
    actor: User,
    at: datetime,
    phone: str = "",
) -> BidderAttendance:
    """Sign a representative in who has come into the room. Before the opening this writes no entry: it is secret."""
    package = lock(Package, package_id)
    demand(actor, package.project, Role.MANAGER, Role.CLERK)
    attendance = BidderAttendance(
        package=package,
        bidder=publishable(bidder, _("投标人"), package.project, most=120),
        credit_code=credit_code,
        representative=cleaned(representative, most=MAX_NAME),
        authority=authority,
        phone=phone,
    )
    return _sign_in(attendance, actor, at)


@transaction.atomic(durable=True)
def attend_opening(
    package_id: int, *, representative: str, authority: str, remote: bool, actor: User, at: datetime
) -> BidderAttendance:
    """Sign in with the bidder's own account, online or in the room. Nothing here tells whether there is a bid."""
    package = lock(Package, package_id)
    company = company_of(actor)
    attendance = BidderAttendance(
        package=package,
        bidder=company.name,
        credit_code=company.credit_code,
        representative=cleaned(representative, most=MAX_NAME),
        authority=authority,
        remote=remote,
        by_account=True,
    )
    return _sign_in(attendance, actor, at)


def _sign_in(attendance: BidderAttendance, actor: User, at: datetime) -> BidderAttendance:
    hold_to(
        attendance,
        at,
        project_is_active,
        session.sign_in_is_open,
        session.bidder_is_not_yet_there,
        session.late_comer_has_bid,
    )
    attendance.signed_in_at, attendance.signed_in_by = at, actor
    attendance.save(force_insert=True)
    if attendance.package.is_opened:
        facts = {"bidder": attendance.bidder, "authority": attendance.authority, "remote": attendance.remote}
        key = f"signed-in:{attendance.path}"
        record("bidder.signed-in", subject=attendance.path, actor=actor, at=at, facts=facts, key=key)
    return attendance


@transaction.atomic(durable=True)
def confirm_line(bid_id: int, *, means: str, actor: User, at: datetime, remark: str = "") -> LineConfirmation:
    """Note at the table what a bidder says to its line: signed, refused and why, or that nobody is there."""
    bid = lock(Bid, bid_id)
    demand(actor, bid.project, Role.MANAGER, Role.CLERK)
    said = remark if means == Means.REFUSED else ""
    return _confirm(bid, means, public_or_blank(said, _("拒绝签字的理由"), bid.project, most=200), actor, at)


@transaction.atomic(durable=True)
def confirm_own_line(bid_id: int, *, actor: User, at: datetime) -> LineConfirmation:
    """Let a bidder confirm its own line from its own account."""
    bid = lock(Bid, bid_id)
    if company_of(actor).credit_code != bid.credit_code:
        raise PermissionDenied(_("只能确认本单位的唱标结果。"))
    return _confirm(bid, Means.ELECTRONIC, "", actor, at)


def _confirm(bid: Bid, means: str, remark: str, actor: User, at: datetime) -> LineConfirmation:
    hold_to(bid, at, project_is_active, session.session_is_open, session.bid_is_read)
    confirmation = LineConfirmation(
        bid=bid, reading=readings(bid.package)[bid.number], means=means, remark=remark, confirmed_at=at
    )
    hold_to(confirmation, at, *COUNTING)
    confirmation.save(force_insert=True)
    facts = {
        "number": bid.number,
        "bidder": bid.bidder,
        "means": means,
        "remark": remark,
        "reading": confirmation.reading,
    }
    key = f"confirmed:{bid.path}:{confirmation.reading}:{means}"
    record("bid.confirmed", subject=bid.path, actor=actor, at=at, facts=facts, key=key)
    return confirmation


def company_of(actor: User) -> Organisation:
    """
    Return for which company somebody acts.

    :raises PermissionDenied: if it is no bidder's account
    """
    if actor.role != Role.BIDDER or not actor.is_active or actor.organisation is None:
        raise PermissionDenied(_("请用投标人的企业账户登录办理。"))
    return actor.organisation
