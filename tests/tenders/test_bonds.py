"""Bid bonds: what is taken, when it goes back, what the public reads of it."""

from datetime import date, timedelta

import pytest

from contracts.operations import return_bonds, revoke_award
from ledger.models import Entry
from lifecycle.bonds import due_back
from lifecycle.clocks import clocks
from tenders.models import Award, BidBond, Package
from tenders.operations.bids import withdraw_bid
from tenders.operations.bonds import announce_refunds, keep_bond, receive_bond, return_bond
from tests.factories import cemetery_on, courtyard_on, moment
from tests.racing import race
from tests.refusing import refuses
from tests.tenders.evaluating import procured

pytestmark = pytest.mark.django_db
NAME, CODE = "金沙建设有限公司", "91530300MA6K00009Q"
LETTER = {"form": "guarantee", "from_basic_account": False}
LAST_DAY = date(2026, 11, 16)  # 90 days after the deadline on 08-18


@pytest.fixture
def scene():
    return courtyard_on("08-12 10:00")


def receive(scene, **details):
    return scene.acts.receive_bond(scene.package, scene.at, NAME, CODE, **details)


def give_back(scene, bond, at, **details):
    given = {"returned_on": at.date(), "interest_fen": 0} | details
    return return_bond(bond.pk, **given, actor=scene.people.clerk, at=at)


@pytest.mark.rule("TB-10.4")
def test_money_comes_from_the_bidders_basic_account(scene):
    with refuses("TB-10.4"):
        receive(scene, from_basic_account=False)
    assert receive(scene).from_basic_account


@pytest.mark.rule("TB-10.3")
@pytest.mark.parametrize(
    ("until", "allowed"),
    [(None, False), (LAST_DAY - timedelta(days=1), False), (LAST_DAY, True), (LAST_DAY + timedelta(days=1), True)],
)
def test_a_letter_of_guarantee_lasts_as_long_as_the_bid(scene, until, allowed):
    if allowed:
        assert receive(scene, **LETTER, valid_until=until).pk
    else:
        with refuses("TB-10.3") as refused:
            receive(scene, **LETTER, valid_until=until)
        assert "2026年11月16日" in str(refused.value)


@pytest.mark.rule("EM-05")
def test_until_all_is_settled_the_record_says_nothing_of_bonds(scene):
    before = Entry.objects.count()
    give_back(scene, receive(scene), scene.at)
    assert Entry.objects.count() == before


@pytest.mark.rule("AW-11")
def test_the_bond_of_a_bid_that_runs_stays_until_the_bid_is_withdrawn(scene):
    bond, bid = receive(scene), scene.acts.receive_bid(scene.package, scene.at, NAME, CODE, "何强")
    with refuses("AW-11") as refused:
        give_back(scene, bond, scene.at)
    assert refused.value.refusals[0].basis == "《中华人民共和国招标投标法实施条例》第三十五条第一款"
    withdraw_bid(bid.pk, withdrawn_by="何强", actor=scene.people.clerk, at=moment("08-13 09:00"))
    assert due_back(bond).strict == date(2026, 8, 18)  # five days
    assert give_back(scene, bond, moment("08-14 09:00")).returned_on == date(2026, 8, 14)
    assert due_back(BidBond.objects.get()) is None


def test_one_bidder_has_one_bond_at_a_time(scene, transactional_db):
    assert race(lambda: receive(scene)) == ["ActRefused", "done"]
    bond = BidBond.objects.get()
    assert race(lambda: give_back(scene, bond, scene.at)) == ["ActRefused", "done"]
    assert receive(scene).pk != bond.pk


@pytest.mark.rule("AW-10")
def test_the_return_is_announced_once_every_bond_is_back_with_interest():
    scene = cemetery_on("07-24 10:00")
    at, clerk = moment("07-28 10:00"), scene.people.clerk
    first, letter, last = scene.package.bonds.all()
    assert {due_back(bond).strict for bond in (first, letter, last)} == {date(2026, 7, 29)}
    with refuses("AW-10"):
        return_bonds(scene.contract.pk, actor=clerk, at=at)
    with refuses("AW-10"):
        give_back(scene, first, at, interest_fen=None)
    with refuses("future"):
        give_back(scene, first, at, returned_on=date(2026, 7, 29))
    give_back(scene, first, at, interest_fen=2_192)
    give_back(scene, letter, at, interest_fen=None)
    keep_bond(last.pk, reason="中标后无正当理由不订立合同", actor=clerk, at=at)
    return_bonds(scene.contract.pk, actor=clerk, at=at)
    (entry,) = scene.entries("bonds.returned")
    assert entry.facts["returned_on"] == "2026-07-28"
    assert [(b["interest_fen"], b["kept_reason"]) for b in entry.facts["bonds"]] == [
        (2_192, ""),
        (None, ""),
        (None, "中标后无正当理由不订立合同"),
    ]
    with refuses("AW-10"):
        return_bonds(scene.contract.pk, actor=clerk, at=at)


