"""What a person holds who has commented: a code that finds the comment, and a file that proves it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ledger.canonical import commitment
from ledger.clock import now
from ledger.models import Checkpoint, Entry
from portal.public import guessing
from portal.public.forms import ReceiptForm
from portal.public.held import Held, find_held
from portal.public.limits import TooManyError
from portal.public.receipt_key import sign_receipt
from portal.public.stations import stations_of
from portal.public.tracking import RECEIVED, course_of
from publishing.proofs import address_of_check, proof_of
from tenders.models import Comment, HearingApplication
from tenders.receipts import LABEL

# Who holds the code holds the comment: it goes into no store, no index, and not to the next page.
SECRECY = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow, noarchive"}
View = Callable[..., HttpResponse]
Find = Callable[[str], Any]  # by code; None if there is nothing


def secret(find: Find) -> Callable[[View], View]:
    """Let a view show what is found under a code, slow down whoever guesses codes, and keep the page to its reader."""

    def let(view: View) -> View:
        @never_cache
        @require_safe
        @wraps(view)
        def guarded(request: HttpRequest, code: str) -> HttpResponse:
            try:
                held = _held(request, code, find)
            except TooManyError as e:
                return _ask(request, ReceiptForm({"code": ""}), str(e), status=e.status)
            response = view(request, held) if held else _ask(request, ReceiptForm({"code": code}), ReceiptForm.UNKNOWN)
            for name, value in SECRECY.items():
                response[name] = value
            return response

        return guarded

    return let


def _held(request: HttpRequest, code: str, *ways: Find) -> Any:
    """
    Return what was received under a code, or None.

    :raises TooManyError: if too many codes that do not exist came from there
    """
    guessing.refuse_guesser(request)
    for find in ways:
        if held := find(code):
            return held
    guessing.note_miss(request)
    return None


def find_comment(code: str) -> Comment | None:
    return Comment.objects.select_related("consultation__project__owner", "answer").filter(code=code).first()


def find_application(code: str) -> HearingApplication | None:
    return HearingApplication.objects.select_related("hearing__consultation__project").filter(code=code).first()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipts(request: HttpRequest) -> HttpResponse:
    form = ReceiptForm(request.POST or None)
    if not form.is_valid():
        return _form(request, form, 404 if form.errors else 200)
    try:
        held = _held(request, form.cleaned_data["code"], find_comment, find_application, find_held)
    except TooManyError as e:
        return _ask(request, form, str(e), status=e.status)
    return redirect(_address_of(held)) if held else _ask(request, form, ReceiptForm.UNKNOWN)


def _address_of(held: Comment | HearingApplication | Held) -> str:
    if isinstance(held, HearingApplication):
        return reverse("hearing-application", args=[held.project.number, held.hearing.number, held.code])
    return reverse("receipt" if isinstance(held, Comment) else "tender-receipt", args=[held.code])


def _ask(request: HttpRequest, form: ReceiptForm, error: str | Promise, status: int = 404) -> HttpResponse:
    """Ask for a code again, and say what is wrong with the one that came."""
    form.full_clean()
    form.errors.clear()
    form.add_error("code", str(error))
    return _form(request, form, status)


def _form(request: HttpRequest, form: ReceiptForm, status: int) -> HttpResponse:
    return render(request, "public_forms/receipts.html", {"form": form}, status=status)


@secret(find_comment)
def receipt(request: HttpRequest, comment: Comment) -> HttpResponse:
    """What became of a comment, for whoever holds its code. Name and contact are not shown even here."""
    course = course_of(comment, now())
    address = settings.SITE_URL + reverse("receipt", args=[comment.code])
    opening = _opening(comment)
    context = {
        "comment": comment,
        "project": comment.project,
        "entry": course.received,
        "checkpoint": course.checkpoint,
        "stations": stations_of(course),
        "address": address,
        "qr": segno.make(address, error="m").svg_data_uri(border=4),
        "check_address": address_of_check(course.received.seq),
        "check_qr": segno.make(address_of_check(course.received.seq), error="m").svg_data_uri(border=4),
        "signed": sign_receipt(course.received, opening["commitment"]),
    }
    return render(request, "public_forms/receipt.html", context | opening)


@secret(find_comment)
def receipt_file(request: HttpRequest, comment: Comment) -> HttpResponse:
    """
    All that its author needs to show, offline and without us, that a comment is in the record.

    The commitment follows from label, salt and text, stands in the entry, and the proof leads from the entry to the
    signed checkpoint. ``receipt`` is signed at once; ``proof`` is null until the entry is in a checkpoint.
    """
    entry = Entry.objects.get(subject=comment.path, kind=RECEIVED)
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


def _opening(comment: Comment) -> dict[str, Any]:
    """Return what shows that the commitment in the record is to this text. Only its author gets to see it."""
    salt = bytes(comment.salt)
    return {"label": LABEL, "salt": salt.hex(), "commitment": commitment(LABEL, salt, comment.text)}
