"""The page of an entry: what it says, and the proof that it is in the log."""

import logging
from typing import Any

from django.conf import settings

from ledger.models import Checkpoint, Entry
from ledger.proofs import LogProof
from ledger.tiles import Log

logger = logging.getLogger(__name__)


def entry_page(entry: Entry, checkpoint: Checkpoint | None, proof: LogProof | None) -> dict[str, Any]:
    """Return what the page of an entry says, with its proof against a checkpoint as far as there is one."""
    return {
        "entry": entry,
        "body": bytes(entry.body).decode(),
        "leaf": bytes(entry.leaf).hex(),
        "checkpoint": checkpoint,
        "proof": proof,
    }


def proof_of(entry: Entry, checkpoint: Checkpoint | None) -> LogProof | None:
    """Return the proof that an entry is in the log as of a checkpoint, or None as long as there can be none."""
    if checkpoint is None or entry.seq >= checkpoint.size:
        return None
    try:
        hashes = Log(settings.PUBLIC_ROOT / "ledger", checkpoint.size).inclusion_proof(entry.seq)
    except FileNotFoundError:
        logger.warning("The files of the ledger for %s entries are not here yet", checkpoint.size, exc_info=True)
        return None
    return LogProof(entry.seq, tuple(hashes), checkpoint.note)