# -- until when, for the desk and for the public


def bond_clocks(scene, at):
    """The clocks of bonds with their last day, whether they are over, and whether they are late."""
    now = moment(at)
    running = [c for c in clocks(scene.project, at=now) if c.rule.id in ("AW-10", "GP-07.2", "GP-07.3")]
    return {c.rule.id: (f"{c.due_on:%m-%d}", c.done, c.overdue(now.date())) for c in running}


def bonds_of(scene):
    """The bond of who won, and those of who lost."""
    winner = scene.package.result.winner.credit_code
    return scene.package.bonds.get(credit_code=winner), scene.package.bonds.exclude(credit_code=winner)


@pytest.mark.rule("AW-10")
def test_works_have_five_days_from_the_contract_for_all_bonds():
    scene = cemetery_on("07-24 10:00")
    assert {due_back(bond).strict for bond in scene.package.bonds.all()} == {date(2026, 7, 29)}
    assert bond_clocks(scene, "07-29 23:59") == {"AW-10": ("07-29", False, False)}
    assert bond_clocks(scene, "07-30 00:00") == {"AW-10": ("07-29", False, True)}
    scene.acts.return_bonds(scene.contract, moment("07-29 15:00"), interest_fen=0)
    assert bond_clocks(scene, "07-30 00:00") == {"AW-10": ("07-29", True, False)}


@pytest.mark.rule("GP-07.2")
def test_who_lost_a_procurement_has_the_bond_back_five_working_days_after_the_award():
    scene = procured(cemetery_on("07-14 09:00"))
    won, lost = bonds_of(scene)
    assert due_back(won) is None
    assert {due_back(bond).strict for bond in lost} == {date(2026, 7, 21)}
    assert bond_clocks(scene, "07-21 23:59") == {"GP-07.2": ("07-21", False, False)}
    assert bond_clocks(scene, "07-22 00:00") == {"GP-07.2": ("07-21", False, True)}
    for bond in lost:
        give_back(scene, bond, moment("07-21 15:00"))
    assert bond_clocks(scene, "07-22 00:00") == {"GP-07.2": ("07-21", True, False)}


@pytest.mark.rule("GP-07.3")
def test_who_won_a_procurement_has_the_bond_back_five_working_days_after_the_contract():
    scene = procured(cemetery_on("07-24 10:00"))
    won, lost = bonds_of(scene)
    assert due_back(won).strict == date(2026, 7, 31)
    assert bond_clocks(scene, "07-31 23:59") == {
        "GP-07.2": ("07-21", False, True),
        "GP-07.3": ("07-31", False, False),
    }
    assert bond_clocks(scene, "08-01 00:00")["GP-07.3"] == ("07-31", False, True)
    for bond in (won, *lost):
        give_back(scene, bond, moment("07-31 15:00"), interest_fen=0)
    return_bonds(scene.contract.pk, actor=scene.people.clerk, at=moment("07-31 16:00"))
    assert bond_clocks(scene, "08-01 00:00") == {"GP-07.2": ("07-21", True, False), "GP-07.3": ("07-31", True, False)}


@pytest.mark.rule("GP-07.2")
def test_an_empty_register_of_bonds_shows_nothing_to_be_back():
    scene = procured(cemetery_on("07-14 09:00"))
    scene.package.bonds.all().delete()
    assert bond_clocks(scene, "07-22 00:00") == {"GP-07.2": ("07-21", False, True)}


