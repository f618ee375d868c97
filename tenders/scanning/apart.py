"""Looks through a file: at once what is small and simple, in a process of its own what might exhaust its reader."""

import json
import subprocess
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

from tenders.scanning.pieces import Budget, TooMuch, Trace, Where
from tenders.scanning.reading import Hit, gathered, hits, is_pdf

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds
UNREAD = Hit(Trace.UNREAD, Where.NOTHING_READ, "")


def look_through(content: bytes, allowed: Collection[str]) -> list[Hit]:
    """Return what in a file is worth a look before it goes public. What can't be read to its end is one of it."""
    if not is_pdf(content) and len(content) < 3_000_000:
        try:
            return gathered(hits(content, allowed, Budget(characters=300_000, unpacked=15_000_000).lasting(3)))
        except TooMuch:
            pass  # it is read again, where it can do no harm
    return gathered(_hits_apart(content, allowed))


def _hits_apart(content: bytes, allowed: Collection[str]) -> Iterator[Hit]:
    told = json.dumps(sorted(allowed)).encode() + b"\n" + content
    try:
        ran = subprocess.run(
            [sys.executable, "-m", "tenders.scanning"],
            cwd=ROOT,
            input=told,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a reader's complaint may quote the file
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        yield UNREAD
        return
    lines = [json.loads(line) for line in ran.stdout.splitlines() if line.endswith((b"}", b'"done"'))]
    yield from (Hit(**line) for line in lines if line != "done")
    if "done" not in lines:
        yield UNREAD
