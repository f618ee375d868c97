"""Has the whole record checked every hour, in a process of its own so that the sealing does not wait for it."""

import logging
import subprocess
import sys
import time

from django.conf import settings

EVERY = 3600.0  # seconds, from start to start

logger = logging.getLogger(__name__)


class HourlyCheck:
    """The first check is made at once: a start may be the first after a restore."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.due = time.monotonic()

    def tend(self) -> None:
        """Start the check if it is time and the last one is over. Does not wait."""
        if self.process and self.process.poll() is not None:
            if self.process.returncode:
                logger.error("The check of the whole record failed, see check.json")
            self.process = None
        if self.process is None and time.monotonic() >= self.due:
            self.due = time.monotonic() + EVERY
            command = [sys.executable, "manage.py", "check_ledger", "--publish"]
            self.process = subprocess.Popen(command, cwd=settings.BASE_DIR)  # noqa: S603, no word of it comes from outside

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait()
