"""The bureau's list of places at which plans are put up: it serves all projects, and keeping it is no act."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.access import role_required
from portal.staff.forms_posting import PostingPlaceForm
from portal.staff.registers import HANDS
from tenders.models import PostingPlace

hands_required = role_required(*HANDS)


@hands_required
@require_http_methods(["GET", "HEAD", "POST"])
def places(request: HttpRequest) -> HttpResponse:
    form = PostingPlaceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        form.save()
        messages.success(request, _("已添加：%(name)s。") % {"name": form.cleaned_data["name"]})
        return redirect("desk-places")
    context = {"places": PostingPlace.objects.order_by("-is_active", "kind", "name"), "form": form}
    return render(request, "staff/posting_places.html", context, status=422 if form.errors else 200)


@hands_required
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(PostingPlace, pk=pk)
    form = PostingPlaceForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_bound and form.is_valid():
        form.save()
        messages.success(request, _("已保存。"))
        return redirect("desk-places")
    context = {"place": PostingPlace.objects.get(pk=pk), "form": form}
    return render(request, "staff/posting_place.html", context, status=422 if form.errors else 200)
