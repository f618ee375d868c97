"""What the clock does without a hand."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ledger import clock
from ledger.models import Entry
from lifecycle.automatic import take_due
from lifecycle.operations import take
from lifecycle.steps import STEPS
from publishing import tasks
from tenders.operations.comments import receive_comment
from tests.factories import hall_on, moment
from tests.racing import race
from tests.refusing import refuses

pytestmark = pytest.mark.django_db

MIDNIGHT = moment("09-01 00:00")
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("at", "state"), [(MIDNIGHT - SECOND, "open"), (MIDNIGHT, "closed"), (MIDNIGHT + SECOND, "closed")]
)
def test_a_round_closes_at_24_oclock_of_its_last_day(at, state):
    scene = hall_on("08-12 10:00")
    assert take_due(at=at) == (state == "closed")
    assert scene.consultation.state == state
    if state == "closed":
        entry = scene.entries("step.close_comments")[0]
        assert entry.facts == {"round": 1, "received": 3, "automatic": True}
        assert (entry.actor, scene.consultation.closed_at) == (None, at)


def test_with_every_worker_dead_a_comment_one_second_late_is_still_refused():
    scene = hall_on("08-12 10:00")
    receive_comment(scene.consultation.pk, text="赶上了", at=MIDNIGHT - SECOND)
    assert scene.consultation.state == "open"
    with refuses("PD-03") as refused:
        receive_comment(scene.consultation.pk, text="晚了一秒", at=MIDNIGHT)
    assert "第十五条" in refused.value.refusals[0].basis


def test_a_round_opens_by_the_clock_on_its_announced_day():
    scene = hall_on("07-16 09:00")
    scene.acts.step("publish_plan", moment("07-18 09:00"))
    assert take_due(at=moment("07-19 23:59")) == 0
    assert take_due(at=moment("07-20 00:00")) == 1
    assert (scene.consultation.state, scene.consultation.opened_at) == ("open", moment("07-20 00:00"))


def test_what_the_law_refuses_waits_on_the_desk():
    scene = hall_on("08-12 10:00")
    scene.acts.step("suspend", moment("08-13 09:00"), reason="发现文物")
    before = Entry.objects.count()
    assert take_due(at=MIDNIGHT) == 0
    assert (scene.consultation.state, Entry.objects.count()) == ("open", before)
    scene.acts.step("resume", moment("09-02 09:00"), reason="勘探完成")
    assert take_due(at=moment("09-02 09:00")) == 1


def test_the_clock_takes_no_step_that_is_a_persons():
    scene = hall_on("07-16 09:00")
    for name in ("publish_plan", "decide", "suspend"):
        with pytest.raises(PermissionDenied):
            take(STEPS[name], scene.project.pk, actor=None, at=scene.at)


def test_staff_close_by_hand_if_the_clock_has_not_come_to_it():
    scene = hall_on("08-12 10:00")
    scene.acts.step("close_comments", MIDNIGHT, subject=scene.consultation)
    assert "automatic" not in scene.entries("step.close_comments")[0].facts
    assert take_due(at=MIDNIGHT + SECOND) == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_close_a_round_once():
    scene = hall_on("08-12 10:00")
    assert race(lambda: take_due(at=MIDNIGHT)) == ["done", "done"]
    assert len(scene.entries("step.close_comments")) == 1


def test_beat_asks_the_clock_of_the_database(settings):
    settings.DEMO = True
    scene = hall_on("08-12 10:00")
    clock.advance(MIDNIGHT)
    tasks.take_due_steps()
    assert scene.consultation.state == "closed"
