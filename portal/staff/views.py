"""The desk: what is next on each project, and one project with everything that can be done on it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from ledger import clock
from ledger.models import Entry, Task
from lifecycle.agenda import Item, agenda, documents_to_review
from lifecycle.clocks import Clock, clocks
from portal import refusals
from portal.access import get_project_for, role_of, role_required, visible_projects
from portal.staff.acts import REVIEW_PREFIX
from portal.staff.forms_desk import ClockForm, NewProjectForm
from portal.staff.moderation import backlogs
from portal.staff.places import Reason, Shelf, explained, shelves_of
from portal.staff.registers import HANDS
from publishing.inspection import problems
from statutes.refusal import ActRefused
from tenders.drafting import new_project
from tenders.law import day
from tenders.models import Project
from tenders.thresholds import signs_of_splitting

Role = User.Role
RECENT = 8
staff_required = role_required(*User.STAFF_ROLES)


@dataclass(frozen=True)
class Line:
    """A project on the list: what is next, and the clock that runs out first."""

    project: Project
    next: Item | None
    clock: Clock | None
    late: list[Clock]
    to_review: list[Any]
    on: date

    @property
    def days_left(self) -> int:
        return self.clock.days_left(self.on) if self.clock else 0


@dataclass(frozen=True)
class Card:
    """A step on offer, with every reason against it. ``office`` is whose it is, if it is not this person's."""

    item: Item
    reasons: list[Reason]
    office: str

    @property
    def is_free(self) -> bool:
        return self.item.is_free and not self.office


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    at, user = clock.now(), request.user
    form = NewProjectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            project = new_project(name=form.cleaned_data["name"], actor=user, year=day(at).year)  # type: ignore[arg-type]
        except ActRefused as refused:
            refusals.tell(request, refused)
        else:
            return redirect("desk-project", project.number)
    role = role_of(user)
    lines = [line(project, at, role) for project in visible_projects(user)]
    context = {
        "lines": lines,
        "form": form,
        "may_create": role == Role.MANAGER,
        "is_reviewer": role == Role.REVIEWER,
        "review_prefix": REVIEW_PREFIX,
        "review_count": sum(len(line.to_review) for line in lines),
        "late": [(line.project, clock) for line in lines for clock in line.late],
        "failed_count": Task.objects.failed().count(),
        "trouble": sum(problems().values()),
        "backlogs": backlogs(user, at),  # type: ignore[arg-type]
    }
    return render(request, "staff/desk.html", context, status=422 if form.errors else 200)


def line(project: Project, at: datetime, role: str) -> Line:
    on = day(at)
    running = [c for c in clocks(project, at=at) if not c.done]
    main = [item for item in agenda(project, at=at) if item.is_main]
    return Line(
        project,
        main[0] if main else None,
        running[0] if running else None,
        [c for c in running if c.overdue(on)],
        documents_to_review(project, at=at) if role == Role.REVIEWER else [],
        on,
    )


@staff_required
@require_safe
def project(request: HttpRequest, number: str) -> HttpResponse:
    at, user = clock.now(), request.user
    project = get_project_for(user, number)
    today, role = day(at), role_of(user)
    shelves = shelves_of(project, user)  # type: ignore[arg-type]
    context = {
        "project": project,
        "cards": [card(item, shelves, role) for item in agenda(project, at=at)],
        "clocks": [(c, c.days_left(today), c.overdue(today)) for c in clocks(project, at=at)],
        "shelves": shelves,
        "stages": Project.Stage,
        "reached": Project.Stage.values.index(project.stage),
        "signs": signs_of_splitting(project, today),
        "recent": Entry.objects.about(project.path).in_order().reverse()[:RECENT],
        "is_hand": role in HANDS,
        "is_manager": role == Role.MANAGER,
    }
    return render(request, "staff/project.html", context)


def card(item: Item, shelves: list[Shelf], role: str) -> Card:
    office = "" if role == item.step.role else str(item.step.role.label)
    # What only time is missing for is mended nowhere.
    return Card(item, explained(item.refusals, [] if item.step.by_clock else shelves), office)


@staff_required
@require_POST
def advance_clock(request: HttpRequest) -> HttpResponse:
    """Put a demo instance's calendar forward, so that a newcomer can let the legal periods pass."""
    if not settings.DEMO:
        raise Http404
    form = ClockForm(request.POST, now=clock.now())
    if form.is_valid():
        clock.advance(form.cleaned_data["to"])
        return redirect(form.cleaned_data["back"])
    return render(request, "staff/clock.html", {"clock_form": form}, status=422)
