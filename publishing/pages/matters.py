"""What observers have found, followed up in public until it is closed."""

from dataclasses import dataclass
from datetime import date, datetime

from integrity.models import Matter, Turn
from lifecycle.clocks import Days
from statutes.rules import due
from tenders.law import day, law


@dataclass(frozen=True)
class Followed:
    """A matter with its course. ``due_on`` is the last day of the bureau, as long as an answer is due."""

    matter: Matter
    institution: str
    state: str
    turns: list[Turn]
    due_on: date | None
    is_late: bool


def followed(matter: Matter, *, at: datetime, days: Days) -> Followed:
    """Return a matter as the public sees it. No query, with its observation, institution and turns at hand."""
    asked_on = day(matter.asked_at)
    is_open = matter.state == Matter.State.OPEN
    due_on = due(law("SV-01", asked_on), asked_on, days()).strict if is_open else None
    return Followed(
        matter=matter,
        institution=matter.attendance.invitation.institution.name,
        state=matter.get_state_display(),
        turns=list(matter.turns.all()),
        due_on=due_on,
        is_late=due_on is not None and day(at) > due_on,
    )
