"""A lease on a batch of tasks, renewed while its worker is at work, so that a slow batch is not run twice."""

import logging
import time
from datetime import timedelta
from threading import Event, Thread
from types import TracebackType
from typing import Self

from django.db import DatabaseError, connection

from ledger.clock import real_now
from ledger.models import Task

RENEWED_FOR = timedelta(minutes=15)  # longer than any handler takes: whoever hangs loses the work to another
FAREWELL_SECONDS = 5.0  # for a renewal that is under way at the end

logger = logging.getLogger(__name__)


class Lease:
    """
    The right to work on tasks for a while, within ``with``. The thread that renews it costs nothing to a quick batch.

    A worker that was stopped for longer than its lease lasts may find its tasks in other hands: ``holds`` says so.
    """

    def __init__(self, tasks: list[Task], length: timedelta, taken: float) -> None:
        """``taken``: when it was asked for, by the monotonic clock. All tasks are leased until the same moment."""
        self.keys = [task.pk for task in tasks]
        self.until = tasks[0].leased_until
        self.length = length
        self.ends = taken + length.total_seconds()
        self.last = taken + RENEWED_FOR.total_seconds()
        self.over = Event()
        self.keeper = Thread(target=self._keep, name="lease", daemon=True)

    def __enter__(self) -> Self:
        self.keeper.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.over.set()
        self.keeper.join(FAREWELL_SECONDS)

    @property
    def holds(self) -> bool:
        return time.monotonic() < self.ends

    def renew(self) -> bool:
        """Ask for another length from now on. Return False if none of the tasks is ours any more."""
        asked, until = time.monotonic(), real_now() + self.length
        ours = Task.objects.open().filter(pk__in=self.keys, leased_until=self.until)
        if not ours.update(leased_until=until):
            return False
        self.until, self.ends = until, asked + self.length.total_seconds()
        return True

    def _keep(self) -> None:
        try:
            while not self.over.wait(self.length.total_seconds() / 3) and time.monotonic() < self.last:
                try:
                    if not self.renew():
                        return
                except DatabaseError:
                    logger.warning("Could not renew a lease; it ends by itself", exc_info=True)
                    connection.close()
        finally:
            connection.close()
