"""Questions that are answered to all at once, and changes that force the deadline back."""

import pytest

from ledger.models import Entry
from tenders.models import Clarification, Package, Question
from tenders.operations.clarifications import Detail, ask_question, publish_clarification, set_question_aside
from tests.factories import cemetery_on, moment
from tests.racing import race
from tests.refusing import refuses

pytestmark = pytest.mark.django_db
ASKER, PHONE = "滇东市政园林有限公司", "13900001111"


@pytest.fixture
def scene():
    """Bids are due on 07-06 9:30."""
    return cemetery_on("06-16 09:00")


def ask(scene, at="06-19 10:00", **more):
    told = {"text": "结施-12的钢号是多少？", "asker": ASKER, "contact": PHONE} | more
    return ask_question(scene.package.pk, at=moment(at), **told)


def publish(scene, at, **more):
    told = {"text": "钢号为Q355B。", "affects_bids": False} | more
    return publish_clarification(scene.package.pk, actor=scene.people.manager, at=moment(at), **told)


def on_procurement_track(scene):
    Package.objects.update(track=Package.Track.PROCUREMENT)
    return scene


@pytest.mark.rule("TB-07", "EM-01")
def test_a_question_is_answered_to_all_without_saying_who_asked(scene):
    questions = [ask(scene), ask(scene, text="钢结构做法？", asker="", contact="")]
    detail = Detail(kind="answer", item="结施-12", question="雨棚钢材的牌号？")
    clarification = publish(scene, "06-19 16:00", detail=detail, answers=[q.number for q in questions])

    assert {q.answered_by for q in Question.objects.all()} == {clarification}
    recorded = b"".join(bytes(e.body) for e in Entry.objects.filter(subject__startswith=scene.package.path)).decode()
    for secret in (ASKER, PHONE, "结施-12的钢号是多少"):
        assert secret not in recorded
    assert Entry.objects.get(subject=clarification.path).facts["answers"] == [1, 2]
    assert Entry.objects.get(subject=questions[0].path).facts["commitment"] == questions[0].commitment()


@pytest.mark.rule("EM-01")
def test_an_answer_that_names_who_asked_is_refused(scene):
    question = ask(scene)
    with refuses("EM-01"):
        publish(scene, "06-19 16:00", text=f"答复{ASKER}：钢号为Q355B。", answers=[question.number])
    assert Question.objects.get().is_waiting


def test_questions_are_taken_until_the_deadline_and_closed_once(scene):
    question = ask(scene, at="07-06 09:30")
    with refuses("wrong-state"):
        ask(scene, at="07-06 09:31")
    set_question_aside(question.pk, reason="duplicate", actor=scene.people.clerk, at=moment("07-06 09:30"))
    with refuses("wrong-state"):
        publish(scene, "07-06 09:30", answers=[question.number])


@pytest.mark.parametrize("at", ["06-20 09:00", "06-21 09:00"])
@pytest.mark.rule("TB-06")
def test_a_change_fifteen_days_before_leaves_the_deadline(scene, at):
    """The day before the last day, and the last day."""
    assert publish(scene, at, affects_bids=True).new_due_at == moment("07-06 09:30")


@pytest.mark.rule("TB-06")
def test_a_change_fourteen_days_before_moves_the_deadline_as_far_as_the_law_forces(scene):
    assert publish(scene, "06-22 09:00", affects_bids=True).new_due_at == moment("07-07 09:30")
    assert scene.package.bids_due_at == moment("07-07 09:30")
    with refuses("TB-06"):
        publish(scene, "06-24 09:00", affects_bids=True, new_due_at=moment("07-08 09:30"))
    # 15 days from 06-25 end on 07-10, from 06-26 on a Saturday: the opening moves on to Monday
    assert publish(scene, "06-26 09:00", affects_bids=True).new_due_at == moment("07-13 09:30")


@pytest.mark.parametrize(("at", "due"), [("06-21 09:00", "07-06 09:30"), ("06-22 09:00", "07-07 09:30")])
@pytest.mark.rule("GP-05")
def test_on_the_procurement_track_the_same_days_are_left(scene, at, due):
    on_procurement_track(scene)
    assert publish(scene, at, affects_bids=True).new_due_at == moment(due)
    with refuses("GP-05"):
        publish(scene, "06-24 09:00", affects_bids=True, new_due_at=moment("07-08 09:30"))


def test_a_change_says_what_stood_there_and_what_stands_now(scene):
    with refuses("TB-06"):
        publish(scene, "06-19 09:00", detail=Detail(kind="change"))
    with refuses("TB-06"):
        publish(scene, "06-19 09:00", detail=Detail(kind="extension"))
    detail = Detail(kind="change", item="第三章2.1", old_text="墙厚200毫米", new_text="墙厚240毫米")
    assert publish(scene, "06-19 09:00", detail=detail).facts()["new_text"] == "墙厚240毫米"


@pytest.mark.rule("TB-11", "EV-09")
def test_what_the_announcement_may_not_demand_no_clarification_demands_afterwards(scene):
    with refuses("TB-11"):
        publish(scene, "06-19 09:00", text="投标报价不得低于最低投标限价1200万元。")
    change = {"kind": "change", "item": "第二章5.1", "old_text": "自愿参加开标", "new_text": "法定代表人须到场开标"}
    with refuses("EV-09"):
        publish(scene, "06-19 09:00", detail=Detail(**change))
    text = "本项目不设最低投标限价，法定代表人不必到场。"
    assert publish(scene, "06-19 09:00", text=text).text == text


def test_no_public_word_names_a_person(scene):
    with refuses("personal-data"):
        publish(scene, "06-19 09:00", detail=Detail(question=f"请联系{PHONE}"))


@pytest.mark.django_db(transaction=True)
def test_two_answers_to_one_question_at_once_give_one():
    scene = cemetery_on("06-16 09:00")
    question = ask(scene)
    assert race(lambda: publish(scene, "06-19 10:00", answers=[question.number])) == ["ActRefused", "done"]
    assert Clarification.objects.count() == 1
