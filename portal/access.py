"""
Who may see and touch what. Fetching and authorising are one call, so that neither can be forgotten.

What does not exist and what is not for the asking person are both "not found": the answer never betrays which.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.models import User
from integrity.models import Attendance, Invitation, Matter
from tenders.models import Bid, BidUpload, Package, Project, ProjectQuerySet, SealedBid, SealedBidQuerySet

View = Callable[..., HttpResponse]
Anyone = User | AnonymousUser


def role_required(*roles: str) -> Callable[[View], View]:
    """Let only these roles in. Who has not signed in is asked to; anybody else finds nothing here."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if role_of(request.user) not in roles:
                raise Http404
            return view(request, *args, **kwargs)

        return login_required(guarded)

    return decorate


def person(request: HttpRequest) -> User:
    """Return who is acting, in a view that only lets in people who have signed in."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def role_of(user: Anyone) -> str:
    return user.role if isinstance(user, User) else ""


def visible_projects(user: Anyone) -> ProjectQuerySet:
    """The projects on a person's desk: a manager's own, all for the bureau's other staff, none for anybody else."""
    projects = Project.objects.select_related("owner", "manager")
    if role_of(user) == User.Role.MANAGER:
        return projects.filter(manager=user.pk)
    return projects if role_of(user) in User.STAFF_ROLES else projects.none()


def get_project_for(user: Anyone, number: str) -> Project:
    return get_object_or_404(visible_projects(user), number=number)


def get_public_project(number: str) -> Project:
    """Return a project that the public knows of."""
    return get_object_or_404(Project.objects.public().select_related("owner"), number=number)


def visible_invitations(user: Anyone) -> QuerySet[Invitation]:
    """The invitations to an observer's own organisation."""
    invitations = Invitation.objects.select_related("package__project", "institution")
    if not isinstance(user, User) or user.role != User.Role.OBSERVER or user.organisation_id is None:
        return invitations.none()
    return invitations.filter(institution=user.organisation_id)


def get_invitation_for(user: Anyone, pk: int) -> Invitation:
    return get_object_or_404(visible_invitations(user), pk=pk)


def get_attendance_for(user: Anyone, pk: int) -> Attendance:
    """Return an observer's own presence at an opening: nobody writes in another one's name."""
    attendances = Attendance.objects.select_related("invitation__package__project", "invitation__institution")
    return get_object_or_404(attendances.filter(invitation__in=visible_invitations(user), observer=user.pk), pk=pk)


def get_matter_for(user: Anyone, pk: int) -> Matter:
    """Return a matter that an observer's own institution has raised: whoever of it comes after may follow it up."""
    matters = Matter.objects.select_related("attendance__invitation__package__project")
    return get_object_or_404(matters.filter(attendance__invitation__in=visible_invitations(user)), pk=pk)


def get_tender(number: str, package: int) -> Package:
    """Return a tender that the public knows of, with its box."""
    public = Project.objects.public()
    found = Package.objects.exclude(announced_at=None).select_related("project", "bid_box")
    return get_object_or_404(found.filter(project__in=public), project__number=number, number=package)


def visible_sealed_bids(user: Anyone) -> SealedBidQuerySet:
    """The sealed bids of a bidder's own company: nobody else ever sees one."""
    if not isinstance(user, User) or user.role != User.Role.BIDDER:
        return SealedBid.objects.none()
    return SealedBid.objects.of(user.organisation)


def get_sealed_bid_for(user: Anyone, pk: UUID) -> SealedBid:
    return get_object_or_404(
        visible_sealed_bids(user).select_related("package__project", "package__bid_box", "bid"), pk=pk
    )


def visible_results(user: Anyone) -> QuerySet[Bid]:
    """The bids of a bidder's own company that have been told of a result, in the packages that are awarded."""
    if not isinstance(user, User) or user.role != User.Role.BIDDER or user.organisation_id is None:
        return Bid.objects.none()
    told = Bid.objects.accepted().filter(organisation=user.organisation_id, package__state=Package.State.AWARDED)
    return told.select_related("package__project", "package__result").order_by("-package__awarded_at")


def get_result_for(user: Anyone, pk: int) -> Bid:
    return get_object_or_404(visible_results(user), pk=pk)


def get_upload_for(user: Anyone, pk: UUID) -> BidUpload:
    """Return an upload of a bidder's own company."""
    organisation = user.organisation if isinstance(user, User) else None
    return get_object_or_404(BidUpload, pk=pk, organisation=organisation)
