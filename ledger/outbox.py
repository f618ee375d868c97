"""
The engine that works off what follows from entries.

The rows are the truth: they are written in the transaction of the act. A message to Celery only says "look now", so a
dead worker, an emptied broker or a lost message costs seconds and never a publication. Work is claimed under a lease
and therefore done at least once: every handler must leave the same result when it runs twice.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Min, Q
from django.db.models.functions import Now

from ledger.clock import real_now
from ledger.models import Task

MAX_ATTEMPTS = 8
BATCH = 10
LEASE = timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)
LONGEST_ERROR = 2000  # characters

# Called with the entry that the work follows from, and by keyword with the task's arguments.
Handler = Callable[..., Any]

logger = logging.getLogger(__name__)


def wake(queues: Iterable[str]) -> None:
    """
    Tell the workers of these queues to look into the outbox. Call it after the commit.

    An error is logged and swallowed on purpose: the act is committed, and the sweep finds its rows without a message.
    """
    for queue in sorted(set(queues)):
        try:
            current_app.send_task("publishing.drain", args=[queue], queue=queue, expires=60, ignore_result=True)
        except Exception:
            logger.warning("Could not wake the workers of %s; the sweep will", queue, exc_info=True)


def claim(queue: str, limit: int = BATCH, lease: timedelta = LEASE) -> list[Task]:
    """
    Take the most urgent due tasks of a queue for as long as ``lease``. Others pass over them meanwhile.

    The attempt is counted now, so that a task which kills its worker is given up some day.
    """
    with transaction.atomic():
        due = Task.objects.due().filter(queue=queue, attempts__lt=MAX_ATTEMPTS).order_by("priority", "due_at", "pk")
        tasks = list(due.select_for_update(skip_locked=True, of=("self",)).select_related("entry")[:limit])
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
    changes: dict[str, Any] = {"leased_until": None, "last_error": repr(error)[:LONGEST_ERROR]}
    if task.attempts >= MAX_ATTEMPTS:
        changes["failed_at"] = Now()
    else:
        changes["due_at"] = Now() + pause_after(task.attempts)
    Task.objects.open().filter(pk=task.pk, attempts=task.attempts).update(**changes)


def pause_after(attempts: int) -> timedelta:
    """Return how long a task waits that has failed so often. Requires attempts >= 1."""
    return min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)


def give_up_deadly(queue: str) -> int:
    """Give up the tasks whose last lease ran out too: they kill or block whoever tries. Return their number."""
    deadly = Task.objects.due().filter(queue=queue, attempts__gte=MAX_ATTEMPTS)
    return deadly.update(failed_at=Now(), last_error="no attempt ended within its lease")


def due_queues() -> list[str]:
    """Return the queues in which something is due, for the sweep."""
    return sorted(Task.objects.due().values_list("queue", flat=True).distinct())


def drain(queue: str, handlers: Mapping[str, Handler], *, limit: int = BATCH, lease: timedelta = LEASE) -> int:
    """
    Do everything that is due in a queue. Any number may run at once. Return how many tasks were done.

    A handler runs outside of any transaction of ours, as ``handler(entry, **arguments)``.
    """
    give_up_deadly(queue)
    done = 0
    while tasks := claim(queue, limit, lease):
        done += sum(_attempt(task, handlers) for task in tasks)
    return done


def lag() -> dict[str, dict[str, float]]:
    """Return per queue: ``open`` and ``failed`` tasks, and since how many seconds the ``oldest`` open one waits."""
    open_ = Q(done_at=None, failed_at=None)
    rows = Task.objects.values("queue").annotate(
        open=Count("pk", filter=open_),
        failed=Count("pk", filter=Q(failed_at__isnull=False)),
        since=Min("entry__recorded_at", filter=open_),
    )
    now = real_now()
    return {
        row["queue"]: {
            "open": row["open"],
            "failed": row["failed"],
            "oldest": (now - row["since"]).total_seconds() if row["since"] else 0.0,
        }
        for row in rows
    }


def _attempt(task: Task, handlers: Mapping[str, Handler]) -> bool:
    try:
        handlers[task.name](task.entry, **task.arguments)
    except Exception as e:
        logger.exception("Task %s (%s) failed, attempt %s", task.pk, task.name, task.attempts)
        put_off(task, e)
        return False
    finish(task)
    return True
