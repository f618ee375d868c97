"""Who puts an envelope into the register, takes one out or turns one over after the deadline is found out."""

import random
from datetime import timedelta

import pytest

from ledger.clock import real_now
from ledger.models import Entry
from tenders import register
from tenders.audit.boxes import check_boxes
from tenders.audit.register import check_registers
from tenders.models import Arrival, Bid
from tenders.operations.bid_boxes import tick_boxes
from tenders.operations.bids import note_arrival, register_bid, void_arrival, withdraw_bid
from tests.bidding import company, credit_code, deliver, due_at, open_bids, open_tender, register_keys
from tests.factories import make_people
from tests.tenders.test_boxes_tampered import superuser

pytestmark = pytest.mark.django_db
TRIALS = 20  # of each way of tampering


@pytest.fixture
def desk():
    """
    A tender whose deadline has passed and whose box is closed: two electronic bids; on paper one that stands, one taken
    back, one replaced by an envelope that was laid on the table in the last minute and written down after the last
    tick, one written down likewise, and an arrival that was void.
    """
    people = make_people("a-password-of-tests")
    register_keys(people, real_now())
    tender = open_tender(people)
    desk = Desk(tender, people.clerk)
    for serial in (1, 2):
        deliver(company(serial), tender, real_now())
    desk.write(3)
    withdraw_bid(desk.write(4).pk, withdrawn_by="何强", actor=people.clerk, at=real_now())
    desk.write(5)
    tick_boxes(at=real_now() + timedelta(minutes=5))
    replacing, late, void = (note_arrival(tender.pk, actor=people.clerk, at=real_now()) for _ in range(3))
    due_at(tender, real_now())
    tick_boxes(at=real_now() + timedelta(seconds=2))
    assert desk.write(5, arrival_id=replacing.pk, replaces=True).status == "accepted"
    assert desk.write(6, arrival_id=late.pk).status == "accepted"
    assert desk.write(7).status == "refused"
    void_arrival(void.pk, reason="按错了", actor=people.clerk, at=real_now())
    return desk


class Desk:
    def __init__(self, tender, clerk):
        self.tender, self.clerk = tender, clerk

    def write(self, serial, **options):
        known = {
            "bidder": f"第{serial}建筑有限公司",
            "credit_code": credit_code(serial),
            "envelopes": 1,
            "sealed": True,
        }
        return register_bid(self.tender.pk, **known, delivered_by="王海", actor=self.clerk, at=real_now(), **options)


def found():
    return [*check_boxes()[1], *check_registers()[1]]


def chosen(chance, **only):
    return chance.choice(list(Bid.objects.filter(**only).order_by("pk")))


def insert_paper(chance):
    copied = chosen(chance, form="paper", status="accepted")
    new = Bid(
        package=copied.package,
        number=99,
        bidder="后来的公司",
        credit_code=credit_code(99),
        arrived_at=copied.arrived_at,
        delivered_by="何强",
        received_by=copied.received_by,
        status="accepted",
    )
    new.save()
    new.digest = chance.choice(["", register.digest_of_line(new)])
    new.save()
    return new.digest or f"bid {new.pk}"


def insert_with_an_arrival(chance):
    Bid.objects.filter(pk=(made := insert_line(chance)).pk).update(digest=register.digest_of_line(made))
    arrival = Arrival(package=made.package, arrived_at=made.arrived_at, noted_by=made.received_by, bid=made)
    arrival.digest = register.digest_of_arrival(arrival)
    arrival.save()
    return register.digest_of_line(made)


def insert_line(chance):
    insert_paper(chance)
    return Bid.objects.get(number=99)


def take_out(chance):
    bid = chosen(chance, form="paper", status="accepted")
    bid.status, bid.withdrawn_at = "withdrawn", bid.arrived_at + timedelta(seconds=1)
    bid.withdrawal_digest = chance.choice(["", register.digest_of_withdrawal(bid)])
    bid.save()
    return bid.digest


def put_back(chance):
    bid = chosen(chance, form="paper", status="withdrawn")
    Bid.objects.filter(credit_code=bid.credit_code, status="accepted").update(status="withdrawn")
    Bid.objects.filter(pk=bid.pk).update(status="accepted")
    return bid.digest


def come_earlier(chance):
    bid = chosen(chance, credit_code=credit_code(6))
    bid.arrived_at -= timedelta(seconds=chance.randint(1, 99))
    Bid.objects.filter(pk=bid.pk).update(arrived_at=bid.arrived_at, digest=register.digest_of_line(bid))
    return register.digest_of_line(bid)


def drop_an_arrival(chance):
    arrival = chance.choice(list(Arrival.objects.exclude(void_reason="")))
    arrival.delete()
    return arrival.digest


BEFORE = {
    "an envelope that never came": insert_paper,
    "one with an arrival made up for it": insert_with_an_arrival,
    "taken out": take_out,
    "put back": put_back,
    "earlier than it was laid on the table": come_earlier,
    "an arrival without a trace": drop_an_arrival,
}


def turn(**only):
    def tamper(chance):
        bid = chosen(chance, **only)
        other = chance.choice([status for status in ("revoked", "withdrawn", "accepted") if status != bid.status])
        Bid.objects.filter(pk=bid.pk).update(status=other)
        return bid.path

    return tamper


def insert_electronic(chance):
    copied = chosen(chance, form="electronic")
    copied.pk, copied.number, copied.credit_code, copied._state.adding = None, 99, credit_code(99), True
    copied.save()
    return copied.path


def swap(name):
    def tamper(chance):
        a, b = chance.sample(list(Bid.objects.filter(form="electronic").order_by("pk")), 2)
        for bid, value in ((a, "91530300MA6K99999X"), (b, getattr(a, name)), (a, getattr(b, name))):
            Bid.objects.filter(pk=bid.pk).update(**{name: value})
        return a.path

    return tamper


AFTER = {
    "an electronic bid turned over": turn(form="electronic"),
    "a paper bid turned over": turn(form="paper", status="accepted"),
    "an electronic bid put in": insert_electronic,
    "two names swapped": swap("bidder"),
    "two credit codes swapped": swap("credit_code"),
}


def test_an_honest_register_has_no_problem_though_lines_were_written_after_the_last_tick(desk):
    assert found() == []
    open_bids(desk.tender)
    assert found() == []
    told = {bid["credit_code"]: bid for bid in Entry.objects.get(kind="step.open_bids").facts["bids"]}
    digest = Bid.objects.get(credit_code=credit_code(6)).arrival.digest
    assert told[credit_code(6)]["arrival"]["digest"] == digest
    assert "arrival" not in told[credit_code(3)]


@pytest.mark.parametrize("way", BEFORE)
@pytest.mark.parametrize("is_opened", [False, True], ids=["closed", "opened"])
def test_whatever_is_done_to_the_register_after_the_last_tick_is_named_in_every_trial(desk, way, is_opened):
    if is_opened:
        open_bids(desk.tender)
    chance = random.Random(way)
    for _ in range(TRIALS):
        with superuser():
            touched = BEFORE[way](chance)
            said = " ".join(problem.en for problem in found())
            assert touched in said, (way, touched, said)


@pytest.mark.parametrize("way", AFTER)
def test_whatever_is_done_to_an_opened_bid_is_named_in_every_trial(desk, way):
    open_bids(desk.tender)
    chance = random.Random(way)
    for _ in range(TRIALS):
        with superuser():
            touched = AFTER[way](chance)
            assert touched in " ".join(problem.en for problem in found()), way
