"""Looking things up in the record: a receipt, an entry with its proof."""

import logging

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ledger.canonical import commitment
from ledger.models import Checkpoint, Entry
from ledger.proofs import LogProof
from ledger.tiles import Log
from portal.public.forms import ReceiptForm
from tenders.models import Comment

logger = logging.getLogger(__name__)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipts(request: HttpRequest) -> HttpResponse:
    form = ReceiptForm(request.POST or None)
    if form.is_valid():
        code = form.cleaned_data["code"]
        if Comment.objects.filter(code=code).exists():
            return redirect("receipt", code)
        form.add_error("code", ReceiptForm.UNKNOWN)
    return render(request, "public_forms/receipts.html", {"form": form}, status=404 if form.errors else 200)


@never_cache
@require_safe
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """What became of a comment, for whoever holds its code. Name and contact are not shown even here."""
    comment = get_object_or_404(Comment.objects.select_related("consultation__project", "answer"), code=code)
    entry = Entry.objects.filter(subject=comment.path, kind="comment.received").first()
    address = settings.SITE_URL + reverse("receipt", args=[comment.code])
    context = {
        "comment": comment,
        "project": comment.consultation.project,
        "answer": getattr(comment, "answer", None),
        "entry": entry,
        "checkpoint": entry and Checkpoint.objects.filter(size__gt=entry.seq).order_by("size").first(),
        "commitment": commitment("comment-v1", bytes(comment.salt), comment.text),
        "salt": bytes(comment.salt).hex(),
        "address": address,
        "qr": segno.make(address, error="m").svg_data_uri(border=4),
    }
    return render(request, "public_forms/receipt.html", context)


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
        hashes = Log(settings.PUBLIC_ROOT / "ledger", checkpoint.size).inclusion_proof(entry.seq)
    except FileNotFoundError:
        logger.warning("The files of the ledger for %s entries are not here yet", checkpoint.size, exc_info=True)
        return None
    return LogProof(entry.seq, tuple(hashes), checkpoint.note)
