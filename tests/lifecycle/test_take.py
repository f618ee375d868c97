"""What holds for every step, whichever it is."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from ledger.models import Entry, Task
from lifecycle.demo import cemetery, hearing
from lifecycle.demo.drafts import draft_package, fill
from lifecycle.operations import take
from lifecycle.steps import STEPS, TABLE
from tenders.models import AdoptionReport, Award, Hearing, Package
from tenders.operations.rounds import begin_next_round, draft_revision
from tests.factories import cemetery_on, moment
from tests.racing import race
from tests.refusing import refuses
from tests.tenders import prequalifying

Role = User.Role

# The step, the minute before it in the demo, and its moment
BEFORE = {
    "publish_plan": ("03-02 15:00", "03-09 09:00"),
    "publish_again": ("04-10 10:30", "04-20 09:00"),
    "revise_plan": ("04-10 10:30", "04-10 16:00"),
    "open_comments": ("03-02 15:00", "03-09 09:05"),
    "close_comments": ("04-08 11:30", "04-09 09:00"),
    "publish_adoption_report": ("04-10 10:00", "04-20 09:00"),
    "announce_hearing": ("03-09 11:00", "03-10 09:30"),
    "close_hearing_applications": ("03-16 11:00", "03-18 09:00"),
    "list_hearing_participants": ("03-18 09:00", "03-18 15:00"),
    "hold_hearing": ("03-19 17:00", "03-27 09:00"),
    "publish_hearing_record": ("03-27 09:00", "03-30 10:00"),
    "cancel_hearing": ("03-10 09:30", "03-10 12:00"),
    "decide": ("04-20 09:00", "04-24 09:00"),
    "publish_tender_plan": ("05-31 09:00", "06-01 09:00"),
    "publish_method": ("06-12 09:00", "06-12 10:00"),
    "publish_prequalification": ("06-12 09:00", "06-15 09:00"),
    "conclude_prequalification": ("06-12 09:00", "07-01 10:00"),
    "announce_tender": ("06-12 09:00", "06-15 09:00"),
    "open_bids": ("07-06 09:29", "07-06 09:30"),
    "conclude_opening": ("07-06 09:29", "07-06 10:30"),
    "evaluate": ("07-06 09:30", "07-07 16:00"),
    "publish_candidates": ("07-07 16:00", "07-08 09:00"),
    "award": ("07-13 16:00", "07-14 09:00"),
    "sign_contracts": ("07-23 15:00", "07-24 10:00"),
    "start_works": ("07-29 15:00", "08-10 08:30"),
    "suspend": ("04-08 11:30", "04-08 15:00"),
    "resume": ("04-08 11:30", "04-08 15:30"),
    "cancel": ("04-08 11:30", "04-08 15:00"),
    "fail_tender": ("07-06 09:29", "07-06 09:31"),
}


def test_every_step_is_raced():
    assert set(BEFORE) == set(STEPS)


@pytest.mark.django_db
def test_a_step_refused_for_its_reason_leaves_everything_as_it_was():
    scene = cemetery_on("04-08 14:05")
    with refuses("reason"):
        take(STEPS["suspend"], scene.project.pk, actor=scene.people.leader, at=scene.at, reason="  \u200b ")
    assert scene.project.standing == "active"


@pytest.mark.django_db
@pytest.mark.parametrize("role", [r for r in Role if r != Role.MANAGER])
def test_only_the_manager_publishes_the_plan(role):
    scene = cemetery_on("03-02 15:00")
    actor = next((u for u in scene.people.everyone() if u.role == role), None) or User.objects.create(
        username="someone", name="某人", role=role
    )
    with pytest.raises(PermissionDenied):
        take(STEPS["publish_plan"], scene.project.pk, actor=actor, at=moment("03-09 09:00"))
    assert not Entry.objects.filter(kind="step.publish_plan").exists()


@pytest.mark.django_db
def test_another_manager_does_not_act_on_this_project():
    scene = cemetery_on("03-02 15:00")
    other = User.objects.create(
        username="other", name="别人", role=Role.MANAGER, organisation=scene.people.manager.organisation
    )
    with pytest.raises(PermissionDenied):
        take(STEPS["publish_plan"], scene.project.pk, actor=other, at=moment("03-09 09:00"))


@pytest.mark.django_db
def test_a_step_writes_one_entry_its_papers_and_its_publication():
    scene = cemetery_on("07-24 10:00")
    (entry,) = scene.entries("step.sign_contracts")
    works = [(task.name, task.arguments.get("template")) for task in Task.objects.filter(entry=entry)]
    assert sorted(works, key=str) == [("document", "contract"), ("document", "integrity-contract"), ("publish", None)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", list(STEPS))
def test_two_clicks_at_once_give_one_act_and_one_refusal(name):
    step = STEPS[name]
    scene = cemetery_on(BEFORE[name][0])
    at = moment(BEFORE[name][1])
    subject = prepare(scene, name, at)
    actor = scene.people.leader if step.role == Role.LEADER else scene.people.manager
    outcomes = race(lambda: take(step, subject.pk, actor=actor, at=at, reason="因故"))
    assert outcomes == ["ActRefused", "done"]
    assert len(scene.entries(step.kind)) == 1


def prepare(scene, name, at):
    """Do what the demo does between the given minute and the step, and return the step's subject."""
    if name in STEPS_OF_PROJECT:
        subject = scene.project
    elif name in {"open_comments", "close_comments", "publish_adoption_report"}:
        subject = scene.consultation
    elif STEPS[name].subject is Hearing:
        subject = Hearing.objects.first() or hearing.draft(scene.acts)
    elif name == "sign_contracts":
        subject = scene.contract
    elif name == "revise_plan":
        subject = revise_the_text(scene)
    elif name == "publish_tender_plan":
        subject = draft_package(scene.project, scene.people, cemetery.TENDER)
    else:
        subject = scene.package
    if make_ready := READY.get(name):
        make_ready(scene)
    scene.acts.release(STEPS[name].reviewed(subject), at)
    return subject