@pytest.mark.rule("GP-07.2")
def test_a_bond_that_is_to_be_kept_makes_nobody_late():
    scene = procured(cemetery_on("07-14 09:00"))
    won, lost = bonds_of(scene)
    for bond in lost:
        give_back(scene, bond, moment("07-20 09:00"))
    act = {"reason": "不签", "actor": scene.people.manager, "at": moment("07-20 10:00")}
    revoke_award(scene.package.pk, ground="refused", **act)
    Package.objects.update(awarded_at=moment("07-20 11:00"))
    Award.objects.update(winner=scene.package.bids.get(rank=2))
    assert BidBond.objects.marked().get(pk=won.pk).is_to_be_kept
    assert bond_clocks(scene, "07-20 12:00") == {"GP-07.2": ("07-27", True, False)}


@pytest.mark.rule("GP-17")
def test_a_contract_of_procurement_is_public_two_working_days_after_it_was_signed_at_the_latest():
    scene = procured(cemetery_on("07-24 10:00"))
    running = {c.rule.id: c for c in clocks(scene.project, at=scene.at)}
    assert "AW-14" not in running
    assert (running["GP-17"].due_on, running["GP-17"].done) == (date(2026, 7, 28), True)


@pytest.mark.rule("GP-07.3")
def test_in_procurement_the_return_is_refused_by_the_law_of_procurement():
    scene = procured(cemetery_on("07-24 10:00"))
    with refuses("GP-07.3"):
        return_bonds(scene.contract.pk, actor=scene.people.clerk, at=moment("07-28 10:00"))


@pytest.mark.rule("AW-13")
def test_before_the_opening_no_bond_is_kept(scene):
    bond = receive(scene)
    scene.acts.receive_bid(scene.package, scene.at, NAME, CODE, "何强")
    with refuses("AW-13"):
        keep_bond(bond.pk, reason="撤销投标", actor=scene.people.clerk, at=scene.at)


@pytest.mark.rule("AW-13")
def test_the_bond_of_who_lost_the_award_by_its_own_doing_does_not_go_back():
    scene = cemetery_on("07-14 09:00")
    at, winner = moment("07-20 09:00"), scene.package.result.winner
    bond, other = (scene.package.bonds.get(credit_code=b.credit_code) for b in (winner, scene.package.bids.get(rank=2)))
    revoke_award(scene.package.pk, ground="refused", reason="书面表示不签合同", actor=scene.people.manager, at=at)
    assert list(scene.package.bonds.to_be_kept()) == [bond]
    assert due_back(bond) is None
    Package.objects.update(awarded_at=at)  # the next candidate has won: all other bonds may go back
    with refuses("AW-13"):
        give_back(scene, bond, at)
    assert give_back(scene, other, at).returned_on
    keep_bond(bond.pk, reason="无正当理由不订立合同", actor=scene.people.clerk, at=at)
    assert not scene.package.bonds.to_be_kept()


@pytest.mark.rule("AW-13")
def test_the_bond_of_who_lost_the_award_without_fault_goes_back():
    scene = cemetery_on("07-14 09:00")
    act = {"reason": "山洪", "actor": scene.people.manager, "at": moment("07-20 09:00")}
    revoke_award(scene.package.pk, ground="force-majeure", **act)
    assert not scene.package.bonds.to_be_kept()


@pytest.mark.rule("TB-13")
def test_after_a_failed_tender_the_refund_is_announced_and_names_nobody(scene):
    bond = receive(scene)
    with refuses("wrong-state"):
        announce_refunds(scene.package.pk, actor=scene.people.clerk, at=scene.at)
    scene.acts.step("fail_tender", moment("08-12 11:00"), subject=scene.package, reason="招标范围须作重大调整。")
    with refuses("TB-13"):
        announce_refunds(scene.package.pk, actor=scene.people.clerk, at=moment("08-12 12:00"))
    give_back(scene, bond, moment("08-13 09:00"))
    entry = announce_refunds(scene.package.pk, actor=scene.people.clerk, at=moment("08-13 10:00"))
    assert entry.facts == {"returned_on": "2026-08-13"}


def test_a_bond_is_taken_only_where_the_tender_asks_for_one(scene):
    package = scene.package
    package.bid_bond_fen = 0
    package.save(update_fields=["bid_bond_fen"])
    with refuses("wrong-state"):
        receive_bond(
            BidBond(
                package=package,
                bidder=NAME,
                credit_code=CODE,
                amount_fen=1,
                received_on=scene.at.date(),
                from_basic_account=True,
            ),
            actor=scene.people.clerk,
            at=scene.at,
        )
