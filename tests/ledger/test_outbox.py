from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from threading import Barrier, Event, Thread

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models.functions import Now

from config.celery import app as celery_app
from ledger import outbox
from ledger.backlog import Backlog, backlog
from ledger.clock import real_now
from ledger.errors import told
from ledger.leases import Lease
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
    for _ in range(outbox.most_attempts("deliver")):
        assert not Task.objects.failed().exists()
        outbox.drain("deliver", {})
        make_due(task)

    assert Task.objects.failed().get() == task
    assert outbox.drain("deliver", {"notify": lambda entry: None}) == 0
    assert backlog()["deliver"] == Backlog(failed=1)


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

    for _ in range(outbox.most_attempts("deliver")):
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


def test_the_backlog_tells_what_waits_for_how_long_and_how_fast_it_goes():
    make_task()
    make_task()
    outbox.drain("deliver", {"notify": lambda entry: None}, limit=1)
    task = make_task()
    outbox.drain("deliver", {})

    state = backlog()["deliver"]

    assert (state.open, state.failed, state.attempts) == (1, 0, 1)
    assert 0 < state.oldest < 60
    assert state.done_per_second == pytest.approx(2 / 60)
    assert state.attempts_per_done == 1
    assert backlog()["ledger"] == Backlog()
    assert Task.objects.open().get() == task


# -- fairness ----------------------------------------------------------------------------------------------------------


def test_what_is_not_urgent_has_its_turn_however_much_urgent_work_comes():
    make_task("modest", priority=9)
    seen = []

    def urgent(entry):
        seen.append("urgent")
        if len(seen) < 60:
            make_task("urgent", priority=0)

    make_task("urgent", priority=0)
    outbox.drain("deliver", {"urgent": urgent, "modest": lambda entry: seen.append("modest")}, limit=1)

    assert seen.index("modest") < 10


def test_what_killed_a_worker_is_taken_alone_the_next_time():
    tasks = [make_task() for _ in range(3)]
    assert outbox.claim("deliver") == tasks
    for task in tasks:
        make_due(task)

    assert [outbox.claim("deliver") for _ in range(3)] == [[task] for task in tasks]


def test_pauses_are_scattered_so_that_what_failed_together_does_not_come_back_together():
    tasks = [make_task() for _ in range(10)]
    before = real_now()

    outbox.drain("deliver", {})
    after = real_now()

    due = [task.due_at for task in Task.objects.filter(pk__in=[t.pk for t in tasks])]
    assert len({round((moment - before).total_seconds(), 2) for moment in due}) > 5
    assert min(due) >= before + timedelta(seconds=3.75)
    assert max(due) <= after + timedelta(seconds=6.25)


def test_others_machines_are_given_a_night_and_our_own_some_minutes():
    def patience(queue):
        return sum((outbox.pause_after(n) for n in range(1, outbox.most_attempts(queue))), timedelta())

    assert timedelta(minutes=8) < patience("render") < timedelta(minutes=30)
    assert timedelta(hours=10) < patience("deliver") < timedelta(days=1)


# -- leases ------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_slow_batch_keeps_its_lease_and_is_not_run_twice():
    make_task()
    begun, seen = Event(), []
    lease = timedelta(seconds=6)  # and renewed after two: the machine may be busy for the rest

    def slow(entry):
        seen.append(entry)
        deadline = real_now() + lease + timedelta(seconds=1)
        begun.set()
        while real_now() < deadline:
            pass

    def work():
        outbox.drain("deliver", {"notify": slow}, lease=lease)
        connection.close()

    worker = Thread(target=work)
    worker.start()
    assert begun.wait(60)
    stolen = 0
    while worker.is_alive():
        stolen += len(outbox.claim("deliver"))
    worker.join()

    assert (len(seen), stolen) == (1, 0)
    assert Task.objects.get(name="notify").done_at


def test_a_worker_that_slept_through_its_lease_leaves_the_rest_to_others():
    tasks = [make_task() for _ in range(2)]
    seen = []

    def oversleep(entry):
        seen.append(entry)
        lease.ends = 0

    claimed = outbox.claim("deliver")
    with Lease(claimed, timedelta(seconds=60), 1e12) as lease:
        done = [outbox._attempt(task, {"notify": oversleep}) for task in claimed if lease.holds]

    assert done == [True]
    assert seen == [tasks[0].entry]


