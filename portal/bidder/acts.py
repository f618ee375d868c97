"""What a bidder does: upload piece by piece, deliver by one small request, take back, open with the own key."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ledger.clock import now
from ledger.operations import LedgerBusy
from portal.access import get_sealed_bid_for, get_tender, get_upload_for, person
from portal.bidder.forms import RecoveryForm
from portal.bidder.views import bidders_only, show_bid, show_tender
from portal.refusals import tell
from statutes.refusal import ActRefused
from tenders.models import BidUpload
from tenders.operations.decryption import recover_bid
from tenders.operations.sealed_bids import (
    PIECE,
    add_piece,
    begin_upload,
    deliver_sealed_bid,
    withdraw_sealed_bid,
)
from tenders.sealing.head import LONGEST_HEAD

Answer = Callable[..., HttpResponse]


def in_json(view: Answer) -> Answer:
    """Tell a script why it was refused, in words for its reader."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ActRefused as refused:
            return JsonResponse({"detail": " ".join(refusal.message for refusal in refused.refusals)}, status=422)

    return told


@bidders_only
@never_cache
@require_POST
@in_json
def begin(request: HttpRequest, number: str, package: int) -> HttpResponse:
    """Take the head of a sealed bid, as JSON. The same head again gets the same upload."""
    if int(request.headers.get("Content-Length") or 0) > LONGEST_HEAD:
        return JsonResponse({"detail": _("密封文件的说明部分太长。")}, status=413)
    try:
        head = request.body.decode()
        json.loads(head)
    except ValueError:
        return JsonResponse({"detail": _("密封文件的说明部分格式不对，请用本页重新密封。")}, status=400)
    upload = begin_upload(get_tender(number, package).pk, head=head, actor=person(request), at=now())
    return JsonResponse(_begun(upload), status=201)


@bidders_only
@never_cache
@require_http_methods(["GET", "PUT"])
@in_json
def piece(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the next piece, or say where to go on. A piece that does not fit is answered with where it would."""
    upload = get_upload_for(request.user, pk)
    if request.method == "GET":
        return JsonResponse({"received": upload.received})
    offset = request.headers.get("Upload-Offset", "")
    if not (offset.isascii() and offset.isdecimal() and len(offset) < 10):
        return JsonResponse({"received": upload.received}, status=409)
    if int(request.headers.get("Content-Length") or 0) > PIECE:
        return JsonResponse({"detail": _("一次最多上传1 MB。"), "received": upload.received}, status=413)
    taken = add_piece(upload.pk, offset=int(offset), piece=request.body, actor=person(request), at=now())
    fitted = taken.received > upload.received
    return JsonResponse({"received": taken.received}, status=200 if fitted else 409)


def _begun(upload: BidUpload) -> dict[str, Any]:
    return {"upload": str(upload.pk), "address": reverse("bid-piece", args=[upload.pk]), "received": upload.received}


@bidders_only
@require_POST
def deliver(request: HttpRequest, number: str, package: int) -> HttpResponse:
    """Deliver what was uploaded: the small request that counts. A second click leads to the same bid."""
    tender = get_tender(number, package)
    try:
        upload = UUID(request.POST.get("upload", ""))
        sealed = deliver_sealed_bid(upload, actor=person(request), at=now())
    except (ValueError, ObjectDoesNotExist) as e:
        raise Http404 from e
    except ActRefused as refused:
        tell(request, refused)
        return show_tender(request, tender, status=409)
    messages.success(request, _("已签收。请保存回执：它能证明您的投标按时送达、没有被丢掉或者调换。"))
    return redirect("bid-bid", sealed.pk)


@bidders_only
@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    sealed = get_sealed_bid_for(request.user, pk)
    if request.POST.get("sure") != "yes":
        messages.error(request, _("请先勾选“我要撤回”。"))
        return show_bid(request, sealed, status=400)
    try:
        withdraw_sealed_bid(sealed.pk, actor=person(request), at=now())
    except ActRefused as refused:
        tell(request, refused)
        return show_bid(request, sealed, status=409)
    messages.success(request, _("已撤回。截止时间前还可以重新递交。"))
    return redirect("bid-bid", sealed.pk)


@bidders_only
@require_POST
def recover(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open the own bid with the recovery key, when nobody else's keys could."""
    sealed = get_sealed_bid_for(request.user, pk)
    form = RecoveryForm(request.POST)
    if sealed.bid is None:
        raise Http404
    if not form.is_valid():
        return show_bid(request, sealed, status=400, recovery=form)
    try:
        recover_bid(sealed.bid.pk, secret=form.cleaned_data["secret"], actor=person(request), at=now())
    except ActRefused as refused:
        tell(request, refused)
        return show_bid(request, sealed, status=409, recovery=form)
    except LedgerBusy as e:
        messages.error(request, str(e))
        return show_bid(request, sealed, status=503, recovery=form)
    messages.success(request, _("已解密。"))
    return redirect("bid-bid", sealed.pk)
