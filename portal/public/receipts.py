"""What a person holds who has commented: a code that finds the comment, and a file that proves it."""

from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ledger.canonical import commitment
from ledger.models import Checkpoint, Entry
from portal.public.forms import ReceiptForm
from portal.public.receipt_key import sign_receipt
from publishing.proofs import address_of_check, proof_of
from tenders.models import Comment, HearingApplication

LABEL = "comment-v1"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipts(request: HttpRequest) -> HttpResponse:
    form = ReceiptForm(request.POST or None)
    if form.is_valid():
        code = form.cleaned_data["code"]
        if Comment.objects.filter(code=code).exists():
            return redirect("receipt", code)
        if applied := HearingApplication.objects.filter(code=code).first():
            return redirect("hearing-application", applied.project.number, applied.hearing.number, code)
        form.add_error("code", ReceiptForm.UNKNOWN)
    return render(request, "public_forms/receipts.html", {"form": form}, status=404 if form.errors else 200)


@never_cache
@require_safe
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """What became of a comment, for whoever holds its code. Name and contact are not shown even here."""
    comment = get_object_or_404(Comment.objects.select_related("consultation__project", "answer"), code=code)
    entry = _entry_of(comment)
    address = settings.SITE_URL + reverse("receipt", args=[comment.code])
    opening = _opening(comment)
    context = {
        "comment": comment,
        "project": comment.consultation.project,
        "answer": getattr(comment, "answer", None),
        "entry": entry,
        "checkpoint": Checkpoint.objects.filter(size__gt=entry.seq).order_by("size").first(),
        "address": address,
        "qr": segno.make(address, error="m").svg_data_uri(border=4),
        "check_qr": segno.make(address_of_check(entry.seq), error="m").svg_data_uri(border=4),
        "signed": sign_receipt(entry, opening["commitment"]),
    }
    return render(request, "public_forms/receipt.html", context | opening)


@never_cache
@require_safe
def receipt_file(request: HttpRequest, code: str) -> HttpResponse:
    """
    All that its author needs to show, offline and without us, that a comment is in the record.

    The commitment follows from label, salt and text, stands in the entry, and the proof leads from the entry to the
    signed checkpoint. ``receipt`` is signed at once; ``proof`` is null until the entry is in a checkpoint.
    """
    comment = get_object_or_404(Comment.objects.select_related("consultation__project"), code=code)
    entry = _entry_of(comment)
    proof = proof_of(entry, Checkpoint.objects.order_by("size").last())
    opening = _opening(comment)
    told = {
        "code": comment.code,
        **opening,
        "text": comment.text,
        "receipt": sign_receipt(entry, opening["commitment"]),
        "entry": bytes(entry.body).decode(),
        "proof": proof and str(proof),
    }
    headers = {"Content-Disposition": f'attachment; filename="receipt-{comment.code}.json"'}
    return JsonResponse(told, headers=headers, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _entry_of(comment: Comment) -> Entry:
    return Entry.objects.get(subject=comment.path, kind="comment.received")


def _opening(comment: Comment) -> dict[str, Any]:
    """Return what shows that the commitment in the record is to this text. Only its author gets to see it."""
    salt = bytes(comment.salt)
    return {"label": LABEL, "salt": salt.hex(), "commitment": commitment(LABEL, salt, comment.text)}
