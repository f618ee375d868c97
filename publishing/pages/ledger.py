"""Pages about the record itself: its newest entries, and how to check us."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from ledger.models import Checkpoint, Cosignature, Entry
from ledger.notes import VerifierKey
from ledger.results import RESULT, STATES, last_result, witness_states
from ledger.rotation import is_of_lost_key, key_periods
from ledger.tiles import ENTRIES, tiles_between
from ledger.witnesses import configured
from publishing.pages import acts
from publishing.pages.record import act_of, witnessed_size
from publishing.verifier import policy, published_text, verifier_digest

NEWEST = 50


@dataclass(frozen=True)
class Witnessed:
    """What a witness has confirmed last, as far as it is stored, and what it says against the record."""

    name: str
    size: int
    at: datetime | None
    problem: str


@dataclass(frozen=True)
class KeyInUse:
    """A key of the log: from which entry on it signs, and since when; ``until`` as an entry, None if it is in use."""

    key: VerifierKey
    first: int
    last: int | None
    since: datetime | None
    was_lost_before: bool


def ledger_page() -> dict[str, Any]:
    """Return what the page of the ledger says. Six queries, seven with witnesses."""
    checkpoint = Checkpoint.objects.prefetch_related("cosignatures").order_by("-size").first()
    sealed, witnessed = checkpoint.size if checkpoint else 0, witnessed_size()
    entries = [act_of(entry, sealed, witnessed=witnessed) for entry in Entry.objects.order_by("-seq")[:NEWEST]]
    return {
        "checkpoint": checkpoint,
        "root": bytes(checkpoint.root).hex() if checkpoint else "",
        "verifier_key": verifier_key(),
        "keys": keys_in_use(),
        "origin": settings.LEDGER_ORIGIN,
        "acts": entries,
        "recorded": entries[0].seq + 1 if entries else 0,
        "unsealed": sum(not act.is_sealed for act in entries),
        "witnesses": witnesses(),
        "result": last_result(folder()),
        "newest_files": [
            tile.path for level in (ENTRIES, 0) for tile in tiles_between(level, max(sealed - 1, 0), sealed)
        ],
    }


def witnesses() -> list[Witnessed]:
    """Return how it stands with each witness that is asked. One query for each."""
    found = []
    objections = {state["name"]: state["problem"] for state in witness_states(folder()) if state["grave"]}
    for witness in configured():
        last = Cosignature.objects.filter(witness=witness.name).order_by("-checkpoint").first()
        size, at = (last.checkpoint_id, last.witnessed_at) if last else (0, None)
        found.append(Witnessed(witness.name, size, at, objections.get(witness.name, "")))
    return found


def keys_in_use() -> list[KeyInUse]:
    """Return the keys of the log, the one in use last."""
    if not (published := verifier_key()):
        return []
    return [
        KeyInUse(
            period.key,
            period.after + 1,
            period.until,
            period.named_by.at if period.named_by else None,
            period.named_by is not None and is_of_lost_key(period.named_by),
        )
        for period in key_periods(VerifierKey.parse(published))
    ]


def is_older_than_check(page: Path) -> bool:
    """Whether the record was checked, or a witness had something new to say, since a page was written."""
    news = [path.stat().st_mtime_ns for name in (RESULT, STATES) if (path := folder() / name).is_file()]
    return page.is_file() and page.stat().st_mtime_ns <= max(news, default=0)  # the disk counts in steps


def folder() -> Path:
    return Path(settings.PUBLIC_ROOT) / "ledger"


def verifier_key() -> str:
    """Return the public key of the log as the sealer has published it, empty before it has ever run."""
    path = folder() / "vkey"
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""


def verify_page() -> dict[str, Any]:
    """Return what the page of the verifier says, which has all that is needed to check without a network."""
    return {
        "policy": policy(),
        "receipt_key": published_text("receipt-vkey"),
        "verifier_sha256": verifier_digest(),
        "titles": json.dumps({kind: str(title) for kind, title in acts.TITLES.items()}, ensure_ascii=False),
    }
