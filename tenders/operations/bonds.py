"""
The register of bid bonds. Who pays one is who bids, so it writes no entry until all have gone back (EM-05).

That all are back is announced with the contract (``contracts.operations.return_bonds``), or here if the tender failed.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.models import Entry
from ledger.operations import record
from statutes.refusal import Refusal
from tenders import gates
from tenders.gates import bonds as bond_gates
from tenders.gates import own_rule
from tenders.law import day
from tenders.locking import lock
from tenders.models import BidBond, Package, facts_of
from tenders.operations.common import hold_to, publishable, refuse_if, refused
from tenders.rights import Role, demand

KIND = "bonds.returned"
HANDS = (Role.MANAGER, Role.CLERK)


@transaction.atomic(durable=True)
def receive_bond(draft: BidBond, *, actor: User, at: datetime) -> BidBond:
    """Enter a bid bond that came in. ``draft`` is not saved yet."""
    draft.package = lock(Package, draft.package_id)
    demand(actor, draft.project, *HANDS)
    draft.entered_by, draft.bidder = actor, publishable(draft.bidder, _("投标人"), draft.project, most=120)
    hold_to(
        draft,
        at,
        gates.project_is_active,
        bond_gates.bonds_are_asked,
        bond_gates.bond_is_no_second_one,
        bond_gates.money_comes_from_the_basic_account,
        bond_gates.bond_lasts_as_long_as_the_bid,
    )
    refuse_if(_in_the_future(draft.received_on, at))
    draft.save(force_insert=True)
    return draft


@transaction.atomic(durable=True)
def return_bond(
    bond_id: int, *, returned_on: date, actor: User, at: datetime, interest_fen: int | None = None
) -> BidBond:
    """Enter that a bond went back to its payer, with the bank's interest if it was money."""
    bond = _open_bond(bond_id, actor, at)
    bond.returned_on, bond.interest_fen = returned_on, interest_fen
    hold_to(bond, at, bond_gates.bond_may_go_back, bond_gates.bond_need_not_be_kept, bond_gates.interest_is_paid)
    refuse_if(_in_the_future(returned_on, at))
    bond.save(update_fields=["returned_on", "interest_fen"])
    return bond


@transaction.atomic(durable=True)
def keep_bond(bond_id: int, *, reason: str, actor: User, at: datetime) -> BidBond:
    """Enter that a bond is not given back, and why: the public reads it when the return of all is announced."""
    bond = _open_bond(bond_id, actor, at)
    hold_to(bond, at, bond_gates.bond_may_be_kept)
    bond.kept_on, bond.kept_reason = day(at), publishable(reason, _("理由"), bond.project, most=200)
    bond.save(update_fields=["kept_on", "kept_reason"])
    return bond


def _open_bond(bond_id: int, actor: User, at: datetime) -> BidBond:
    bond = lock(BidBond, bond_id)
    demand(actor, bond.project, *HANDS)
    hold_to(bond, at, bond_gates.bond_is_open)
    return bond


def _in_the_future(on: date, at: datetime) -> Refusal | None:
    if on <= day(at):
        return None
    return own_rule(_("日期不能晚于今天：发生以后再登记。"), "future")


@transaction.atomic(durable=True)
def announce_refunds(package_id: int, *, actor: User, at: datetime) -> Entry:
    """
    Tell the public that after a failed tender all bonds are back (TBR 31).

    Of a tender that was never opened it stays secret who had paid, and how many.
    """
    package = lock(Package, package_id)
    demand(actor, package.project, *HANDS)
    if package.state != Package.State.FAILED or Entry.objects.filter(kind=KIND, subject=package.path).exists():
        raise refused(own_rule(_("招标失败或者终止以后才公告，且只公告一次。")))
    hold_to(package, at, bond_gates.bonds_are_settled)
    return record(
        KIND, subject=package.path, actor=actor, at=at, facts=settlement(package), key=f"bonds:{package.path}"
    )


def settlement(package: Package) -> dict[str, Any]:
    """Return what the public reads of a package's bonds once all are settled; names only after an opening."""
    bonds = list(package.bonds.all())
    last = max(on for bond in bonds if (on := bond.returned_on or bond.kept_on))
    facts: dict[str, Any] = {"returned_on": last.isoformat()}
    if package.is_opened:
        names = ("bidder", "form", "amount_fen", "interest_fen", "returned_on", "kept_reason")
        facts["bonds"] = [facts_of(bond, names) for bond in bonds]
    return facts
