from datetime import date, timedelta

import pytest
from django.utils import translation

from integrity.operations.invitations import invite
from lifecycle.demo.drafts import fill
from lifecycle.operations import refusals, take
from lifecycle.steps import STEPS
from tenders.drafting import retender
from tenders.models import Bid, Package
from tenders.operations.bids import register_bid
from tenders.operations.clarifications import publish_clarification
from tenders.operations.opening import read_bid
from tests.factories import cemetery_on, courtyard_on, moment
from tests.refusing import refuses

pytestmark = pytest.mark.django_db


def announced_with(**notice):
    scene = cemetery_on("06-12 09:00")
    fill(scene.package, **notice)
    scene.acts.release([scene.package], moment("06-12 15:00"))
    return scene


def codes(scene, step, at):
    return [r.code for r in refusals(scene.package, STEPS[step], at=moment(at))]


def test_nineteen_days_to_bid_are_refused_with_the_article():
    scene = announced_with(bids_due_at=moment("07-04 09:30"))
    with refuses("TB-05") as refused:
        take(STEPS["announce_tender"], scene.package.pk, actor=scene.people.manager, at=moment("06-15 09:00"))
    assert "不得少于20日" in str(refused.value)
    assert "只有19日" in str(refused.value)
    assert refused.value.refusals[0].basis == "《中华人民共和国招标投标法》第二十四条"


@pytest.mark.parametrize(("due", "allowed"), [("07-04 09:30", False), ("07-05 09:30", False), ("07-06 09:30", True)])
def test_a_bid_period_that_would_end_on_a_sunday_ends_on_monday(due, allowed):
    scene = announced_with(bids_due_at=moment(due))
    assert ("TB-05" not in codes(scene, "announce_tender", "06-15 09:00")) is allowed


@pytest.mark.rule("TB-03")
@pytest.mark.parametrize(("until", "allowed"), [(date(2026, 6, 21), False), (date(2026, 6, 22), True)])
def test_documents_are_offered_for_five_days_past_the_holiday(until, allowed):
    scene = announced_with(documents_until=until)
    assert ("TB-03" not in codes(scene, "announce_tender", "06-15 09:00")) is allowed


@pytest.mark.parametrize(("bond", "allowed"), [(29_600_000, True), (29_600_001, False)])
def test_the_bid_bond_is_two_percent_at_most(bond, allowed):
    scene = announced_with(bid_bond_fen=bond)
    assert ("TB-10" not in codes(scene, "announce_tender", "06-15 09:00")) is allowed


def test_the_bid_bond_of_works_is_800_000_yuan_at_most():
    scene = announced_with(estimate_fen=10_000_000_000, bid_bond_fen=80_000_001)
    assert "TB-10.2" in codes(scene, "announce_tender", "06-15 09:00")


@pytest.mark.rule("TB-15")
@pytest.mark.parametrize("kind", ["main", "contract-draft"])
def test_what_will_be_signed_belongs_to_the_tender_documents(kind):
    scene = announced_with()
    assert "TB-15" not in codes(scene, "announce_tender", "06-15 09:00")
    scene.package.documents.filter(kind=kind).delete()
    assert "TB-15" in codes(scene, "announce_tender", "06-15 09:00")


@pytest.mark.rule("TB-15.2")
def test_the_integrity_contract_belongs_to_the_tender_documents():
    scene = cemetery_on("06-12 09:00")
    scene.package.documents.filter(kind="integrity-draft").delete()
    scene.acts.release([scene.package], moment("06-12 15:00"))
    with refuses("TB-15.2") as refused:
        take(STEPS["announce_tender"], scene.package.pk, actor=scene.people.manager, at=moment("06-15 09:00"))
    assert "廉政合同文本" in str(refused.value)


def test_no_tender_without_approvals_and_project_code():
    scene = announced_with()
    scene.project.approvals.all().delete()
    assert codes(scene, "announce_tender", "06-15 09:00") == ["TH-13", "TH-08"]


def test_a_restricted_tender_needs_a_published_reason():
    choice = {"method": Package.Method.SELECTIVE, "approved_method": "selective", "method_ground": "few-bidders"}
    scene = announced_with(**choice, method_reason="古树移植只有三家单位能做")
    assert codes(scene, "announce_tender", "06-15 09:00") == ["TH-09"]
    scene.acts.step("publish_method", moment("06-12 16:00"), subject=scene.package)
    assert codes(scene, "announce_tender", "06-15 09:00") == []
    fill(scene.package, method_reason="古树移植只有两家单位能做")
    assert codes(scene, "announce_tender", "06-15 09:00") == ["TH-09", "FC-01", "D03"]


def test_a_change_that_affects_bids_leaves_fifteen_days_or_moves_the_deadline():
    scene = cemetery_on("06-18 11:00")
    change = {"text": "墙厚改为240毫米", "affects_bids": True, "actor": scene.people.manager}
    with refuses("TB-06"):
        publish_clarification(
            scene.package.pk, new_due_at=scene.package.bids_due_at, at=moment("06-24 09:00"), **change
        )
    publish_clarification(scene.package.pk, new_due_at=moment("07-09 09:30"), at=moment("06-24 09:00"), **change)
    assert scene.package.bids_due_at == moment("07-09 09:30")


def test_the_deadline_never_moves_forward():
    scene = cemetery_on("06-18 11:00")
    with refuses("TB-05"):
        publish_clarification(
            scene.package.pk,
            text="提前",
            affects_bids=False,
            new_due_at=scene.package.bids_due_at - timedelta(minutes=1),
            actor=scene.people.manager,
            at=moment("06-18 12:00"),
        )


