"""Prequalification: the time to apply, what is asked and objected to, who applied, who passed, and who may bid then."""

from datetime import date, timedelta

import pytest

from integrity.operations.objections import Party, answer_objection, receive_objection
from ledger.clock import real_now
from ledger.models import Entry
from lifecycle.operations import refusals, take
from lifecycle.steps import STEPS
from tenders.audit.prequalified import check_prequalifications
from tenders.drafting import retender
from tenders.gates.opening import number_of_bidders
from tenders.models import Applicant, Bid, Ending, Package, Prequalification
from tenders.operations.bids import register_bid
from tenders.operations.clarifications import ask_question, publish_clarification
from tenders.operations.prequalification import drop_prequalification, withdraw_application
from tenders.prequalified import digest_of_result, lines_of, revealed
from tests.bidding import company, credit_code, deliver, let_the_deadline_pass, open_bids, open_tender, register_keys
from tests.factories import make_people, moment
from tests.racing import race
from tests.refusing import refuses
from tests.tenders.prequalifying import (
    CONCLUDED,
    DUE,
    PUBLISHED,
    announced_with,
    apply,
    chosen_on,
    concluded_with,
    judge,
    published_on,
    release,
)

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def package_of(scene):
    return Package.objects.get(pk=scene.package.pk)


def codes(scene, step, at):
    return [r.code for r in refusals(package_of(scene), STEPS[step], at=at)]


def conclude(scene, at=CONCLUDED):
    return take(STEPS["conclude_prequalification"], scene.package.pk, actor=scene.people.manager, at=at)


# -- the notice


def test_a_tender_without_a_prequalification_has_none_of_its_steps():
    scene = chosen_on()
    assert "wrong-stage" not in codes(scene, "publish_prequalification", PUBLISHED)
    drop_prequalification(scene.package.pk, actor=scene.people.manager)
    assert codes(scene, "publish_prequalification", PUBLISHED) == ["wrong-stage"]


@pytest.mark.rule("TB-03")
@pytest.mark.parametrize(("until", "refused"), [(21, ["TB-03"]), (22, []), (23, [])])
def test_its_documents_are_offered_for_five_days_past_the_holiday(until, refused):
    scene = chosen_on(documents_until=date(2026, 6, until), due_at=moment("07-10 17:00"))
    release(scene, moment("06-12 15:00"))
    assert codes(scene, "publish_prequalification", PUBLISHED) == refused


@pytest.mark.rule("TB-04")
@pytest.mark.parametrize(("due", "refused"), [("06-28 17:00", ["TB-04"]), ("06-29 00:00", []), ("06-30 17:00", [])])
def test_five_days_to_apply_are_left_after_the_sale_has_ended(due, refused):
    """From 06-22 they end on a Saturday, and so on the Monday after it."""
    scene = chosen_on(due_at=moment(due))
    release(scene, moment("06-12 15:00"))
    assert codes(scene, "publish_prequalification", PUBLISHED) == refused


@pytest.mark.rule("GP-02")
@pytest.mark.parametrize(("due", "late"), [("06-22 17:00", True), ("06-23 17:00", False), ("06-24 17:00", False)])
def test_in_procurement_five_working_days_are_left_from_the_notice(due, late):
    scene = chosen_on(due_at=moment(due))
    Package.objects.update(track=Package.Track.PROCUREMENT)
    assert ("GP-02" in codes(scene, "publish_prequalification", PUBLISHED)) is late


@pytest.mark.rule("TB-14")
@pytest.mark.parametrize(("most", "refused"), [(2, True), (3, False), (4, False)])
def test_a_limited_number_is_not_less_than_three(most, refused):
    scene = chosen_on(mode="limited", most=most)
    assert ("TB-14" in codes(scene, "publish_prequalification", PUBLISHED)) is refused


def test_the_notice_is_complete_reviewed_and_needs_no_registration():
    scene = chosen_on(documents_from="先到交易中心报名。", place="", mode="limited")
    scene.package.documents.filter(kind="prequalification").delete()
    found = refusals(package_of(scene), STEPS["publish_prequalification"], at=PUBLISHED)
    assert {"TB-01", "TB-08", "FC-01", "D03"} <= {refusal.code for refusal in found}
    blank = next(refusal.message for refusal in found if refusal.code == "TB-01")
    assert all(word in blank for word in ("递交地点", "资格预审文件", "最多家数"))


def test_the_tender_waits_for_the_result():
    assert "TB-14" in codes(published_on(), "announce_tender", CONCLUDED)


# -- clarified and objected to by the ways of the tender documents


