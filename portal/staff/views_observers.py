"""What the desk shows and prints for observers: the code of the room, the letters, their logs to be signed, photos."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from integrity.models import Attendance, ObservationPhoto
from integrity.room import room_code, seconds_left
from ledger import clock
from portal.access import get_project_for, role_required
from portal.observer.by_link import letter_of
from portal.papers import word_file
from portal.staff.finding import find_invitation, find_package, within
from portal.staff.registers import HANDS, READERS
from publishing.documents import signing_copy
from tenders.models import Package

find_attendance = within(Attendance, "invitation__package__project")
OPEN = (Package.State.ANNOUNCED, Package.State.OPENING)


@role_required(*HANDS)
@never_cache
@require_safe
def code(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The code that the room reads from a screen. The page renews itself; nobody outside of the desk gets it."""
    project, at = get_project_for(request.user, number), clock.now()
    package = find_package(project, pk)
    if package.state not in OPEN:
        raise Http404
    shown = room_code(package, at)
    context = {
        "project": project,
        "package": package,
        "digits": f"{shown[:3]} {shown[3:]}",
        "left": seconds_left(at),
        "at": at,
    }
    return render(request, "staff/room_code.html", context)


@role_required(*READERS)
@never_cache
@require_safe
def photo(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A picture that an observer has taken: for the house, since people may be seen in it."""
    project = get_project_for(request.user, number)
    found = get_object_or_404(ObservationPhoto, pk=pk, observation__attendance__invitation__package__project=project)
    return FileResponse(found.image.open())  # type: ignore[return-value]


@role_required(*HANDS)
@never_cache
@require_safe
def letter(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The letter to an institution, to be sealed and sent. It holds the link by which the institution replies."""
    return letter_of(find_invitation(get_project_for(request.user, number), pk))


@role_required(*HANDS)
@never_cache
@require_safe
def log(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """An observer's log with the names, to be signed, for the file: what is published names the office only."""
    attendance = find_attendance(get_project_for(request.user, number), pk)
    return word_file(*signing_copy("observer-log", attendance))
