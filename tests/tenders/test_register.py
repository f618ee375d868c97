"""The register of paper envelopes: arrival by the second, refusals, withdrawal, replacement, and what stands for it."""

from datetime import timedelta

import pytest

from ledger.canonical import canonical_bytes, commitment
from ledger.models import Entry
from lifecycle.operations import refusals, take
from lifecycle.steps import STEPS
from tenders.audit.arrivals import check_arrivals
from tenders.audit.register import check_registers
from tenders.boxes import digests_in
from tenders.gates.placement import Photo
from tenders.models import Arrival, Bid
from tenders.operations.bids import note_arrival, register_bid, void_arrival, withdraw_bid
from tenders.register import LINE, WITHDRAWAL, digest_of_arrival, digest_of_line, line_of, voided, withdrawal_of
from tenders.revealing import voided_in
from tests.factories import cemetery_on, courtyard_on, moment
from tests.racing import race
from tests.refusing import refuses

pytestmark = pytest.mark.django_db
DUE = moment("08-18 09:30")
SECOND = timedelta(seconds=1)
NAME, CODE = "金沙建设有限公司", "91530300MA6K00009Q"


@pytest.fixture
def scene():
    return courtyard_on("08-12 10:00")


def register(scene, at, **changes):
    given = {"bidder": NAME, "credit_code": CODE, "envelopes": 2, "sealed": True, "delivered_by": "何强"}
    return register_bid(scene.package.pk, **given | changes, actor=scene.people.clerk, at=at)


@pytest.mark.rule("EV-02")
def test_a_bid_that_came_in_time_is_not_late_because_its_line_takes_a_minute(scene):
    arrival = note_arrival(scene.package.pk, actor=scene.people.clerk, at=DUE)
    bid = register(scene, DUE + timedelta(minutes=1), arrival_id=arrival.pk)
    assert (bid.status, bid.arrived_at) == (Bid.Status.ACCEPTED, DUE)


@pytest.mark.rule("EV-02")
@pytest.mark.parametrize(
    ("late_by", "status"), [(-SECOND, "accepted"), (SECOND - SECOND, "accepted"), (SECOND, "refused")]
)
def test_a_second_after_the_deadline_an_arrival_is_late(scene, late_by, status):
    arrival = note_arrival(scene.package.pk, actor=scene.people.clerk, at=DUE + late_by)
    bid = register(scene, DUE + timedelta(minutes=2), arrival_id=arrival.pk)
    assert bid.status == status
    assert bool(bid.refusal_reason) is (status == "refused")


@pytest.mark.rule("EV-02")
def test_nothing_is_opened_while_an_envelope_lies_on_the_table_without_its_line():
    scene = cemetery_on("07-06 09:29")
    arrival = note_arrival(scene.package.pk, actor=scene.people.clerk, at=scene.at)
    before = [r.code for r in refusals(scene.package, STEPS["open_bids"], at=scene.at)]
    assert "EV-02" not in before  # that an envelope lies there is under embargo until the deadline
    with refuses("EV-02"):
        take(STEPS["open_bids"], scene.package.pk, actor=scene.people.manager, at=moment("07-06 09:30"))
    void_arrival(arrival.pk, reason="按错了", actor=scene.people.clerk, at=moment("07-06 09:30"))
    take(STEPS["open_bids"], scene.package.pk, actor=scene.people.manager, at=moment("07-06 09:30"))


@pytest.mark.rule("EM-01")
def test_what_was_noted_and_came_to_nothing_is_told_by_the_opening_and_not_before():
    scene = cemetery_on("07-06 09:20")
    before = Entry.objects.count()
    noted = [note_arrival(scene.package.pk, actor=scene.people.clerk, at=moment(f"07-06 09:2{n}")) for n in (1, 2, 3)]
    void_arrival(noted[0].pk, reason="按错了", actor=scene.people.clerk, at=moment("07-06 09:24"))
    register(scene, moment("07-06 09:25"), arrival_id=noted[1].pk)
    void_arrival(noted[2].pk, reason="递交人当场带走", actor=scene.people.clerk, at=moment("07-06 09:30"))
    assert Entry.objects.count() == before

    scene.acts.step("open_bids", moment("07-06 09:30"), subject=scene.package)

    (opened,) = scene.entries("step.open_bids")
    first, last = voided_in(opened)
    day = "2026-07-06T09"
    arrival = Arrival.objects.get(pk=noted[0].pk)
    assert first == {
        "number": first["number"],
        "arrived_at": f"{day}:21:00+08:00",
        "voided_at": f"{day}:24:00+08:00",
        "reason": "按错了",
        "digest": arrival.digest,
        "salt": bytes(arrival.salt).hex(),
    }
    assert digest_of_arrival(arrival) == arrival.digest
    assert (last["number"] - first["number"], last["voided_at"]) == (2, f"{day}:30:00+08:00")
    assert scene.people.clerk.name not in bytes(opened.body).decode()


