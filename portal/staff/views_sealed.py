"""The keys of sealed bids, and the desk of the opening day: wraps out, peeled wraps and bid keys in."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ledger.clock import now
from portal.access import get_project_for, person, role_required
from portal.refusals import do_or_tell, tell
from portal.sealed_files import take_peeled, wraps_answer
from portal.staff.forms_sealed import ExchangeForm, RevokeKeyForm, TrusteeKeyForm
from portal.staff.registers import HANDS
from statutes.refusal import ActRefused
from tenders.gates.sealed import remedy_is_over
from tenders.models import Bid, BidBox, Package, SealedBid, TrusteeKey
from tenders.operations.decryption import count_as_unread, decrypt_bid, report_undecryptable
from tenders.operations.trustee_keys import KEEPERS, register_trustee_key, revoke_trustee_key
from tenders.sealing.exchange import KeysFile

hands_required = role_required(*HANDS)
keepers_required = role_required(*KEEPERS)
OUTCOMES = {
    "revoked": partial(count_as_unread, by_bidder=True),
    "withdrawn": partial(count_as_unread, by_bidder=False),
}


@keepers_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    form = TrusteeKeyForm(request.POST if request.method == "POST" else None)

    def register() -> None:
        register_trustee_key(**form.cleaned_data, actor=person(request), at=now())

    if form.is_bound and form.is_valid() and do_or_tell(request, register):
        messages.success(request, _("已登记并公开。请持有单位到网站上核对自己的公钥。"))
        return redirect("desk-trustee-keys")
    context = {
        "keys": TrusteeKey.objects.select_related("organisation"),
        "behind": BidBox.objects.with_a_revoked_key().select_related("package__project"),
        "form": form,
    }
    return render(request, "staff/trustee_keys.html", context, status=422 if form.is_bound else 200)


@keepers_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def key(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(TrusteeKey.objects.select_related("organisation"), pk=pk)
    form = RevokeKeyForm(request.POST if request.method == "POST" else None)

    def revoke() -> None:
        revoke_trustee_key(found.pk, reason=form.cleaned_data["reason"], actor=person(request), at=now())

    if form.is_bound and form.is_valid() and do_or_tell(request, revoke):
        messages.success(request, _("已停用并公开。请登记新的密钥，再给正在招标的标段更换。"))
        return redirect("desk-trustee-keys")
    context = {"key": found, "form": form}
    return render(request, "staff/trustee_key.html", context, status=422 if form.is_bound else 200)


def _package(request: HttpRequest, number: str, pk: int) -> Package:
    """Return an opened package of a person's own projects: before, nothing is here to be found."""
    project = get_project_for(request.user, number)
    return get_object_or_404(Package.objects.select_related("project"), project=project, pk=pk, opened_at__isnull=False)


@hands_required
@never_cache
@require_safe
def sealed(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The electronic bids of an opening, and how far each is."""
    return _show(request, _package(request, number, pk))


def _exchange_form(what: str, *data: Any) -> ExchangeForm:
    labels = {"peeled": _("监督方交来的 peeled.json"), "keys": _("解出的 bid-keys.json")}
    if what not in labels:
        raise Http404
    return ExchangeForm(*data, field_id=what, label=labels[what])


def _show(request: HttpRequest, package: Package, status: int = 200, **returned: ExchangeForm) -> HttpResponse:
    """Show the bids and the two forms. ``returned`` is the one that came back with mistakes, by what it takes in."""
    at = now()
    bids = SealedBid.objects.filter(package=package).exclude(bid=None).select_related("bid").order_by("bid__number")
    rows = [{"bid": one.bid, "sealed": one, "is_over": remedy_is_over(one, at) is None} for one in bids]
    context = {
        "project": package.project,
        "package": package,
        "rows": rows,
        "is_waiting": bids.filter(bid__status=Bid.Status.ACCEPTED, bid__opened_at=None).exists(),
        "peeled": package.peeled_wraps.select_related("peeled_by"),
        "is_open": package.state == Package.State.OPENING,
        "form": next(iter(returned.values()), None),
        "take_peeled": returned.get("peeled") or _exchange_form("peeled"),
        "take_keys": returned.get("keys") or _exchange_form("keys"),
    }
    return render(request, "staff/sealed_bids.html", context, status=status)


@hands_required
@never_cache
@require_safe
def wraps(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    package = _package(request, number, pk)
    try:
        return wraps_answer(package)
    except ActRefused as refused:
        tell(request, refused)
        return redirect("desk-sealed", number, pk)


@hands_required
@never_cache
@require_safe
def peeled(request: HttpRequest, number: str, pk: int, peeled_pk: int) -> HttpResponse:
    """Hand out what the observer has left, for the bureau's or the escrow's tool."""
    found = get_object_or_404(_package(request, number, pk).peeled_wraps, pk=peeled_pk)
    answer = HttpResponse(found.content, content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="peeled.json"'
    return answer


@hands_required
@require_POST
def take_in(request: HttpRequest, number: str, pk: int, what: str) -> HttpResponse:
    """Take in a file of the opening day: what the observer has left, or the keys of the bids."""
    package, form = _package(request, number, pk), _exchange_form(what, request.POST, request.FILES)
    done = (
        take_peeled(request, form, package, person(request), now())
        if what == "peeled"
        else _take_keys(request, form, package)
    )
    if not done:
        return _show(request, package, status=422, **{what: form})
    messages.success(request, _("已收下。"))
    return redirect("desk-sealed", number, pk)


def _take_keys(request: HttpRequest, form: ExchangeForm, package: Package) -> bool:
    """Decrypt every bid whose key came; one that is refused does not keep the others."""
    if not form.is_valid():
        return False
    try:
        file = KeysFile.parse(form.cleaned_data["file"])
    except ValueError:
        form.add_error("file", _("这不是投标密钥文件（bid-keys.json）。"))
        return False
    if file.tender != package.path:
        form.add_error("file", _("这是另一个标段的文件。"))
        return False
    bids = {bid.number: bid for bid in package.bids.filter(form=Bid.Form.ELECTRONIC, opened_at=None)}
    for one in file.keys:
        if bid := bids.get(one.number):
            _decrypt(request, bid, one.secret)
    for failed in file.failed:
        messages.warning(request, _("第%(n)s号没有解开，请换另一组密钥再试。") % {"n": failed.number})
    return True


def _decrypt(request: HttpRequest, bid: Bid, secret: str) -> None:
    do_or_tell(request, lambda: decrypt_bid(bid.pk, secret=secret, actor=person(request), at=now()))


@hands_required
@require_POST
def settle(request: HttpRequest, number: str, pk: int, bid_pk: int) -> HttpResponse:
    """Say that a bid does not open; half an hour later, that it takes no part, and whose doing that was."""
    bid = get_object_or_404(_package(request, number, pk).bids, pk=bid_pk, form=Bid.Form.ELECTRONIC)
    act = OUTCOMES.get(request.POST.get("go", ""), report_undecryptable)
    do_or_tell(request, lambda: act(bid.pk, actor=person(request), at=now()))
    return redirect("desk-sealed", number, pk)
