"""What an observer does in the opening room. Each act is public at once and stays as it is."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from integrity.models import Attendance, Invitation, Observation
from integrity.operations.observers import observe, sign_in, sign_out, state_opinion
from ledger.clock import now
from ledger.operations import LedgerBusy
from portal.access import get_attendance_for, get_invitation_for, person
from portal.observer.forms import ObservationForm, OpinionForm, SignInForm
from portal.observer.views import observers_only, show_room
from portal.once import once
from portal.refusals import tell
from statutes.refusal import ActRefused


@observers_only
@require_POST
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_invitation_for(request.user, pk)
    form = SignInForm(request.POST)
    done = form.is_valid() and _done(
        request, lambda: sign_in(invitation.pk, **form.cleaned_data, actor=person(request), at=now())
    )
    return _answer(request, invitation, _("您已签到。") if done else "", sign_in=form)


@observers_only
@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    attendance = get_attendance_for(request.user, pk)
    item = request.POST.get("item", "")
    if item not in Observation.Item.values:
        raise Http404
    form = ObservationForm(request.POST, auto_id=f"{item}_%s")

    def log() -> None:
        typed = {name: form.cleaned_data[name] for name in ("item", "finding", "text")}
        observe(attendance.pk, **typed, actor=person(request), at=now())

    done = form.is_valid() and _done_once(request, attendance, form, log)
    return _answer(request, attendance.invitation, _("已记录。") if done else "", observation=form)


@observers_only
@require_POST
def opine(request: HttpRequest, pk: int) -> HttpResponse:
    attendance = get_attendance_for(request.user, pk)
    form = OpinionForm(request.POST, auto_id="opinion_%s")

    def state() -> None:
        state_opinion(attendance.pk, text=form.cleaned_data["text"], actor=person(request), at=now())

    done = form.is_valid() and _done_once(request, attendance, form, state)
    return _answer(request, attendance.invitation, _("监督意见已提出并公开。") if done else "", opinion=form)


@observers_only
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    attendance = get_attendance_for(request.user, pk)
    done = _done(request, lambda: sign_out(attendance.pk, actor=person(request), at=now()))
    return _answer(request, attendance.invitation, _("您已签退。谢谢您的监督。") if done else "")


def _done(request: HttpRequest, act: Callable[[], Any]) -> bool:
    """Do an act. If it is refused, tell every reason."""
    try:
        act()
    except ActRefused as refused:
        tell(request, refused)
        return False
    except LedgerBusy as e:
        messages.error(request, str(e))
        return False
    return True


def _done_once(request: HttpRequest, attendance: Attendance, form: forms.Form, act: Callable[[], None]) -> bool:
    return _done(request, lambda: once(f"attendance:{attendance.pk}:{form.cleaned_data['token']}", act))


def _answer(request: HttpRequest, invitation: Invitation, message: str, **returned: forms.Form) -> HttpResponse:
    """Go back to the room, or show it again with what was typed if nothing came of it."""
    if not message:
        return show_room(request, invitation, at=now(), **returned)
    messages.success(request, message)
    return redirect("invitation", invitation.pk)
