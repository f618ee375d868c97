"""What a notice may say: the entry of its act, and what the record said before of the same project. Nothing else."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from accounts.models import User
from ledger.models import Entry
from publishing.pages.acts import number_of_project
from publishing.pages.stages import package_of
from tenders.law import day
from tenders.models import Project


@dataclass(frozen=True)
class Case:
    """An act as its notice tells it."""

    entry: Entry
    project: dict[str, Any]  # as the published plan describes it
    tender: dict[str, Any]  # what was announced of the package; empty for an act of none

    @property
    def facts(self) -> dict[str, Any]:
        return self.entry.facts

    @property
    def on(self) -> date:
        return day(self.entry.at)

    @property
    def number(self) -> str:
        return number_of_project(self.entry.subject) or ""

    @property
    def name(self) -> str:
        return self.project.get("name", self.number)

    @property
    def place(self) -> str:
        """Say to which package the act belongs: （第1标段）, or nothing."""
        parts = self.entry.subject.split("/")
        return f"（第{parts[3]}标段）" if parts[2:3] == ["package"] else ""

    @property
    def office(self) -> str:
        """Say who acted: the office, never the person."""
        by = self.entry.by
        role = dict(User.Role.choices).get(by["role"])
        owner = by.get("organisation") or self.project.get("owner") or settings.SITE["owner"]
        if self.facts.get("automatic"):
            return f"{owner}（到时由平台自动办理）"
        return f"{owner}（{role}办理）" if role else owner


def case_of(entry: Entry) -> Case:
    """Return an act with what the record said of its project up to then. Three queries at most."""
    plan = _said("step.publish_plan", f"project/{number_of_project(entry.subject)}", entry)
    in_package = entry.subject.split("/")[2:3] == ["package"]
    tender = _announced(package_of(entry.subject), entry) if in_package else {}
    return Case(entry, plan.get("project", {}), tender)


def _announced(package: str, entry: Entry) -> dict[str, Any]:
    """Return what was announced of a package: its tender, or before that its prequalification."""
    tender = _said("step.announce_tender", package, entry)
    return tender or _said("step.publish_prequalification", package, entry)


def published_name(project: Project) -> str:
    """Return a project's name as its plan was published."""
    plan = Entry.objects.filter(kind="step.publish_plan", subject=project.path).order_by("seq").last()
    return plan.facts["project"]["name"] if plan else project.name


def _said(kind: str, subject: str, entry: Entry) -> dict[str, Any]:
    """Return what the newest act of a kind said, as of an entry."""
    if (entry.kind, entry.subject) == (kind, subject):
        return entry.facts
    found = Entry.objects.filter(kind=kind, subject=subject, seq__lt=entry.seq).order_by("seq").last()
    return found.facts if found else {}