def test_why_an_arrival_came_to_nothing_is_public_so_it_names_nobody(scene):
    arrival = note_arrival(scene.package.pk, actor=scene.people.clerk, at=scene.at)
    with refuses("personal-data"):
        void_arrival(arrival.pk, reason="请联系13912345678", actor=scene.people.clerk, at=scene.at)


def test_a_reason_that_was_not_written_for_the_public_stays_in_the_house(scene):
    arrival = note_arrival(scene.package.pk, actor=scene.people.clerk, at=scene.at)
    Arrival.objects.filter(pk=arrival.pk).update(void_reason="何强带走")  # as it was kept before it was public
    (line,) = voided(scene.package)
    assert (line["voided_at"], line["reason"]) == (None, "")


def test_a_void_arrival_that_is_changed_dropped_or_put_in_after_the_opening_is_named():
    scene = cemetery_on("07-06 09:20")
    act = {"actor": scene.people.clerk, "at": moment("07-06 09:21")}
    arrival = note_arrival(scene.package.pk, **act)
    void_arrival(arrival.pk, reason="按错了", **act)
    old = note_arrival(scene.package.pk, **act)
    Arrival.objects.filter(pk=old.pk).update(void_reason="某人带走")
    scene.acts.step("open_bids", moment("07-06 09:30"), subject=scene.package)
    late = note_arrival(scene.package.pk, actor=scene.people.clerk, at=moment("07-06 09:31"))
    void_arrival(late.pk, reason="按错了", actor=scene.people.clerk, at=moment("07-06 09:32"))
    assert check_arrivals() == (3, [])

    changes = {"void_reason": "别的", "voided_at": moment("07-06 09:25"), "arrived_at": moment("07-06 09:20")}
    for name, value in changes.items():
        kept = getattr(Arrival.objects.get(pk=arrival.pk), name)
        Arrival.objects.filter(pk=arrival.pk).update(**{name: value})
        assert [p.code for p in check_arrivals()[1]] == ["arrival-altered"], name
        Arrival.objects.filter(pk=arrival.pk).update(**{name: kept})
    assert check_arrivals()[1] == []
    Arrival.objects.create(
        package=scene.package,
        noted_by=scene.people.clerk,
        arrived_at=moment("07-06 09:22"),
        void_reason="后加",
        voided_at=scene.at,
    )
    assert [p.code for p in check_arrivals()[1]] == ["arrival-altered"]
    Arrival.objects.filter(void_reason="后加").delete()
    old.delete()
    assert [p.code for p in check_arrivals()[1]] == ["arrival-altered"]


def test_an_arrival_becomes_one_line_only(scene):
    arrival = note_arrival(scene.package.pk, actor=scene.people.clerk, at=scene.at)
    register(scene, scene.at, arrival_id=arrival.pk)
    with refuses("wrong-state"):
        register(scene, scene.at, arrival_id=arrival.pk, credit_code="91530300MA6K00008X")
    with refuses("wrong-state"):
        void_arrival(arrival.pk, reason="按错了", actor=scene.people.clerk, at=scene.at)
    assert Arrival.objects.get().bid == Bid.objects.get()


@pytest.mark.rule("EV-02.2")
@pytest.mark.parametrize("early_by", [SECOND, 0 * SECOND])
def test_until_the_deadline_a_bid_is_given_back(scene, early_by):
    bid = register(scene, scene.at)
    withdrawn = withdraw_bid(bid.pk, withdrawn_by="何强", actor=scene.people.clerk, at=DUE - early_by)
    assert (withdrawn.status, withdrawn.withdrawn_at) == (Bid.Status.WITHDRAWN, DUE - early_by)


@pytest.mark.rule("EV-02.2")
def test_a_second_after_the_deadline_no_bid_is_given_back(scene):
    bid = register(scene, scene.at)
    with refuses("EV-02.2") as refused:
        withdraw_bid(bid.pk, withdrawn_by="何强", actor=scene.people.clerk, at=DUE + SECOND)
    assert refused.value.refusals[0].basis.startswith("《中华人民共和国招标投标法》第二十九条")


@pytest.mark.rule("EV-02.2")
def test_a_replacement_takes_the_place_of_the_earlier_envelope(scene):
    first = register(scene, scene.at)
    with refuses("duplicate"):
        register(scene, scene.at)
    second = register(scene, scene.at + SECOND, replaces=True)
    first.refresh_from_db()
    assert (first.status, first.withdrawn_at) == (Bid.Status.WITHDRAWN, scene.at + SECOND)
    assert second.replaces == first
    assert list(scene.package.bids.accepted()) == [second]


