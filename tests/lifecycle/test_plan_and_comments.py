from datetime import date

import pytest

from lifecycle.demo.drafts import fill
from lifecycle.operations import take
from lifecycle.steps import STEPS
from tenders.models import Consultation, Project
from tests.factories import cemetery_on, hall_on, moment
from tests.refusing import refuses

pytestmark = pytest.mark.django_db


def test_a_plan_that_lacks_its_renderings_is_not_published():
    scene = cemetery_on("03-02 15:00")
    scene.consultation.renderings.all().delete()
    with refuses("PD-03", "D03") as refused:
        take(STEPS["publish_plan"], scene.project.pk, actor=scene.people.manager, at=moment("03-09 09:00"))
    assert "效果图" in str(refused.value)
    assert scene.project.stage == Project.Stage.PREPARATION


def test_a_plan_without_a_responsible_person_is_not_published():
    scene = cemetery_on("03-02 15:00")
    fill(scene.project, responsible_name="", sanctions="")
    with refuses("responsibility", "D03") as refused:
        take(STEPS["publish_plan"], scene.project.pk, actor=scene.people.manager, at=moment("03-09 09:00"))
    assert "责任人、责任追究办法" in str(refused.value)


def test_funding_covers_the_estimate_to_the_fen():
    scene = cemetery_on("03-02 15:00")
    fill(scene.project.funding.first(), amount_fen=1_259_999_999)
    with refuses("TH-12", "D03"):
        take(STEPS["publish_plan"], scene.project.pk, actor=scene.people.manager, at=moment("03-09 09:00"))


def test_a_plan_edited_after_its_review_needs_another_review():
    scene = cemetery_on("03-02 15:00")
    fill(scene.project, purpose="另有所图")
    with refuses("D03") as refused:
        take(STEPS["publish_plan"], scene.project.pk, actor=scene.people.manager, at=moment("03-09 09:00"))
    assert "重新审查" in str(refused.value)


@pytest.mark.parametrize(
    ("closes_on", "allowed"), [(date(2026, 4, 7), False), (date(2026, 4, 8), True), (date(2026, 4, 9), True)]
)
def test_comments_run_thirty_days_and_not_twenty_nine(closes_on, allowed):
    scene = cemetery_on("03-02 09:00")
    fill(scene.consultation, closes_on=closes_on)
    scene.acts.release([scene.consultation], scene.at)
    act = {"actor": scene.people.manager, "at": moment("03-09 09:00")}
    if allowed:
        take(STEPS["publish_plan"], scene.project.pk, **act)
        assert scene.project.stage == Project.Stage.CONSULTATION
    else:
        with refuses("PD-03") as refused:
            take(STEPS["publish_plan"], scene.project.pk, **act)
        assert "2026年4月8日" in str(refused.value)
        assert "第十五条" in refused.value.refusals[0].basis


def test_a_shorter_period_is_published_with_its_reason():
    scene = cemetery_on("03-02 09:00")
    fill(scene.consultation, closes_on=date(2026, 3, 25), shortened_reason="汛期前须完成边坡加固")
    scene.acts.step("publish_plan", moment("03-09 09:00"))
    assert scene.project.stage == Project.Stage.CONSULTATION


def test_comments_open_on_the_published_day_and_not_before():
    scene = cemetery_on("03-02 15:00")
    scene.acts.step("publish_plan", moment("03-07 09:00"))
    open_comments = STEPS["open_comments"]
    with refuses("PD-03"):
        take(open_comments, scene.consultation.pk, actor=scene.people.manager, at=moment("03-08 23:59"))
    take(open_comments, scene.consultation.pk, actor=scene.people.manager, at=moment("03-09 00:00"))
    assert scene.consultation.state == Consultation.State.OPEN


def test_comments_opened_late_still_run_thirty_days():
    scene = cemetery_on("03-02 15:00")
    scene.acts.step("publish_plan", moment("03-09 09:00"))
    with refuses("PD-03") as refused:
        take(STEPS["open_comments"], scene.consultation.pk, actor=scene.people.manager, at=moment("03-10 09:00"))
    assert "2026年4月9日" in str(refused.value)


def test_comments_close_at_midnight_and_not_a_second_earlier():
    scene = cemetery_on("04-08 14:05")
    midnight = moment("04-09 00:00")
    close = STEPS["close_comments"]
    with refuses("PD-03") as refused:
        take(close, scene.consultation.pk, actor=scene.people.manager, at=midnight.replace(day=8, hour=23, minute=59))
    assert "24时" in str(refused.value)
    take(close, scene.consultation.pk, actor=scene.people.manager, at=midnight)
    assert scene.consultation.state == Consultation.State.CLOSED


def test_one_unanswered_comment_holds_the_decision():
    scene = hall_on("08-11 21:15")
    scene.acts.step("close_comments", moment("09-01 09:00"), subject=scene.consultation)
    with refuses("PD-07", "PD-11", "D03") as refused:
        take(STEPS["decide"], scene.project.pk, actor=scene.people.manager, at=moment("09-02 09:00"))
    assert "2条意见没有答复" in str(refused.value)


@pytest.mark.parametrize(("decided_on", "allowed"), [(date(2026, 4, 21), False), (date(2026, 4, 22), True)])
def test_the_legality_review_has_seven_working_days(decided_on, allowed):
    scene = cemetery_on("04-24 09:00")
    # as it stood before that day's act
    decision = scene.project.decision
    fill(decision, decided_on=decided_on)
    gate = next(g for g in STEPS["decide"].gates if g.__name__ == "legality_review_took_its_time")
    refusal = gate(scene.project, moment("04-24 09:00"))
    assert (refusal is None) is allowed
    if refusal:
        assert "2026年4月22日" in refusal.message


def test_nothing_moves_while_a_project_is_suspended():
    scene = cemetery_on("04-08 14:05")
    leader = scene.people.leader
    take(STEPS["suspend"], scene.project.pk, actor=leader, at=moment("04-08 15:00"), reason="发现文物，须先勘探。")
    with refuses("not-active"):
        take(STEPS["close_comments"], scene.consultation.pk, actor=scene.people.manager, at=moment("04-09 09:00"))
    with refuses("not-active"):
        scene.acts.comment(moment("04-08 16:00"), "暂停期间还能提意见吗？")
    take(STEPS["resume"], scene.project.pk, actor=leader, at=moment("04-10 09:00"), reason="勘探完成，无文物。")
    take(STEPS["close_comments"], scene.consultation.pk, actor=scene.people.manager, at=moment("04-10 09:30"))
    assert scene.consultation.state == Consultation.State.CLOSED


def test_a_cancelled_project_takes_no_step():
    scene = cemetery_on("04-08 14:05")
    take(STEPS["cancel"], scene.project.pk, actor=scene.people.leader, at=moment("04-08 15:00"), reason="规划调整。")
    with refuses("not-active"):
        take(STEPS["close_comments"], scene.consultation.pk, actor=scene.people.manager, at=moment("04-09 09:00"))
    with refuses("wrong-stage"):
        take(STEPS["resume"], scene.project.pk, actor=scene.people.leader, at=moment("04-10 09:00"), reason="恢复")
