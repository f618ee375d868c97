"""The register of bids on paper. It writes no entry: the opening reveals it whole (docs/adr/0004)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from statutes.refusal import Refusal
from tenders import gates, register
from tenders.gates import bids as bid_gates
from tenders.gates.placement import Photo
from tenders.locking import lock
from tenders.models import Arrival, Bid, BidBox, BidPhoto, Package, next_number
from tenders.operations.common import cleaned, hold_to, publishable, refuse_if, said_in_chinese
from tenders.rights import Role, demand

HANDS = (Role.MANAGER, Role.CLERK)


def _taking_bids(package_id: int, actor: User, at: datetime, *, replaces: bool = False) -> Package:
    package = lock(Package, package_id)
    demand(actor, package.project, *HANDS)
    are_taken = bid_gates.replacements_are_taken if replaces else bid_gates.bids_are_taken
    hold_to(package, at, gates.project_is_active, are_taken)
    _hold_box(package)
    return package


def _hold_box(package: Package) -> None:
    """Keep the ticks out until this act is done: what was at the door before the last one is bound by it."""
    BidBox.objects.select_for_update(no_key=True).filter(package=package).first()


@transaction.atomic(durable=True)
def note_arrival(package_id: int, *, actor: User, at: datetime) -> Arrival:
    """
    Note the moment at which an envelope is laid on the table. Its line is written afterwards.

    Writes no entry: until the opening it is secret how many bids there are (《招标投标法》第二十二条).
    """
    package = _taking_bids(package_id, actor, at)
    refuse_if(bid_gates.room_for_another(package))
    arrival = Arrival(package=package, arrived_at=at, noted_by=actor)
    arrival.digest = register.digest_of_arrival(arrival)
    arrival.save()
    return arrival


@transaction.atomic(durable=True)
def void_arrival(arrival_id: int, *, reason: str, actor: User, at: datetime) -> Arrival:
    """
    Say why a noted arrival is none: clicked by mistake, or taken away again before its line was written.

    Writes no entry, for the reason of ``note_arrival``; the opening's entry reveals it, with the reason.
    """
    arrival = lock(Arrival, arrival_id)
    demand(actor, arrival.project, *HANDS)
    refuse_if(bid_gates.arrival_is_open(arrival))
    arrival.void_reason, arrival.voided_at = publishable(reason, _("作废的原因"), arrival.project, most=200), at
    arrival.save(update_fields=["void_reason", "voided_at"])
    return arrival


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
    seal_note: str = "",
    photos: Sequence[Photo] = (),
    arrival_id: int | None = None,
    replaces: bool = False,
) -> Bid:
    """
    Enter an envelope into the register: accepted, or refused because it came late or unsealed.

    It came when its arrival was noted, else just now. One that ``replaces`` the bidder's earlier envelope takes its
    place if it is accepted; then the earlier one counts as withdrawn. Writes no entry: until the opening it is secret
    how many bids there are (《招标投标法》第二十二条).

    :raises ActRefused: if the package takes no bids, or the bidder's envelope is there and is not to be replaced; while
        the tender stands still only one that replaces another is taken
    """
    package = _taking_bids(package_id, actor, at, replaces=replaces)
    arrival = Arrival.objects.select_for_update().get(pk=arrival_id, package=package) if arrival_id else None
    arrived_at = arrival.arrived_at if arrival else at
    fault = said_in_chinese(bid_gates.fault_of_envelope, package, credit_code, arrived_at, sealed=sealed)
    standing = package.bids.accepted().filter(credit_code=credit_code).first()
    refuse_if(
        bid_gates.arrival_is_open(arrival),
        None if arrival else bid_gates.room_for_another(package),
        _clash(standing, replaces=replaces),
    )
    if standing and not fault:
        _withdraw(standing, delivered_by, arrived_at)
    bid = Bid.objects.create(
        package=package,
        number=next_number(package.bids),
        bidder=publishable(bidder, _("投标人"), package.project, most=120),
        credit_code=credit_code,
        arrived_at=arrived_at,
        envelopes=envelopes,
        sealed=sealed,
        seal_note=seal_note and publishable(seal_note, _("密封情况"), package.project, most=200),
        delivered_by=delivered_by,
        received_by=actor,
        replaces=None if fault else standing,
        status=Bid.Status.REFUSED if fault else Bid.Status.ACCEPTED,
        refusal_reason=fault,
    )
    BidPhoto.objects.bulk_create(BidPhoto(bid=bid, image=photo.file, sha256=photo.sha256) for photo in photos)
    bid.digest = register.digest_of_line(bid)
    bid.save(update_fields=["digest"])
    if arrival:
        arrival.bid = bid
        arrival.save(update_fields=["bid"])
    return bid


def _clash(standing: Bid | None, *, replaces: bool) -> Refusal | None:
    if bool(standing) == replaces:
        return None
    if standing:
        message = _("该投标人的投标文件已经签收；是来替换的，请选择“替换”，原来的同时退还。")
        return gates.own_rule(message, "duplicate")
    return gates.own_rule(_("该投标人没有可以替换的投标文件。"), "nothing-to-replace")


@transaction.atomic(durable=True)
def withdraw_bid(bid_id: int, *, withdrawn_by: str, actor: User, at: datetime) -> Bid:
    """
    Give an envelope back, unopened, to the bidder who asks for it in writing before the deadline.

    Writes no entry; what is left of it is a line that the opening reveals (《招标投标法》第二十九条).
    """
    bid = lock(Bid, bid_id)
    demand(actor, bid.project, *HANDS)
    hold_to(bid, at, gates.project_is_active, bid_gates.bid_may_be_withdrawn)
    _hold_box(bid.package)
    _withdraw(bid, withdrawn_by, at)
    return bid


def _withdraw(bid: Bid, withdrawn_by: str, at: datetime) -> None:
    bid.status, bid.withdrawn_at, bid.withdrawn_by = Bid.Status.WITHDRAWN, at, cleaned(withdrawn_by, most=60)
    bid.withdrawal_digest = register.digest_of_withdrawal(bid)
    bid.save(update_fields=["status", "withdrawn_at", "withdrawn_by", "withdrawal_digest"])
