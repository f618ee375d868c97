"""From the commit of an act to its page, and to the signed checkpoint that covers it. Worker, beat and sealer run."""

import random
import re
import time
from contextlib import ExitStack
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from benchmarks.measuring import Row, quantile, show
from benchmarks.programs import running, tool, wait_until
from benchmarks.writes import OPEN
from ledger.clock import now
from ledger.models import Entry, Task
from tenders.models import Consultation
from tenders.operations.comments import receive_comment

ACTS = 60
PAUSE = (0.1, 0.9)  # seconds between acts: so that they fall anywhere between two looks of the sealer
AWAKE_WITHIN = 120.0  # seconds, on a busy machine
LONGEST = 60.0  # seconds that the last act is waited for
SEQ = re.compile(rb'"seq": (\d+)')


class Watch:
    """Notes when an entry first stands in a public file. ``newest`` reads from the file how far it tells."""

    def __init__(self, path: Path, newest) -> None:
        self.path, self.newest, self.version, self.reached = path, newest, (0, 0), -1

    def look(self) -> int:
        state = self.path.stat()
        if (state.st_ino, state.st_mtime_ns) != self.version:
            self.version = (state.st_ino, state.st_mtime_ns)
            self.reached = self.newest(self.path.read_bytes())
        return self.reached


def run() -> None:
    Task.objects.open().update(done_at=now())  # what the benchmarks before have left is not ours
    call_command("seal", once=True, verbosity=0)
    Task.objects.open().update(done_at=now())
    celery = [tool("celery"), "-A", "config.celery"]
    with ExitStack() as programs:
        queues = "ledger,render,deliver"
        for command in (
            [*celery, "worker", "-Q", queues, "-c", "2", "--without-gossip", "--without-mingle"],
            [*celery, "beat", "--pidfile="],
            [tool("python"), "manage.py", "seal"],
        ):
            programs.enter_context(running(*command))
        seen, sealed, begun = _act_and_watch()
    rows = [_row("act to page", seen, begun, 0.5), _row("act to page", seen, begun, 0.99)]
    rows += [_row("act to checkpoint", sealed, begun, 0.5), _row("act to checkpoint", sealed, begun, 0.99)]
    show(f"Publish latency, {ACTS} comments, worker, beat and sealer running", rows)


def _act_and_watch() -> tuple[dict[int, float], dict[int, float], dict[int, float]]:
    """Return per entry when it stood on the page, when a checkpoint covered it, and when its act was committed."""
    consultation = Consultation.objects.get(project__number=OPEN)
    public = settings.PUBLIC_ROOT
    page = Watch(public / "projects" / OPEN / "record.json", lambda content: int(SEQ.findall(content)[-1]))
    checkpoint = Watch(public / "ledger" / "checkpoint", lambda content: int(content.split(b"\n")[1]) - 1)
    first = _act(consultation)  # and everybody is awake
    wait_until(lambda: page.look() >= first and checkpoint.look() >= first, within=AWAKE_WITHIN)

    begun: dict[int, float] = {}
    seen: dict[int, float] = {}
    sealed: dict[int, float] = {}
    due = 0.0
    last = time.perf_counter()
    while (len(begun) < ACTS or len(sealed) < ACTS or len(seen) < ACTS) and time.perf_counter() - last < LONGEST:
        moment = time.perf_counter()
        if len(begun) < ACTS and moment >= due:
            seq = _act(consultation)
            begun[seq] = last = time.perf_counter()
            due = last + random.uniform(*PAUSE)
        for watch, found in ((page, seen), (checkpoint, sealed)):
            reached, moment = watch.look(), time.perf_counter()
            found |= {seq: moment for seq in begun if seq <= reached and seq not in found}
        time.sleep(0.002)
    return seen, sealed, begun


def _act(consultation: Consultation) -> int:
    comment = receive_comment(consultation.pk, text="意见", at=now())
    return Entry.objects.get(subject=comment.path, kind="comment.received").seq


def _row(name: str, found: dict[int, float], begun: dict[int, float], share: float) -> Row:
    name = f"{name}, p{share * 100:.0f}"
    if len(found) < len(begun):
        return Row(name, None, note=f"{len(begun) - len(found)} of {len(begun)} not within {LONGEST:.0f} s")
    return Row(name, quantile([found[seq] - begun[seq] for seq in begun], share) * 1000, "ms")
