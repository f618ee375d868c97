"""A plan that changes: a new version within its round, or a new round of publicity."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from ledger.models import Entry
from lifecycle.clocks import clocks
from lifecycle.demo.drafts import add_rendering, fill
from lifecycle.operations import take
from lifecycle.steps import STEPS
from portal.public.tracking import course_of
from portal.staff.themes import progress
from tenders.gates.plan import consultation_of
from tenders.models import Consultation, PlanVersion
from tenders.operations.comments import receive_comment
from tenders.operations.rounds import begin_next_round, discard_revision, draft_revision
from tests.factories import cemetery_on, hall_on, moment
from tests.racing import race
from tests.refusing import refuses

pytestmark = pytest.mark.django_db

OPENED = "07-20 09:10"


def drafted(scene, at=None, **changes):
    version = draft_revision(
        scene.consultation.pk, minor_reason="局部调整", actor=scene.people.manager, at=at or scene.at
    )
    fill(version, **changes)
    return version


def published(scene, version, at=None):
    scene.acts.step("revise_plan", at or scene.at, subject=version)


def next_round(scene, at, **changes):
    following = begin_next_round(
        consultation_of(scene.project).pk, reason="规模扩大", actor=scene.people.manager, at=at
    )
    fill(following, **changes)
    return following


# -- versions ----------------------------------------------------------------------------------------------------------


def test_a_new_version_says_what_changed_why_it_is_minor_and_which_comments_it_follows():
    scene = cemetery_on("04-10 10:30")
    version = drafted(scene, text="停车场出口在东侧。", change_note="出口改到东侧")
    version.answers.set(scene.consultation.comments.get(number=1).answer for _ in range(1))
    published(scene, version, moment("04-10 16:00"))
    facts = scene.entries("step.revise_plan")[0].facts
    assert (facts["round"], facts["number"], facts["comments"]) == (1, 2, [1])
    assert (facts["text"], facts["change_note"]) == ("停车场出口在东侧。", "出口改到东侧")
    assert facts["minor_reason"] == "局部调整"
    assert len(facts["renderings"]) == 3
    assert scene.consultation.current_plan() == version


def test_a_published_version_stays_as_it_is():
    scene = hall_on(OPENED)
    before = Entry.objects.get(kind="step.publish_plan").facts["plan"]["text"]
    published(scene, drafted(scene, text="新的正文", change_note="改了"))
    first, second = scene.consultation.plans.all()
    assert (first.text, second.text) == (before, "新的正文")
    with refuses("wrong-state"):
        discard_revision(first.pk, actor=scene.people.manager, at=scene.at)
    with refuses("wrong-state"):
        discard_revision(second.pk, actor=scene.people.manager, at=scene.at)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"text": "新"}, ["PD-03"]),  # what has changed is not said
        ({"text": "新", "change_note": "改", "minor_reason": ""}, ["PD-03"]),
        ({"change_note": "改"}, ["unchanged"]),
        ({"text": " ", "change_note": "改"}, ["PD-03"]),
    ],
)
def test_a_version_without_its_reasons_or_without_a_change_is_refused(changes, codes):
    scene = hall_on(OPENED)
    version = drafted(scene, **changes)
    scene.acts.release([version], scene.at)
    with refuses(*codes):
        take(STEPS["revise_plan"], version.pk, actor=scene.people.manager, at=scene.at)


def test_a_version_is_reviewed_before_it_goes_out():
    scene = hall_on(OPENED)
    version = drafted(scene, text="新", change_note="改")
    with refuses("D03"):
        take(STEPS["revise_plan"], version.pk, actor=scene.people.manager, at=scene.at)
    scene.acts.release([version], scene.at)
    fill(version, text="又改了")
    with refuses("D03"):
        take(STEPS["revise_plan"], version.pk, actor=scene.people.manager, at=scene.at)


def test_pictures_of_a_new_version_leave_those_of_the_old_one_alone():
    scene = hall_on(OPENED)
    old = scene.consultation.renderings.get()
    version = drafted(scene, change_note="换了图")
    add_rendering(scene.consultation, "courtyard.jpg", 1, caption="新图", alt="新的立面")
    scene.consultation.renderings.filter(caption="新图").update(since=2)
    old.leave_out_of(version.number)
    published(scene, version)
    consultation = scene.consultation
    assert [p.caption for p in consultation.renderings.of_version(1)] == [old.caption]
    assert [p.caption for p in consultation.renderings.of_version(2)] == ["新图"]


def test_one_version_is_written_at_a_time_and_can_be_dropped():
    scene = hall_on(OPENED)
    version = drafted(scene)
    with refuses("duplicate"):
        drafted(scene)
    old = scene.consultation.renderings.get()
    old.leave_out_of(version.number)
    discard_revision(version.pk, actor=scene.people.manager, at=scene.at)
    assert list(scene.consultation.renderings.of_version(2)) == [old]
    assert scene.consultation.draft_revision() is None


@pytest.mark.parametrize("when", ["07-16 09:00", None])
def test_nothing_is_revised_before_the_publicity_or_after_the_decision(when):
    scene = hall_on(when) if when else cemetery_on("04-24 09:00")
    with refuses("wrong-state"):
        drafted(scene)
    with refuses("wrong-state"):
        next_round(scene, scene.at)


# -- rounds ------------------------------------------------------------------------------------------------------------


def test_a_change_in_substance_ends_the_round_and_drafts_the_next_from_it():
    scene = hall_on("08-12 10:00")
    first = scene.consultation
    following = next_round(scene, scene.at)
    first.refresh_from_db()
    assert (first.state, following.state, following.round) == ("superseded", "draft", 2)
    assert following.current_plan().text == first.current_plan().text
    assert [r.sha256 for r in following.renderings.all()] == [r.sha256 for r in first.renderings.all()]
    assert (following.opens_on, following.closes_on) == (None, None)
    facts = scene.entries("consultation.superseded")[0].facts
    assert facts == {"round": 1, "next_round": 2, "received": 3, "reason": "规模扩大"}
    assert not [c for c in clocks(scene.project, at=scene.at) if c.rule.id == "PD-03"]  # its time runs no more


def test_what_was_being_written_goes_into_the_next_round():
    scene = hall_on("08-12 10:00")
    drafted(scene, text="扩大到三层", change_note="加一层")
    following = next_round(scene, scene.at)
    assert (following.current_plan().text, following.current_plan().change_note) == ("扩大到三层", "加一层")
    assert following.plans.count() == 1
    assert PlanVersion.objects.filter(consultation__round=1).count() == 1


def test_comments_of_the_superseded_round_stay_and_hold_the_decision():
    scene = hall_on("08-12 10:00")
    with_the_clock_at = moment("08-12 11:00")
    following = next_round(scene, scene.at)
    with refuses("PD-03") as refused:
        receive_comment(scene.project.consultations.get(round=1).pk, text="再说一句", at=with_the_clock_at)
    assert "重新公示后再征求意见" in str(refused.value)
    following.plans.update(change_note="加一层")
    fill(following, opens_on=date(2026, 8, 17), closes_on=date(2026, 9, 30))
    scene.acts.step("publish_again", moment("08-17 09:00"))
    scene.acts.step("open_comments", moment("08-17 09:05"), subject=following)
    scene.acts.step("close_comments", moment("10-01 00:00"), subject=following)
    with refuses("PD-07", "PD-07", "PD-11", "D03") as refused:
        take(STEPS["decide"], scene.project.pk, actor=scene.people.manager, at=moment("10-09 09:00"))
    assert "2条意见没有答复" in str(refused.value)
    assert "第1、2轮的意见采纳情况还没有公布" in str(refused.value)


def test_everybody_is_told_the_same_day_for_the_report_of_a_superseded_round():
    scene = hall_on("08-12 10:00")
    next_round(scene, scene.at)
    first = scene.project.consultations.get(round=1)
    (clock,) = [clock for clock in clocks(scene.project, at=scene.at) if clock.rule.id == "PD-13"]
    assert clock.due_on == date(2026, 9, 9)
    assert progress(first, scene.at).due_on == clock.due_on
    assert course_of(first.comments.first(), scene.at).due.strict == clock.due_on


@pytest.mark.parametrize(("day", "allowed"), [(15, False), (16, True), (17, True)])
def test_the_next_round_has_thirty_days_of_its_own(day, allowed):
    scene = hall_on("08-12 10:00")
    following = next_round(scene, scene.at, opens_on=date(2026, 8, 17), closes_on=date(2026, 9, day))
    following.plans.update(change_note="加一层")
    scene.acts.release([following], scene.at)
    act = {"actor": scene.people.manager, "at": moment("08-17 09:00")}
    if allowed:
        take(STEPS["publish_again"], scene.project.pk, **act)
        assert Consultation.objects.get(round=2).state == "published"
    else:
        with refuses("PD-03") as refused:
            take(STEPS["publish_again"], scene.project.pk, **act)
        assert "不得早于2026年9月16日" in str(refused.value)


def test_a_plan_is_not_published_again_without_saying_what_changed():
    scene = hall_on("08-12 10:00")
    following = next_round(scene, scene.at, opens_on=date(2026, 8, 17), closes_on=date(2026, 9, 30))
    scene.acts.release([following], scene.at)
    with refuses("PD-03") as refused:
        take(STEPS["publish_again"], scene.project.pk, actor=scene.people.manager, at=moment("08-17 09:00"))
    assert "改动说明" in str(refused.value)


def test_only_the_manager_changes_a_published_plan():
    scene = hall_on(OPENED)
    with pytest.raises(PermissionDenied):
        begin_next_round(scene.consultation.pk, reason="大改", actor=scene.people.clerk, at=scene.at)
    with pytest.raises(PermissionDenied):
        draft_revision(scene.consultation.pk, minor_reason="小改", actor=scene.people.reviewer, at=scene.at)


@pytest.mark.django_db(transaction=True)
def test_a_round_is_superseded_once():
    scene = hall_on(OPENED)
    first = scene.consultation.pk
    act = {"reason": "大改", "actor": scene.people.manager, "at": scene.at}
    assert race(lambda: begin_next_round(first, **act)) == ["ActRefused", "done"]
    assert Consultation.objects.count() == 2