@pytest.mark.rule("TB-06.2", "GP-05.2")
@pytest.mark.parametrize("track", Package.Track)
@pytest.mark.parametrize(
    ("at", "due"), [("06-25 09:00", "06-29 17:00"), ("06-26 09:00", "06-29 17:00"), ("06-27 09:00", "06-30 17:00")]
)
def test_a_change_less_than_three_days_before_moves_the_deadline(at, due, track):
    scene = published_on()
    Package.objects.update(track=track)
    question = ask_question(scene.package.pk, text="业绩算到哪一天？", at=moment("06-24 10:00"))
    changed = publish_clarification(
        scene.package.pk,
        text="业绩算到公告当日。",
        affects_bids=True,
        answers=[question.number],
        actor=scene.people.manager,
        at=moment(at),
    )
    assert changed.new_due_at == package_of(scene).prequalification.due_at == moment(due)
    assert package_of(scene).bids_due_at == scene.package.bids_due_at


@pytest.mark.rule("TB-06.2", "GP-05.2")
@pytest.mark.parametrize(("track", "rule"), [(Package.Track.WORKS, "TB-06.2"), (Package.Track.PROCUREMENT, "GP-05.2")])
def test_a_deadline_that_leaves_too_little_time_is_refused(track, rule):
    scene = published_on()
    Package.objects.update(track=track)
    with refuses(rule):
        publish_clarification(
            scene.package.pk, text="改。", affects_bids=True, new_due_at=DUE, actor=scene.people.manager,
            at=moment("06-27 09:00"),
        )  # fmt: skip


def object_to(scene, at):
    return receive_objection(
        scene.package.pk,
        kind="prequal",
        objector="某建筑公司",
        text="业绩要求过高。",
        party=Party(contact="0874-3100099"),
        actor=None,
        at=at,
    )


@pytest.mark.rule("OB-01", "OB-05")
def test_until_two_days_before_the_deadline_an_objection_stops_the_review():
    scene = published_on()
    with refuses("OB-01"):
        object_to(scene, moment("06-28 00:00"))
    object_to(scene, moment("06-26 09:00"))
    objection = object_to(scene, moment("06-27 23:59"))
    for serial in (1, 2, 3):
        apply(scene, serial)
    judge(scene, (1, 2, 3))
    with refuses("OB-05"):
        conclude(scene)
    for waiting in package_of(scene).objections.open():
        answer_objection(
            waiting.pk, answer="要求适当。", upheld=False, actor=scene.people.manager, at=moment("06-29 09:00")
        )
    assert objection.kind == "prequal"
    conclude(scene)


# -- applications


@pytest.mark.rule("EV-02", "TB-04")
@pytest.mark.parametrize(("late_by", "status"), [(-SECOND, "accepted"), (0 * SECOND, "accepted"), (SECOND, "refused")])
def test_an_application_is_late_by_the_second_and_no_entry_says_that_it_came(late_by, status):
    scene = published_on()
    before = Entry.objects.count()
    found = apply(scene, 1, at=DUE + late_by)
    assert (found.status, bool(found.refusal_reason)) == (status, status == "refused")
    assert Entry.objects.count() == before


def test_an_application_is_given_back_until_the_deadline_and_can_come_again():
    scene = published_on()
    first = apply(scene, 1, at=moment("06-24 09:00"))
    with refuses("duplicate"):
        apply(scene, 1)
    withdraw_application(first.pk, withdrawn_by="何强", actor=scene.people.clerk, at=DUE)
    second = apply(scene, 1)
    with refuses("not-standing"):
        withdraw_application(second.pk, withdrawn_by="何强", actor=scene.people.clerk, at=DUE + SECOND)


@pytest.mark.django_db(transaction=True)
def test_two_applications_of_one_company_at_once_are_one():
    scene = published_on()
    assert race(lambda: apply(scene, 1)) == ["ActRefused", "done"]
    assert Applicant.objects.count() == 1


# -- the result


@pytest.mark.rule("EV-10")
@pytest.mark.parametrize(("n", "refused"), [(4, ["EV-10"]), (5, []), (6, ["EV-10"]), (7, [])])
def test_the_review_is_over_when_enough_reviewers_have_judged_all(n, refused):
    scene = published_on()
    apply(scene, 1)
    judge(scene, (), reviewers="\n".join("甲" * n))
    assert codes(scene, "conclude_prequalification", CONCLUDED) == refused


@pytest.mark.rule("TB-04", "EM-01")
def test_the_result_waits_for_the_deadline_and_for_each_verdict_without_saying_how_many():
    scene = published_on()
    assert "TB-04" in codes(scene, "conclude_prequalification", DUE)
    apply(scene, 1)
    judge(scene, ())
    Applicant.objects.update(reason="")
    (refusal,) = refusals(package_of(scene), STEPS["conclude_prequalification"], at=CONCLUDED)
    assert (refusal.code, any(c.isdigit() for c in refusal.message)) == ("not-judged", False)


def test_no_more_pass_than_the_notice_said():
    scene = published_on(mode="limited", most=3)
    for serial in range(1, 5):
        apply(scene, serial)
    judge(scene, range(1, 5))
    with refuses("too-many"):
        conclude(scene)
    judge(scene, (1, 2, 3))
    conclude(scene)


