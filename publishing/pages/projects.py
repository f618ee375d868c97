"""The list of all public projects, and the first page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q

from ledger.models import Entry
from lifecycle.clocks import calendar_once
from publishing.pages import acts
from publishing.pages.record import Act, act_of, newest_size, witnessed_size
from publishing.pages.status import Status, status
from tenders.models import BidBond, Consultation, Package, Project, ProjectQuerySet

LATEST = 10


@dataclass(frozen=True)
class Listed:
    """A project with how it stands."""

    project: Project
    status: Status


@dataclass(frozen=True)
class News:
    """An act with the project to which it belongs."""

    project: Project
    act: Act


def public_projects() -> ProjectQuerySet:
    """Return all public projects with what their status needs."""
    packages = Package.objects.select_related(
        "evaluation", "contract", "result__winner", "report", "prequalification"
    ).prefetch_related(
        "objections",
        "matters",
        "suspensions",
        "questions",
        "complaints__examinations",
        Prefetch("bonds", BidBond.objects.marked()),
    )
    return (
        Project.objects.public()
        .select_related("decision")
        .prefetch_related(
            Prefetch("consultations", Consultation.objects.select_related("report").prefetch_related("hearings")),
            Prefetch("packages", packages),
        )
    )


def listed(projects: Iterable[Project], at: datetime) -> list[Listed]:
    days = calendar_once()
    return [Listed(project, status(project, at=at, days=days)) for project in projects]


def projects_page(projects: Iterable[Project], query: str = "", *, at: datetime) -> dict[str, Any]:
    """Return what the list of projects says. ``projects`` are those that answer ``query``, all if it is empty."""
    return {"listed": listed(projects, at), "query": query}


def home_page(projects: Iterable[Project], *, at: datetime) -> dict[str, Any]:
    """Return what the first page says of all public projects: what can be done now, and what happened last."""
    named = {project.number: project for project in projects}
    rows = listed(named.values(), at)
    return {
        "to_comment": [row for row in rows if row.status.can_comment],
        "open_windows": [row for row in rows if not row.status.can_comment and _is_window(row.status)],
        "overdue": [row for row in rows if any(c.is_overdue for c in row.status.countdowns)],
        "news": latest(named),
        "count": len(rows),
    }


def _is_window(status: Status) -> bool:
    return status.main is not None and status.main.clock.is_window


def latest(projects: dict[str, Project], count: int = LATEST) -> list[News]:
    """Return the newest acts of note of these projects, by number."""
    sealed, witnessed = newest_size(), witnessed_size()
    entries = Entry.objects.filter(Q(kind__startswith="step.") | Q(kind__in=acts.NEWS)).order_by("-seq")[:count]
    found = ((projects.get(acts.number_of_project(e.subject) or ""), e) for e in entries)
    return [News(project, act_of(entry, sealed, witnessed=witnessed)) for project, entry in found if project]
