"""The preview of a plan that is not public yet, for whoever holds a signed link."""

from functools import wraps
from mimetypes import guess_type
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ledger.clock import now, real_now
from portal.access import View
from portal.previews import pass_of
from publishing import output
from publishing.pages.preview import Pending, pending, picture_of, preview_page
from tenders.models import PlanVersion, Project

HIDDEN = {"X-Robots-Tag": "noindex, nofollow, noarchive", "Referrer-Policy": "no-referrer"}


def with_pass(view: View) -> View:
    """Let in who holds a link that still holds, and give the view the draft. Nobody keeps what is answered."""

    @never_cache
    @require_safe
    @wraps(view)
    def guarded(request: HttpRequest, token: str, **more: Any) -> HttpResponse:
        found = pass_of(token)
        if found is None:
            raise Http404
        if not found.is_valid(real_now()):
            response = render(request, "public_forms/preview_over.html", status=410)
        else:
            response = _shown(request, view, token, found.version, **more)
        for name, value in HIDDEN.items():
            response[name] = value
        return response

    return guarded


def _shown(request: HttpRequest, view: View, token: str, version: int, **more: Any) -> HttpResponse:
    plan = get_object_or_404(PlanVersion.objects.select_related("consultation__project__owner"), pk=version)
    project = plan.consultation.project
    draft = pending(project)
    if draft is None or draft.plan != plan:  # published meanwhile, or dropped
        return redirect("project", project.number)
    return view(request, project, draft, token, **more)


@with_pass
def preview(request: HttpRequest, project: Project, draft: Pending, token: str) -> HttpResponse:
    context = preview_page(project, draft, at=now(), folder=f"preview/{token}")
    return HttpResponse(output.render("public/preview.html", request.path.removeprefix("/en"), context))


@with_pass
def picture(request: HttpRequest, project: Project, draft: Pending, token: str, name: str) -> HttpResponse:
    """A picture of the draft, under the name that it will have in public."""
    found = picture_of(draft, name.partition(".")[0])
    if found is None or not found.address.endswith(f"/{name}"):
        raise Http404
    with found.file.open() as file:
        return HttpResponse(file.read(), content_type=guess_type(name)[0])
