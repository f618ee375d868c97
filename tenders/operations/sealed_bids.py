"""
What a bidder does until the deadline: uploads, delivers, replaces, withdraws.

None of it writes an entry: that somebody bids is under embargo (EM-06). What binds the bureau is the receipt, and the
tick that the receipt names.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from uuid import UUID

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from statutes.refusal import Refusal
from tenders import gates, sealed_files
from tenders.gates import own_rule
from tenders.gates.sealed import (
    is_sealed_as_demanded,
    no_paper_bid_stands,
    tender_takes_sealed_bids,
    too_late,
)
from tenders.models import BidUpload, Package, SealedBid, SealedBidQuerySet
from tenders.operations.common import hold_to, refuse_if, refused
from tenders.rights import Role, demand_role
from tenders.sealing.faults import SealBroken
from tenders.sealing.head import Head, check_head, check_payload

BOX_CLOSED = "BB001"  # the database's code, see sql/sealed_bids.sql
PIECE = 1024 * 1024  # bytes that are sent at once, at most
MOST_UPLOADS = 20  # of one bidder in a day
KEPT = timedelta(days=2)  # what was begun and never delivered


@transaction.atomic(durable=True)
def begin_upload(package_id: int, *, head: str, actor: User, at: datetime) -> BidUpload:
    """
    Take the head of a sealed bid, and let its payload come. Drafting: nothing counts before it is delivered.

    The same head again gets the upload that it has already, which goes on where it broke.

    :raises ActRefused: if the tender takes none, or it is not sealed as demanded: before anything large is sent
    """
    organisation = _company_of(actor)
    package = Package.objects.select_related("project", "bid_box").get(pk=package_id)
    hold_to(package, at, gates.project_is_active, tender_takes_sealed_bids)
    try:
        parsed = Head.parse(head.encode())
        check_head(parsed, tender=package.path, keys=package.bid_box.keys.as_keys())
    except SealBroken as e:
        raise refused(is_sealed_as_demanded(e.fault, at)) from e
    mine = BidUpload.objects.filter(organisation=organisation)
    if known := mine.filter(package=package, head=head).first():
        return known
    if mine.filter(begun_at__gt=at - timedelta(days=1)).count() >= MOST_UPLOADS:
        raise refused(own_rule(_("今天上传的次数太多了，请明天再试，或者打电话联系我们。"), "too-many"))
    return BidUpload.objects.create(
        package=package, organisation=organisation, user=actor, head=head, size=parsed.size, begun_at=at
    )


@transaction.atomic(durable=True)
def add_piece(upload_id: UUID, *, offset: int, piece: bytes, actor: User, at: datetime) -> BidUpload:
    """
    Put the next piece of a payload behind the others, and check the whole when it is complete.

    A piece that came before, or does not fit behind the last one, changes nothing: the answer says where to go on.

    :raises ActRefused: if what has come is not what the head says
    """
    upload = BidUpload.objects.select_for_update().get(pk=upload_id, organisation=_company_of(actor))
    fits = offset == upload.received and not upload.is_complete and len(piece) <= PIECE
    if not fits or offset + len(piece) > upload.size:
        return upload
    sealed_files.write_piece(upload.pk, offset, piece)
    upload.received += len(piece)
    if upload.received == upload.size:
        _check_whole(upload, at)
        upload.checked_at = at
    upload.save(update_fields=["received", "checked_at"])
    return upload


def _check_whole(upload: BidUpload, at: datetime) -> None:
    beginning, digest = sealed_files.beginning_of(upload.pk), sealed_files.digest_of(upload.pk)
    try:
        check_payload(upload.parsed_head(), beginning=beginning, size=upload.received, sha256=digest)
    except SealBroken as e:
        raise refused(is_sealed_as_demanded(e.fault, at)) from e


@transaction.atomic(durable=True)
def deliver_sealed_bid(upload_id: UUID, *, actor: User, at: datetime) -> SealedBid:
    """
    Deliver an uploaded bid: one small request, judged by the database's clock. It replaces the bidder's earlier one.

    The same upload again returns the bid that it has become. Whoever replaces a bid has the old one until the new one
    is in: both happen, or neither.

    :raises ActRefused: if the deadline has passed, as the database says
    """
    organisation = _locked(_company_of(actor))
    uploads = BidUpload.objects.select_related("package__project", "delivered", "package__bid_box")
    # Locked, lest it be thrown away as too old in the same moment.
    upload = uploads.select_for_update(of=("self",), no_key=True).get(pk=upload_id, organisation=organisation)
    if upload.delivered:
        return upload.delivered
    hold_to(upload.package, at, gates.project_is_active)
    refuse_if(no_paper_bid_stands(upload.package, organisation.credit_code))
    if not upload.is_complete:
        raise refused(own_rule(_("文件还没有全部传到，请接着上传。"), "incomplete"))
    head = upload.parsed_head()
    refuse_if(_keys_were_replaced(head, upload.package))
    with _by_the_database_s_clock(at):
        _withdraw(SealedBid.objects.standing().filter(package=upload.package, credit_code=organisation.credit_code), at)
        sealed = SealedBid.objects.create(
            package=upload.package,
            organisation=organisation,
            submitted_by=actor,
            bidder=organisation.name,
            credit_code=organisation.credit_code,
            head=upload.head,
            head_sha256=sha256(upload.head.encode()).hexdigest(),
            bid_key=head.bid_key,
            payload_sha256=head.payload_sha256,
        )
    BidUpload.objects.filter(pk=upload.pk).update(delivered=sealed)
    sealed.refresh_from_db()
    return sealed


def _keys_were_replaced(head: Head, package: Package) -> Refusal | None:
    """Ask once more to whose keys it is sealed: one may have been replaced while the payload was on its way."""
    try:
        check_head(head, tender=package.path, keys=package.bid_box.keys.as_keys())
    except (SealBroken, KeyError):
        return own_rule(_("开标密钥已经更换，请刷新页面，重新密封后再递交。"), "keys")
    return None


@transaction.atomic(durable=True)
def withdraw_sealed_bid(sealed_bid_id: UUID, *, actor: User, at: datetime) -> SealedBid:
    """
    Take a bid back before the deadline, or while the tender stands still (《招标投标法》第二十九条). Again, it changes
    nothing.

    :raises ActRefused: if the deadline has passed, as the database says
    """
    _locked(_company_of(actor))
    sealed = SealedBid.objects.of(actor.organisation).get(pk=sealed_bid_id)
    if sealed.is_standing:
        with _by_the_database_s_clock(at):
            _withdraw(SealedBid.objects.filter(pk=sealed.pk), at)
        sealed.refresh_from_db()
    return sealed


@transaction.atomic(durable=True)
def throw_away_undelivered(*, at: datetime) -> None:
    """Throw away what was uploaded and not delivered within days: the rows first, so that none is without its file."""
    old = BidUpload.objects.filter(delivered=None, begun_at__lt=at - KEPT)
    for upload in old.select_for_update(of=("self",), skip_locked=True):
        transaction.on_commit(partial(sealed_files.forget, upload.pk))
        upload.delete()


def _withdraw(found: SealedBidQuerySet, at: datetime) -> None:
    """Mark bids as withdrawn. The moment that is kept is not ours: the database puts its own in the place of it."""
    found.update(withdrawn_at=at)


@contextmanager
def _by_the_database_s_clock(at: datetime) -> Iterator[None]:
    """Put into words that the database has refused an act as late."""
    try:
        yield
    except DatabaseError as e:
        if getattr(e.__cause__, "sqlstate", "") == BOX_CLOSED:
            raise refused(too_late(at)) from e
        raise


def _company_of(actor: User) -> Organisation:
    demand_role(actor, Role.BIDDER)
    organisation = actor.organisation
    if organisation is None or organisation.kind != Organisation.Kind.COMPANY:
        raise refused(own_rule(_("您的账户还没有所属的投标单位。"), "no-company"))
    return organisation


def _locked(organisation: Organisation) -> Organisation:
    """One act of a bidder at a time: two that replace at once would else both find nothing to replace."""
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
