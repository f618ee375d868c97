"""The observers' pages: the invitations, and one page for everything in the opening room."""

from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from integrity.gates.observers import doors_are_open
from integrity.models import Attendance, Invitation, Observation, ObservationPhoto, items_for
from ledger.clock import now
from portal.access import get_invitation_for, person, role_required, visible_invitations
from portal.observer.forms import (
    AnswerForm,
    DeputyForm,
    InsistForm,
    ObservationForm,
    OpinionForm,
    RecuseForm,
    SignInForm,
)
from portal.observer.hints import HINTS
from portal.staff.matters import MatterAtDesk, matters_of
from tenders.gates.session import SIGN_IN_OPENS
from tenders.models import Package

observers_only = role_required(User.Role.OBSERVER)


@observers_only
@never_cache
@require_safe
def invitations(request: HttpRequest) -> HttpResponse:
    """The invitations to the observer's institution: today's openings first."""
    at = now()
    mine = Prefetch("attendances", Attendance.objects.filter(observer=request.user.pk), to_attr="mine")
    found = visible_invitations(request.user).order_by("package__bids_due_at").prefetch_related(mine)
    by_time: dict[str, list[Invitation]] = {"today": [], "upcoming": [], "past": []}
    for invitation in found:
        by_time[_when(invitation, timezone.localdate(at))].append(invitation)
    by_time["past"].reverse()
    return render(request, "observer/invitations.html", {**by_time, "at": at})


def _when(invitation: Invitation, today: date) -> str:
    due_at = invitation.package.bids_due_at
    if due_at is None or timezone.localdate(due_at) > today:
        return "upcoming"
    return "today" if timezone.localdate(due_at) == today else "past"


@observers_only
@never_cache
@require_safe
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    return show_room(request, get_invitation_for(request.user, pk), at=now())


def show_room(request: HttpRequest, invitation: Invitation, *, at: datetime, **forms: Any) -> HttpResponse:
    """
    Show an invitation and what its observer may do now.

    ``forms`` are those that came back with mistakes, by their names in the page.
    """
    observer = person(request)
    attendance = invitation.attendances.filter(observer=observer.pk).first()
    context = {
        "invitation": invitation,
        "package": invitation.package,
        "project": invitation.package.project,
        "attendance": attendance,
        "at": at,
        "bids": _bids(invitation),
        "matters": [_matter(row, forms.get("insist")) for row in matters_of(invitation, at)],
        **(_watching(attendance, forms) if attendance else _before(invitation, observer, forms)),
        **_entrance(invitation.package, at),
    }
    return render(request, "observer/room.html", context, status=400 if forms else 200)


def _before(invitation: Invitation, observer: User, forms: dict[str, Any]) -> dict[str, Any]:
    """What is asked of an observer who has not signed in."""
    known = {"reply": invitation.reply, "people": invitation.people, "reason": invitation.reply_reason}
    return {
        "may_answer": invitation.package.state == Package.State.ANNOUNCED and not invitation.mode,
        "is_recused": invitation.recusals.filter(observer=observer).exists(),
        "is_deputy": invitation.deputy_id == observer.pk,
        "sign_in": forms.get("sign_in") or SignInForm(initial={"remote": ""}),
        "answer": forms.get("answer") or AnswerForm(auto_id="answer_%s", initial=known),
        "deputy": forms.get("deputy") or DeputyForm(auto_id="deputy_%s", observer=observer),
        "recuse": forms.get("recuse") or RecuseForm(auto_id="recuse_%s"),
    }


def _watching(attendance: Attendance, forms: dict[str, Any]) -> dict[str, Any]:
    """What an observer who has signed in writes down, and has written down."""
    observations = list(attendance.observations.prefetch_related("photos"))
    package, returned = attendance.invitation.package, forms.get("observation")
    return {
        "opinion": forms.get("opinion") or OpinionForm(auto_id="opinion_%s"),
        "checklist": [_check(item, observations, returned) for item in items_for(package)],
        "observations": observations[::-1],
    }


def _matter(row: MatterAtDesk, returned: Any) -> dict[str, Any]:
    """A matter of the institution, with the form to insist on an answer."""
    pk = row.matter.pk
    is_back = returned is not None and returned[0] == pk
    form = returned[1] if is_back else InsistForm(auto_id=f"insist_{pk}_%s")
    return {"row": row, "form": form}


def _check(item: Observation.Item, observations: list[Observation], returned: ObservationForm | None) -> dict[str, Any]:
    """One line of the checklist: the item, what was logged on it last, and its form."""
    logged = [observation for observation in observations if observation.item == item]
    hint = HINTS.get(item, "")
    form = ObservationForm(auto_id=f"{item.value}_%s", initial={"item": item.value})
    if returned is not None and returned.data["item"] == item.value:
        form = returned
    return {"item": item, "last": logged[-1] if logged else None, "form": form, "hint": hint}


def _entrance(package: Package, at: datetime) -> dict[str, Any]:
    """Say since when observers may sign in, and whether they may now. The act itself asks again."""
    if package.bids_due_at is None:
        return {"can_sign_in": False, "sign_in_from": None}
    opens_at = package.bids_due_at - SIGN_IN_OPENS
    return {"can_sign_in": doors_are_open(package, at) is None, "sign_in_from": opens_at}


def _bids(invitation: Invitation) -> Any:
    """The register of bids, which is under embargo until the bids are opened (EM-01)."""
    return invitation.package.bids.all() if invitation.package.is_opened else None


@observers_only
@never_cache
@require_safe
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture that somebody of the observer's own institution has taken."""
    theirs = ObservationPhoto.objects.filter(observation__attendance__invitation__in=visible_invitations(request.user))
    return FileResponse(get_object_or_404(theirs, pk=pk).image.open())  # type: ignore[return-value]