@pytest.mark.parametrize("changes", [{"sealed": False}, {"at": DUE + SECOND}])
def test_a_replacement_that_is_refused_leaves_the_earlier_envelope_where_it_is(scene, changes):
    first = register(scene, scene.at)
    at = changes.pop("at", scene.at)
    assert register(scene, at, replaces=True, **changes).status == Bid.Status.REFUSED
    assert list(scene.package.bids.accepted()) == [first]


def test_what_is_not_there_cannot_be_replaced(scene):
    with refuses("nothing-to-replace"):
        register(scene, scene.at, replaces=True)


def test_until_the_opening_the_register_writes_no_entry(scene):
    before = Entry.objects.count()
    arrival = note_arrival(scene.package.pk, actor=scene.people.clerk, at=scene.at)
    bid = register(scene, scene.at, arrival_id=arrival.pk)
    withdraw_bid(bid.pk, withdrawn_by="何强", actor=scene.people.clerk, at=scene.at)
    assert Entry.objects.count() == before


def bound(package):
    """What the next tick of the package's box would bind."""
    box = package.bid_box
    return digests_in([box])[box.pk]


def test_a_salted_digest_stands_for_each_line_and_for_its_withdrawal(scene):
    assert bound(scene.package) == []
    photo = Photo(None, "ab" * 32)
    bid = register(scene, scene.at, seal_note="骑缝章完整", photos=[photo])
    arrived = commitment(LINE, bytes(bid.salt), canonical_bytes(line_of(bid)).decode())
    assert line_of(bid)["photos"] == [photo.sha256]
    assert bound(scene.package) == [arrived]
    bid = withdraw_bid(bid.pk, withdrawn_by="何强", actor=scene.people.clerk, at=DUE)
    left = commitment(WITHDRAWAL, bytes(bid.salt), canonical_bytes(withdrawal_of(bid)).decode())
    assert bound(scene.package) == sorted([arrived, left])
    again = register(scene, scene.at)  # the same envelope once more: nobody can tell from its digest
    assert again.digest not in {arrived, left}


def test_the_opening_reveals_what_opens_the_commitments_but_not_who_came():
    scene = cemetery_on("07-06 09:29")
    scene.acts.step("open_bids", moment("07-06 09:30"), subject=scene.package)
    (entry,) = scene.entries("step.open_bids")
    for told in entry.facts["bids"]:
        line = {name: told[name] for name in ("bidder", "credit_code", "arrived_at", "envelopes", "sealed")}
        line |= {name: told[name] for name in ("seal_note", "refusal_reason", "photos")}
        text = canonical_bytes({"tender": scene.package.path, **line}).decode()
        assert told["digest"] == commitment(LINE, bytes.fromhex(told["salt"]), text)
        assert "delivered_by" not in told


def test_of_two_who_take_an_envelope_back_at_once_one_is_refused(scene, transactional_db):
    bid = register(scene, scene.at)
    outcomes = race(lambda: withdraw_bid(bid.pk, withdrawn_by="何强", actor=scene.people.clerk, at=scene.at))
    assert outcomes == ["ActRefused", "done"]


def test_of_two_lines_of_one_bidder_at_once_one_is_refused(scene, transactional_db):
    assert race(lambda: register(scene, scene.at)) == ["ActRefused", "done"]
    assert scene.package.bids.count() == 1


# -- the check of the record


@pytest.fixture
def opened():
    scene = cemetery_on("07-06 09:29")
    scene.acts.step("open_bids", moment("07-06 09:30"), subject=scene.package)
    scene.acts.receive_bid(scene.package, moment("07-06 09:33"), NAME, CODE, "周强")  # late: refused and written down
    assert check_registers() == (4, [])
    return scene


def found():
    return [(problem.code, problem.zh.partition("：")[0].rpartition("/")[2]) for problem in check_registers()[1]]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_line_that_is_dropped_altered_or_put_in_after_the_opening_is_named(opened, number):
    bid = opened.package.bids.get(number=number)
    Bid.objects.filter(pk=bid.pk).update(arrived_at=bid.arrived_at - SECOND)
    assert found() == [("bid-altered", str(number))]
    forged = Bid.objects.get(pk=bid.pk)
    Bid.objects.filter(pk=bid.pk).update(digest=digest_of_line(forged))  # by somebody who knows how it is made
    assert sorted(found()) == [("bid-dropped", str(number)), ("bid-inserted", str(number))]
    bid.delete()
    assert found() == [("bid-dropped", str(number))]


def test_lines_that_change_places_are_named(opened):
    first, second = opened.package.bids.get(number=1), opened.package.bids.get(number=2)
    for bid, number in ((first, 9), (second, 1), (first, 2)):
        Bid.objects.filter(pk=bid.pk).update(number=number)
    assert found() == [("bid-renumbered", "1"), ("bid-renumbered", "2")]
