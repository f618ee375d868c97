"""Faults of whole processes: what strikes, and what an operator or the system does afterwards."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import redis
from django.conf import settings

from config.celery import app
from tests.faults.far_side import FAR_SIDE, MAIL_MODES, MAIL_SERVER, MODES
from tests.launcher.observing import descendants, wait_for

QUEUES = ("ledger", "render", "deliver")
LEDGER_LOCK = 6962
DRAINS = 20


@dataclass(frozen=True)
class Fault:
    """``strike`` is done while people act; what it returns goes to ``recover``."""

    name: str
    weight: int
    strike: Callable
    recover: Callable
    possible: Callable = lambda world: True


def killed(name):
    """A program and all that descends from it die at once, and are started again."""

    def strike(world, rng):
        world.kill(name)

    def recover(world, _):
        world.start_again(name)

    return strike, recover


def kill_web(world, rng):
    world.kill("web")


def web_again(world, _):
    world.start_again("web")
    world.wait_for_web()


def kill_a_child(world, rng):
    """The child that does the work dies; the worker itself has to notice."""
    children = sorted(descendants(world.pid("worker")))
    if children:
        with suppress(ProcessLookupError):
            os.kill(rng.choice(children), signal.SIGKILL)


def kill_in_the_middle(world, rng):
    """Kill the worker while it holds a lease: seen from outside, in the table."""
    with psycopg.connect(world.environment["DATABASE_SUPERUSER_URL"], autocommit=True) as connection:
        deadline = time.monotonic() + 3
        question = "SELECT EXISTS (SELECT 1 FROM ledger_task WHERE leased_until > now() AND done_at IS NULL)"
        while time.monotonic() < deadline and not connection.execute(question).fetchone()[0]:
            pass
    world.kill("worker")


def kill_in_the_seal(world, rng):
    """Kill the sealer while it holds its lock, or after a while."""
    with psycopg.connect(world.environment["DATABASE_SUPERUSER_URL"], autocommit=True) as connection:
        deadline = time.monotonic() + 2
        question = "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = 6963)"
        while time.monotonic() < deadline and not connection.execute(question).fetchone()[0]:
            pass
    world.kill("sealer")


def freeze_broker(world, rng):
    os.kill(world.pid("valkey"), signal.SIGSTOP)
    time.sleep(rng.uniform(1, 3))


def thaw_broker(world, _):
    os.kill(world.pid("valkey"), signal.SIGCONT)


def broker(world):
    return redis.Redis.from_url(world.environment["BROKER_URL"], socket_timeout=5)


def flush_broker(world, rng):
    with broker(world) as client:
        client.flushall()


def double_and_shuffle(world, rng):
    """Every waiting message is there twice, in another order, with more on top."""
    with broker(world) as client:
        for queue in QUEUES:
            messages = client.lrange(queue, 0, -1) * 2
            rng.shuffle(messages)
            if messages:
                client.delete(queue)
                client.rpush(queue, *messages)
    wake_often(rng)


def wake_often(rng):
    for _ in range(DRAINS):
        queue = rng.choice(QUEUES)
        app.send_task("publishing.drain", [queue], queue=queue)


def hold_the_ledger(world, rng):
    """A session hangs with the ledger's lock in its hand. Whoever acts is told so, and tries again later."""
    stuck = psycopg.connect(world.environment["DATABASE_SUPERUSER_URL"], autocommit=True)
    stuck.execute("SELECT pg_advisory_lock(%s)", [LEDGER_LOCK])
    time.sleep(rng.uniform(0.5, 4))
    return stuck


def let_go(world, stuck):
    stuck.close()


def second(name):
    def strike(world, rng):
        return world.also(name)

    def recover(world, process):
        time.sleep(1)  # side by side
        for pid in [*descendants(process.pid), process.pid]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()

    return strike, recover


def others_in_trouble(world, rng):
    """The mail server is down and the machines that are called are slow, while the beat sends every five seconds."""
    MAIL_SERVER.turn(rng.choice(MAIL_MODES))
    FAR_SIDE.mode = rng.choice(MODES)
    time.sleep(rng.uniform(1, 6))


def others_up(world, _):
    MAIL_SERVER.turn("up")
    FAR_SIDE.mode = "up"


def fill_the_disk(world, rng):
    """Whoever writes a public file now gets ENOSPC, at whatever byte the disk is full."""
    ballast = Path(settings.PUBLIC_ROOT) / ".ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(1 << 16))
    time.sleep(rng.uniform(0.5, 2))
    return ballast


def empty_the_disk(world, ballast):
    ballast.unlink()


def postgres_again(world, _):
    """As a service manager does: again and again, as long as something of the old server keeps the new one down."""

    def is_up():
        if not world.is_alive("postgres"):
            time.sleep(0.5)
            world.start_again("postgres")
        return answers(world)

    wait_for(is_up, seconds=180)


def answers(world):
    try:
        psycopg.connect(world.environment["DATABASE_SUPERUSER_URL"], connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


FAULTS = (
    Fault("web killed", 8, kill_web, web_again),
    Fault("worker killed in the middle", 8, kill_in_the_middle, killed("worker")[1]),
    Fault("worker's child killed", 8, kill_a_child, lambda world, _: None),
    Fault("beat killed", 4, *killed("beat")),
    Fault("sealer killed", 8, kill_in_the_seal, killed("sealer")[1]),
    Fault("broker killed", 6, *killed("valkey")),
    Fault("broker flushed", 4, flush_broker, lambda world, _: None),
    Fault("broker frozen", 4, freeze_broker, thaw_broker),
    Fault("postgres killed", 8, lambda world, rng: world.kill("postgres"), postgres_again),
    Fault("tasks doubled and reordered", 5, double_and_shuffle, lambda world, _: None),
    Fault("ledger lock held", 3, hold_the_ledger, let_go),
    Fault("two sealers", 2, *second("sealer")),
    Fault("two beats", 2, *second("beat")),
    Fault("two workers", 2, *second("worker")),
    Fault("disk full", 5, fill_the_disk, empty_the_disk, lambda world: world.is_small),
    Fault("mail server and machines in trouble", 5, others_in_trouble, others_up),
)