def test_a_lease_that_another_has_taken_over_is_not_renewed():
    task = make_task()
    lease = Lease(outbox.claim("deliver"), timedelta(seconds=60), 0)
    assert lease.renew()
    make_due(task)
    outbox.claim("deliver")

    assert not lease.renew()


@pytest.mark.django_db(transaction=True)
def test_one_worker_at_a_time_delivers_so_that_slow_receivers_do_not_take_them_all():
    make_task()
    make_task()
    at_work, go_on = Event(), Event()

    def slow(entry):
        at_work.set()
        assert go_on.wait(60)

    def work():
        outbox.drain("deliver", {"notify": slow}, limit=1)
        connection.close()

    first = Thread(target=work)
    first.start()
    assert at_work.wait(60)
    assert outbox.drain("deliver", {"notify": slow}, limit=1) == 0
    go_on.set()
    first.join()
    assert not Task.objects.open().filter(queue="deliver").exists()


# -- what was given up -------------------------------------------------------------------------------------------------


def given_up(**changes):
    task = make_task(**changes)
    Task.objects.filter(pk=task.pk).update(failed_at=Now(), attempts=24, last_error="ConnectionError('down')")
    return task


def test_what_was_given_up_is_tried_again_on_demand():
    task, seen = given_up(), []

    assert outbox.try_again(Task.objects.all()) == 1
    assert outbox.try_again(Task.objects.all()) == 0
    outbox.drain("deliver", {"notify": seen.append})

    task.refresh_from_db()
    assert seen == [task.entry]
    assert (task.attempts, task.failed_at) == (1, None)


def test_the_command_shows_what_was_given_up_and_lets_it_be_tried_again():
    given_up()
    said = StringIO()

    call_command("outbox", stdout=said)
    assert "ConnectionError('down')" in said.getvalue()
    assert Task.objects.failed().exists()

    call_command("outbox", retry=True, stdout=said)
    assert not Task.objects.failed().exists()


@pytest.mark.parametrize(
    ("error", "hidden"),
    [
        ("cannot connect to amqp://tracker:geheim@10.0.0.1//", "geheim"),
        ("401 for https://example.org/hook?key=geheim&x=1", "geheim"),
        ("Authorization: Bearer geheim123", "geheim123"),
        ("{'password': 'geheim'}", "geheim"),
        ("smtp_password=geheim refused", "geheim"),
        ("bad key whsec_geheim123=", "geheim"),
        ("550 unknown: wang@example.org", "wang@example.org"),
        ("no such number 13800000000", "13800000000"),
        ("PRIVATE+KEY+demo+12345678+geheim", "geheim"),
    ],
)
def test_an_error_is_told_without_secrets_and_persons(error, hidden):
    said = told(ConnectionError(error))

    assert hidden not in said
    assert said.startswith("ConnectionError(")


def test_an_error_keeps_its_words():
    assert told(ValueError("监理单位为空，token 为空")) == "ValueError('监理单位为空，token 为空')"
    assert len(told(ValueError("x" * 5000))) == 2000


# -- messages ----------------------------------------------------------------------------------------------------------


def test_whoever_acts_waits_for_a_broker_that_is_away_once(monkeypatch):
    asked = []

    def away(*args, **options):
        asked.append(args)
        raise ConnectionError

    monkeypatch.setattr(outbox, "_broker", outbox._Broker())
    monkeypatch.setattr(celery_app, "send_task", away)

    outbox.wake(["deliver", "render"])
    outbox.wake(["render"])

    assert len(asked) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_do_everything_once_and_hold_no_transaction_over_it():
    tasks, seen, both_are_at_work = [make_task(queue="render") for _ in range(60)], [], Barrier(2, timeout=60)

    def work(entry):
        if len(seen) < 2:
            seen.append(entry.seq)
            both_are_at_work.wait()
        else:
            seen.append(entry.seq)
        assert not connection.in_atomic_block

    def drain(_):
        try:
            return outbox.drain("render", {"notify": work}, limit=7)
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

        message = queue.get(timeout=60)

    assert message.headers["task"] == "publishing.drain"
    assert message.payload[0] == ["deliver"]