@pytest.mark.rule("EM-01")
def test_the_record_binds_the_result_and_tells_neither_names_nor_numbers():
    scene = concluded_with(passing=(1, 2, 3), failing=(4, 5))
    ours = package_of(scene).prequalification
    (entry,) = scene.entries("step.conclude_prequalification")
    assert entry.facts["commitment"] == digest_of_result(lines_of(package_of(scene)), bytes(ours.salt))
    recorded = b"".join(bytes(e.body) for e in Entry.objects.filter(subject__startswith=scene.package.path)).decode()
    for serial in range(1, 6):
        assert f"第{serial}建筑有限公司" not in recorded
        assert credit_code(serial) not in recorded
    assert not {"passed", "applicants", "received"} & set(entry.facts)


@pytest.mark.rule("TB-14")
@pytest.mark.parametrize(("passing", "enough"), [((1, 2), False), ((1, 2, 3), True), ((1, 2, 3, 5), True)])
def test_fewer_than_three_lead_to_another_tender(passing, enough):
    scene = concluded_with(passing=passing)
    assert package_of(scene).prequalification.enough is enough
    assert ("TB-14" in codes(scene, "announce_tender", CONCLUDED)) is not enough
    if not enough:
        Ending.objects.create(package=scene.package, afterwards=Ending.Next.NONE)
        assert "TB-14" in codes(scene, "fail_tender", CONCLUDED)
        Ending.objects.update(afterwards=Ending.Next.RETENDER)
        take(STEPS["fail_tender"], scene.package.pk, actor=scene.people.manager, at=CONCLUDED, reason="通过的不足三家")
        (entry,) = scene.entries("step.fail_tender")
        assert entry.facts["ground"] == "too-few-applicants"
        failed = package_of(scene)
        assert retender(failed.pk, actor=scene.people.manager).retender_of == failed


def test_what_only_was_drafted_cannot_fail():
    assert codes(chosen_on(), "fail_tender", PUBLISHED) == ["wrong-stage"]


# -- the opening, and the audit


@pytest.mark.rule("EM-01")
def test_the_opening_reveals_the_list_and_anybody_can_check_it():
    scene = concluded_with(passing=(1, 2, 3), failing=(4,))
    (entry,) = scene.entries("step.conclude_prequalification")
    told = revealed(package_of(scene))
    assert digest_of_result(told["applicants"], bytes.fromhex(told["applicants_salt"])) == entry.facts["commitment"]
    assert [line["passed"] for line in told["applicants"]] == [True, True, True, False]
    assert "没有安全生产许可证" not in str(told)


@pytest.mark.parametrize(
    "change", [{"passed": True}, {"reason": "别的理由"}, {"applicant": "某公司"}, {"status": "withdrawn"}]
)
def test_whoever_changes_the_result_afterwards_is_found_out(change):
    scene = concluded_with(passing=(1, 2, 3), failing=(4,))
    assert check_prequalifications() == (1, [])
    scene.package.applicants.filter(passed=False).update(**change)
    assert [problem.code for problem in check_prequalifications()[1]] == ["prequalification-altered"]


# -- who may bid


@pytest.mark.rule("EV-02", "EV-03")
def test_a_sealed_bid_of_who_has_not_passed_is_refused_by_the_opening_and_counts_for_nothing():
    people = make_people("a-password-of-tests")
    register_keys(people, real_now())
    package = open_tender(people)
    Prequalification.objects.create(package=package, state="concluded", concluded_at=real_now(), enough=True)
    known = {"arrived_at": real_now(), "delivered_by": "何强", "received_by": people.clerk, "status": "accepted"}
    passed, failed = company(1), company(2)
    for number, (bidder, has_passed) in enumerate(((passed, True), (failed, False)), 1):
        of_bidder = {"applicant": bidder.organisation.name, "credit_code": bidder.organisation.credit_code}
        package.applicants.create(number=number, passed=has_passed, **of_bidder, **known)
        deliver(bidder, package, real_now())  # nothing tells the second one here, or whoever uses its name
    package = Package.objects.get(pk=package.pk)
    assert number_of_bidders(package) == 1
    let_the_deadline_pass(package)
    open_bids(package)
    found = {bid.credit_code: (bid.status, bid.refusal_reason) for bid in package.bids.all()}
    assert found[passed.organisation.credit_code] == ("accepted", "")
    assert found[failed.organisation.credit_code] == ("refused", "未通过资格预审")


@pytest.mark.rule("EV-02")
@pytest.mark.parametrize(("serial", "status"), [(1, "accepted"), (4, "refused"), (9, "refused")])
def test_only_who_passed_may_bid(serial, status):
    scene = announced_with(passing=(1, 2, 3), failing=(4,))
    bid = register_bid(
        scene.package.pk,
        bidder=f"第{serial}建筑有限公司",
        credit_code=credit_code(serial),
        envelopes=1,
        sealed=True,
        delivered_by="何强",
        actor=scene.people.clerk,
        at=moment("07-27 09:00"),
    )
    assert (bid.status, bid.refusal_reason) == (status, "" if status == Bid.Status.ACCEPTED else "未通过资格预审")
