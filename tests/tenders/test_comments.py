from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied

from ledger.models import Entry
from tenders.models import Comment
from tenders.operations.answers import answer_comment
from tenders.operations.comments import receive_comment
from tests.factories import hall_on, moment
from tests.racing import race
from tests.refusing import refuses

pytestmark = pytest.mark.django_db

END = moment("09-01 00:00")


def comment_on(scene, at=None, text="坡道要缓", **details):
    return receive_comment(scene.consultation.pk, text=text, at=at or scene.at, **details)


def test_a_comment_stands_in_the_record_as_a_commitment_and_not_in_words():
    scene = hall_on("07-20 09:10")
    comment = comment_on(scene, name="张三", contact="13812345678")
    entry = Entry.objects.get(kind="comment.received")
    body = bytes(entry.body).decode()
    assert entry.facts["commitment"] == sha256(b"comment-v1" + bytes(comment.salt) + "坡道要缓".encode()).hexdigest()
    assert entry.by == {"role": "public"}
    for private in ("坡道要缓", "张三", "13812345678", comment.code):
        assert private not in body


def test_a_comment_one_second_late_is_refused_with_the_article():
    scene = hall_on("07-20 09:10")
    comment_on(scene, at=END - timedelta(seconds=1))
    with refuses("PD-03") as refused:
        comment_on(scene, at=END)
    assert "2026年8月31日24时截止" in str(refused.value)
    assert "第十五条" in refused.value.refusals[0].basis


def test_a_comment_before_the_opening_is_refused():
    scene = hall_on("07-16 09:00")
    with refuses("PD-03"):
        comment_on(scene, at=moment("07-20 09:00"))


@pytest.mark.parametrize("text", ["", "  ", "字" * 2001, "a\x00b"])
def test_a_bad_comment_is_refused_and_leaves_nothing(text):
    scene = hall_on("07-20 09:10")
    with refuses("text"):
        comment_on(scene, text=text)
    assert not Comment.objects.exists()


def letter_on(scene, received_at, at=None):
    return comment_on(scene, at=at, channel="letter", actor=scene.people.clerk, received_at=received_at)


def test_what_came_on_paper_counts_by_when_it_was_received_and_may_be_entered_after_the_closing():
    scene = hall_on("07-20 09:10")
    scene.acts.step("close_comments", END, subject=scene.consultation)
    after = END + timedelta(days=3)
    comment = letter_on(scene, END - timedelta(seconds=1), after)
    assert (comment.received_at, comment.entered_at) == (END - timedelta(seconds=1), after)
    with refuses("PD-03") as refused:
        letter_on(scene, END, after)
    assert "2026年8月31日24时截止" in str(refused.value)
    with refuses("PD-03"):
        comment_on(scene, at=after)


def test_what_came_on_paper_before_the_first_day_does_not_count():
    scene = hall_on("07-20 09:10")
    first = moment("07-20 00:00")
    assert letter_on(scene, first).received_at == first
    with refuses("PD-03") as refused:
        letter_on(scene, first - timedelta(seconds=1))
    assert "第十五条" in refused.value.refusals[0].basis


def test_nothing_is_entered_before_the_comments_are_open():
    scene = hall_on("07-16 09:00")
    with refuses("PD-03"):
        letter_on(scene, moment("07-20 08:00"), moment("07-20 09:00"))


def test_nothing_is_received_in_the_future():
    scene = hall_on("07-20 09:10")
    assert letter_on(scene, scene.at)
    with refuses("future"):
        letter_on(scene, scene.at + timedelta(seconds=1))


def test_the_public_cannot_say_when_a_comment_was_received():
    scene = hall_on("07-20 09:10")
    comment = comment_on(scene, received_at=moment("07-20 00:00"))
    assert comment.received_at == scene.at
    assert comment.entered_at is None


@pytest.mark.parametrize("topics", [[], ["site", "design", "cost", "graves"], ["moon"]])
def test_a_comment_speaks_of_one_to_three_topics(topics):
    scene = hall_on("07-20 09:10")
    with refuses("topics"):
        comment_on(scene, topics=topics)
    assert comment_on(scene, topics=["cost", "site", "cost"]).topics == ["site", "cost"]


@pytest.mark.django_db(transaction=True)
def test_letters_that_are_entered_at_once_are_numbered_without_gap():
    scene = hall_on("07-20 09:10")
    assert race(lambda: letter_on(scene, moment("07-20 08:00")), racers=3) == ["done"] * 3
    assert list(Comment.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_a_comment_that_came_by_letter_is_entered_by_staff_with_its_day():
    scene = hall_on("07-20 09:10")
    comment = comment_on(scene, at=moment("07-22 11:00"), channel="letter", actor=scene.people.clerk)
    assert comment.received_at == moment("07-22 11:00")
    assert Entry.objects.get(kind="comment.received").by["role"] == "clerk"
    with pytest.raises(PermissionDenied):
        comment_on(scene, channel="letter", actor=scene.people.discipline)


def test_receipt_codes_differ_and_cannot_be_counted():
    scene = hall_on("07-20 09:10")
    codes = {comment_on(scene, text=f"第{n}条").code for n in range(20)}
    assert len(codes) == 20
    assert all(len(code) == 14 and code.count("-") == 2 for code in codes)


def test_an_adopted_comment_says_what_it_changed():
    scene = hall_on("07-20 09:10")
    comment = comment_on(scene)
    with refuses("PD-07"):
        answer_comment(comment.pk, outcome="adopted", text="采纳", actor=scene.people.manager, at=scene.at)


def test_the_public_cannot_answer():
    scene = hall_on("07-20 09:10")
    comment = comment_on(scene)
    with pytest.raises(PermissionDenied):
        answer_comment(comment.pk, outcome="explained", text="好", actor=scene.people.discipline, at=scene.at)


@pytest.mark.django_db(transaction=True)
def test_comments_that_come_at_once_are_numbered_without_gap():
    scene = hall_on("07-20 09:10")
    pk = scene.consultation.pk
    assert race(lambda: receive_comment(pk, text="同时", at=scene.at), racers=4) == ["done"] * 4
    assert list(Comment.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_give_one():
    scene = hall_on("07-20 09:10")
    comment = comment_on(scene)
    answer = {"outcome": "explained", "text": "说明", "actor": scene.people.manager, "at": scene.at}
    assert race(lambda: answer_comment(comment.pk, **answer)) == ["ActRefused", "done"]
    assert Entry.objects.filter(kind="comment.answered").count() == 1
