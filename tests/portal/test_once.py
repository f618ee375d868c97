"""A form that comes twice is taken once, whatever died after the first time."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from ledger.clock import now
from ledger.models import Entry
from portal.once import once
from statutes.refusal import ActRefused, Refusal
from tenders.models import Comment
from tenders.operations.comments import receive_comment
from tests.portal.scenes import make_consultation


class Killed(BaseException):
    """Stands for a web process that dies: nothing catches it."""


def comment(consultation, text="坡道请缓一些"):
    return receive_comment(consultation.pk, text=text, at=now())


@pytest.mark.django_db(transaction=True)
def test_a_process_that_dies_after_the_commit_leaves_no_form_that_can_be_taken_again():
    consultation = make_consultation()

    def act_and_die():
        comment(consultation)
        raise Killed

    with pytest.raises(Killed):
        once("form", act_and_die)
    entry = once("form", lambda: comment(consultation))

    assert Comment.objects.count() == 1
    assert Entry.objects.get(kind="comment.received") == entry


@pytest.mark.django_db(transaction=True)
def test_a_process_that_dies_before_the_commit_leaves_a_form_that_is_taken_the_next_time():
    consultation = make_consultation()

    def die():
        raise Killed

    with pytest.raises(Killed):
        once("form", die)

    assert once("form", lambda: comment(consultation)) == Entry.objects.get(kind="comment.received")


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_are_one_act_with_one_answer():
    consultation, start, answers = make_consultation(), Barrier(4), []

    def click():
        start.wait()
        answers.append(once("form", lambda: comment(consultation)))
        connection.close()

    clicks = [Thread(target=click) for _ in range(4)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join(120)

    assert answers == [Entry.objects.get(kind="comment.received")] * 4
    assert Comment.objects.count() == 1


@pytest.mark.django_db
def test_an_act_that_is_not_on_record_is_done_once_too():
    done = []

    assert [once("form", lambda: done.append("act")) for _ in range(2)] == [None, None]

    assert done == ["act"]


@pytest.mark.django_db
def test_a_refused_act_is_refused_again_under_the_same_form():
    def refuse():
        raise ActRefused([Refusal("late", "已经截止。", "")])

    for _ in range(2):
        with pytest.raises(ActRefused):
            once("form", refuse)


@pytest.mark.django_db
def test_two_forms_are_two_acts():
    consultation = make_consultation()

    assert once("one", lambda: comment(consultation)) != once("two", lambda: comment(consultation))
