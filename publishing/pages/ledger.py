"""Pages about the record itself: its newest entries, what was corrected or taken back, and how to check us."""

import json
from typing import Any

from django.conf import settings
from django.db.models import F, Func, Q, Value
from django.db.models.fields import BooleanField

from ledger.models import Checkpoint, Entry
from publishing.pages import acts
from publishing.pages.record import act_of, newest_size
from publishing.verifier import policy, published_text, verifier_digest

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


def corrections_page() -> dict[str, Any]:
    """Return every act that corrects, takes back, stops or withholds, newest first."""
    sealed = newest_size()
    entries = Entry.objects.filter(Q(kind__in=acts.TAKING_BACK) | Q(_points_back())).order_by("-seq")
    found = [act_of(entry, sealed) for entry in entries if acts.takes_back(entry)]
    return {"acts": found}


def verify_page() -> dict[str, Any]:
    """Return what the page of the verifier says, which has all that is needed to check without a network."""
    return {
        "policy": policy(),
        "receipt_key": published_text("receipt-vkey"),
        "verifier_sha256": verifier_digest(),
        "titles": json.dumps({kind: str(title) for kind, title in acts.TITLES.items()}, ensure_ascii=False),
    }


def _points_back() -> Func:
    """Whether the body of an entry has a member "corrects" somewhere: it is no column, for only the body counts."""
    position = Func(Value(b'"corrects":'), F("body"), template="position(%(expressions)s) > 0", arg_joiner=" IN ")
    position.output_field = BooleanField()
    return position
