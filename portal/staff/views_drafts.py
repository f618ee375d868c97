"""Writing drafts: one view for all of them, with scripts and without."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from portal.access import get_project_for, role_of, role_required
from portal.staff.drafts import Draft
from portal.staff.sheets import STATUS, Outcome, Sheet, caught_up, differences, write
from tenders.models import Project

WRITERS = (User.Role.MANAGER, User.Role.CLERK)
staff_required = role_required(*User.STAFF_ROLES)
writer_required = role_required(*WRITERS)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, number: str, draft: Draft, pk: int) -> HttpResponse:
    if role_of(request.user) not in draft.roles:
        raise Http404
    project = get_project_for(request.user, number)
    if request.method == "POST":
        return save(request, project, draft, pk)
    return page(request, project, Sheet(draft, draft.find(project, pk)))


@writer_required
def save(request: HttpRequest, project: Project, draft: Draft, pk: int) -> HttpResponse:
    outcome, sheet = write(project, draft, pk, request.POST)
    if request.htmx:  # type: ignore[attr-defined]
        fresh = Sheet(draft, draft.find(project, pk))
        context = {"sheet": sheet, "fresh": fresh, "outcome": outcome.value}
        return render(request, "staff/saved.html", context, status=STATUS[outcome])
    if outcome is Outcome.SAVED:
        messages.success(request, _("已保存。"))
        return redirect(request.path)
    if outcome is Outcome.INVALID:
        return page(request, project, sheet, status=422)
    return clash(request, project, draft, pk)


def clash(request: HttpRequest, project: Project, draft: Draft, pk: int) -> HttpResponse:
    """Show what is stored beside what was typed, so that nothing is lost. Saving again then keeps what was typed."""
    stored = Sheet(draft, draft.find(project, pk))
    typed = Sheet(draft, draft.find(project, pk), caught_up(request.POST, stored))
    shown = stored if stored.closed else typed
    return page(request, project, shown, status=409, differences=differences(stored, typed))


def page(request: HttpRequest, project: Project, sheet: Sheet, status: int = 200, **more: Any) -> HttpResponse:
    writable = not sheet.closed and role_of(request.user) in WRITERS
    context = {"project": project, "sheet": sheet, "draft": sheet.draft, "writable": writable, **more}
    return render(request, "staff/draft.html", context, status=status)
