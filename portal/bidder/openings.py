"""A bidder in the opening session: signs in, follows, confirms its own line, reads the answers to its objections."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from integrity.models import Objection
from ledger.clock import now
from portal.access import person
from portal.bidder.forms_openings import AttendForm, ConfirmForm
from portal.bidder.views import bidders_only
from portal.observer.forms import OnceForm
from portal.once import once
from portal.refusals import do_or_tell
from tenders.gates.session import SIGN_IN_OPENS
from tenders.models import Bid, Package, Project
from tenders.operations.bidders import attend_opening, company_of, confirm_own_line
from tenders.session import confirmations

SHOWN = (Package.State.ANNOUNCED, Package.State.OPENING, Package.State.OPENED)


def shown_packages() -> QuerySet[Package]:
    """All tenders whose opening lies ahead or has just been: the same for every bidder, whoever has bid."""
    packages = Package.objects.filter(state__in=SHOWN, project__standing=Project.Standing.ACTIVE)
    return packages.select_related("project", "opening").order_by("bids_due_at")


def get_package(number: str, package: int) -> Package:
    return get_object_or_404(shown_packages(), project__number=number, number=package)


@bidders_only
@never_cache
@require_safe
def openings(request: HttpRequest) -> HttpResponse:
    return render(request, "bidder/openings.html", {"packages": shown_packages(), "at": now()})


@bidders_only
@never_cache
@require_safe
def opening(request: HttpRequest, number: str, package: int) -> HttpResponse:
    return show_session(request, get_package(number, package), at=now())


def show_session(request: HttpRequest, package: Package, *, at: datetime, **returned: forms.Form) -> HttpResponse:
    """Show a session to one bidder. ``returned`` are the forms that came back with mistakes, by their names."""
    company = company_of(person(request))
    attendance = package.bidder_attendances.filter(credit_code=company.credit_code, by_account=True).first()
    bid = own_bid(package, company.credit_code)
    context = {
        "package": package,
        "project": package.project,
        "company": company,
        "at": at,
        "attendance": attendance,
        "sign_in_from": package.bids_due_at and package.bids_due_at - SIGN_IN_OPENS,
        "bid": bid,
        "heard": confirmations(package).get(bid.number) if bid else None,
        "is_running": package.state == Package.State.OPENING,
        "objections": package.objections.filter(kind=Objection.Kind.OPENING, objector=company.name) if bid else (),
        "attend": returned.get("attend") or AttendForm(initial={"remote": ""}),
        "confirm": returned.get("confirm") or ConfirmForm(auto_id="confirm_%s"),
    }
    return render(request, "bidder/opening.html", context, status=400 if returned else 200)


def own_bid(package: Package, credit_code: str) -> Bid | None:
    """Return the bidder's own line, once the bids are opened: before, this page says nothing of bids at all."""
    if not package.is_opened:
        return None
    own = package.bids.filter(credit_code=credit_code)
    return own.accepted().first() or own.last()


@bidders_only
@require_POST
def attend(request: HttpRequest, number: str, package: int) -> HttpResponse:
    found = get_package(number, package)
    form = AttendForm(request.POST)

    def sign_in() -> None:
        typed = {name: form.cleaned_data[name] for name in ("representative", "authority", "remote")}
        attend_opening(found.pk, **typed, actor=person(request), at=now())

    done = form.is_valid() and _done_once(request, found, form, sign_in)
    return _answer(request, found, _("已签到。") if done else "", attend=form)


@bidders_only
@require_POST
def confirm(request: HttpRequest, number: str, package: int) -> HttpResponse:
    found = get_package(number, package)
    bid = get_object_or_404(Bid, pk=getattr(own_bid(found, company_of(person(request)).credit_code), "pk", None))
    form = ConfirmForm(request.POST, auto_id="confirm_%s")
    done = form.is_valid() and _done_once(
        request, found, form, lambda: confirm_own_line(bid.pk, actor=person(request), at=now())
    )
    return _answer(request, found, _("已确认。") if done else "", confirm=form)


def _done_once(request: HttpRequest, package: Package, form: OnceForm, act: Callable[[], Any]) -> bool:
    return do_or_tell(request, lambda: once(f"opening:{package.pk}:{form.cleaned_data['token']}", act))


def _answer(request: HttpRequest, package: Package, message: str, **returned: forms.Form) -> HttpResponse:
    """Go back to the session, or show it again with what was typed if nothing came of it."""
    if not message:
        return show_session(request, package, at=now(), **returned)
    messages.success(request, message)
    return redirect("bidder-opening", package.project.number, package.number)
