"""Sealed bids in the session: who opens them together, what is the bidder's fault, what nobody can do alone."""

import json
from datetime import timedelta

import pytest

from ledger.clock import real_now
from ledger.models import Entry
from statutes.refusal import ActRefused
from tenders.models import Bid, PeeledWraps, SealedBid
from tenders.operations.decryption import (
    count_as_unread,
    decrypt_bid,
    recover_bid,
    report_undecryptable,
    take_in_peeled_wraps,
    wraps_file,
)
from tenders.sealed_files import path_of
from tenders.sealing.envelopes import new_identity
from tenders.sealing.exchange import PeeledFile, WrapsFile
from tenders.sealing.holding import finish_all, peel_all
from tests.bidding import (
    READING,
    company,
    deliver,
    let_the_deadline_pass,
    open_bids,
    open_tender,
    register_keys,
    sealed_by,
    secrets,
)
from tests.factories import make_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return make_people("a-password-of-tests")


@pytest.fixture
def tender(people):
    register_keys(people, real_now())
    return open_tender(people)


def opened_with(tender, *sealed):
    """Deliver bids that bidders have sealed, let the deadline pass, and open. Return the bids of the register."""
    for bidder, content in sealed:
        deliver(bidder, tender, real_now(), sealed=content)
    let_the_deadline_pass(tender)
    open_bids(tender)
    tender.refresh_from_db()
    return list(tender.bids.all())


def peeled_by_observer(tender, people, holder="observer"):
    """The observer takes the wraps home, peels on the own machine, and brings the result."""
    taken = WrapsFile.parse(wraps_file(tender, "checkpoint").dump())
    peeled = peel_all(taken, secrets()[holder], [("own", real_now())])
    return take_in_peeled_wraps(tender.pk, file=peeled, actor=people.discipline, at=real_now())


@pytest.mark.parametrize(
    ("outer", "inner"), [("observer", "bureau"), ("observer", "escrow"), ("observer-spare", "bureau")]
)
def test_each_pair_opens_and_the_reading_is_what_the_bidder_wrote(people, tender, outer, inner):
    bidder = company(1)
    (bid,) = opened_with(tender, (bidder, sealed_by(bidder, tender)))
    peeled = peeled_by_observer(tender, people, outer)
    (key,) = finish_all(PeeledFile.parse(peeled.content), secrets()[inner]).keys
    decrypt_bid(bid.pk, secret=key.secret, actor=people.clerk, at=real_now())
    bid.refresh_from_db()
    assert (bid.submitted, bid.price_fen, bid.read_at) == (READING.facts(), None, None)
    assert Entry.objects.in_order().last().kind == "bid.decrypted"


def test_the_bureau_alone_opens_nothing_nor_with_the_escrow(people, tender):
    bidder = company(1)
    (bid,) = opened_with(tender, (bidder, sealed_by(bidder, tender)))
    taken = wraps_file(tender, "checkpoint")
    for holder in ("bureau", "escrow"):
        assert not peel_all(taken, secrets()[holder], []).peeled
        with pytest.raises(ActRefused, match="没有任何改动"):
            decrypt_bid(bid.pk, secret=secrets()[holder], actor=people.clerk, at=real_now())
    peeled = PeeledFile.parse(peeled_by_observer(tender, people).content)
    assert not finish_all(peeled, secrets()["observer"]).keys  # nor the observer
    bid.refresh_from_db()
    assert bid.opened_at is None


def test_nothing_is_taken_out_or_in_before_the_opening(people, tender):
    bidder = company(1)
    deliver(bidder, tender, real_now())
    let_the_deadline_pass(tender)
    with pytest.raises(ActRefused, match="开标以后"):
        wraps_file(tender, "checkpoint")
    with pytest.raises(ActRefused, match="只有开标会上"):
        take_in_peeled_wraps(tender.pk, file=PeeledFile(tender.path, ()), actor=people.discipline, at=real_now())
    assert not Bid.objects.exists()


def test_wraps_of_another_tender_or_of_another_bid_are_not_taken_in(people, tender):
    bidder = company(1)
    opened_with(tender, (bidder, sealed_by(bidder, tender)))
    peeled = PeeledFile.parse(peeled_by_observer(tender, people).content)
    for file in (PeeledFile("project/2026-009/package/1", peeled.peeled), PeeledFile(tender.path, ())):
        with pytest.raises(ActRefused):
            take_in_peeled_wraps(tender.pk, file=file, actor=people.discipline, at=real_now())
    assert PeeledWraps.objects.count() == 1


