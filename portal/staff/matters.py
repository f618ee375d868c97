"""The matters of observers as the desk works on them: what waits for an answer first."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from integrity.gates.observers import due_of
from integrity.models import Invitation, Matter
from lifecycle.clocks import Days, calendar_once
from tenders.law import day
from tenders.models import Package


@dataclass(frozen=True)
class MatterAtDesk:
    """``due_on`` is the last day of whoever has to speak now, the bureau or the institution, until it is closed."""

    matter: Matter
    due_on: date | None
    is_late: bool
    waits_for_room: bool  # it is first answered where it was raised
    may_lapse: bool


def matters_at_desk(package: Package, at: datetime) -> list[MatterAtDesk]:
    return _rows(package.matters.all(), at)


def matters_of(invitation: Invitation, at: datetime) -> list[MatterAtDesk]:
    """Return what an institution has raised itself."""
    return _rows(Matter.objects.filter(attendance__invitation=invitation), at)


def _rows(found: QuerySet[Matter], at: datetime) -> list[MatterAtDesk]:
    found = found.select_related("observation", "attendance__invitation__institution").prefetch_related("turns")
    days = calendar_once()
    rows = [_row(matter, at, days) for matter in found]
    return sorted(rows, key=lambda row: (row.matter.is_closed, row.matter.state != Matter.State.OPEN))


def _row(matter: Matter, at: datetime, days: Days) -> MatterAtDesk:
    due_on = None if matter.is_closed else due_of(matter, days())
    is_open = matter.state == Matter.State.OPEN
    is_over = due_on is not None and day(at) > due_on
    return MatterAtDesk(
        matter=matter,
        due_on=due_on,
        is_late=is_open and is_over,
        waits_for_room=is_open and matter.observation is not None and matter.observation.replied_at is None,
        may_lapse=matter.state == Matter.State.ANSWERED and is_over,
    )
