"""What the tests of the launcher see of processes: through /proc, as an operator would."""

import signal
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LAUNCHER = ROOT / "config" / "launcher"


def hear_interrupts():
    """
    For the child of a test: let it hear Ctrl-C, also where the tests themselves run in the background of a shell.

    A background shell ignores the interrupt, what it starts inherits that, and the launcher respects it.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def wait_for(condition, seconds=60):
    """Return once the condition holds; fail if it does not within the time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.05)


def stat(pid):
    """Return what /proc/PID/stat says after the name: state, parent, ..., as the 20th the start time."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None


def command_of(pid):
    """Return the command line of a process, nothing if it has ended meanwhile, as the hourly check does."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def start_of(pid):
    fields = stat(pid)
    return fields and fields[19]


def gone(pid, born=None):
    """Tell whether a process has ended: a zombie has, and so has one whose number another process got since."""
    fields = stat(pid)
    return fields is None or fields[0] == "Z" or (born is not None and fields[19] != born)


def descendants(pid):
    """Return all that descends from a process, as {pid: start time}."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        if fields := stat(folder.name):
            parents.setdefault(int(fields[1]), []).append((int(folder.name), fields[19]))
    found, open_ends = {}, [pid]
    while open_ends:
        for child, born in parents.get(open_ends.pop(), []):
            found[child] = born
            open_ends.append(child)
    return found
