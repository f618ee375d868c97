"""Pages about the record itself: its newest entries, and how to check us."""

from typing import Any

from django.conf import settings

from ledger.models import Checkpoint, Entry
from publishing.pages.record import act_of

NEWEST = 50


def ledger_page() -> dict[str, Any]:
    """Return what the page of the ledger says. Three queries."""
    checkpoint = Checkpoint.objects.order_by("-size").first()
    sealed = checkpoint.size if checkpoint else 0
    entries = [act_of(entry, sealed) for entry in Entry.objects.order_by("-seq")[:NEWEST]]
    return {
        "checkpoint": checkpoint,
        "root": bytes(checkpoint.root).hex() if checkpoint else "",
        "verifier_key": verifier_key(),
        "origin": settings.LEDGER_ORIGIN,
        "acts": entries,
        "unsealed": sum(not act.is_sealed for act in entries),
    }


def verifier_key() -> str:
    """Return the public key of the log as the sealer has published it, empty before it has ever run."""
    path = settings.PUBLIC_ROOT / "ledger" / "vkey"
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""


def verify_page() -> dict[str, Any]:
    return {"verifier_key": verifier_key(), "origin": settings.LEDGER_ORIGIN}
