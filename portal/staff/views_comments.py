"""A comment that came outside of this site: the receipt to hand over, and what it was written on."""

import segno
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.access import get_project_for, role_required
from portal.staff.finding import find_consultation
from portal.staff.registers import HANDS
from tenders.models import Comment, CommentScan

hands_required = role_required(*HANDS)


def entered_comment(request: HttpRequest, number: str, pk: int, comment: int) -> Comment:
    """Return a comment that staff has entered. What its author sent is no concern of a desk: its code is secret."""
    consultation = find_consultation(get_project_for(request.user, number), pk)
    return get_object_or_404(consultation.comments.exclude(entered_at=None), number=comment)


@hands_required
@never_cache
@require_safe
def slip(request: HttpRequest, number: str, pk: int, comment: int) -> HttpResponse:
    """The receipt on paper, with the code that finds the comment, without its words or who gave it."""
    entered = entered_comment(request, number, pk, comment)
    address = settings.SITE_URL + reverse("receipt", args=[entered.code])
    context = {
        "project": entered.project,
        "comment": entered,
        "address": f"{settings.SITE_URL}{reverse('receipts')}",
        "qr": segno.make(address, error="q").svg_data_uri(border=4),
        "register_url": reverse("desk-register", args=[number, "comments", pk]),
    }
    return render(request, "staff/comment_slip.html", context)


@hands_required
@never_cache
@require_safe
def scan(request: HttpRequest, number: str, pk: int, comment: int, scan_pk: int) -> HttpResponse:
    """A page of a letter, for those who handle comments only, and always as a download."""
    found = get_object_or_404(CommentScan, pk=scan_pk, comment=entered_comment(request, number, pk, comment))
    try:
        content = found.file.open()
    except FileNotFoundError as e:
        raise Http404 from e
    return FileResponse(content, as_attachment=True)  # type: ignore[return-value]
