"""Figures of the outbox, for monitors and for whoever is responsible. Each query is answered from a small index."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Avg, Count, Max, Min, QuerySet
from django.db.models.functions import Now

from ledger.clock import real_now
from ledger.models import Task

MINUTE = timedelta(minutes=1)


@dataclass
class Backlog:
    """How one queue stands."""

    open: int = 0  # tasks neither done nor given up
    failed: int = 0  # tasks given up
    oldest: float = 0.0  # seconds since the act from which the oldest open task follows
    attempts: int = 0  # of the open task that was tried most often
    done_per_second: float = 0.0  # over the last minute
    attempts_per_done: float = 0.0  # how often a task of the last minute was tried until it was done: 1 is best


def backlog() -> dict[str, Backlog]:
    """Return how each queue stands. Three queries, whatever there is."""
    found, now = {queue.value: Backlog() for queue in Task.Queue}, real_now()
    waiting = _by_queue(Task.objects.open()).annotate(
        number=Count("pk"), since=Min("entry__recorded_at"), most=Max("attempts")
    )
    for row in waiting:
        state = found[row["queue"]]
        state.open, state.attempts = row["number"], row["most"]
        state.oldest = (now - row["since"]).total_seconds()
    for row in _by_queue(Task.objects.failed()).annotate(number=Count("pk")):
        found[row["queue"]].failed = row["number"]
    lately = Task.objects.filter(done_at__gt=Now() - MINUTE)
    for row in _by_queue(lately).annotate(number=Count("pk"), tries=Avg("attempts")):
        state = found[row["queue"]]
        state.done_per_second = row["number"] / MINUTE.total_seconds()
        state.attempts_per_done = float(row["tries"])
    return found


def _by_queue(tasks: QuerySet[Task]) -> QuerySet[Task, Any]:
    return tasks.order_by().values("queue")