@pytest.mark.parametrize("swapped", [{"tender": "project/2026-009/package/1"}, {"bidder": "91530300MA0000009X"}])
def test_a_bid_that_says_it_is_another_one_counts_as_revoked(people, tender, swapped):
    bidder = company(1)
    other = sealed_by(bidder, tender, inside=swapped)
    head = other.head.__class__(**{**vars(other.head), "tender": tender.path})
    (bid,) = opened_with(tender, (bidder, other._replace(head=head)))
    decrypt_bid(bid.pk, secret=other.secret, actor=people.clerk, at=real_now())
    bid.refresh_from_db()
    assert (bid.status, bid.submitted) == (Bid.Status.REVOKED, None)
    assert Entry.objects.in_order().last().kind == "bid.held-revoked"


def test_a_copied_envelope_is_void_and_the_original_is_not(people, tender):
    bidder, copyist = company(1), company(2)
    sealed = sealed_by(bidder, tender)
    original, copied = opened_with(tender, (bidder, sealed), (copyist, sealed))
    for bid in (copied, original):
        decrypt_bid(bid.pk, secret=sealed.secret, actor=people.clerk, at=real_now())
        bid.refresh_from_db()
    assert (original.status, copied.status) == (Bid.Status.ACCEPTED, Bid.Status.REVOKED)


def test_a_bidder_s_recovery_key_opens_within_half_an_hour(people, tender):
    bidder, at = company(1), real_now()
    sealed = sealed_by(bidder, tender)
    (bid,) = opened_with(tender, (bidder, sealed))
    with pytest.raises(ActRefused, match="30分钟内"):
        recover_bid(bid.pk, secret=sealed.secret, actor=bidder, at=at)
    report_undecryptable(bid.pk, actor=people.clerk, at=at)
    with pytest.raises(ActRefused, match="以前还可以"):
        count_as_unread(bid.pk, by_bidder=True, actor=people.clerk, at=at + timedelta(minutes=30))
    with pytest.raises(ActRefused, match="本单位"):
        recover_bid(bid.pk, secret=sealed.secret, actor=company(2), at=at)
    with pytest.raises(ActRefused, match="没有任何改动"):
        recover_bid(bid.pk, secret=new_identity(), actor=bidder, at=at)
    recover_bid(bid.pk, secret=sealed.secret, actor=bidder, at=at + timedelta(minutes=30))
    bid.refresh_from_db()
    assert bid.submitted == READING.facts()


@pytest.mark.parametrize(
    ("by_bidder", "status", "why"), [(True, "revoked", "因投标人原因"), (False, "withdrawn", "要求责任方赔偿直接损失")]
)
def test_after_half_an_hour_a_bid_that_nobody_opened_takes_no_part(people, tender, by_bidder, status, why):
    bidder, at = company(1), real_now()
    sealed = sealed_by(bidder, tender)
    (bid,) = opened_with(tender, (bidder, sealed))
    report_undecryptable(bid.pk, actor=people.clerk, at=at)
    late = at + timedelta(minutes=30, seconds=1)
    with pytest.raises(ActRefused, match="30分钟内"):
        recover_bid(bid.pk, secret=sealed.secret, actor=bidder, at=late)
    count_as_unread(bid.pk, by_bidder=by_bidder, actor=people.clerk, at=late)
    bid.refresh_from_db()
    assert (bid.status, why in bid.remark) == (status, True)
    assert Entry.objects.in_order().last().kind == f"bid.held-{status}"


def test_a_ciphertext_that_was_spoilt_here_is_never_the_bidder_s_fault(people, tender):
    bidder = company(1)
    sealed = sealed_by(bidder, tender)
    (bid,) = opened_with(tender, (bidder, sealed))
    path_of(SealedBid.objects.get().upload.pk).write_bytes(sealed.payload[:-1] + b"x")
    with pytest.raises(ActRefused, match="这是系统的问题"):
        decrypt_bid(bid.pk, secret=sealed.secret, actor=people.clerk, at=real_now())
    bid.refresh_from_db()
    assert bid.status == Bid.Status.ACCEPTED


def test_the_entry_of_a_decryption_holds_no_price(people, tender):
    bidder = company(1)
    sealed = sealed_by(bidder, tender)
    (bid,) = opened_with(tender, (bidder, sealed))
    decrypt_bid(bid.pk, secret=sealed.secret, actor=people.clerk, at=real_now())
    said = json.dumps(Entry.objects.in_order().last().facts)
    assert str(READING.price_fen) not in said
    assert sealed.secret not in said