# -- opening


def test_bids_are_not_opened_a_second_before_the_deadline():
    scene = cemetery_on("07-06 09:29")
    with refuses("EV-01"):
        take(
            STEPS["open_bids"],
            scene.package.pk,
            actor=scene.people.manager,
            at=moment("07-06 09:30") - timedelta(seconds=1),
        )
    take(STEPS["open_bids"], scene.package.pk, actor=scene.people.manager, at=moment("07-06 09:30"))
    assert scene.package.state == Package.State.OPENING


def test_fewer_than_three_bidders_means_no_opening():
    scene = cemetery_on("07-06 09:29")
    scene.package.bids.last().delete()
    with refuses("EV-03") as refused:
        take(STEPS["open_bids"], scene.package.pk, actor=scene.people.manager, at=moment("07-06 09:30"))
    assert "少于3个" in str(refused.value)


def test_before_the_deadline_no_refusal_betrays_the_number_of_bids():
    scene = courtyard_on()
    assert "EV-03" not in codes(scene, "open_bids", "08-12 10:00")
    for n in range(3):
        register_bid(
            scene.package.pk,
            bidder=f"投标人{n}",
            credit_code=f"9153030000000000{n}X",
            envelopes=1,
            sealed=True,
            delivered_by="某人",
            actor=scene.people.clerk,
            at=moment("08-12 10:00"),
        )
    assert "EV-03" not in codes(scene, "open_bids", "08-12 10:00")


def test_without_an_invitation_to_each_institution_nothing_is_opened():
    scene = cemetery_on("07-06 09:29")
    invitation = scene.package.invitations.get(institution__kind="procuratorate")
    invitation.delete()
    with refuses("invitation") as refused:
        take(STEPS["open_bids"], scene.package.pk, actor=scene.people.manager, at=moment("07-06 09:30"))
    assert "清平县人民检察院" in str(refused.value)


def test_an_absent_observer_does_not_hold_the_opening():
    scene = cemetery_on("07-06 09:30")
    assert scene.package.invitations.filter(institution__kind="procuratorate", mode="absent").exists()
    assert scene.package.state == Package.State.OPENED


def test_invitations_go_out_between_announcement_and_opening():
    scene = cemetery_on("06-12 09:00")
    with refuses("wrong-state"):
        invite(
            scene.package.pk,
            scene.people.discipline.organisation_id,
            means="letter",
            actor=scene.people.clerk,
            at=scene.at,
        )


@pytest.mark.parametrize(
    ("second", "sealed", "status", "reason"),
    [
        (-1, True, Bid.Status.ACCEPTED, ""),
        (0, True, Bid.Status.ACCEPTED, ""),
        (1, True, Bid.Status.REFUSED, "投标截止时间后送达"),
        (-1, False, Bid.Status.REFUSED, "未按要求密封"),
    ],
)
def test_a_late_or_unsealed_envelope_is_refused_and_kept_in_the_register(second, sealed, status, reason):
    scene = cemetery_on("07-06 09:29")
    with translation.override("en"):  # the clerk's page may be English, the register is Chinese
        bid = register_bid(
            scene.package.pk,
            bidder="南盘江建筑有限公司",
            credit_code="91530300MA6K00004D",
            envelopes=1,
            sealed=sealed,
            delivered_by="周强",
            actor=scene.people.clerk,
            at=moment("07-06 09:30") + timedelta(seconds=second),
        )
    assert (bid.status, bid.refusal_reason) == (status, reason)


def test_the_opening_is_not_concluded_before_every_bid_is_read():
    scene = cemetery_on("07-06 09:29")
    scene.acts.step("open_bids", moment("07-06 09:30"), subject=scene.package)
    with refuses("EV-05", "EV-06", "EV-07", "attendance"):
        take(STEPS["conclude_opening"], scene.package.pk, actor=scene.people.manager, at=moment("07-06 10:00"))


def test_a_price_read_wrongly_is_corrected_with_a_reason_in_the_record():
    scene = cemetery_on("07-06 09:29")
    scene.acts.step("open_bids", moment("07-06 09:30"), subject=scene.package)
    bid = scene.package.bids.first()
    scene.acts.check_seals(scene.package, moment("07-06 09:35"))
    scene.acts.open_and_read(bid, moment("07-06 09:40"), 1_368_000_000, "高峰", "云25")
    read = {
        "price_fen": 1_386_000_000,
        "duration_days": 90,
        "quality": "合格",
        "project_manager": "高峰",
        "manager_certificate": "云25",
        "bond_fen": 20_000_000,
        "actor": scene.people.clerk,
        "at": moment("07-06 09:42"),
    }
    with refuses("EV-07"):
        read_bid(bid.pk, **read)
    read_bid(bid.pk, remark="唱标时数字读倒", **read)
    first, second = scene.entries("bid.read")
    assert second.corrects == first.seq
    bid.refresh_from_db()
    assert bid.price_fen == 1_386_000_000


# -- failure; evaluation and award are in tests/tenders


def test_a_failed_tender_is_repeated_as_a_new_package_that_names_it():
    scene = cemetery_on("07-06 09:29")
    failed = take(
        STEPS["fail_tender"],
        scene.package.pk,
        actor=scene.people.manager,
        at=moment("07-06 09:30"),
        reason="投标人少于3个",
    )
    again = retender(failed.pk, actor=scene.people.manager)
    assert again.retender_of == failed
    assert again.number == 2
    assert again.bids_due_at is None
    assert again.documents.count() == 4
    with refuses("wrong-state"):
        retender(failed.pk, actor=scene.people.manager)
