"""A sealed bid from the upload to the box: what is refused, what replaces what, and whose clock counts."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError

from ledger.clock import real_now
from ledger.models import Entry
from statutes.refusal import ActRefused
from tenders import sealed_files
from tenders.audit.boxes import check_boxes
from tenders.models import Bid, BidBox, BidUpload, SealedBid
from tenders.operations.bid_boxes import tick_boxes
from tenders.operations.bids import register_bid
from tenders.operations.sealed_bids import (
    PIECE,
    add_piece,
    begin_upload,
    deliver_sealed_bid,
    throw_away_undelivered,
    withdraw_sealed_bid,
)
from tenders.operations.standstill import resume_tender, suspend_tender
from tenders.operations.trustee_keys import register_trustee_key, replace_keys, revoke_trustee_key
from tenders.sealing.content import File
from tenders.sealing.envelopes import new_identity, recipient_of
from tests.bidding import (
    company,
    deliver,
    due_at,
    let_the_deadline_pass,
    open_bids,
    open_tender,
    register_keys,
    sealed_by,
    upload,
)
from tests.factories import make_people
from tests.racing import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return make_people("a-password-of-tests")


@pytest.fixture
def package(people):
    register_keys(people, real_now())
    return open_tender(people)


@pytest.fixture
def bidder():
    return company(1)


@pytest.mark.rule("EV-02")
@pytest.mark.parametrize(("seconds", "taken"), [(60, True), (-1, False)])
def test_the_database_s_clock_judges_whether_a_bid_is_late(package, bidder, seconds, taken):
    at = real_now()
    waiting = upload(bidder, package, sealed_by(bidder, package), at)
    due_at(package, real_now() + timedelta(seconds=seconds))
    if taken:
        sealed = deliver_sealed_bid(waiting.pk, actor=bidder, at=at)
        assert at < sealed.received_at <= real_now()
    else:
        with pytest.raises(ActRefused, match="投标截止时间已过"):
            deliver_sealed_bid(waiting.pk, actor=bidder, at=at - timedelta(days=1))  # whatever the caller says
        assert not SealedBid.objects.exists()


def test_a_bid_that_comes_leaves_no_entry_and_names_its_tick(package, bidder):
    before = Entry.objects.count()
    sealed = deliver(bidder, package, real_now())
    assert Entry.objects.count() == before
    assert (sealed.tick, sealed.is_standing) == (1, True)


def test_a_broken_line_goes_on_where_it_broke(package, bidder):
    at = real_now()
    sealed = sealed_by(bidder, package, files=[File("图纸.pdf", "application/pdf", bytes(1_500_000))])
    begun = begin_upload(package.pk, head=sealed.head.to_bytes().decode(), actor=bidder, at=at)

    def send(offset, end):
        return add_piece(begun.pk, offset=offset, piece=sealed.payload[offset:end], actor=bidder, at=at)

    assert send(0, PIECE).received == PIECE
    assert send(0, PIECE).received == PIECE  # the answer was lost, and the piece comes again
    assert send(2 * PIECE, 3 * PIECE).received == PIECE  # one that does not fit changes nothing
    sealed_files.write_piece(begun.pk, PIECE, b"half a piece of an attempt that died")
    while not (begun := send(begun.received or PIECE, begun.received + PIECE)).is_complete:
        pass
    assert sealed_files.read(begun.pk) == sealed.payload


def test_what_is_not_sealed_as_announced_is_refused_before_it_is_sent(people, package, bidder):
    other = open_tender(people, 2)
    sealed, at = sealed_by(bidder, package), real_now()
    stale = sealed_by(bidder, other)
    for head, words in (("{}", "格式不对"), (stale.head.to_bytes().decode(), "另一个标段")):
        with pytest.raises(ActRefused, match=words):
            begin_upload(package.pk, head=head, actor=bidder, at=at)
    spoilt = bytearray(sealed.payload)
    spoilt[-1] ^= 1
    begun = begin_upload(package.pk, head=sealed.head.to_bytes().decode(), actor=bidder, at=at)
    with pytest.raises(ActRefused, match="指纹不符"):
        add_piece(begun.pk, offset=0, piece=bytes(spoilt), actor=bidder, at=at)


def test_half_a_bid_is_not_delivered(package, bidder):
    sealed, at = sealed_by(bidder, package), real_now()
    begun = begin_upload(package.pk, head=sealed.head.to_bytes().decode(), actor=bidder, at=at)
    with pytest.raises(ActRefused, match="还没有全部传到"):
        deliver_sealed_bid(begun.pk, actor=bidder, at=at)


def test_what_is_not_delivered_within_two_days_is_thrown_away_and_nothing_else(
    package, bidder, django_capture_on_commit_callbacks
):
    at = real_now()
    kept = deliver(bidder, package, at)
    left = upload(bidder, package, sealed_by(bidder, package), at)
    throw_away_undelivered(at=at + timedelta(days=2))
    assert BidUpload.objects.count() == 2
    with django_capture_on_commit_callbacks(execute=True):
        throw_away_undelivered(at=at + timedelta(days=2, seconds=1))
    assert BidUpload.objects.get() == kept.upload
    assert (sealed_files.path_of(kept.upload.pk).is_file(), sealed_files.path_of(left.pk).is_file()) == (True, False)


def test_a_second_bid_replaces_the_first_and_a_second_click_changes_nothing(package, bidder):
    first = deliver(bidder, package, real_now())
    waiting = upload(bidder, package, sealed_by(bidder, package), real_now())
    second = deliver_sealed_bid(waiting.pk, actor=bidder, at=real_now())
    assert deliver_sealed_bid(waiting.pk, actor=bidder, at=real_now()) == second
    first.refresh_from_db()
    assert not first.is_standing
    assert list(SealedBid.objects.standing()) == [second]


def test_a_bid_is_taken_back_before_the_deadline_and_not_after(package, bidder):
    sealed = deliver(bidder, package, real_now())
    let_the_deadline_pass(package)
    with pytest.raises(ActRefused, match="不能再递交或者撤回"):
        withdraw_sealed_bid(sealed.pk, actor=bidder, at=real_now())
    due_at(package, real_now() + timedelta(hours=1))
    taken_back = withdraw_sealed_bid(sealed.pk, actor=bidder, at=real_now())
    assert withdraw_sealed_bid(sealed.pk, actor=bidder, at=real_now()).withdrawn_at == taken_back.withdrawn_at
    assert not SealedBid.objects.standing().exists()


def test_nobody_touches_another_bidder_s_bid(people, package, bidder):
    sealed, stranger = deliver(bidder, package, real_now()), company(2)
    with pytest.raises(SealedBid.DoesNotExist):
        withdraw_sealed_bid(sealed.pk, actor=stranger, at=real_now())
    with pytest.raises(BidUpload.DoesNotExist):
        deliver_sealed_bid(sealed.upload.pk, actor=stranger, at=real_now())
    with pytest.raises(PermissionDenied):
        withdraw_sealed_bid(sealed.pk, actor=people.manager, at=real_now())


def test_who_has_brought_an_envelope_takes_it_back_before_bidding_electronically(people, package, bidder):
    envelope = {"envelopes": 1, "sealed": True, "delivered_by": "王海"}
    company_of = {"bidder": bidder.organisation.name, "credit_code": bidder.organisation.credit_code}
    register_bid(package.pk, **envelope, **company_of, actor=people.clerk, at=real_now())
    with pytest.raises(ActRefused, match="纸质投标文件"):
        deliver(bidder, package, real_now())


def test_an_envelope_that_comes_later_counts_and_the_desk_does_not_learn_why(people, package, bidder):
    deliver(bidder, package, real_now())
    envelope = {"envelopes": 1, "sealed": True, "delivered_by": "王海"}
    company_of = {"bidder": bidder.organisation.name, "credit_code": bidder.organisation.credit_code}
    paper = register_bid(package.pk, **envelope, **company_of, actor=people.clerk, at=real_now())
    assert paper.status == Bid.Status.ACCEPTED
    let_the_deadline_pass(package)
    open_bids(package)
    assert [(bid.form, bid.status) for bid in package.bids.all()] == [
        ("paper", "accepted"),
        ("electronic", "withdrawn"),
    ]


def test_with_the_opening_each_standing_bid_gets_a_number_in_the_order_of_arrival(package):
    bidders = [company(serial) for serial in range(1, 5)]
    sealed = [deliver(bidder, package, real_now()) for bidder in bidders]
    withdraw_sealed_bid(sealed[1].pk, actor=bidders[1], at=real_now())
    let_the_deadline_pass(package)
    open_bids(package)
    assert [(bid.number, bid.bidder, bid.sealed_bid) for bid in package.bids.all()] == [
        (number, sealed[i].bidder, sealed[i]) for number, i in ((1, 0), (2, 2), (3, 3))
    ]


def test_nothing_comes_into_a_box_that_was_emptied(package, bidder):
    waiting = upload(bidder, package, sealed_by(bidder, package), real_now())
    let_the_deadline_pass(package)
    open_bids(package)
    due_at(package, real_now() + timedelta(hours=1))
    with pytest.raises(ActRefused, match="投标截止时间已过"):
        deliver_sealed_bid(waiting.pk, actor=bidder, at=real_now())


@pytest.mark.parametrize("change", ["payload_sha256", "head", "bidder", "received_at", "tick", "delete"])
def test_the_database_keeps_a_bid_as_it_was_delivered(package, bidder, change):
    sealed = deliver(bidder, package, real_now())
    found = SealedBid.objects.filter(pk=sealed.pk)
    value = {"received_at": real_now(), "tick": 9}.get(change, "other")
    with pytest.raises(DatabaseError, match="sealed bid"):
        found._raw_delete("default") if change == "delete" else found.update(**{change: value})


def test_a_tender_without_all_four_keys_takes_bids_on_paper_only(people, bidder):
    package = open_tender(people)
    assert not BidBox.objects.get().takes_sealed_bids
    with pytest.raises(ActRefused, match="只接收纸质"):
        begin_upload(package.pk, head="{}", actor=bidder, at=real_now())


def test_a_key_that_is_none_or_known_or_not_needed_is_not_registered(people):
    keys = register_keys(people, real_now())
    organisation = people.discipline.organisation
    given = {"organisation": organisation, "actor": people.leader, "at": real_now()}
    for recipient, words in (
        ("age1" + "q" * 58, "不是 age 公钥"),
        (keys[0].recipient, "登记过"),
        (recipient_of(new_identity()), "已有在用的密钥"),
    ):
        with pytest.raises(ActRefused, match=words):
            register_trustee_key(holder="observer", recipient=recipient, **given)
    with pytest.raises(PermissionDenied):
        register_trustee_key(
            holder="observer", recipient="x", organisation=organisation, actor=people.clerk, at=real_now()
        )


def test_a_lost_key_is_revoked_in_public_and_replaced_in_the_tenders_that_run(people, package, bidder):
    sealed = deliver(bidder, package, real_now())
    late = upload(bidder, package, sealed_by(bidder, package), real_now())
    lost = package.bid_box.keys.get(holder="bureau")
    revoke_trustee_key(lost.pk, reason="U盘损坏。", actor=people.leader, at=real_now())
    with pytest.raises(ActRefused, match="没有登记齐"):
        replace_keys(package.pk, actor=people.manager, at=real_now())
    register_trustee_key(
        holder="bureau",
        recipient=recipient_of(new_identity()),
        organisation=lost.organisation,
        actor=people.leader,
        at=real_now(),
    )
    replace_keys(package.pk, actor=people.manager, at=real_now())
    with pytest.raises(ActRefused, match="更换"):
        deliver_sealed_bid(late.pk, actor=bidder, at=real_now())
    kinds = Entry.objects.in_order().values_list("kind", flat=True)
    assert list(kinds)[-3:] == ["trustee-key.revoked", "trustee-key.registered", "package.keys-replaced"]
    assert list(SealedBid.objects.standing()) == [sealed]


@pytest.mark.rule("EV-02.2")
def test_while_a_tender_stands_still_a_sealed_bid_is_taken_back_and_none_comes(people, package, bidder, client):
    sealed, other = deliver(bidder, package, real_now()), company(2)
    waiting = [upload(each, package, sealed_by(each, package), real_now()) for each in (bidder, other)]
    why = {"reason": "重新核实招标条件。", "basis": "本局决定"}
    suspension = suspend_tender(package.pk, **why, actor=people.manager, at=real_now())
    for upload_, actor in zip(waiting, (bidder, other), strict=True):
        with pytest.raises(ActRefused, match="不能再递交"):
            deliver_sealed_bid(upload_.pk, actor=actor, at=real_now())
    with pytest.raises(ActRefused, match="已经暂停"):
        begin_upload(package.pk, head="{}", actor=other, at=real_now())
    assert list(SealedBid.objects.standing()) == [sealed]
    client.force_login(bidder)
    assert client.get(f"/bid/bids/{sealed.pk}/").context["may_withdraw"]
    assert client.post(f"/bid/bids/{sealed.pk}/withdraw/", {"sure": "yes"}).status_code == 302
    assert not SealedBid.objects.standing().exists()
    due = suspension.old_due_at + timedelta(hours=1)
    resume_tender(suspension.pk, reason="已经核实。", new_due_at=due, actor=people.manager, at=real_now())
    deliver_sealed_bid(waiting[0].pk, actor=bidder, at=real_now())
    assert tick_boxes(at=real_now())
    assert check_boxes()[1] == []


def test_every_minute_of_the_last_hour_has_its_tick_and_the_last_one_closes_the_box(package):
    due = package.bids_due_at
    asked = [*range(-4200, -3540, 30), *range(-180, 31, 10)]  # seconds, as beat asks
    made = [second for second in asked if tick_boxes(at=due + timedelta(seconds=second))]
    assert made == [-4200, -3900, -3600, -180, -120, -60, 0, 10]
    assert BidBox.objects.get().closed_at == due + timedelta(seconds=10)


def test_a_tick_tells_the_same_of_a_box_with_bids_and_of_one_without(people, package, bidder):
    open_tender(people, 2)
    deliver(bidder, package, real_now())
    entry = tick_boxes(at=real_now())
    assert [sorted(tick) for tick in entry.facts["ticks"]] == [["number", "tender", "tick"]] * 2
    assert {len(tick["tick"]) for tick in entry.facts["ticks"]} == {64}


@pytest.mark.django_db(transaction=True)
def test_two_workers_make_one_tick(package):
    at = real_now()
    race(lambda: tick_boxes(at=at))
    assert BidBox.objects.get().last_tick == 1
    assert Entry.objects.filter(kind="bids.tick").count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_bidder_who_delivers_two_at_once_has_one_standing(package, bidder):
    waiting = [upload(bidder, package, sealed_by(bidder, package), real_now()).pk for _ in range(2)]
    race(lambda: deliver_sealed_bid(waiting.pop(), actor=bidder, at=real_now()))
    assert SealedBid.objects.count() == 2
    assert SealedBid.objects.standing().count() == 1
