"""An entry of the record: what it says, and the proof that it is there. Answers where there is no file yet."""

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ledger.models import Checkpoint, Entry
from ledger.proofs import LogProof
from publishing import proofs

logger = logging.getLogger(__name__)


@require_safe
def entry(request: HttpRequest, seq: int) -> HttpResponse:
    found = get_object_or_404(Entry, seq=seq)
    checkpoint = Checkpoint.objects.order_by("size").last()
    context = {
        "entry": found,
        "body": bytes(found.body).decode(),
        "leaf": bytes(found.leaf).hex(),
        "checkpoint": checkpoint,
        "proof": proof_of(found, checkpoint),
    }
    return render(request, "public_forms/entry.html", context)


@require_safe
def entry_body(request: HttpRequest, seq: int) -> HttpResponse:
    """The bytes of an entry, exactly as they were hashed."""
    found = get_object_or_404(Entry, seq=seq)
    return HttpResponse(bytes(found.body), content_type="application/json")


@require_safe
def entry_proof(request: HttpRequest, seq: int) -> HttpResponse:
    """The proof file of an entry against the newest checkpoint."""
    proof = proof_of(get_object_or_404(Entry, seq=seq), Checkpoint.objects.order_by("size").last())
    if proof is None:
        raise Http404
    return HttpResponse(str(proof), content_type="text/plain; charset=utf-8")


def proof_of(entry: Entry, checkpoint: Checkpoint | None) -> LogProof | None:
    """Return the proof that an entry is in the log as of a checkpoint, or None as long as there can be none."""
    if checkpoint is None or entry.seq >= checkpoint.size:
        return None
    try:
        return proofs.proof_of(bytes(entry.body), entry.seq, checkpoint, proofs.log_at(checkpoint))
    except FileNotFoundError:
        logger.warning("The files of the ledger for %s entries are not here yet", checkpoint.size, exc_info=True)
        return None