STEPS_OF_PROJECT = {step.name for step in TABLE if step.subject.__name__ == "Project"}


def open_the_plan(scene):
    scene.acts.step("publish_plan", moment("03-09 09:00"))


def revise_the_text(scene):
    act = {"actor": scene.people.manager, "at": moment("04-10 15:00")}
    version = draft_revision(scene.consultation.pk, minor_reason="局部调整", **act)
    type(version).objects.filter(pk=version.pk).update(text="改后的方案", change_note="出口改到东侧")
    return version


def draft_the_method(scene):
    fill(scene.package, method="selective", method_ground="few-bidders", method_reason="古树移植只有三家单位能做")


def draft_the_next_round(scene):
    act = {"actor": scene.people.manager, "at": moment("04-13 09:00")}
    following = begin_next_round(scene.consultation.pk, reason="选址改变", **act)
    following.plans.update(text="改后的方案", change_note="选址改变")
    days = {"opens_on": date(2026, 4, 20), "closes_on": date(2026, 5, 20)}
    type(following).objects.filter(pk=following.pk).update(**days)


def draft_the_report(scene):
    AdoptionReport.objects.create(
        consultation=scene.consultation, overview="全部答复", author="社会事务股", reviewed_by="副局长"
    )


def draft_the_decision(scene):
    from_demo = {
        "decided_by": "办公会",
        "decided_on": moment("04-23 09:00").date(),
        "text": "同意",
        "adoption": "见附表",
        "legality_sent_on": moment("04-13 09:00").date(),
        "legality_returned_on": moment("04-22 09:00").date(),
        "legality_opinion": "合法",
        "risk_assessment": "低风险",
    }
    type(scene.project.decision).objects.update(**from_demo)


def read_all_bids(scene):
    package = scene.package
    scene.acts.step("open_bids", moment("07-06 09:30"), subject=package)
    scene.acts.check_seals(package, moment("07-06 09:35"))
    for bid in package.bids.accepted():
        scene.acts.open_and_read(bid, moment("07-06 09:40"), 1_400_000_000, "高峰", "云25")
        scene.acts.confirm(bid, moment("07-06 09:45"))
    scene.acts.absent(package, scene.people.procurator, moment("07-06 09:50"), "有出庭任务")
    scene.acts.sign_record(package, moment("07-06 09:55"))


def rank_the_bids(scene):
    scene.acts.draw_experts(scene.package, moment("07-06 16:30"), cemetery.DRAW, cemetery.COMMITTEE)
    cemetery.evaluate(scene.package)


def draft_the_award(scene):
    winner = scene.package.bids.candidates()[0]
    Award.objects.create(package=scene.package, winner=winner, determined_on=moment("07-14 09:00").date())


def permit_the_works(scene):
    day = moment("08-10 09:00").date()
    type(scene.contract.commencement).objects.update(
        permit_number="5303", permit_organ="住建局", permit_on=day, starts_on=day, supervisor="监理"
    )


def suspend_first(scene):
    scene.acts.step("suspend", moment("04-08 15:00"), reason="因故")


READY = {
    "publish_prequalification": prequalifying.leave_to_be_published,
    "conclude_prequalification": prequalifying.leave_to_be_concluded,
    "publish_method": draft_the_method,
    "open_comments": open_the_plan,
    "publish_again": draft_the_next_round,
    "publish_adoption_report": draft_the_report,
    "decide": draft_the_decision,
    "conclude_opening": read_all_bids,
    "evaluate": rank_the_bids,
    "award": draft_the_award,
    "start_works": permit_the_works,
    "resume": suspend_first,
}


@pytest.mark.django_db
def test_the_states_of_a_package_follow_one_another_and_nothing_is_skipped():
    scene = cemetery_on("06-12 09:00")
    for name in ("open_bids", "conclude_opening", "evaluate", "publish_candidates", "award"):
        with refuses("wrong-stage"):
            take(STEPS[name], scene.package.pk, actor=scene.people.manager, at=moment("07-06 09:30"))
    assert scene.package.state == Package.State.DRAFT
