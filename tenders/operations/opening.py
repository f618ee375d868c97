"""
What the chair's table does in the opening session: seals, envelopes, readings, the reserve price, signatures.

Each act is on record at its minute. What was wrong is done again with a reason; the first one stays beside it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.models import Entry
from ledger.operations import record
from statutes.refusal import ActRefused, unmet
from tenders.gates import project_is_active, session
from tenders.law import day, refuse
from tenders.locking import lock
from tenders.models import Bid, Opening, Package, facts_of
from tenders.operations.common import hold_to, hold_words, public_or_blank, publishable, refused
from tenders.rights import Role, demand
from tenders.session import reading_of

MAX_REASON = 200
READ = (
    "price_fen", "duration_days", "quality", "project_manager", "manager_certificate", "bond_fen", "remark",
)  # fmt: skip


@dataclass(frozen=True)
class Scan:
    """The signed record as it was scanned. It is kept from the public; its digest is not."""

    file: ContentFile
    sha256: str


def _at_the_table(package_id: int, actor: User, at: datetime) -> Package:
    """Lock the package of a session that is going on, for those who run it."""
    package = lock(Package, package_id)
    demand(actor, package.project, Role.MANAGER, Role.CLERK)
    hold_to(package, at, project_is_active, session.session_is_open)
    return package


@transaction.atomic(durable=True)
def check_seals(
    package_id: int,
    *,
    seals_checker: str,
    seals_finding: str,
    actor: User,
    at: datetime,
    seals_checked_by: str = "",
    broken_seals: Collection[int] = (),
    reason: str = "",
) -> Opening:
    """
    Write down who has checked the seals in front of all, and what was found: by their numbers those that are broken.

    A second check corrects the first, with a reason.
    """
    package = _at_the_table(package_id, actor, at)
    opening = package.opening
    opening.seals_checker, opening.broken_seals = seals_checker, sorted(broken_seals)
    opening.seals_checked_by = public_or_blank(seals_checked_by, _("密封检查人"), package.project, most=120)
    opening.seals_finding = publishable(seals_finding, _("密封检查结果"), package.project, most=MAX_REASON)
    if reasons := unmet((session.checker_is_no_party, session.only_paper_has_seals), opening, at) + unmet(
        (session.seals_were_checked_before_opening,), package, at
    ):
        raise ActRefused(reasons)
    opening.seals_checked_at = at
    names = ("seals_checker", "seals_checked_by", "seals_finding", "broken_seals")
    opening.save(update_fields=[*names, "seals_checked_at"])
    return _recorded(opening, "seals.checked", facts_of(opening, names), actor, at, reason=reason)


@transaction.atomic(durable=True)
def open_envelope(bid_id: int, *, actor: User, at: datetime) -> Bid:
    """Cut the envelope of one bid on paper in front of all. An electronic one is opened by its keys."""
    bid = lock(Bid, bid_id)
    demand(actor, bid.project, Role.MANAGER, Role.CLERK)
    hold_to(
        bid,
        at,
        project_is_active,
        session.session_is_open,
        session.bid_takes_part,
        session.envelope_is_closed,
        session.seals_are_checked,
        session.the_one_before_is_read,
    )
    bid.opened_at = at
    bid.save(update_fields=["opened_at"])
    facts = {"number": bid.number, "bidder": bid.bidder, "intact": bid.number not in bid.package.opening.broken_seals}
    record("bid.opened", subject=bid.path, actor=actor, at=at, facts=facts, key=f"opened:{bid.path}")
    return bid


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
    Read a bid aloud and write it down (D18). What was decrypted is read as it stands.

    A second reading of the same bid is a correction: it says why in ``remark``, and points at the first.
    """
    bid = lock(Bid, bid_id)
    demand(actor, bid.project, Role.MANAGER, Role.CLERK)
    hold_to(bid, at, project_is_active, session.session_is_open, session.bid_takes_part, session.bid_is_opened)
    if bid.read_at and not remark:
        raise refused(refuse("EV-07", _("这份投标已经唱标；更正须在备注中写明理由。"), day(at)))
    hold_words(bid.project, {_("质量"): quality, _("项目经理"): project_manager, _("备注"): remark})
    values = (price_fen, duration_days, quality, project_manager, manager_certificate, bond_fen, remark)
    for name, value in zip(READ, values, strict=True):
        setattr(bid, name, value)
    hold_to(bid, at, session.reading_is_what_was_submitted)
    bid.read_at = at
    bid.save(update_fields=[*READ, "read_at"])
    facts = {"number": bid.number, "bidder": bid.bidder, **facts_of(bid, READ)}
    key = f"read:{bid.path}:{at.isoformat()}"
    record("bid.read", subject=bid.path, actor=actor, at=at, facts=facts, key=key, corrects=reading_of(bid))
    return bid


@transaction.atomic(durable=True)
def announce_reserve_price(
    package_id: int, *, reserve_price_fen: int, actor: User, at: datetime, reason: str = ""
) -> Opening:
    """Take the reserve price (标底) out of its envelope and tell it to all (TBR 50)."""
    package = lock(Package, package_id)
    demand(actor, package.project, Role.MANAGER, Role.CLERK)
    hold_to(package, at, project_is_active, session.reserve_price_may_be_told, session.reserve_price_is_set)
    opening = package.opening
    opening.reserve_price_fen, opening.reserve_announced_at = reserve_price_fen, at
    opening.save(update_fields=["reserve_price_fen", "reserve_announced_at"])
    facts = {"reserve_price_fen": reserve_price_fen}
    return _recorded(opening, "reserve-price.announced", facts, actor, at, reason=reason)


@transaction.atomic(durable=True)
def sign_record(
    package_id: int,
    *,
    signers: Collection[str],
    actor: User,
    at: datetime,
    scan: Scan | None = None,
    reason: str = "",
) -> Opening:
    """Note who has signed the record of the session; keep the scan of the sheets. Whoever changes it asks anew."""
    package = _at_the_table(package_id, actor, at)
    opening = package.opening
    opening.signers = [office for office in Opening.Signer.values if office in signers]
    if reasons := unmet(session.READY_TO_SIGN, package, at) + unmet((session.every_office_signs,), opening, at):
        raise ActRefused(reasons)
    opening.signed_at = at
    if scan:
        opening.signed_scan, opening.signed_scan_sha256 = scan.file, scan.sha256
    opening.save(update_fields=["signers", "signed_at", "signed_scan", "signed_scan_sha256"])
    facts = {"signers": opening.signers, "scan_sha256": opening.signed_scan_sha256}
    return _recorded(opening, "opening.signed", facts, actor, at, reason=reason)


def _recorded(opening: Opening, kind: str, facts: dict[str, Any], actor: User, at: datetime, *, reason: str) -> Opening:
    """
    Record an act on a session. Done again, it corrects the earlier one.

    :raises ActRefused: if it is done again without a reason
    """
    subject, project = opening.package.path, opening.package.project
    earlier = Entry.objects.filter(subject=subject, kind=kind).order_by("seq").last()
    if earlier and not reason.strip():
        raise refused(refuse("EV-07", _("这一项已经记录；更正须写明理由，原来的记录一直保留。"), day(at)))
    facts |= {"reason": public_or_blank(reason, _("更正的理由"), project, most=MAX_REASON)}
    key, corrects = f"{kind}:{subject}:{at.isoformat()}", earlier.seq if earlier else None
    record(kind, subject=subject, actor=actor, at=at, facts=facts, key=key, corrects=corrects)
    return opening
