"""Laying files to a draft, looking at them, taking them away again as long as it is a draft."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from portal.access import get_project_for, role_of, role_required
from portal.staff.forms_uploads import UploadForm
from portal.staff.uploads import Upload
from portal.staff.views_drafts import WRITERS
from tenders.models import Project

staff_required = role_required(*User.STAFF_ROLES)
writer_required = role_required(*WRITERS)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def uploads(request: HttpRequest, number: str, upload: Upload, pk: int) -> HttpResponse:
    project = get_project_for(request.user, number)
    if request.method == "POST":
        return add(request, project, upload, pk)
    owner = upload.find(project, pk)
    return page(request, project, upload, owner, upload.form(owner=owner))


@writer_required
def add(request: HttpRequest, project: Project, upload: Upload, pk: int) -> HttpResponse:
    form = upload.form(request.POST, request.FILES, owner=upload.find(project, pk))
    if not form.is_valid():
        return page(request, project, upload, form.owner, form, status=422)
    if reason := change(project, upload, pk, form.save):
        form.add_error(None, reason)
        return page(request, project, upload, form.owner, form, status=409)
    messages.success(request, _("已上传。"))
    return redirect(request.path)


@writer_required
@require_POST
def remove(request: HttpRequest, number: str, upload: Upload, pk: int, file_pk: int) -> HttpResponse:
    project = get_project_for(request.user, number)
    file = get_object_or_404(upload.files(upload.find(project, pk)), pk=file_pk)
    if reason := change(project, upload, pk, partial(upload.drop, file)):
        messages.error(request, reason)
    else:
        forget(upload, file)
        messages.success(request, _("已删除。"))
    return redirect("desk-uploads", number, upload, pk)


@transaction.atomic
def change(project: Project, upload: Upload, pk: int, work: Any) -> str:
    """Do ``work`` under the project's lock, unless an act has published the draft; return the reason then."""
    Project.objects.select_for_update().get(pk=project.pk)
    reason = upload.closed(upload.find(project, pk))
    if not reason:
        work()
    return reason


def forget(upload: Upload, file: Any) -> None:
    """Delete the bytes, unless another draft holds the same file: a tender that is repeated does."""
    stored = upload.stored(file)
    if not type(file).objects.filter(**{stored.field.name: stored.name}).exists():
        stored.storage.delete(str(stored.name))


@staff_required
@require_safe
def file(request: HttpRequest, number: str, upload: Upload, pk: int, file_pk: int) -> HttpResponse:
    """A file of a draft, for staff only."""
    owner = upload.find(get_project_for(request.user, number), pk)
    found = get_object_or_404(upload.files(owner), pk=file_pk)
    content = upload.stored(found).open()
    return FileResponse(content, as_attachment=not upload.is_picture)  # type: ignore[return-value]


def page(
    request: HttpRequest, project: Project, upload: Upload, owner: Any, form: UploadForm, *, status: int = 200
) -> HttpResponse:
    closed = upload.closed(owner)
    context = {
        "project": project,
        "upload": upload,
        "owner": owner,
        "form": form,
        "files": upload.files(owner),
        "closed": closed,
        "writable": not closed and role_of(request.user) in WRITERS,
    }
    return render(request, "staff/uploads.html", context, status=status)
