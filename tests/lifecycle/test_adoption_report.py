"""The report on what became of the comments: what it needs, what it says, and when it is due."""

from datetime import timedelta
from hashlib import sha256

import pytest

from ledger.canonical import canonical_bytes
from lifecycle.clocks import clocks
from lifecycle.operations import take
from lifecycle.steps import STEPS
from publishing.pages.comments import comments_of
from tenders.gates.report import MOST_NAMED, its_hearings_are_over, words_on_waiting
from tenders.models import AdoptionReport, Comment, Consultation, Hearing
from tenders.operations.answers import answer_comment, correct_answer
from tenders.operations.comments import receive_comment
from tests import hearings
from tests.factories import cemetery_on, hall_on, moment
from tests.refusing import refuses

pytestmark = pytest.mark.django_db

STEP = STEPS["publish_adoption_report"]
SIGNED = {"overview": "全部答复。", "author": "社会事务股", "reviewed_by": "副局长"}


def drafted(scene, **changes):
    report = AdoptionReport.objects.create(consultation=scene.consultation, **SIGNED | changes)
    scene.acts.release([report], scene.at)
    return report


def publish(scene, at):
    return take(STEP, scene.consultation.pk, actor=scene.people.manager, at=at)


@pytest.fixture
def closed():
    """All seven comments of the cemetery park are answered, and the report is not out."""
    return cemetery_on("04-10 10:00")


def test_one_comment_without_an_outcome_holds_the_report_and_is_named():
    scene = hall_on("08-11 21:15")
    scene.acts.withhold(Comment.objects.get(number=3), scene.at, "privacy")
    answer = {"outcome": "explained", "text": "说明。", "actor": scene.people.manager, "at": scene.at}
    answer_comment(Comment.objects.get(number=2).pk, **answer)
    scene.acts.step("close_comments", moment("09-01 09:00"), subject=scene.consultation)
    drafted(scene)
    with refuses("PD-07") as refused:
        publish(scene, moment("09-02 09:00"))
    assert "还有1条意见没有答复：第3号" in str(refused.value)
    assert "第十八条" in refused.value.refusals[0].basis
    answer_comment(Comment.objects.get(number=3).pk, **answer)
    scene.acts.release([scene.consultation.report], scene.at)  # it counts what was answered since
    publish(scene, moment("09-02 09:00"))


def test_a_round_that_still_takes_comments_has_no_report():
    scene = hall_on("08-11 21:15")
    with refuses("wrong-stage"):
        publish(scene, scene.at)


def test_many_comments_are_named_as_far_as_they_can_be_read():
    scene = hall_on("07-20 09:10")
    for n in range(MOST_NAMED + 1):
        receive_comment(scene.consultation.pk, text=f"第{n}条", at=scene.at)
    words = words_on_waiting(scene.project)
    assert words.startswith("还有31条意见没有答复：第1、2、")
    assert "、30号等。" in words


def test_the_comments_of_every_round_are_asked_for(closed):
    later = Consultation.objects.create(project=closed.project, round=2)
    first = Consultation.objects.get(round=1)
    Comment.objects.create(consultation=later, number=1, salt=b"0" * 16, text="再说", received_at=closed.at)
    Comment.objects.filter(consultation=first, number=4).update(answer=None)
    assert "第1轮第4号；第2轮第1号" in words_on_waiting(closed.project)
    assert "还有1条意见没有答复：第4号" in words_on_waiting(first)


def test_a_hearing_is_waited_for_and_counted():
    scene = hall_on("07-24 09:00")
    hearing = hearings.held(scene)
    hearings.attend(scene, hearing, hearing.participants()[0].number)
    hearings.speak(scene, hearing)
    refusal = its_hearings_are_over(scene.consultation, moment("09-02 09:00"))
    assert "听证会还没有完成" in refusal.message
    report = AdoptionReport(consultation=scene.consultation)
    assert report.facts()["hearing_ref"] == ""
    Hearing.objects.update(state=Hearing.State.RECORDED, recorded_at=moment("08-24 09:00"))
    assert its_hearings_are_over(scene.consultation, moment("09-02 09:00")) is None
    report = AdoptionReport(consultation=scene.consultation)
    assert report.facts()["hearing_ref"] == (
        "第1场听证会，2026-08-21举行，参加人2名，到场1名，发言支持0次、建议0次、反对1次"
    )


