"""The worker of the outbox benchmark: its work is to count, so that what is measured is the way there."""

import os
from functools import cache

import django
import redis

from config.celery import app

django.setup()

from ledger import outbox  # noqa: E402, they need Django set up
from ledger.models import Entry, Task  # noqa: E402

COUNTER = "benchmark:done"
QUEUE = "benchmark"  # the broker's, so that no other worker listens to it
ROWS = Task.Queue.RENDER  # the outbox knows only its own queues


@cache
def valkey() -> redis.Redis:
    return redis.Redis.from_url(os.environ["BROKER_URL"])


def count(entry: Entry | None = None, **arguments: object) -> None:
    valkey().incr(COUNTER)


@app.task(name="benchmark.event")
def event() -> None:
    count()


@app.task(name="benchmark.drain")
def drain() -> None:
    outbox.drain(ROWS, {"benchmark": count})
