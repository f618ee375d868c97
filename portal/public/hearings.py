"""A hearing in public: its page where there is no file of it, the form to take part, and what became of that."""

from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ledger.clock import now
from ledger.models import Entry
from ledger.operations import LedgerBusy
from portal.access import get_public_project
from portal.once import once
from portal.public import limits
from portal.public.forms_hearings import ApplicationForm
from portal.public.receipt_key import sign_receipt
from publishing import output
from publishing.pages.hearings import hearing_page, public_hearings
from publishing.pages.record import Record
from statutes.refusal import ActRefused, Refusal, unmet
from tenders.gates import project_is_active
from tenders.gates.hearing import application_is_on_time
from tenders.models import APPLICATION_LABEL, Hearing, HearingApplication
from tenders.operations.hearing import Applicant, apply_for_hearing

KEPT = ("group", "name", "contact", "origin", "view", "shows_full_name")


def get_public_hearing(number: str, hearing: int) -> Hearing:
    return get_object_or_404(public_hearings(get_public_project(number)), number=hearing)


@require_safe
def hearing(request: HttpRequest, number: str, hearing: int) -> HttpResponse:
    found = get_public_hearing(number, hearing)
    address, page = request.path.removeprefix("/en"), hearing_page(found, Record(found.project), at=now())
    return HttpResponse(output.render("public/hearing.html", address, page))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, number: str, hearing: int) -> HttpResponse:
    """Write, check, send: it needs no account and no scripts, and loses nothing that was typed."""
    found = get_public_hearing(number, hearing)
    if refusals := unmet((project_is_active, application_is_on_time), found, now()):
        return _closed(request, found, refusals)
    if request.method != "POST":
        return _ask(request, found, ApplicationForm(hearing=found, initial={"token": limits.new_token()}))
    return STEPS.get(request.POST.get("go", ""), check)(request, found)


def edit(request: HttpRequest, hearing: Hearing) -> HttpResponse:
    return _ask(request, hearing, ApplicationForm(hearing=hearing, initial=request.POST.dict()))


def check(request: HttpRequest, hearing: Hearing) -> HttpResponse:
    form = ApplicationForm(request.POST, hearing=hearing)
    return _show(request, hearing, form) if form.is_valid() else _ask(request, hearing, form)


def send(request: HttpRequest, hearing: Hearing) -> HttpResponse:
    form = ApplicationForm(request.POST, hearing=hearing)
    if not form.is_valid():
        return _ask(request, hearing, form)
    try:
        code = _take(request, hearing, form.cleaned_data)
    except ActRefused as refused:
        return _closed(request, hearing, refused.refusals)
    except (limits.NotTakenError, LedgerBusy) as e:
        form.add_error(None, str(e))
        return _show(request, hearing, form, status=getattr(e, "status", 503))
    return redirect("hearing-application", hearing.project.number, hearing.number, code)


STEPS = {"edit": edit, "check": check, "send": send}


def _take(request: HttpRequest, hearing: Hearing, typed: dict[str, Any]) -> str:
    """Take the application once, however often it is sent, and return its receipt code."""
    applicant = Applicant(
        name=typed["name"],
        contact=typed["contact"],
        group_id=int(typed["group"]),
        origin=typed["origin"],
        view=typed["view"],
        shows_full_name=typed["shows_full_name"],
    )

    def receive() -> None:
        limits.count(request, "hearing")
        apply_for_hearing(hearing.pk, applicant, at=now())

    limits.check_age(typed["token"])
    entry: Any = once(f"hearing:{hearing.pk}:{typed['token']}", receive)  # an application always has one
    return hearing.applications.get(number=entry.facts["number"]).code


def _ask(request: HttpRequest, hearing: Hearing, form: ApplicationForm) -> HttpResponse:
    return _page(request, "hearing_apply", hearing, form=form, status=400 if form.errors else 200)


def _show(request: HttpRequest, hearing: Hearing, form: ApplicationForm, status: int = 200) -> HttpResponse:
    """Show what would be sent. A form that is too old gets a new token, so that sending it again will do."""
    typed = {name: form.cleaned_data[name] for name in KEPT} | {"token": limits.renewed(form.cleaned_data["token"])}
    kept = ApplicationForm(hearing=hearing, initial=typed)
    return _page(request, "hearing_check", hearing, form=form, kept=kept, status=status)


def _closed(request: HttpRequest, hearing: Hearing, refusals: list[Refusal]) -> HttpResponse:
    status = 409 if request.method == "POST" else 200
    return _page(
        request, "hearing_closed", hearing, refusals=refusals, view=request.POST.get("view", ""), status=status
    )


def _page(request: HttpRequest, name: str, hearing: Hearing, status: int, **context: Any) -> HttpResponse:
    context |= {"hearing": hearing, "project": hearing.project}
    return render(request, f"public_forms/{name}.html", context, status=status)


@never_cache
@require_safe
def application(request: HttpRequest, number: str, hearing: int, code: str) -> HttpResponse:
    """What became of an application, for whoever holds its code. Name and contact are not shown even here."""
    applications = HearingApplication.objects.select_related("hearing__consultation__project", "group")
    held = get_public_hearing(number, hearing)
    found = get_object_or_404(applications, code=code, hearing=held)
    entry = Entry.objects.get(subject=found.path, kind="hearing.applied")
    address = settings.SITE_URL + reverse("hearing-application", args=[number, hearing, code])
    context = {
        "hearing": held,
        "project": held.project,
        "application": found,
        "entry": entry,
        "address": address,
        "qr": segno.make(address, error="m").svg_data_uri(border=4),
        "label": APPLICATION_LABEL,
        "salt": bytes(found.salt).hex(),
        "signed": sign_receipt(entry, found.commitment()),
    }
    return render(request, "public_forms/hearing_application.html", context)
