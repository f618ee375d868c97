"""Who drops, swaps, inserts or reorders a bid in the database after the deadline is found out, and the bid named."""

import random
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from django.db import connection, transaction

from ledger.clock import real_now
from ledger.models import Entry
from tenders.audit.boxes import check_boxes
from tenders.models import Bid, BidTick, BidUpload, SealedBid
from tenders.operations.bid_boxes import tick_boxes
from tenders.operations.bids import register_bid
from tenders.operations.sealed_bids import withdraw_sealed_bid
from tenders.ticks import Lying, replay
from tests.bidding import (
    company,
    credit_code,
    deliver,
    facts_of_entry,
    let_the_deadline_pass,
    open_bids,
    open_tender,
    register_keys,
)
from tests.factories import make_people

pytestmark = pytest.mark.django_db
TRIALS = 40  # of each way of tampering


@contextmanager
def superuser():
    """Tamper as who can switch the guards of the tables off, and undo it afterwards."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("sealedbid", "bidtick"):
            cursor.execute(f"ALTER TABLE tenders_{table} DISABLE TRIGGER USER")
        yield cursor
        transaction.set_rollback(True)


@pytest.fixture
def tender(people):
    """A tender of six bidders, one of whom took his bid back, and one envelope, over several ticks; deadline passed."""
    register_keys(people, real_now())
    tender = open_tender(people)
    start = real_now()
    bidders = [company(serial) for serial in range(1, 7)]
    for n, bidder in enumerate(bidders):
        deliver(bidder, tender, real_now())
        if n % 2:
            tick_boxes(at=start + timedelta(minutes=5 * n))
    register_bid(
        tender.pk,
        bidder="第九建筑有限公司",
        credit_code=credit_code(9),
        envelopes=1,
        sealed=True,
        delivered_by="王海",
        actor=people.clerk,
        at=real_now(),
    )
    taken_back = SealedBid.objects.get(organisation=bidders[1].organisation)
    withdraw_sealed_bid(taken_back.pk, actor=bidders[1], at=real_now())
    tick_boxes(at=start + timedelta(hours=1))
    let_the_deadline_pass(tender)
    tick_boxes(at=real_now())
    return tender


@pytest.fixture
def people():
    return make_people("a-password-of-tests")


def one(chance, **only):
    return chance.choice(list(SealedBid.objects.standing().filter(**only).order_by("pk")))


def change(**values):
    def tamper(chance):
        found = one(chance)
        SealedBid.objects.filter(pk=found.pk).update(**{k: v(found, chance) for k, v in values.items()})
        return [str(found.pk)]

    return tamper


def drop(chance):
    found = one(chance)
    digest = found.lying().digest
    BidUpload.objects.filter(delivered=found).update(delivered=None)
    SealedBid.objects.filter(pk=found.pk)._raw_delete("default")
    return [digest]


def insert(**values):
    def tamper(chance):
        copied = one(chance)
        kept = {f.attname: getattr(copied, f.attname) for f in SealedBid._meta.concrete_fields}
        changed = {"id": uuid4(), "credit_code": credit_code(99), "payload_sha256": "ab" * 32, **values}
        new = SealedBid(**kept | changed)
        new.save(force_insert=True)
        return [str(new.pk)]

    return tamper


def swap(*names):
    def tamper(chance):
        a, b = chance.sample(list(SealedBid.objects.standing().order_by("pk")), 2)
        for name in names:
            first, second = getattr(a, name), getattr(b, name)
            SealedBid.objects.filter(pk=a.pk).update(**{name: second})
            SealedBid.objects.filter(pk=b.pk).update(**{name: first})
        return [str(a.pk), str(b.pk)]

    return tamper


WAYS = {
    "drop": drop,
    "insert": insert(),
    "insert behind the last tick": insert(tick=6),
    "swap the payloads of two": swap("payload_sha256", "head", "bid_key"),
    "swap the order of two": swap("received_at"),
    "another payload": change(payload_sha256=lambda bid, chance: f"{chance.getrandbits(256):064x}"),
    "earlier": change(received_at=lambda bid, chance: bid.received_at - timedelta(seconds=chance.randint(1, 99))),
    "held back": change(tick=lambda bid, chance: bid.tick + 1),
    "withdrawn afterwards": change(
        withdrawn_at=lambda bid, chance: bid.received_at, withdrawn_tick=lambda bid, chance: bid.tick + 1
    ),
    "withdrawn behind the last tick": change(
        withdrawn_at=lambda bid, chance: bid.received_at, withdrawn_tick=lambda bid, chance: 6
    ),
    "the wraps of another": swap("head"),
    "wraps that open nothing": change(head=lambda bid, chance: bid.head.replace("1", "2")),
    "another bidder": change(credit_code=lambda bid, chance: credit_code(chance.randint(100, 999))),
}


def test_an_honest_box_has_no_problem(tender):
    assert check_boxes() == (5, [])
    open_bids(tender)
    assert check_boxes() == (5, [])


@pytest.mark.parametrize("way", WAYS)
def test_whatever_is_done_to_a_bid_is_named_in_every_trial(tender, way):
    chance = random.Random(way)
    for _ in range(TRIALS):
        with superuser():
            touched = WAYS[way](chance)
            said = " ".join(problem.en for problem in check_boxes()[1])
            assert all(name in said for name in touched), (way, touched, said)


def test_a_head_that_is_exchanged_with_its_digest_is_in_no_tick(tender):
    with superuser():
        bid = SealedBid.objects.standing().first()
        was, now = bid.head_sha256, sha256(b"{}").hexdigest()
        SealedBid.objects.filter(pk=bid.pk).update(head="{}", head_sha256=now)
        assert [(problem.code, was in problem.en) for problem in check_boxes()[1]] == [("sealed-dropped", True)]


def test_ticks_made_anew_do_not_match_the_record(tender):
    with superuser():
        last = BidTick.objects.last()
        BidTick.objects.filter(pk=last.pk).update(digests=last.digests[1:])
        assert [problem.code for problem in check_boxes()[1]][:1] == ["tick-altered"]
    with superuser():
        BidTick.objects.filter(number=2)._raw_delete("default")
        assert "tick-dropped" in [problem.code for problem in check_boxes()[1]]


def test_a_bid_that_gets_another_number_after_the_opening_is_named(tender):
    open_bids(tender)
    with superuser():
        a, b = SealedBid.objects.exclude(bid=None).order_by("pk")[:2]
        first, second = a.bid.number, b.bid.number
        for bid, number in ((a.bid, 99), (b.bid, first), (a.bid, second)):
            Bid.objects.filter(pk=bid.pk).update(number=number)
        assert [problem.code for problem in check_boxes()[1]] == ["sealed-renumbered"] * 2


def test_anybody_replays_the_ticks_from_what_the_opening_published(tender):
    open_bids(tender)
    box = facts_of_entry(Entry.objects.get(kind="step.open_bids"))["box"]
    lying = [Lying(one["sha256"], one["since"], one["until"]) for one in box["digests"]]
    values = [value.hex() for value in replay(bytes.fromhex(box["secret"]), box["last_tick"], lying)]
    recorded = {}
    for entry in Entry.objects.filter(kind="bids.tick").in_order():
        recorded |= {tick["number"]: tick["tick"] for tick in facts_of_entry(entry)["ticks"]}
    assert {number: values[number - 1] for number in recorded} == recorded
    assert values[-1] == box["last_value"]