def test_a_report_without_its_overview_or_its_authors_is_refused(closed):
    with refuses("PD-07") as refused:
        publish(closed, moment("04-20 09:00"))
    assert "总的情况、编写科室、审核人职务" in str(refused.value)


def test_a_report_is_reviewed_as_it_is_published(closed):
    AdoptionReport.objects.create(consultation=closed.consultation, **SIGNED)
    with refuses("D03"):
        publish(closed, moment("04-20 09:00"))
    closed.acts.release([closed.consultation.report], closed.at)
    closed.acts.withhold(Comment.objects.get(number=4), closed.at, "abusive")
    with refuses("D03") as refused:
        publish(closed, moment("04-20 09:00"))
    assert "在审查之后有改动" in str(refused.value)


def test_the_plan_is_not_decided_before_the_report_is_out(closed):
    with refuses("PD-07", "PD-11", "D03") as refused:
        take(STEPS["decide"], closed.project.pk, actor=closed.people.manager, at=moment("04-24 09:00"))
    assert "第1轮的意见采纳情况还没有公布" in str(refused.value)


def test_the_figures_are_those_of_the_public_list_and_the_record_holds_their_digest():
    scene = cemetery_on("04-20 09:00")
    (entry,) = scene.entries(STEP.kind)
    content = scene.consultation.report.content
    public = comments_of(scene.project, scene.at)
    assert content["n_total"] == public["received"] == 7
    assert sorted(content["n_by_outcome"].values()) == sorted(tally.number for tally in public["tally"])
    assert entry.facts["n_by_channel"] == {"web": 6, "letter": 1}
    assert entry.facts["n_by_theme"] == {"出入口和步行安全": 2, "未归入主题": 5}
    assert (entry.facts["n_valid"], entry.facts["own"]) == (6, 6)
    for name in ("n_by_channel", "n_by_outcome", "n_by_theme"):
        assert sum(content[name].values()) == 7
    assert entry.facts["sha256"] == sha256(canonical_bytes(content)).hexdigest()


def test_every_comment_stands_under_exactly_one_verdict():
    content = cemetery_on("04-20 09:00").consultation.report.content
    numbers = [number for line in content["theme"] for number in line["comments"]]
    assert sorted(numbers) == [1, 2, 3, 4, 5, 6, 7]
    assert sum(line["n"] for line in content["theme"]) == 7
    (theme,) = (line for line in content["theme"] if line["number"])
    assert (theme["title"], theme["comments"], theme["verdict"]) == ("出入口和步行安全", [1], "adopted")


def test_a_correction_after_the_report_leaves_its_figures_as_they_were():
    scene = cemetery_on("04-20 09:00")
    wrong = Comment.objects.get(number=4).answer
    before = scene.consultation.report.content
    correct_answer(
        wrong.pk, outcome="not-adopted", text="不采纳。", reason="原答复有误。", actor=scene.people.manager,
        at=scene.at + timedelta(hours=1),
    )  # fmt: skip
    assert scene.consultation.report.content == before
    with refuses("wrong-state"):
        answer_comment(
            Comment.objects.get(number=1).pk, outcome="explained", text="另答", actor=scene.people.manager, at=scene.at
        )


def duty(scene, at):
    return next(clock for clock in clocks(scene.project, at=moment(at)) if clock.rule.id == "PD-13")


@pytest.mark.parametrize(("on", "late"), [("05-10 09:00", False), ("05-11 09:00", False), ("05-12 09:00", True)])
def test_the_report_is_due_within_twenty_working_days_after_the_close(closed, on, late):
    clock = duty(closed, on)
    assert not clock.done
    assert clock.overdue(moment(on).date()) is late


def test_the_duty_is_done_with_the_report_and_not_with_the_decision():
    assert duty(cemetery_on("04-20 09:00"), "04-20 10:00").done
