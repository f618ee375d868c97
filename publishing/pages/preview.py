"""What the public will see, before it does: the page of a project made of an act that has not been done yet."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ledger.canonical import canonical_bytes
from ledger.models import Entry
from lifecycle.steps import STEPS, Step
from publishing.pages.files import MEDIA, PublicFile, pictures_of
from publishing.pages.project import project_page
from publishing.pages.record import Record
from tenders.models import Consultation, PlanVersion, Project


@dataclass(frozen=True)
class Pending:
    """A draft that an act will publish: the step, of what, and the draft that is shown."""

    step: Step
    subject: Any
    plan: PlanVersion


def pending(project: Project) -> Pending | None:
    """Return what of a project's plan waits to be published: a round, or a version within one."""
    consultation = project.current_consultation()
    if consultation is None:
        return None
    if consultation.state == Consultation.State.DRAFT:
        step = STEPS["publish_again" if consultation.round > 1 else "publish_plan"]
        plan = consultation.current_plan()
        return Pending(step, project, plan) if plan else None
    version = consultation.draft_revision()
    return Pending(STEPS["revise_plan"], version, version) if version else None


def preview_page(project: Project, draft: Pending, *, at: datetime, folder: str) -> dict[str, Any]:
    """
    Return the page of a project as if the draft had been published now. Nothing is written.

    ``folder`` is where the pictures lie that are not public yet, as an address without slashes around it.
    """
    record = Record(project)
    record.entries.append(_as_if(draft, at))
    files = {digest: replace(file, folder=folder) for digest, file in pictures_of(project, record).items()}
    page = project_page(project, record, at=at, pictures=files)
    if draft.subject == project:  # the states of a round follow its act, and its comments are opened by another one
        page["status"] = replace(page["status"], words=str(Consultation.State.PUBLISHED.label), can_comment=False)
    return page


def _as_if(draft: Pending, at: datetime) -> Entry:
    """Return the entry that the act would write. It stands nowhere."""
    newest = Entry.objects.order_by("-seq").values_list("seq", flat=True).first()
    seq = 0 if newest is None else newest + 1
    body = canonical_bytes({"facts": draft.step.facts(draft.subject)})
    return Entry(seq=seq, kind=draft.step.kind, subject=draft.subject.path, at=at, recorded_at=at, body=body, leaf=b"")


def picture_of(draft: Pending, digest: str) -> PublicFile | None:
    """Return a picture of a draft by its digest."""
    row = draft.plan.pictures().filter(sha256=digest).first()
    return PublicFile(row.image, row.sha256, MEDIA, row.caption, row) if row else None
