"""
Opening sealed bids in the session: the observer peels, the bureau finishes, the server checks and reads.

The secret halves stay with their holders. What comes here are peeled wraps, and then the key of each single bid.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.operations import record
from statutes.refusal import Refusal
from tenders import sealed_files
from tenders.gates import own_rule
from tenders.gates.sealed import BIDDER_S_FAULTS, bid_is_to_be_decrypted, remedy_is_open, remedy_is_over
from tenders.locking import lock
from tenders.models import Bid, Package, PeeledWraps, SealedBid, SealedBidQuerySet
from tenders.operations.common import hold_to, refused
from tenders.rights import Role, demand, demand_role
from tenders.sealing.content import Content
from tenders.sealing.exchange import PeeledFile, WrappedBid, WrapsFile
from tenders.sealing.faults import Fault, SealBroken
from tenders.sealing.opening import checked_secret, open_payload

# Why a bid stayed closed, by whether it was its bidder's doing: a fact of the record, like all others in Chinese
WHY = {
    True: "因投标人原因未能解密",
    False: "因投标人之外的原因未能解密；投标人有权要求责任方赔偿直接损失",
}


@transaction.atomic(durable=True)
def take_in_peeled_wraps(package_id: int, *, file: PeeledFile, actor: User, at: datetime) -> PeeledWraps:
    """
    Take in what the observer's tool has left of the wraps. It opens nothing alone.

    An observer hands it in himself, or a clerk enters what was brought on a stick. A wrap that the observer's key did
    not open is missing, which is for the keys of another pair, or for the bidder's own, to make good.

    :raises ActRefused: if the bids are not opened yet, or the file is of another tender
    """
    package = lock(Package, package_id)
    demand_role(actor, Role.OBSERVER, Role.MANAGER, Role.CLERK)
    if package.state != Package.State.OPENING:
        raise refused(own_rule(_("只有开标会上可以提交已解的外层。")))
    waiting = {sealed.bid.number: sealed.bid_key for sealed in _waiting(package) if sealed.bid}
    if file.tender != package.path or any(waiting.get(one.number) != one.bid_key for one in file.peeled):
        raise refused(own_rule(_("这份文件不是本标段的，或者与密封的投标对不上。"), "wraps"))
    if not file.peeled:
        raise refused(own_rule(_("文件里没有解开任何一份：所用的钥匙不是公告的监督方密钥。"), "wraps"))
    peeled = PeeledWraps.objects.create(package=package, content=file.dump(), peeled_by=actor, peeled_at=at)
    facts = {"pairs": sorted({one.pair for one in file.peeled}), "bids": len({one.number for one in file.peeled})}
    key = f"peeled:{package.path}:{peeled.pk}"
    record("wraps.peeled", subject=package.path, actor=actor, at=at, facts=facts, key=key)
    return peeled


def wraps_file(package: Package, checkpoint: str) -> WrapsFile:
    """
    Return what the observer takes to his own machine: the wraps of all bids that wait to be decrypted.

    :raises ActRefused: before the opening
    """
    if package.state != Package.State.OPENING or package.bids_due_at is None:
        raise refused(own_rule(_("开标以后才能取出密封的密钥。")))
    bids = [
        WrappedBid(sealed.bid.number, sealed.bid_key, sealed.parsed_head().wraps)
        for sealed in _waiting(package)
        if sealed.bid
    ]
    return WrapsFile(package.path, package.bids_due_at, checkpoint, tuple(bids))


def _waiting(package: Package) -> SealedBidQuerySet:
    """The sealed bids that take part in the opening and are not decrypted yet, in the order of their numbers."""
    found = package.sealed_bids.select_related("bid").order_by("bid__number")
    return found.filter(bid__status=Bid.Status.ACCEPTED, bid__opened_at=None)


@transaction.atomic(durable=True)
def decrypt_bid(bid_id: int, *, secret: str, actor: User, at: datetime) -> Bid:
    """
    Open one sealed bid with its own key, and fill in what the bidder has written to be read aloud.

    What cannot be read, or is not what it was delivered as, counts as revoked if that is the bidder's doing (E20 31).

    :raises ActRefused: if the key is not this bid's: then nothing has changed, and another key may be tried
    """
    bid = lock(Bid, bid_id)
    demand(actor, bid.project, Role.MANAGER, Role.CLERK)
    hold_to(bid, at, bid_is_to_be_decrypted)
    return _open(bid, secret, actor=actor, at=at)


@transaction.atomic(durable=True)
def recover_bid(bid_id: int, *, secret: str, actor: User, at: datetime) -> Bid:
    """
    Let a bidder open the own bid with the recovery key, within half an hour after it could not be opened otherwise.

    :raises ActRefused: if it is too late, or not this bid's key
    """
    bid = lock(Bid, bid_id)
    demand_role(actor, Role.BIDDER)
    if bid.organisation_id is None or bid.organisation_id != actor.organisation_id:
        raise refused(own_rule(_("只能解密本单位的投标。"), "not-yours"))
    hold_to(bid, at, bid_is_to_be_decrypted)
    hold_to(bid.sealed_bid, at, remedy_is_open)
    return _open(bid, secret, actor=actor, at=at)


@transaction.atomic(durable=True)
def report_undecryptable(bid_id: int, *, actor: User, at: datetime) -> Bid:
    """Say in public that a bid does not open with its wraps. Its bidder has half an hour from now on to open it."""
    bid = lock(Bid, bid_id)
    demand(actor, bid.project, Role.MANAGER, Role.CLERK)
    hold_to(bid, at, bid_is_to_be_decrypted)
    sealed = _sealed(bid)
    if sealed.failed_at:
        raise refused(own_rule(_("已经登记过不能解密。")))
    sealed.failed_at = at
    sealed.save(update_fields=["failed_at"])
    facts = {"number": bid.number, "bidder": bid.bidder}
    record("bid.undecryptable", subject=bid.path, actor=actor, at=at, facts=facts, key=f"undecryptable:{bid.path}")
    return bid


@transaction.atomic(durable=True)
def count_as_unread(bid_id: int, *, by_bidder: bool, actor: User, at: datetime) -> Bid:
    """
    Let a bid that nobody could open take no part, once its bidder's half hour is over.

    It counts as revoked if that was the bidder's doing, else (keys were lost) as withdrawn, and the bidder may ask for
    damages. Source: 《电子招标投标办法》第三十一条.
    """
    bid = lock(Bid, bid_id)
    demand(actor, bid.project, Role.MANAGER, Role.CLERK)
    hold_to(bid, at, bid_is_to_be_decrypted)
    hold_to(_sealed(bid), at, remedy_is_over)
    return _unread(bid, WHY[by_bidder], by_bidder=by_bidder, actor=actor, at=at)


def _open(bid: Bid, secret: str, *, actor: User, at: datetime) -> Bid:
    """Check, decrypt and record. Requires the locks of the bid."""
    sealed = _sealed(bid)
    try:
        secret = checked_secret(secret, sealed.bid_key)
        content = _content(sealed, secret)
    except SealBroken as e:
        if e.fault not in BIDDER_S_FAULTS:
            raise refused(_not_the_bidder_s(e.fault)) from e
        return _unread(bid, str(BIDDER_S_FAULTS[e.fault]), by_bidder=True, actor=actor, at=at)
    if _has_an_elder_twin(sealed, content.nonce):
        return _unread(bid, str(_("与先送达的另一份投标内容相同")), by_bidder=True, actor=actor, at=at)
    sealed.secret, sealed.nonce = secret, content.nonce
    sealed.save(update_fields=["secret", "nonce"])
    bid.submitted, bid.opened_at = content.reading.facts(), at
    bid.save(update_fields=["submitted", "opened_at"])
    record("bid.decrypted", subject=bid.path, actor=actor, at=at, facts=_facts(bid), key=f"decrypted:{bid.path}")
    return bid


def _content(sealed: SealedBid, secret: str) -> Content:
    payload = sealed_files.read(sealed.upload.pk)
    return open_payload(sealed.parsed_head(), payload, secret, bidder=sealed.credit_code)


def _has_an_elder_twin(sealed: SealedBid, nonce: str) -> bool:
    others = SealedBid.objects.filter(package=sealed.package_id).exclude(pk=sealed.pk).exclude(bid=None)
    elder = others.filter(received_at__lte=sealed.received_at)
    return elder.filter(payload_sha256=sealed.payload_sha256).exists() or elder.filter(nonce=nonce).exists()


def _not_the_bidder_s(fault: Fault) -> Refusal:
    if fault == Fault.DIGEST:
        return own_rule(_("本系统保管的密文与签收时的指纹不符：这是系统的问题，请立即停止并核对账本。"), "kept-wrong")
    return own_rule(_("这不是这份投标的密钥，没有任何改动。请换一组钥匙再试。"), "wrong-key")


def _unread(bid: Bid, why: str, *, by_bidder: bool, actor: User, at: datetime) -> Bid:
    bid.status, bid.remark = Bid.Status.REVOKED if by_bidder else Bid.Status.WITHDRAWN, why
    bid.save(update_fields=["status", "remark"])
    facts = _facts(bid) | {"remark": why}
    kind = f"held-{bid.status}"
    record(f"bid.{kind}", subject=bid.path, actor=actor, at=at, facts=facts, key=f"{kind}:{bid.path}")
    return bid


def _facts(bid: Bid) -> dict[str, Any]:
    return {"number": bid.number, "bidder": bid.bidder, "sha256": _sealed(bid).payload_sha256}


def _sealed(bid: Bid) -> SealedBid:
    return SealedBid.objects.select_related("upload").get(bid=bid)
