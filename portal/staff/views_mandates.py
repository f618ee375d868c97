"""The institutions that watch openings: everybody of the house sees them, the leaders give and end mandates."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from integrity.models import Mandate
from integrity.operations.mandates import end_mandate, grant_mandate
from ledger import clock
from ledger.operations import LedgerBusy
from portal.access import person, role_of, role_required
from portal.staff.forms_mandates import EndMandateForm, MandateForm
from statutes.refusal import ActRefused

staff_required = role_required(*User.STAFF_ROLES)
leaders_only = role_required(User.Role.LEADER)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def mandates(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return grant(request)
    return _page(request, MandateForm())


@leaders_only
def grant(request: HttpRequest) -> HttpResponse:
    form = MandateForm(request.POST)

    def do() -> Any:
        institution = form.cleaned_data["institution"]
        return grant_mandate(institution.pk, form.standing, actor=person(request), at=clock.now())

    if form.is_valid() and _done(form, do):
        messages.success(request, _("已公布：%(name)s可以监督开标。") % {"name": form.cleaned_data["institution"]})
        return redirect("desk-mandates")
    return _page(request, form, status=422)


@leaders_only
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    mandate = get_object_or_404(Mandate.objects.select_related("institution"), pk=pk)
    form = EndMandateForm(request.POST if request.method == "POST" else None)

    def do() -> Any:
        return end_mandate(mandate.pk, reason=form.cleaned_data["reason"], actor=person(request), at=clock.now())

    if form.is_bound and form.is_valid() and _done(form, do):
        messages.success(request, _("已终止，理由已公布。"))
        return redirect("desk-mandates")
    context = {"mandate": mandate, "form": form}
    return render(request, "staff/mandate_end.html", context, status=422 if form.errors else 200)


def _done(form: forms.Form | forms.ModelForm, act: Callable[[], Any]) -> bool:
    """Do an act. What speaks against it stands above the form."""
    try:
        act()
    except ActRefused as refused:
        for refusal in refused.refusals:
            form.add_error(None, refusal.message)
        return False
    except LedgerBusy as e:
        form.add_error(None, str(e))
        return False
    return True


def _page(request: HttpRequest, form: MandateForm, status: int = 200) -> HttpResponse:
    found = Mandate.objects.select_related("institution").order_by("ends_on", "-is_required", "capacity", "pk")
    context = {"mandates": found, "form": form, "is_leader": role_of(request.user) == User.Role.LEADER}
    return render(request, "staff/mandates.html", context, status=status)
