"""What can be done next on a project, and every reason against it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lifecycle.operations import is_offered, refusals, subjects_of
from lifecycle.steps import TABLE, Step
from statutes.refusal import Refusal
from tenders.gates import is_released
from tenders.models import Project


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
    offered = [
        Item(step, subject, refusals(subject, step, at=at))
        for step in TABLE
        for subject in subjects_of(project, step)
        if is_offered(step, subject)
    ]
    if project.standing == Project.Standing.CANCELLED:
        return []
    return sorted(offered, key=lambda item: not item.is_main)


def documents_to_review(project: Project, *, at: datetime) -> list[Any]:
    """Return the documents of the offered steps whose release is not recorded for what they say now."""
    documents = [document for item in agenda(project, at=at) for document in item.step.reviewed(item.subject)]
    return [document for document in documents if is_released(document, at)]
