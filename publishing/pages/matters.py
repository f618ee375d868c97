"""What observers have found, followed up in public until it is closed."""

from dataclasses import dataclass
from datetime import date, datetime

from integrity.gates.observers import due_of
from integrity.models import Matter, Turn
from lifecycle.clocks import Days
from tenders.law import day
from tenders.models import Package


@dataclass(frozen=True)
class Followed:
    """A matter with its course. ``due_on`` is the last day of the bureau, as long as an answer is due."""

    matter: Matter
    text: str
    institution: str
    state: str
    turns: list[Turn]
    due_on: date | None
    is_late: bool


def followed(package: Package, *, at: datetime, days: Days) -> list[Followed]:
    """Return the matters of a package as the public sees them. No query, with all that belongs to it at hand."""
    raised_by = {a.pk: (i.institution.name, a.opinion) for i in package.invitations.all() for a in i.attendances.all()}
    return [_followed(matter, raised_by[matter.attendance_id], at, days) for matter in package.matters.all()]


def _followed(matter: Matter, raised_by: tuple[str, str], at: datetime, days: Days) -> Followed:
    institution, opinion = raised_by
    due_on = due_of(matter, days()) if matter.state == Matter.State.OPEN else None
    return Followed(
        matter=matter,
        text=matter.observation.text if matter.observation else opinion,
        institution=institution,
        state=matter.get_state_display(),
        turns=list(matter.turns.all()),
        due_on=due_on,
        is_late=due_on is not None and day(at) > due_on,
    )
