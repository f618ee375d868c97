from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now

from config.celery import app as celery_app
from ledger import outbox
from ledger.models import Task
from ledger.operations import FollowUp
from tests.ledger.making import make_entry

pytestmark = pytest.mark.django_db


class Crash(BaseException):
    """Stands for a worker that dies: nothing catches it."""


def make_task(name="notify", **changes) -> Task:
    """One open task. The one that publishes the entry is out of the way."""
    entry = make_entry(then=[FollowUp(name, **{"queue": "deliver"} | changes)])
    entry.task_set.filter(name="publish").update(done_at=Now())
    return entry.task_set.get(name=name)


def make_due(task: Task) -> None:
    """Let so much time pass that the task is due and nobody's lease holds."""
    Task.objects.filter(pk=task.pk).update(due_at=Now() - timedelta(seconds=1))
    Task.objects.filter(pk=task.pk, leased_until__isnull=False).update(leased_until=Now() - timedelta(seconds=1))


def test_work_is_done_once_with_its_entry_and_arguments():
    task, seen = make_task(arguments={"to": "observers"}), []
    handlers = {"notify": lambda entry, to: seen.append((entry, to))}

    assert outbox.drain("deliver", handlers) == 1
    assert outbox.drain("deliver", handlers) == 0

    task.refresh_from_db()
    assert seen == [(task.entry, "observers")]
    assert task.done_at
    assert task.attempts == 1


def test_only_the_asked_queue_is_drained():
    make_task(queue="render")

    assert outbox.drain("deliver", {}) == 0
    assert outbox.due_queues() == ["render"]


def test_urgent_work_goes_first_and_then_what_waits_longest():
    for priority in (5, 1, 5, 3):
        make_task(arguments={"priority": priority}, priority=priority)
    seen = []

    outbox.drain("deliver", {"notify": lambda entry, priority: seen.append((priority, entry.seq))}, limit=2)

    assert seen == [(1, 1), (3, 3), (5, 0), (5, 2)]


def test_work_that_fails_waits_and_does_not_hold_up_the_rest():
    bad, good, seen = make_task("bad"), make_task("good"), []

    def fail(entry):
        raise ConnectionError("the mail server is down")

    assert outbox.drain("deliver", {"bad": fail, "good": seen.append}) == 1

    bad.refresh_from_db()
    assert seen == [good.entry]
    assert bad.last_error == "ConnectionError('the mail server is down')"
    assert (bad.attempts, bad.done_at, bad.failed_at, bad.leased_until) == (1, None, None, None)
    assert outbox.claim("deliver") == []


def test_each_pause_is_twice_as_long_up_to_an_hour():
    pauses = [outbox.pause_after(attempts).total_seconds() for attempts in (1, 2, 3, 30)]

    assert pauses == [5, 10, 20, 3600]


def test_a_failed_task_is_tried_again_when_its_pause_is_over():
    task = make_task()
    outbox.drain("deliver", {})
    make_due(task)

    assert outbox.drain("deliver", {"notify": lambda entry: None}) == 1


def test_what_always_fails_is_given_up_and_shown():
    task = make_task()
    for _ in range(outbox.MAX_ATTEMPTS):
        assert not Task.objects.failed().exists()
        outbox.drain("deliver", {})
        make_due(task)

    assert Task.objects.failed().get() == task
    assert outbox.drain("deliver", {"notify": lambda entry: None}) == 0
    assert outbox.lag()["deliver"] == {"open": 0, "failed": 1, "oldest": 0.0}


def test_work_nobody_knows_how_to_do_is_not_lost_silently():
    task = make_task("unheard-of")

    outbox.drain("deliver", {})

    task.refresh_from_db()
    assert task.last_error == "KeyError('unheard-of')"


def test_a_worker_that_dies_after_the_work_leaves_it_to_be_done_again():
    task, seen = make_task(), []

    def work_and_die(entry):
        seen.append(entry)
        raise Crash

    with pytest.raises(Crash):
        outbox.drain("deliver", {"notify": work_and_die})
    assert outbox.drain("deliver", {"notify": seen.append}) == 0, "the lease still holds"
    make_due(task)

    assert outbox.drain("deliver", {"notify": seen.append}) == 1
    assert seen == [task.entry, task.entry]


def test_what_kills_every_worker_is_given_up():
    task = make_task()

    def die(entry):
        raise Crash

    for _ in range(outbox.MAX_ATTEMPTS):
        with pytest.raises(Crash):
            outbox.drain("deliver", {"notify": die})
        make_due(task)

    assert outbox.drain("deliver", {"notify": die}) == 0
    assert Task.objects.failed().get().last_error == "no attempt ended within its lease"


def test_a_slow_worker_cannot_put_off_what_another_has_taken_over():
    task = make_task()
    (slow,) = outbox.claim("deliver")
    make_due(task)
    (quick,) = outbox.claim("deliver")

    outbox.put_off(slow, ValueError("too late"))

    task.refresh_from_db()
    assert (task.attempts, task.leased_until, task.last_error) == (2, quick.leased_until, "")


def test_what_a_slow_worker_has_done_is_done():
    task = make_task()
    (slow,) = outbox.claim("deliver")
    make_due(task)
    (quick,) = outbox.claim("deliver")

    outbox.finish(slow)
    outbox.put_off(quick, ValueError("it was done already"))

    task.refresh_from_db()
    assert task.done_at
    assert not task.last_error


def test_the_lag_tells_what_waits_and_for_how_long():
    make_task()
    make_task()

    lag = outbox.lag()

    assert lag["deliver"]["open"] == 2
    assert 0 < lag["deliver"]["oldest"] < 60
    assert lag["render"] == {"open": 0, "failed": 0, "oldest": 0.0}


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_do_everything_once_and_hold_no_transaction_over_it():
    tasks, seen, both_are_at_work = [make_task() for _ in range(60)], [], Barrier(2, timeout=10)

    def work(entry):
        if len(seen) < 2:
            seen.append(entry.seq)
            both_are_at_work.wait()
        else:
            seen.append(entry.seq)
        assert not connection.in_atomic_block

    def drain(_):
        try:
            return outbox.drain("deliver", {"notify": work}, limit=7)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        done = list(threads.map(drain, range(2)))

    assert sum(done) == 60
    assert sorted(seen) == [task.entry.seq for task in tasks]
    assert not Task.objects.open().exists()


@pytest.mark.django_db(transaction=True)
def test_workers_are_woken_once_the_act_is_committed_and_not_before():
    with celery_app.connection_for_read() as broker:
        queue = broker.SimpleQueue("deliver")
        queue.clear()
        with transaction.atomic():
            make_task()
            assert queue.qsize() == 0

        message = queue.get(timeout=2)

    assert message.headers["task"] == "publishing.drain"
    assert message.payload[0] == ["deliver"]
