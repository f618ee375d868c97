"""The page of an entry: what it says, and since when a checkpoint covers it."""

from typing import Any

from ledger.models import Checkpoint, Entry


def entry_page(entry: Entry, checkpoint: Checkpoint | None) -> dict[str, Any]:
    """Return what the page of an entry says. ``checkpoint``: the first that covers it, None as long as none does."""
    return {
        "entry": entry,
        "body": bytes(entry.body).decode(),
        "leaf": bytes(entry.leaf).hex(),
        "checkpoint": checkpoint,
    }
