"""What can be done next on a project, and every reason against it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from contracts.models import Contract
from lifecycle.operations import is_offered, refusals
from lifecycle.steps import TABLE, Step
from statutes.refusal import Refusal
from tenders.gates import is_released
from tenders.models import Consultation, Hearing, Package, Project


@dataclass(frozen=True)
class Item:
    """A step that the present states offer."""

    step: Step
    subject: Any
    refusals: list[Refusal]

    @property
    def is_main(self) -> bool:
        return self.step.is_main

    @property
    def is_free(self) -> bool:
        return not self.refusals


def agenda(project: Project, *, at: datetime) -> list[Item]:
    """Return the steps that the present states offer, those that lead onwards first."""
    if project.standing == Project.Standing.CANCELLED:
        return []
    subjects = subjects_of(project)
    offered = [
        Item(step, subject, refusals(subject, step, at=at))
        for step in TABLE
        for subject in subjects[step.subject]
        if is_offered(step, subject)
    ]
    return sorted(offered, key=lambda item: not item.is_main)


def subjects_of(project: Project) -> dict[type[Model], list[Any]]:
    """Return all of a project that can take steps: itself, its consultations, hearings, packages and contracts."""
    packages = project.packages.select_related("project").order_by("pk")
    hearings = Hearing.objects.filter(consultation__project=project).select_related("consultation__project")
    contracts = Contract.objects.filter(package__project=project).select_related("package__project", "owner")
    return {
        Project: [project],
        Consultation: list(project.consultations.select_related("project").order_by("pk")),
        Hearing: list(hearings.order_by("pk")),
        Package: list(packages),
        Contract: list(contracts.order_by("pk")),
    }


def documents_to_review(project: Project, *, at: datetime) -> list[Any]:
    """Return the documents of the offered steps whose release is not recorded for what they say now."""
    documents = [document for item in agenda(project, at=at) for document in item.step.reviewed(item.subject)]
    return [document for document in documents if is_released(document, at)]
