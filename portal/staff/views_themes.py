"""Grouping on the desk: what was ticked goes into a theme, and back again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from ledger import clock
from portal import refusals
from portal.access import get_project_for, role_required
from portal.staff.finding import find_consultation
from portal.staff.forms_answers import GroupForm
from statutes.refusal import ActRefused
from tenders import grouping
from tenders.models import Consultation

UNDO = "grouped"  # in the session: what the last grouping has done
hand_required = role_required(User.Role.MANAGER, User.Role.CLERK)


@hand_required
@require_POST
def group(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Put the ticked comments into a theme, a new one or one that is there, or take them out."""
    consultation = find_consultation(get_project_for(request.user, number), pk)
    form = GroupForm(request.POST, consultation=consultation)
    if form.is_valid():
        do_group(request, consultation, form.cleaned_data)
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return back(request, number, pk)


def do_group(request: HttpRequest, consultation: Consultation, asked: dict[str, Any]) -> None:
    comments = [comment.pk for comment in asked["comment"]]
    into = {} if asked["out"] else {"theme": asked["theme"] and asked["theme"].pk, "title": asked["title"]}
    try:
        moved = grouping.group(consultation.pk, comments, actor=request.user, at=clock.now(), **into)  # type: ignore[arg-type]
    except ActRefused as refused:
        refusals.tell(request, refused)
        return
    figures = {"n": len(moved.before), "title": moved.title}
    words = _("已把%(n)d条意见归入“%(title)s”。") if moved.title else _("已把%(n)d条意见移出主题。")
    request.session[UNDO] = {"consultation": consultation.pk, "before": moved.before, "words": words % figures}


@hand_required
@require_POST
def undo(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Take the last grouping back."""
    consultation = find_consultation(get_project_for(request.user, number), pk)
    done = request.session.pop(UNDO, None)
    if done and done["consultation"] == consultation.pk:
        try:
            n = grouping.undo(consultation.pk, done["before"], actor=request.user, at=clock.now())  # type: ignore[arg-type]
        except ActRefused as refused:
            refusals.tell(request, refused)
        else:
            messages.success(request, _("已撤销：%(n)d条意见回到原来的主题。") % {"n": n})
    return back(request, number, pk)


def back(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Return to the comments as they were chosen."""
    address = reverse("desk-register", args=[number, "themes", pk])
    asked = request.POST.get("asked", "")
    return redirect(f"{address}?{asked}" if asked else address)
