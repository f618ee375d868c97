"""
The engine that works off what follows from entries.

The rows are the truth: they are written in the transaction of the act. A message to Celery only says "look now", so a
dead worker, an emptied broker or a lost message costs seconds and never a publication. Work is claimed under a lease
and therefore done at least once: every handler must leave the same result when it runs twice.
"""

import logging
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now

from ledger import errors
from ledger.clock import real_now
from ledger.leases import Lease
from ledger.locks import OUTBOX, alone
from ledger.models import Task

MAX_ATTEMPTS = 8
# What lies in other hands may be away for a night, and is given up after some fifteen hours.
MAX_ATTEMPTS_OF = {Task.Queue.DELIVER: 24}
BATCH = 10
LEASE = timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)
FIRST_PAUSE = timedelta(seconds=settings.OUTBOX_PAUSE_SECONDS)
LONGEST_PAUSE = timedelta(hours=1)
SCATTER = 0.25  # of a pause, so that what failed together does not come back together
PATIENT_TURN = 4  # every so many batches one is for what has waited longest, however urgent the rest is
LONGEST_DRAIN = timedelta(minutes=5)  # then the worker is free for other queues, and brokers keep their patience
AWAY_SECONDS = 5.0  # for so long a broker that did not answer is not asked again
# Those of which one worker at a time takes care: slow receivers must not hold all workers while pages wait.
SINGLE = {Task.Queue.DELIVER}

STUCK_AFTER = timedelta(minutes=2)  # a due task that no worker has taken by then

# Called with the entry that the work follows from, and by keyword with the task's arguments.
Handler = Callable[..., Any]

logger = logging.getLogger(__name__)


def wake(queues: Iterable[str]) -> None:
    """
    Tell the workers of these queues to look into the outbox. Call it after the commit.

    An error is logged and swallowed on purpose: the act is committed, and the sweep finds its rows without a message.
    Whoever acts waits for a broker that is away once, and not with each act.
    """
    if time.monotonic() < _broker.away_until:
        return
    for queue in sorted(set(queues)):
        try:
            current_app.send_task("publishing.drain", args=[queue], queue=queue, expires=60, ignore_result=True)
        except Exception:
            _broker.away_until = time.monotonic() + AWAY_SECONDS
            logger.warning("Could not wake the workers of %s; the sweep will", queue, exc_info=True)
            return


class _Broker:
    """What this process knows of the broker."""

    away_until = 0.0  # by the monotonic clock


_broker = _Broker()


def most_attempts(queue: str) -> int:
    return MAX_ATTEMPTS_OF.get(Task.Queue(queue), MAX_ATTEMPTS)


def claim(queue: str, limit: int = BATCH, lease: timedelta = LEASE, *, patient: bool = False) -> list[Task]:
    """
    Take the most urgent due tasks of a queue for as long as ``lease``, or those that have waited longest.

    Others pass over them meanwhile. The attempt is counted now, so that a task which kills its worker is given up some
    day; what was tried before is therefore taken alone, and never kills its neighbours with it.
    """
    order = ("due_at", "pk") if patient else ("priority", "due_at", "pk")
    with transaction.atomic():
        due = Task.objects.due().filter(queue=queue, attempts__lt=most_attempts(queue)).order_by(*order)
        found = list(due.select_for_update(skip_locked=True, of=("self",)).select_related("entry")[:limit])
        tasks = found[:1] if found and found[0].attempts else [task for task in found if not task.attempts]
        until = real_now() + lease
        Task.objects.filter(pk__in=[task.pk for task in tasks]).update(leased_until=until, attempts=F("attempts") + 1)
    for task in tasks:
        task.leased_until = until
        task.attempts += 1
    return tasks


def finish(task: Task) -> None:
    """Mark a task as done. Harmless if another worker did it as well."""
    Task.objects.open().filter(pk=task.pk).update(done_at=Now(), leased_until=None)


def put_off(task: Task, error: Exception) -> None:
    """
    Let a failed task wait, each time twice as long, or give it up after the last attempt.

    Does nothing if the lease ran out and another worker has the task by now.
    """
    changes: dict[str, Any] = {"leased_until": None, "last_error": errors.told(error)}
    if task.attempts >= most_attempts(task.queue):
        changes["failed_at"] = Now()
    else:
        scatter = random.uniform(1 - SCATTER, 1 + SCATTER)  # noqa: S311, no secret
        changes["due_at"] = Now() + pause_after(task.attempts) * scatter
    Task.objects.open().filter(pk=task.pk, attempts=task.attempts).update(**changes)


def pause_after(attempts: int) -> timedelta:
    """Return how long a task waits that has failed so often. Requires attempts >= 1."""
    return min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)


def give_up_deadly(queue: str) -> int:
    """Give up the tasks whose last lease ran out too: they kill or block whoever tries. Return their number."""
    deadly = Task.objects.due().filter(queue=queue, attempts__gte=most_attempts(queue))
    return deadly.update(failed_at=Now(), leased_until=None, last_error="no attempt ended within its lease")


def try_again(tasks: QuerySet[Task]) -> int:
    """Let what was given up be tried anew, as often as the first time. Return the number of tasks."""
    given_up = tasks.filter(failed_at__isnull=False, done_at=None)
    queues = set(given_up.values_list("queue", flat=True))
    number = given_up.update(failed_at=None, attempts=0, due_at=Now(), leased_until=None)
    transaction.on_commit(lambda: wake(queues))
    return number


def due_queues() -> list[str]:
    """Return the queues in which something is due, for the sweep."""
    return sorted(Task.objects.due().values_list("queue", flat=True).distinct())


def stuck_for(queue: str) -> timedelta:
    """Return for how long the most overdue task of a queue has been waiting for a worker."""
    since = Task.objects.due().filter(queue=queue).order_by("due_at").values_list("due_at", flat=True).first()
    return real_now() - since if since else timedelta()


def drain(queue: str, handlers: Mapping[str, Handler], *, limit: int = BATCH, lease: timedelta = LEASE) -> int:
    """
    Do everything that is due in a queue. Any number may run at once. Return how many tasks were done.

    A handler runs outside of any transaction of ours, as ``handler(entry, **arguments)``.
    """
    with _turn(queue) as is_ours:
        return _drain(queue, handlers, limit, lease) if is_ours else 0


@contextmanager
def _turn(queue: str) -> Iterator[bool]:
    """Hold a queue that one worker takes care of at a time. The lock ends with the session, should the worker die."""
    if queue not in SINGLE:
        yield True
        return
    with alone(OUTBOX, Task.Queue.values.index(queue)) as is_ours:
        yield is_ours


def _drain(queue: str, handlers: Mapping[str, Handler], limit: int, lease: timedelta) -> int:
    give_up_deadly(queue)
    done, until = 0, time.monotonic() + LONGEST_DRAIN.total_seconds()
    for turn in count(1):
        asked = time.monotonic()
        tasks = claim(queue, limit, lease, patient=turn % PATIENT_TURN == 0)
        if not tasks:
            return done
        with Lease(tasks, lease, asked) as held:
            done += sum(_attempt(task, handlers) for task in tasks if held.holds)
        if time.monotonic() > until:
            wake([queue])
            return done
    return done


def _attempt(task: Task, handlers: Mapping[str, Handler]) -> bool:
    try:
        handlers[task.name](task.entry, **task.arguments)
    except Exception as e:
        logger.exception("Task %s (%s) failed, attempt %s", task.pk, task.name, task.attempts)
        put_off(task, e)
        return False
    finish(task)
    return True
