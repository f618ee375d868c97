"""The opening session, act by act: what the law lets happen when, and what stays visible of a slip."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Organisation, User
from integrity.operations.objections import answer_objection
from ledger.models import Entry
from lifecycle.demo.drafts import fill
from lifecycle.operations import refusals, take
from lifecycle.steps import STEPS
from tenders.models import Bid, BidderAttendance, Opening
from tenders.operations.bidders import attend_opening, confirm_line, confirm_own_line, sign_in_bidder
from tenders.operations.opening import announce_reserve_price, check_seals, open_envelope, read_bid, sign_record
from tests.factories import cemetery_on, moment
from tests.racing import race
from tests.refusing import refuses

pytestmark = pytest.mark.django_db

DUE = moment("07-06 09:30")
READING = {
    "price_fen": 1_386_000_000,
    "duration_days": 90,
    "quality": "合格",
    "project_manager": "高峰",
    "manager_certificate": "云253202100318",
    "bond_fen": 20_000_000,
}
OFFICES = ("chair", "recorder", "supervisor")


def before_the_opening():
    """Return the scene a minute before the deadline; its acts by the clerk are ``hands``."""
    return cemetery_on("07-06 09:29")


def opened(**session):
    scene = before_the_opening()
    fill(scene.package.opening, **session)
    scene.acts.step("open_bids", DUE, subject=scene.package)
    return scene


def checked(**session):
    scene = opened(**session)
    scene.acts.check_seals(scene.package, at(5))
    return scene


def read_out(**session):
    """Return a session in which all bids are read and the observers are dealt with, ready for confirmations."""
    scene = checked(**session)
    for bid in scene.package.bids.accepted():
        scene.acts.open_and_read(bid, at(10), 1_386_000_000, "高峰", "云253202100318")
    scene.acts.absent(scene.package, scene.people.procurator, at(12), "有出庭任务")
    return scene


def ready(**session):
    """Return a session that may be concluded."""
    scene = read_out(**session)
    for bid in scene.package.bids.accepted():
        scene.acts.confirm(bid, at(15))
    scene.acts.sign_record(scene.package, at(20))
    return scene


def at(minutes):
    return DUE + timedelta(minutes=minutes)


def by(scene):
    return {"actor": scene.people.clerk}


def first(scene):
    return scene.package.bids.accepted().first()


def codes(scene, step, when):
    return {refusal.code for refusal in refusals(scene.package, STEPS[step], at=when)}


def bidder_of(bid):
    company = Organisation.objects.create(name=bid.bidder, credit_code=bid.credit_code, kind="company")
    return User.objects.create(username=bid.credit_code, name="王海", role=User.Role.BIDDER, organisation=company)


# -- when it begins


@pytest.mark.rule("EV-01")
@pytest.mark.parametrize(
    ("seconds", "why", "allowed"),
    [(-1, "", False), (0, "", True), (300, "", True), (301, "", False), (301, "交易中心停电", True)],
)
def test_an_opening_begins_at_the_deadline_or_says_why_it_is_late(seconds, why, allowed):
    scene = before_the_opening()
    fill(scene.package.opening, delay_reason=why)
    when = DUE + timedelta(seconds=seconds)
    assert ("EV-01" not in codes(scene, "open_bids", when)) is allowed
    if allowed:
        scene.acts.step("open_bids", when, subject=scene.package)
        assert scene.entries("step.open_bids")[0].facts["delay_reason"] == why


@pytest.mark.rule("EV-03", "GP-09")
@pytest.mark.parametrize(("track", "rule"), [("works", "EV-03"), ("gp", "GP-09")])
def test_three_bidders_open_and_two_do_not(track, rule):
    scene = before_the_opening()
    fill(scene.package, track=track)
    assert rule not in codes(scene, "open_bids", DUE)
    fill(scene.package.bids.last(), status=Bid.Status.WITHDRAWN)
    assert rule in codes(scene, "open_bids", DUE)
    assert rule not in codes(scene, "open_bids", DUE - timedelta(seconds=1))


@pytest.mark.rule("EV-05")
def test_without_chair_recorder_and_supervisor_nothing_is_opened():
    scene = before_the_opening()
    fill(scene.package.opening, recorder="")
    with refuses("EV-05") as refused:
        take(STEPS["open_bids"], scene.package.pk, actor=scene.people.manager, at=DUE)
    assert "记录人" in str(refused.value)


@pytest.mark.rule("EV-09")
@pytest.mark.parametrize(
    ("place", "words", "allowed"),
    [
        ("qualification", "要求项目经理到场开标。", False),
        ("submission", "投标文件须由法定代表人亲自递交。", False),
        ("opening_place", "县公共资源交易中心，法定代表人不到场的，投标无效。", False),
        ("qualification", "投标人可以派代表参加开标会，不得要求法定代表人到场。", True),
    ],
)
def test_an_announcement_may_not_call_for_the_head_or_the_project_manager(place, words, allowed):
    scene = cemetery_on("06-12 09:00")
    fill(scene.package, **{place: words})
    assert ("EV-09" not in codes(scene, "announce_tender", moment("06-15 09:00"))) is allowed


# -- who is there


@pytest.mark.rule("EM-01", "EM-07")
def test_who_comes_for_a_bidder_stays_off_the_record_until_the_opening_tells_it():
    scene = before_the_opening()
    told = Entry.objects.count()
    BidderAttendance.objects.all().delete()
    bid = first(scene)
    come = {"representative": "张三", "authority": "authorised", "actor": scene.people.clerk, "at": at(-5)}
    sign_in_bidder(scene.package.pk, bidder=bid.bidder, credit_code=bid.credit_code, phone="13800000000", **come)
    sign_in_bidder(scene.package.pk, bidder="路过的公司", credit_code="91530300MA6K00009X", **come)
    assert Entry.objects.count() == told

    scene.acts.step("open_bids", DUE, subject=scene.package)
    (entry,) = scene.entries("step.open_bids")
    assert [line["bidder"] for line in entry.facts["present"]] == [bid.bidder]
    assert "张三" not in str(entry.facts)
    assert "13800000000" not in str(entry.facts)


def test_a_bidder_who_comes_late_is_on_record_and_whoever_has_not_bid_is_no_bidder():
    scene = before_the_opening()
    BidderAttendance.objects.all().delete()
    scene.acts.step("open_bids", DUE, subject=scene.package)
    attend_opening(
        scene.package.pk,
        representative="王海",
        authority="authorised",
        remote=True,
        actor=bidder_of(first(scene)),
        at=at(3),
    )
    (entry,) = scene.entries("bidder.signed-in")
    assert entry.facts == {"bidder": first(scene).bidder, "authority": "authorised", "remote": True}
    with refuses("no-bid"):
        scene.acts.attend(scene.package, at(4), "路过的公司", "91530300MA6K00009X", "李四")


def test_an_own_account_signs_in_once_whatever_the_table_has_written():
    scene = before_the_opening()
    bidder = bidder_of(first(scene))  # signed in at the table already
    come = {"representative": "王海", "authority": "authorised", "remote": False, "actor": bidder}
    attend_opening(scene.package.pk, at=at(-3), **come)
    with refuses("duplicate"):
        attend_opening(scene.package.pk, at=at(-2), **come)
    scene.acts.step("open_bids", DUE, subject=scene.package)
    there = [line["bidder"] for line in scene.entries("step.open_bids")[0].facts["present"]]
    assert len(there) == len(set(there)) == 3


def test_only_a_bidder_s_account_attends_and_confirms():
    scene = opened()
    for person in (scene.people.clerk, scene.people.discipline):
        with pytest.raises(PermissionDenied):
            confirm_own_line(first(scene).pk, actor=person, at=at(1))
    other = bidder_of(scene.package.bids.last())
    with pytest.raises(PermissionDenied):
        confirm_own_line(first(scene).pk, actor=other, at=at(1))


# -- seals and envelopes


@pytest.mark.rule("EM-06")
def test_before_the_session_no_envelope_is_touched():
    scene = before_the_opening()
    with refuses("EM-06", "EV-05"):
        open_envelope(first(scene).pk, at=DUE - timedelta(seconds=1), **by(scene))
    with refuses("EM-06", "EV-06"):
        read_bid(first(scene).pk, at=DUE - timedelta(seconds=1), **READING, **by(scene))
    with refuses("EM-06"):
        check_seals(scene.package.pk, seals_checker="bidders", seals_finding="完好", at=DUE, **by(scene))


@pytest.mark.rule("EV-05")
def test_no_envelope_is_cut_before_the_seals_are_checked_by_others_than_the_bureau():
    scene = opened()
    with refuses("EV-05"):
        open_envelope(first(scene).pk, at=at(1), **by(scene))
    with refuses("EV-05"):
        check_seals(scene.package.pk, seals_checker="", seals_finding="完好", at=at(1), **by(scene))
    with refuses("EV-05"):
        check_seals(scene.package.pk, seals_checker="notary", seals_finding="完好", at=at(1), **by(scene))
    check_seals(
        scene.package.pk, seals_checker="notary", seals_checked_by="清平县公证处", seals_finding="第2号封口开裂",
        broken_seals=[2], at=at(2), **by(scene),
    )  # fmt: skip
    second = scene.package.bids.get(number=2)
    open_envelope(second.pk, at=at(3), **by(scene))
    assert scene.entries("seals.checked")[0].facts["broken_seals"] == [2]
    assert scene.entries("bid.opened")[0].facts == {"number": 2, "bidder": second.bidder, "intact": False}


def test_a_seal_check_is_corrected_in_public_and_only_with_a_reason():
    scene = checked()
    again = {"seals_checker": "delegates", "seals_checked_by": "云岭建设工程有限公司", "seals_finding": "完好"}
    with refuses("EV-07"):
        check_seals(scene.package.pk, at=at(6), **again, **by(scene))
    check_seals(scene.package.pk, at=at(6), reason="检查人登记错了", **again, **by(scene))
    before, after = scene.entries("seals.checked")
    assert (after.corrects, after.facts["reason"]) == (before.seq, "检查人登记错了")


def test_envelopes_are_opened_one_by_one():
    scene = checked()
    one, two, _ = scene.package.bids.accepted()
    open_envelope(one.pk, at=at(6), **by(scene))
    with refuses("one-by-one"):
        open_envelope(two.pk, at=at(7), **by(scene))
    with refuses("duplicate", "one-by-one"):
        open_envelope(one.pk, at=at(7), **by(scene))
    read_bid(one.pk, at=at(8), **READING, **by(scene))
    open_envelope(two.pk, at=at(9), **by(scene))


# -- reading


@pytest.mark.rule("EV-06")
def test_only_what_lies_open_is_read_and_everything_that_came_in_time_is():
    scene = checked()
    with refuses("EV-06"):
        read_bid(first(scene).pk, at=at(6), **READING, **by(scene))
    scene.acts.open_and_read(first(scene), at(7), 1, "高峰", "云1")
    assert "EV-06" in codes(scene, "conclude_opening", at(8))


@pytest.mark.rule("EV-06")
def test_a_refused_envelope_is_not_opened():
    scene = checked()
    late = scene.acts.receive_bid(scene.package, at(6), "南盘江建筑有限公司", "91530300MA6K00004D", "周强")
    with refuses("EV-06"):
        open_envelope(late.pk, at=at(7), **by(scene))


@pytest.mark.rule("EV-06")
def test_a_decrypted_bid_is_read_as_it_was_submitted():
    scene = checked()
    bid = first(scene)
    fill(bid, form=Bid.Form.ELECTRONIC, submitted=READING, opened_at=at(6))
    with refuses("EV-06") as refused:
        read_bid(bid.pk, at=at(7), **READING | {"price_fen": 1_386_000_001}, **by(scene))
    assert "投标报价" in str(refused.value)
    with refuses("electronic"):
        open_envelope(bid.pk, at=at(7), **by(scene))
    read_bid(bid.pk, at=at(7), **READING, **by(scene))


# -- the reserve price


@pytest.mark.rule("EM-02")
def test_the_reserve_price_is_told_in_the_session_and_not_a_second_earlier():
    scene = before_the_opening()
    fill(scene.package.opening, has_reserve_price=True)
    price = {"reserve_price_fen": 1_450_000_000}
    with refuses("EM-02"):
        announce_reserve_price(scene.package.pk, at=DUE - timedelta(seconds=1), **price, **by(scene))
    assert Opening.objects.get().reserve_price_fen is None
    scene.acts.step("open_bids", DUE, subject=scene.package)
    assert "EM-02" in codes(scene, "conclude_opening", at(1))
    announce_reserve_price(scene.package.pk, at=at(1), **price, **by(scene))
    assert scene.entries("reserve-price.announced")[0].facts["reserve_price_fen"] == 1_450_000_000
    assert "EM-02" not in codes(scene, "conclude_opening", at(2))


def test_a_reserve_price_that_was_not_set_is_not_told():
    scene = opened()
    with refuses("no-reserve-price"):
        announce_reserve_price(scene.package.pk, reserve_price_fen=1, at=at(1), **by(scene))


# -- objections


@pytest.mark.rule("EV-08", "OB-03")
def test_an_objection_is_answered_before_the_session_ends():
    scene = ready()
    objection = scene.acts.object(scene.package, at(21), "opening", first(scene).bidder, "唱标的工期有误。")
    assert {"EV-08", "OB-05"} <= codes(scene, "conclude_opening", at(22))
    answer_objection(objection.pk, answer="已核对，无误。", upheld=False, actor=scene.people.manager, at=at(23))
    assert codes(scene, "conclude_opening", at(24)) == set()


@pytest.mark.rule("OB-03")
def test_once_the_session_has_ended_nobody_objects_to_it_any_more():
    scene = ready()
    scene.acts.step("conclude_opening", at(22), subject=scene.package)
    with refuses("OB-03"):
        scene.acts.object(scene.package, at(22), "opening", first(scene).bidder, "唱标的工期有误。")


# -- confirming and signing


@pytest.mark.rule("EV-07")
def test_each_bidder_confirms_its_line_and_a_correction_asks_again():
    scene = read_out()
    bid = first(scene)
    for line in scene.package.bids.accepted():
        confirm_line(line.pk, means="signed", at=at(15), **by(scene))
    scene.acts.sign_record(scene.package, at(16))
    assert codes(scene, "conclude_opening", at(17)) == set()

    read_bid(bid.pk, at=at(18), remark="报价看错一位", **READING | {"price_fen": 1_386_000_100}, **by(scene))
    assert codes(scene, "conclude_opening", at(19)) == {"EV-07"}
    confirm_own_line(bid.pk, actor=bidder_of(bid), at=at(20))
    with refuses("EV-07") as refused:  # what was signed is no longer the record
        take(STEPS["conclude_opening"], scene.package.pk, actor=scene.people.manager, at=at(21))
    assert "须重新签字" in str(refused.value)
    sign_record(scene.package.pk, signers=OFFICES, reason="更正后重签", at=at(22), **by(scene))
    scene.acts.step("conclude_opening", at(23), subject=scene.package)
    means = [line["confirmed"] for line in scene.entries("step.conclude_opening")[0].facts["prices"]]
    assert means == ["electronic", "signed", "signed"]


@pytest.mark.rule("GP-10")
def test_who_did_not_come_accepts_the_result_and_who_came_is_not_absent():
    scene = read_out()
    fill(scene.package, track="gp")
    BidderAttendance.objects.filter(credit_code=first(scene).credit_code).delete()
    confirm_line(first(scene).pk, means="absent", at=at(15), **by(scene))
    for bid in scene.package.bids.accepted()[1:]:
        with refuses("GP-10"):
            confirm_line(bid.pk, means="absent", at=at(15), **by(scene))
    assert "GP-10" in codes(scene, "conclude_opening", at(16))


def test_a_refusal_to_sign_says_why_and_may_still_become_a_signature():
    scene = read_out()
    bid = first(scene)
    with refuses("EV-07"):
        confirm_line(bid.pk, means="refused", at=at(15), **by(scene))
    confirm_line(bid.pk, means="refused", remark="不认可唱标顺序", at=at(15), **by(scene))
    confirm_line(bid.pk, means="signed", at=at(16), **by(scene))
    with refuses("duplicate"):
        confirm_line(bid.pk, means="refused", remark="又反悔", at=at(17), **by(scene))
    assert [e.facts["means"] for e in scene.entries("bid.confirmed")] == ["refused", "signed"]


@pytest.mark.rule("EV-07", "GP-10")
def test_the_record_is_signed_by_all_offices_after_everything_is_confirmed():
    scene = read_out()
    with refuses("EV-07"):
        sign_record(scene.package.pk, signers=OFFICES, at=at(15), **by(scene))
    for bid in scene.package.bids.accepted():
        confirm_line(bid.pk, means="signed", at=at(15), **by(scene))
    with refuses("EV-07") as refused:
        sign_record(scene.package.pk, signers=OFFICES[:2], at=at(16), **by(scene))
    assert "监标人" in str(refused.value)
    assert "EV-07" in codes(scene, "conclude_opening", at(16))
    sign_record(scene.package.pk, signers=OFFICES, at=at(17), **by(scene))
    assert codes(scene, "conclude_opening", at(18)) == set()


@pytest.mark.rule("GP-08")
@pytest.mark.parametrize(
    ("track", "recording", "nobody", "refused"),
    [
        ("gp", "", True, True),
        ("gp", "JY-1", False, True),
        ("gp", "JY-1", True, False),
        ("works", "", False, False),
    ],
)
def test_a_procurement_is_recorded_and_no_evaluator_is_there(track, recording, nobody, refused):
    scene = opened(recording=recording, no_evaluator_attended=nobody)
    fill(scene.package, track=track)
    assert ("GP-08" in codes(scene, "conclude_opening", at(1))) is refused


@pytest.mark.rule("EV-07")
def test_after_the_session_its_record_stands():
    scene = ready()
    scene.acts.step("conclude_opening", at(25), subject=scene.package)
    with refuses("wrong-state"):
        read_bid(first(scene).pk, at=at(26), remark="想改", **READING, **by(scene))
    with refuses("wrong-state"):
        sign_record(scene.package.pk, signers=OFFICES, at=at(26), **by(scene))


# -- two clicks at once


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_give_one_act_each_time():
    scene = before_the_opening()
    bidder = bidder_of(first(scene))
    come = {"representative": "王海", "authority": "authorised", "remote": True, "actor": bidder, "at": at(-1)}
    assert race(lambda: attend_opening(scene.package.pk, **come)) == ["ActRefused", "done"]
    scene.acts.step("open_bids", DUE, subject=scene.package)
    fill(scene.package.opening, has_reserve_price=True)
    pk, bid = scene.package.pk, first(scene)
    seals = {"seals_checker": "bidders", "seals_finding": "完好", "at": at(1), **by(scene)}
    acts = (
        lambda: check_seals(pk, **seals),
        lambda: open_envelope(bid.pk, at=at(2), **by(scene)),
        lambda: read_bid(bid.pk, at=at(3), **READING, **by(scene)),
        lambda: announce_reserve_price(pk, reserve_price_fen=1, at=at(4), **by(scene)),
        lambda: confirm_line(bid.pk, means="signed", at=at(5), **by(scene)),
    )
    assert [race(act) for act in acts] == [["ActRefused", "done"]] * len(acts)
