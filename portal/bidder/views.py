"""The bidder's pages: the tenders that take bids, one's own bid in each, and its receipt."""

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from ledger.clock import now
from ledger.models import Checkpoint, Entry
from portal.access import (
    get_sealed_bid_for,
    get_tender,
    person,
    role_of,
    role_required,
    visible_results,
    visible_sealed_bids,
)
from portal.bidder.forms import RecoveryForm, SealForm
from portal.public.receipt_key import sign
from publishing.proofs import proof_of
from statutes.refusal import unmet
from tenders.bid_receipts import FILE_FORMAT, lists_of, opening_of, receipt_text, ticks_of
from tenders.gates import project_is_active
from tenders.gates.sealed import remedy_is_open, sealed_bid_may_be_withdrawn, tender_takes_sealed_bids
from tenders.models import Package, SealedBid

bidders_only = role_required(User.Role.BIDDER)


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is open for bids, for anybody; and one's own bids, for who has signed in as a bidder."""
    at = now()
    running = Package.objects.filter(state=Package.State.ANNOUNCED, bids_due_at__gte=at).select_related("project")
    mine = visible_sealed_bids(request.user).select_related("package__project", "bid").order_by("-received_at")
    context = {
        "tenders": running.order_by("bids_due_at"),
        "mine": mine,
        "results": visible_results(request.user),
        "at": at,
        "is_bidder": role_of(request.user) == User.Role.BIDDER,
    }
    return render(request, "bidder/home.html", context)


@bidders_only
@never_cache
@require_safe
def tender(request: HttpRequest, number: str, package: int) -> HttpResponse:
    """One tender: what may be done now, one's own bid, and the form that is sealed in the browser."""
    return show_tender(request, get_tender(number, package))


def show_tender(request: HttpRequest, found: Package, status: int = 200) -> HttpResponse:
    user, at = person(request), now()
    refusals = unmet((project_is_active, tender_takes_sealed_bids), found, at)
    keys = found.bid_box.keys.as_keys() if not refusals else {}
    bids = visible_sealed_bids(user).filter(package=found).select_related("bid").order_by("-received_at")
    standing = next((bid for bid in bids if bid.is_standing), None)
    context: dict[str, Any] = {
        "package": found,
        "project": found.project,
        "refusals": refusals,
        "keys": json.dumps(keys),
        "bids": bids,
        "standing": standing,
        "to_be_sealed_anew": bool(standing and keys and not _is_sealed_to(standing, keys)),
        "form": SealForm(),
        "at": at,
    }
    return render(request, "bidder/tender.html", context, status=status)


def _is_sealed_to(sealed: SealedBid, keys: dict[str, str]) -> bool:
    return all({wrap.outer, wrap.inner} <= set(keys.values()) for wrap in sealed.parsed_head().wraps)


@bidders_only
@never_cache
@require_safe
def bid(request: HttpRequest, pk: UUID) -> HttpResponse:
    return show_bid(request, get_sealed_bid_for(request.user, pk))


def show_bid(request: HttpRequest, sealed: SealedBid, status: int = 200, **forms: Any) -> HttpResponse:
    """Show a bid with its receipt, and what its bidder may do now. ``forms``: ``recovery``, if it came back."""
    at, package = now(), sealed.package
    waits = sealed.bid is not None and sealed.bid.opened_at is None
    context = {
        "sealed": sealed,
        "package": package,
        "project": package.project,
        "receipt": _receipt(sealed),
        "may_withdraw": sealed.is_standing and not unmet((sealed_bid_may_be_withdrawn,), package, at),
        "may_recover": waits and remedy_is_open(sealed, at) is None,
        "form": forms.get("recovery") or RecoveryForm(),
    }
    return render(request, "bidder/bid.html", context, status=status)


@bidders_only
@never_cache
@require_safe
def receipt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The receipt as a file, to be kept where the bidder keeps what matters."""
    sealed = get_sealed_bid_for(request.user, pk)
    answer = HttpResponse(_receipt(sealed), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="bid-receipt-{sealed.pk.hex[:8]}.txt"'
    return answer


@bidders_only
@never_cache
@require_safe
def receipt_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """
    The receipt with the entries by which it is checked offline: its tick as soon as that is made, the last one and the
    opening.

    ``lists`` is the file that the opening's entry names, if its lists were too long for it.
    """
    sealed = get_sealed_bid_for(request.user, pk)
    newest, opening = Checkpoint.objects.order_by("size").last(), opening_of(sealed)
    told = {
        "format": FILE_FORMAT,
        "receipt": _receipt(sealed),
        "ticks": [_told(tick, newest) for tick in ticks_of(sealed)],
        "opening": _told(opening, newest),
        "lists": lists_of(sealed) if opening else "",
    }
    headers = {"Content-Disposition": f'attachment; filename="bid-receipt-{sealed.pk.hex[:8]}.json"'}
    return JsonResponse(told, headers=headers, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _told(entry: Entry | None, newest: Checkpoint | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    proof = proof_of(entry, newest)
    return {"entry": bytes(entry.body).decode(), "proof": proof and str(proof)}


def _receipt(sealed: SealedBid) -> str:
    return sign(receipt_text(settings.LEDGER_ORIGIN, sealed))
