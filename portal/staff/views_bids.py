"""What the counter prints for bidders and for the file, and the photos of envelopes. None of it is public."""

import segno
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ledger.canonical import canonical_bytes
from portal.access import get_project_for, role_required
from portal.papers import if_filled_in, word_file
from portal.staff.finding import find_bid, find_package
from portal.staff.registers import HANDS
from publishing import documents
from tenders import register
from tenders.gates.bids import fault_of_envelope
from tenders.models import Bid, BidPhoto

hands_required = role_required(*HANDS)


@hands_required
@never_cache
@require_safe
def receipt(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """
    The receipt on paper: accepted, refused with the article, or taken back.

    It never has the number of the line, which would tell the bidder how many came before (EM-01).
    """
    bid = find_bid(get_project_for(request.user, number), pk)
    if not bid.digest:
        raise Http404
    is_refused = bid.status == Bid.Status.REFUSED
    context = {
        "project": bid.project,
        "bid": bid,
        "title": title_of(bid),
        "refusal": fault_of_envelope(bid.package, bid.credit_code, bid.arrived_at, sealed=bid.sealed)
        if is_refused
        else None,
        "digest": bid.withdrawal_digest or bid.digest,
        "qr": segno.make(opening_of(bid), error="l").svg_data_uri(border=4),
        "address": f"{settings.SITE_URL}{reverse('project', args=[bid.project.number])}",
        "register_url": reverse("desk-register", args=[number, "bids", bid.package_id]),
    }
    return render(request, "staff/bid_receipt.html", context)


def title_of(bid: Bid) -> str:
    titles = {
        Bid.Status.ACCEPTED: _("投标文件签收回执"),
        Bid.Status.REFUSED: _("投标文件拒收通知"),
        Bid.Status.WITHDRAWN: _("投标文件撤回回执"),
    }
    return titles[Bid.Status(bid.status)]


def opening_of(bid: Bid) -> str:
    """Return what opens the commitment to a line: its label, its salt and its words."""
    withdrawn = bool(bid.withdrawal_digest)
    label, said = (
        (register.WITHDRAWAL, register.withdrawal_of(bid)) if withdrawn else (register.LINE, register.line_of(bid))
    )
    return canonical_bytes({"label": label, "salt": bytes(bid.salt).hex(), "text": said}).decode()


@hands_required
@never_cache
@require_safe
def photo(request: HttpRequest, number: str, pk: int, photo_pk: int) -> HttpResponse:
    """A photo of an envelope, for those at the counter only, and always as a download."""
    bid = find_bid(get_project_for(request.user, number), pk)
    found = get_object_or_404(BidPhoto, pk=photo_pk, bid=bid)
    try:
        content = found.image.open()
    except FileNotFoundError as e:
        raise Http404 from e
    return FileResponse(content, as_attachment=True)  # type: ignore[return-value]


@hands_required
@never_cache
@require_safe
def signing_copy(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The register (D17) with full names and lines to sign, for the archive: what is published hides the names."""
    package = find_package(get_project_for(request.user, number), pk)
    with if_filled_in():
        _title, content = documents.signing_copy("bid-register", package)
    return word_file(f"{package.project.number}-register-{package.number}", content)
