"""
Deaths at a chosen point: a forked process does one piece of work, and ends at its n-th effect as by kill -9.

An effect is a statement for the database, a commit, or a call that changes a file; death comes before or after it. The
hooks are set in the forked process only, and reach the product where it meets the outside world.
"""

import os
import sys
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.db import connection, connections

from ledger import outbox
from publishing.handlers import HANDLERS
from tests.faults.far_side import FAR_SIDE

SURVIVED, DIED, FAILED = 0, 9, 3
SHORT_LEASE = timedelta(seconds=0.3)


class Fuse:
    """Counts effects, and ends the process at the n-th: before it if n is odd, after it if n is even."""

    def __init__(self, steps):
        self.left = steps

    def burn(self):
        self.left -= 1
        if self.left == 0:
            os._exit(DIED)

    @contextmanager
    def around(self):
        self.burn()
        yield
        self.burn()

    def on_statement(self, execute, sql, parameters, many, context):
        with self.around():
            return execute(sql, parameters, many, context)

    def wrap(self, owner, name):
        original = getattr(owner, name)

        def effect(*arguments, **options):
            with self.around():
                return original(*arguments, **options)

        setattr(owner, name, effect)


def in_fork(work, steps=0):
    """Do ``work`` in a forked process that dies at its effect ``steps``, or, with 0, lives. Return how it ended."""
    return ended(start_fork(work, steps))


def start_fork(work, steps=0):
    connections.close_all()
    sys.stdout.flush()
    if pid := os.fork():
        return pid
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        arm(Fuse(steps))
        work()
    except BaseException:
        os._exit(FAILED)
    os._exit(SURVIVED)


def ended(pid):
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def arm(fuse):
    connection.ensure_connection()
    connection.execute_wrappers.append(fuse.on_statement)
    fuse.wrap(connection, "_commit")
    for owner, name in ((os, "fsync"), (os, "open"), (Path, "replace"), (Path, "mkdir"), (Path, "unlink")):
        fuse.wrap(owner, name)


def drain_all(*, reverse=False):
    """What a worker does when it is woken, with a lease that a test can wait for."""
    for queue in sorted(("ledger", "render", "deliver"), reverse=not reverse):
        outbox.drain(queue, HANDLERS | {"call": FAR_SIDE.call}, lease=SHORT_LEASE)


def seal():
    call_command("seal", once=True, verbosity=0, stdout=StringIO())
