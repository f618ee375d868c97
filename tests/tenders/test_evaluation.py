"""What the evaluation report says, and what is checked before anything of it is published."""

from datetime import date

import pytest

from lifecycle.demo.drafts import fill
from tests.factories import cemetery_on, moment
from tests.tenders.evaluating import codes, evaluated, procured

pytestmark = pytest.mark.django_db

REJECTED = {"rank": None, "score": None, "rejection_ground": "unresponsive", "rejection_reason": "工期超过招标文件。"}


@pytest.mark.rule("EV-14")
@pytest.mark.parametrize(
    ("found", "refused"),
    [
        ({"score": None}, ["EV-14"]),
        ({"score": None, "evaluated_price_fen": 1_400_000_000}, []),
        (REJECTED, []),
        (REJECTED | {"rejection_ground": ""}, ["EV-14"]),
        (REJECTED | {"rejection_reason": ""}, ["EV-14"]),
        (REJECTED | {"rank": 3}, ["EV-14"]),
    ],
)
def test_each_bid_is_scored_or_rejected_on_a_ground_for_a_reason(found, refused):
    scene = evaluated()
    fill(scene.package.bids.accepted().last(), **found)
    assert codes(scene, "evaluate", "07-07 16:00") == refused


@pytest.mark.rule("EV-15")
@pytest.mark.parametrize(("ranks", "refused"), [((1, 2, 3), []), ((1, 2, 4), ["EV-15"]), ((2, 3, None), ["EV-15"])])
def test_candidates_are_three_at_most_and_ranked_from_one(ranks, refused):
    scene = evaluated()
    scene.package.bids.update(rank=None)
    for bid, rank in zip(scene.package.bids.accepted(), ranks, strict=True):
        fill(bid, rank=rank)
    assert codes(scene, "evaluate", "07-07 16:00") == refused


@pytest.mark.rule("EV-15")
def test_a_fourth_candidate_is_one_too_many():
    scene = evaluated()
    fill(scene.package.bids.get(number=4), status="accepted", refusal_reason="", rank=4, score=80)
    assert codes(scene, "evaluate", "07-07 16:00") == ["EV-15"]


@pytest.mark.rule("EV-16")
def test_if_all_bids_are_rejected_the_tender_begins_anew():
    scene = evaluated()
    scene.package.bids.accepted().update(**REJECTED)
    assert codes(scene, "evaluate", "07-07 16:00") == ["EV-16"]
    assert codes(scene, "fail_tender", "07-07 16:00") == []


@pytest.mark.parametrize(
    ("finished", "received", "at", "refused"),
    [
        (6, 7, "07-07 16:00", []),
        (5, 7, "07-07 16:00", ["EV-14"]),  # before the opening
        (7, 6, "07-07 16:00", ["EV-14"]),
        (7, 8, "07-07 16:00", ["EV-14"]),  # not come yet
        (7, 8, "07-08 16:00", []),
    ],
)
def test_the_report_follows_the_evaluation_and_that_the_opening(finished, received, at, refused):
    scene = evaluated(finished_on=date(2026, 7, finished), report_received_on=date(2026, 7, received))
    assert codes(scene, "evaluate", at) == refused


@pytest.mark.rule("EV-18")
@pytest.mark.parametrize(
    ("found", "refused"),
    [
        ({"check_prices": ""}, ["EV-18"]),
        ({"owner_review": ""}, ["EV-18"]),
        ({"check_prices": "odd"}, ["EV-18"]),
        ({"check_prices": "settled"}, ["EV-18"]),
        ({"check_prices": "settled", "check_handling": "第三名的报价经澄清，不低于成本。"}, []),
    ],
)
def test_the_owner_checks_the_report_before_candidates_are_published(found, refused):
    scene = cemetery_on("07-07 16:00")
    fill(scene.package.evaluation, **found)
    assert [code for code in codes(scene, "publish_candidates", "07-08 09:00") if code != "D03"] == refused


def test_candidates_are_published_with_what_makes_them_eligible():
    scene = cemetery_on("07-07 16:00")
    fill(scene.package.bids.candidates().last(), eligibility="")
    assert "AW-01" in codes(scene, "publish_candidates", "07-08 09:00")


def test_government_procurement_goes_from_the_report_to_the_result():
    scene = procured(cemetery_on("07-07 16:00"))
    assert codes(scene, "publish_candidates", "07-08 09:00") == ["wrong-stage"]
    assert "wrong-stage" not in codes(scene, "award", "07-08 09:00")
    fill(scene.package, track="works")
    assert codes(scene, "award", "07-08 09:00") == ["wrong-stage"]


@pytest.mark.rule("EV-18")
def test_a_report_is_not_changed_between_its_receipt_and_the_publication():
    scene = cemetery_on("07-07 16:00")
    bid = scene.package.bids.get(rank=3)
    fill(bid, score="91.50")
    assert codes(scene, "publish_candidates", "07-08 09:00")[0] == "EV-18"
    fill(bid, score="88.10")
    assert "EV-18" not in codes(scene, "publish_candidates", "07-08 09:00")


@pytest.mark.rule("EV-18")
def test_what_the_committee_has_corrected_is_told_with_the_candidates():
    scene = cemetery_on("07-07 16:00")
    fill(scene.package.bids.get(rank=3), score="91.50")
    fill(scene.package.evaluation, check_scores="settled", check_handling="汇总有误，评标委员会复核改正。")
    scene.acts.step("publish_candidates", moment("07-08 09:00"), subject=scene.package)
    (entry,) = scene.entries("step.publish_candidates")
    assert entry.facts["corrected"]
