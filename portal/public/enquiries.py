"""Questions, objections and complaints from the public: written, checked, sent, and followed by a receipt code."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from integrity.gates.complaints import complaint_can_be_made
from integrity.gates.objections import may_be_objected_to, why_nothing_can_be_objected_to
from integrity.models import Channel
from integrity.operations.complaints import receive_complaint
from integrity.operations.objections import Party, receive_objection
from ledger.clock import now
from ledger.models import Entry
from ledger.operations import LedgerBusy
from portal.access import get_public_project
from portal.once import once
from portal.public import limits
from portal.public.forms_enquiries import AskForm, ComplainForm, EnquiryForm, ObjectForm
from portal.public.held import Held, find_held, held_by_path
from portal.public.receipt_key import sign_receipt
from portal.public.receipts import secret
from statutes.refusal import ActRefused, Refusal, unmet
from tenders.gates import project_is_active
from tenders.gates.enquiry import questions_are_taken
from tenders.models import Package
from tenders.operations.clarifications import ask_question

PARTY = ("contact", "capacity", "evidence")


@dataclass(frozen=True)
class Enquiry:
    """A form of the public about a tender: when it is closed, and what takes what was typed."""

    name: str
    title: str | Promise
    form: Callable[..., EnquiryForm]
    closed: Callable[[Package, datetime], list[Refusal]]
    take: Callable[[Package, dict[str, Any], datetime], Held]
    title_in_procurement: str | Promise = ""

    def title_for(self, package: Package) -> str | Promise:
        return (package.is_procurement and self.title_in_procurement) or self.title


def _ask_question(package: Package, typed: dict[str, Any], at: datetime) -> Held:
    return ask_question(package.pk, **typed, at=at)


def _object(package: Package, typed: dict[str, Any], at: datetime) -> Held:
    party = Party(**{name: typed.pop(name) for name in PARTY}, channel=Channel.WEB)
    return receive_objection(package.pk, **typed, party=party, actor=None, at=at)


def _complain(package: Package, typed: dict[str, Any], at: datetime) -> Held:
    party = Party(**{name: typed.pop(name) for name in PARTY}, channel=Channel.WEB)
    code = typed.pop("objection_code")
    number = package.objections.get(code=code).number if code else None
    return receive_complaint(package.pk, **typed, objection_number=number, party=party, actor=None, at=at)


def object_form(*args: Any, package: Package, **options: Any) -> EnquiryForm:
    return ObjectForm(*args, package=package, kinds=may_be_objected_to(package, now()), **options)


ASK = Enquiry(
    "tender-ask",
    _("对招标文件提问"),
    AskForm,
    lambda package, at: unmet((project_is_active, questions_are_taken), package, at),
    _ask_question,
)
OBJECT = Enquiry("tender-object", _("提出异议"), object_form, why_nothing_can_be_objected_to, _object, _("提出质疑"))
COMPLAIN = Enquiry(
    "tender-complain",
    _("投诉"),
    ComplainForm,
    lambda package, at: unmet((complaint_can_be_made,), package, at),
    _complain,
)


def get_public_package(number: str, package: int) -> Package:
    packages = get_public_project(number).packages.before_the_public().select_related("project__owner")
    return get_object_or_404(packages, number=package)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enquire(request: HttpRequest, number: str, package: int, enquiry: Enquiry) -> HttpResponse:
    """Write, check, send: it needs no account and no scripts, and loses nothing that was typed."""
    found = get_public_package(number, package)
    if refusals := enquiry.closed(found, now()):
        return _closed(request, found, enquiry, refusals)
    if request.method != "POST":
        return _ask(request, enquiry, enquiry.form(package=found, initial={"token": limits.new_token()}))
    if request.POST.get("go") == "edit":
        return _ask(request, enquiry, enquiry.form(package=found, initial=request.POST.dict()))
    form = enquiry.form(request.POST, package=found)
    if not form.is_valid():
        return _ask(request, enquiry, form)
    return send(request, enquiry, form) if request.POST.get("go") == "send" else _show(request, enquiry, form)


def send(request: HttpRequest, enquiry: Enquiry, form: EnquiryForm) -> HttpResponse:
    """Take it once, however often it is sent, and lead to its receipt."""
    taken: list[Held] = []

    def take() -> None:
        limits.count(request, enquiry.name)
        limits.count_flood(request, enquiry.name)
        taken.append(enquiry.take(form.package, form.typed, now()))

    try:
        limits.check_age(form.cleaned_data["token"])
        entry: Any = once(f"{enquiry.name}:{form.package.pk}:{form.cleaned_data['token']}", take)
    except ActRefused as refused:
        return _closed(request, form.package, enquiry, refused.refusals, form)
    except (limits.NotTakenError, LedgerBusy) as e:
        form.add_error(None, str(e))
        return _show(request, enquiry, form, status=getattr(e, "status", 503))
    held = taken[0] if taken else held_by_path(entry.subject)
    return redirect("tender-receipt", held.code)


def _ask(request: HttpRequest, enquiry: Enquiry, form: EnquiryForm) -> HttpResponse:
    return _page(request, "enquiry_ask", form.package, enquiry, form=form, status=400 if form.errors else 200)


def _show(request: HttpRequest, enquiry: Enquiry, form: EnquiryForm, status: int = 200) -> HttpResponse:
    """Show what would be sent. A form that is too old gets a new token, so that sending it again will do."""
    kept = {name: request.POST.get(name, "") for name in form.fields if name not in {"homepage", "token"}}
    token = limits.renewed(form.cleaned_data["token"])
    return _page(
        request, "enquiry_check", form.package, enquiry, form=form, kept=kept | {"token": token}, status=status
    )


def _closed(
    request: HttpRequest,
    package: Package,
    enquiry: Enquiry,
    refusals: list[Refusal],
    form: EnquiryForm | None = None,
) -> HttpResponse:
    """Say why nothing is taken now. What was written stays on the page."""
    status = 409 if request.method == "POST" else 200
    text = form.cleaned_data["text"] if form else request.POST.get("text", "")
    return _page(request, "enquiry_closed", package, enquiry, refusals=refusals, text=text, status=status)


def _page(
    request: HttpRequest, name: str, package: Package, enquiry: Enquiry, *, status: int, **context: Any
) -> HttpResponse:
    context |= {"package": package, "project": package.project, "enquiry": enquiry, "title": enquiry.title_for(package)}
    return render(request, f"public_forms/{name}.html", context, status=status)


@secret(find_held)
def receipt(request: HttpRequest, held: Held) -> HttpResponse:
    """How far a question, an objection or a complaint is, for whoever holds its code. Names are not shown even here."""
    kind = held.path.split("/")[-2]
    received = Entry.objects.get(subject=held.path, kind=f"{kind}.received")
    address = settings.SITE_URL + reverse("tender-receipt", args=[held.code])
    context = {
        "held": held,
        "kind": kind,
        "project": held.project,
        "entry": received,
        "acts": Entry.objects.about(held.path).in_order(),
        "address": address,
        "qr": segno.make(address, error="m").svg_data_uri(border=4),
        "salt": bytes(held.salt).hex(),
        "signed": sign_receipt(received, held.commitment()),
    }
    return render(request, "public_forms/enquiry_receipt.html", context)
