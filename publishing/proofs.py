"""
Proof files: for each entry one by which anybody can check, offline and without us, that it is on record.

They are written when a checkpoint covers the entry, and written again once, when a witness has signed too. They can
always be made anew from entries and tiles, so they are synced to the disk together, not one by one.
"""

import json
import logging
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from ledger.files import UNFINISHED, write_atomically
from ledger.models import Checkpoint, Entry
from ledger.notes import Note
from ledger.proofs import LogProof
from ledger.tiles import Log
from publishing.locks import PROOFS, writing
from publishing.output import file_of

RECENT = 20  # checkpoints among which one with a witness is looked for
FOLDER = "/ledger/entries/"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Written:
    """How far the files go: entries before ``any`` have a proof, those before ``final`` one with a witness."""

    any: int = 0
    final: int = 0


def publish_proofs() -> int:
    """Write the proofs that are missing or have waited for a witness. Return their number. Two queries if none."""
    if not _todo(_written()):
        return 0
    with writing(PROOFS):
        written = _written()
        todo = _todo(written)
        count = sum(_write(checkpoint, first) for checkpoint, first in todo)
        os.sync()
        sizes = [checkpoint.size for checkpoint, _first in todo]
        final = max((c.size for c, _first in todo if is_witnessed(c)), default=written.final)
        write_atomically(_mark(), json.dumps(asdict(Written(max([written.any, *sizes]), final))).encode())
    return count


def proof_of(entry: Entry, checkpoint: Checkpoint | None) -> LogProof | None:
    """Return the proof that an entry is on record as of a checkpoint, or None as long as there can be none."""
    if checkpoint is None or entry.seq >= checkpoint.size:
        return None
    try:
        return _prove(bytes(entry.body), entry.seq, checkpoint, log_at(checkpoint))
    except FileNotFoundError:
        logger.warning("The files of the ledger for %s entries are not here yet", checkpoint.size, exc_info=True)
        return None


def _prove(body: bytes, seq: int, checkpoint: Checkpoint, log: Log) -> LogProof:
    """Return the proof that holds its own entry. ``log`` is of the checkpoint's size."""
    return LogProof(seq, tuple(log.inclusion_proof(seq)), note_of(checkpoint), body)


def address_of_check(seq: int) -> str:
    """Return where an entry is checked, for QR codes on receipts and on paper."""
    return f"{settings.SITE_URL}/verify/#entry-{seq}"


def note_of(checkpoint: Checkpoint) -> str:
    """Return a checkpoint with all signatures that it has by now."""
    return checkpoint.cosigned_note


def is_witnessed(checkpoint: Checkpoint) -> bool:
    return any(signature.name != settings.LEDGER_ORIGIN for signature in Note.parse(note_of(checkpoint)).signatures)


def log_at(checkpoint: Checkpoint) -> Log:
    return Log(Path(settings.PUBLIC_ROOT) / "ledger", checkpoint.size)


def _todo(written: Written) -> list[tuple[Checkpoint, int]]:
    """Return which checkpoints prove something new, each with the first entry to prove, the witnessed one first."""
    recent = list(
        Checkpoint.objects.filter(size__gt=written.final).prefetch_related("cosignatures").order_by("-size")[:RECENT]
    )
    witnessed = next((checkpoint for checkpoint in recent if is_witnessed(checkpoint)), None)
    todo = [(witnessed, written.final)] if witnessed else []
    proven = max(written.any, witnessed.size if witnessed else 0)
    return todo + [(checkpoint, proven) for checkpoint in recent[:1] if checkpoint.size > proven]


def _write(checkpoint: Checkpoint, first: int) -> int:
    log = log_at(checkpoint)
    count = 0
    for seq, body in _bodies(first, checkpoint.size):
        _put(file_of(f"{FOLDER}{seq}.tlog-proof"), str(_prove(body, seq, checkpoint, log)).encode())
        count += 1
    return count


def _bodies(first: int, end: int) -> Iterator[tuple[int, bytes]]:
    rows = Entry.objects.filter(seq__gte=first, seq__lt=end).in_order().values_list("seq", "body")
    return ((seq, bytes(body)) for seq, body in rows.iterator())


def _put(path: Path, content: bytes) -> None:
    """Put content in place of what a file held; whoever reads it gets the old or the new."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{UNFINISHED}{path.name}")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def _written() -> Written:
    mark = _mark()
    return Written(**json.loads(mark.read_bytes())) if mark.is_file() else Written()


def _mark() -> Path:
    return file_of(f"{FOLDER}.written")
