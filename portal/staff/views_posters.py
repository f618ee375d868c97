"""The poster of a round at the desk: how it will look, as a picture and as the PDFs that will be printed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from ledger import clock
from portal.access import get_project_for, role_required
from portal.staff.finding import find_consultation
from publishing.documents.poster import SIZES, drawn, poster
from publishing.posters import told_at_desk

staff_required = role_required(*User.STAFF_ROLES)


@staff_required
@never_cache
@require_safe
def picture(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    told = told_at_desk(find_consultation(get_project_for(request.user, number), pk), clock.now())
    return HttpResponse(drawn(told), content_type="image/png")


@staff_required
@never_cache
@require_safe
def sheet(request: HttpRequest, number: str, pk: int, size: str) -> HttpResponse:
    """A poster as it would be printed, marked as a preview on its face."""
    project = get_project_for(request.user, number)
    told = told_at_desk(find_consultation(project, pk), clock.now())
    if size not in SIZES or told.notice is not None:
        raise Http404
    named = {"Content-Disposition": f'inline; filename="{project.number}-poster-{size}-preview.pdf"'}
    return HttpResponse(poster(told, size), content_type="application/pdf", headers=named)
