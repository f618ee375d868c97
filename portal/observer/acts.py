"""What an observer does at an opening. Each act is public at once and stays as it is."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from integrity.models import Attendance, Invitation, Observation
from integrity.operations import matters
from integrity.operations.invitations import answer_invitation, name_deputy, recuse
from integrity.operations.observers import observe, sign_in, sign_out, state_opinion
from ledger.clock import now
from ledger.operations import LedgerBusy
from portal.access import get_attendance_for, get_invitation_for, get_matter_for, person
from portal.observer import entering
from portal.observer.forms import (
    AnswerForm,
    DeputyForm,
    InsistForm,
    ObservationForm,
    OnceForm,
    OpinionForm,
    RecuseForm,
    SignInForm,
)
from portal.observer.views import observers_only, show_room
from portal.once import once
from portal.public.limits import TooManyError
from portal.refusals import do_or_tell, tell
from statutes.refusal import ActRefused


@observers_only
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_invitation_for(request.user, pk)
    form = AnswerForm(request.POST, auto_id="answer_%s")
    done = form.is_valid() and do_or_tell(
        request, lambda: answer_invitation(invitation.pk, **form.cleaned_data, actor=person(request), at=now())
    )
    return _answer(request, invitation, _("已回复。") if done else "", answer=form)


@observers_only
@require_POST
def depute(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_invitation_for(request.user, pk)
    form = DeputyForm(request.POST, observer=person(request), auto_id="deputy_%s")
    done = form.is_valid() and do_or_tell(
        request,
        lambda: name_deputy(invitation.pk, form.cleaned_data["deputy_id"], actor=person(request), at=now()),
    )
    return _answer(request, invitation, _("已委派。") if done else "", deputy=form)


@observers_only
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_invitation_for(request.user, pk)
    form = RecuseForm(request.POST, auto_id="recuse_%s")
    done = form.is_valid() and do_or_tell(request, lambda: recuse(invitation.pk, actor=person(request), at=now()))
    return _answer(request, invitation, _("已声明回避。贵单位可以另派代表。") if done else "", recuse=form)


@observers_only
@require_POST
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_invitation_for(request.user, pk)
    form = SignInForm(request.POST)
    done = form.is_valid() and _entered(request, invitation, form)
    return _answer(request, invitation, _("您已签到。") if done else "", sign_in=form)


def _entered(request: HttpRequest, invitation: Invitation, form: SignInForm) -> bool:
    """Sign in, unless too many wrong codes came from this account."""
    observer = person(request)
    try:
        entering.refuse_guesser(observer)
        sign_in(invitation.pk, **form.cleaned_data, actor=observer, at=now())
    except TooManyError:
        form.add_error("code", _("签到码错得太多了，请过一个小时再试，或者请主持人登记。"))
        return False
    except ActRefused as refused:
        if any(refusal.code == "room-code" for refusal in refused.refusals):
            entering.note_miss(observer)
        tell(request, refused)
        return False
    except LedgerBusy as e:
        messages.error(request, str(e))
        return False
    return True


@observers_only
@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    attendance = get_attendance_for(request.user, pk)
    item = request.POST.get("item", "")
    if item not in Observation.Item.values:
        raise Http404
    form = ObservationForm(request.POST, request.FILES, auto_id=f"{item}_%s")

    def log() -> None:
        typed = {name: form.cleaned_data[name] for name in ("item", "finding", "text", "photos")}
        observe(attendance.pk, **typed, actor=person(request), at=now())

    done = form.is_valid() and _done_once(request, attendance, form, log)
    return _answer(request, attendance.invitation, _("已记录。") if done else "", observation=form)


@observers_only
@require_POST
def opine(request: HttpRequest, pk: int) -> HttpResponse:
    attendance = get_attendance_for(request.user, pk)
    form = OpinionForm(request.POST, auto_id="opinion_%s")

    def state() -> None:
        typed = {name: form.cleaned_data[name] for name in ("text", "wants_answer")}
        state_opinion(attendance.pk, **typed, actor=person(request), at=now())

    done = form.is_valid() and _done_once(request, attendance, form, state)
    return _answer(request, attendance.invitation, _("监督意见已提出并公开。") if done else "", opinion=form)


@observers_only
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    attendance = get_attendance_for(request.user, pk)
    done = do_or_tell(request, lambda: sign_out(attendance.pk, actor=person(request), at=now()))
    return _answer(request, attendance.invitation, _("您已签退。谢谢您的监督。") if done else "")


@observers_only
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Be content with an answer: the matter is closed."""
    matter = get_matter_for(request.user, pk)
    done = do_or_tell(request, lambda: matters.accept(matter.pk, actor=person(request), at=now()))
    return _answer(request, matter.attendance.invitation, _("已认可，这一项办结。") if done else "")


@observers_only
@require_POST
def insist(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an answer does not do."""
    matter = get_matter_for(request.user, pk)
    form = InsistForm(request.POST, auto_id=f"insist_{pk}_%s")

    def do() -> None:
        matters.insist(matter.pk, text=form.cleaned_data["text"], actor=person(request), at=now())

    done = form.is_valid() and do_or_tell(request, lambda: once(f"matter:{pk}:{form.cleaned_data['token']}", do))
    message = _("已要求继续答复，期限重新计算。") if done else ""
    return _answer(request, matter.attendance.invitation, message, insist=(pk, form))


def _done_once(request: HttpRequest, attendance: Attendance, form: OnceForm, act: Callable[[], None]) -> bool:
    return do_or_tell(request, lambda: once(f"attendance:{attendance.pk}:{form.cleaned_data['token']}", act))


def _answer(
    request: HttpRequest, invitation: Invitation, message: str, **returned: forms.Form | tuple[int, forms.Form]
) -> HttpResponse:
    """Go back to the room, or show it again with what was typed if nothing came of it."""
    if not message:
        return show_room(request, invitation, at=now(), **returned)
    messages.success(request, message)
    return redirect("invitation", invitation.pk)
