"""The outbox beside one Celery task an event, on the real broker with a real worker."""

import json
import time
from collections.abc import Callable

from benchmarks.measuring import rounds, show
from benchmarks.programs import running, tool, wait_until
from benchmarks.worker import COUNTER, QUEUE, ROWS, drain, event, valkey
from ledger.models import Entry, Task

EVENTS = 1_000
WITHIN = 120.0  # seconds


def run() -> None:
    command = [tool("celery"), "-A", "benchmarks.worker", "worker", "-Q", QUEUE, "-c", "2", "--without-gossip"]
    with running(*command):
        _measure(lambda: event.apply_async(queue=QUEUE), of=1)  # and the worker is awake
        rows = rounds(
            {
                "BRPOP loop, no safety at all (limit)": _bare_loop,
                "outbox rows, drained in batches": lambda: EVENTS / _measure(_rows, of=EVENTS),
                "one Celery task an event": lambda: EVENTS / _measure(_tasks, of=EVENTS),
            }
        )
    show(f"Outbox, {EVENTS:,} events from the first one written to the last one done", rows)


def _measure(start: Callable[[], object], *, of: int) -> float:
    """Return how many seconds pass until the worker has counted so many."""
    valkey().set(COUNTER, 0)
    begun = time.perf_counter()
    start()
    wait_until(lambda: int(valkey().get(COUNTER) or 0) >= of, within=WITHIN, every=0.005)
    return time.perf_counter() - begun


def _rows() -> None:
    entry = Entry.objects.in_order()[0]
    Task.objects.filter(queue=ROWS).delete()
    Task.objects.bulk_create(Task(entry=entry, name="benchmark", queue=ROWS, arguments={"n": n}) for n in range(EVENTS))
    drain.apply_async(queue=QUEUE)


def _tasks() -> None:
    for _ in range(EVENTS):
        event.apply_async(queue=QUEUE)


def _bare_loop() -> float:
    """What the broker gives one process: push, pop, parse, count."""
    broker, begun = valkey(), time.perf_counter()
    for n in range(EVENTS):
        broker.lpush("benchmark:bare", json.dumps({"n": n}))
    for _ in range(EVENTS):
        _name, content = broker.brpop(["benchmark:bare"])  # type: ignore[misc]
        json.loads(content)
        broker.incr(COUNTER)
    return EVENTS / (time.perf_counter() - begun)
