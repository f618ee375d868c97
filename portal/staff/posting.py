"""The places that a project's plan has announced, as the desk works on them: what is missing first."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from tenders.models import Consultation, Placement, PostingPlace, Project, RequiredPlacement
from tenders.proof import announcement_of

BROADCASTS = 2  # how often a station is asked for, unless somebody writes otherwise


@dataclass(frozen=True)
class AnnouncedPlace:
    """``letter`` is where the letter to a newspaper or a station is written; empty for a wall."""

    required: RequiredPlacement
    proof: Placement | None
    is_missing: bool  # its day is over
    letter: str

    @property
    def is_settled(self) -> bool:
        return self.proof is not None or self.required.waived_at is not None


def announced_places(project: Project, on: date) -> list[AnnouncedPlace]:
    """Return the places of all published rounds that are still in force, those without proof first."""
    found = RequiredPlacement.objects.filter(consultation__project=project)
    found = found.exclude(consultation__state__in=(Consultation.State.DRAFT, Consultation.State.SUPERSEDED))
    rows = found.select_related("place", "consultation__project", "proof").order_by("consultation__round", "number")
    letters = {row.consultation_id: announcement_of(row.consultation).seq for row in rows}
    places = [_place(row, on, letters[row.consultation_id]) for row in rows]
    return sorted(places, key=lambda place: place.is_settled)


def _place(required: RequiredPlacement, on: date, notice: int) -> AnnouncedPlace:
    proof = getattr(required, "proof", None)
    due_on = required.due_on
    is_open = proof is None and required.waived_at is None
    is_wall = required.place.kind in PostingPlace.WALLS
    letter = "" if is_wall else _letter(required, notice, max(filter(None, (due_on, on))))
    return AnnouncedPlace(required, proof, is_open and due_on is not None and on > due_on, letter)


def _letter(required: RequiredPlacement, notice: int, start: date) -> str:
    """Return the address of the letter with all its answers filled in: it comes at once."""
    on_air = required.place.kind in PostingPlace.ON_AIR
    asked = {
        "medium": required.place.name,
        "means": "播出" if on_air else "刊登",
        "start": start.isoformat(),
        "end": (start + timedelta(days=BROADCASTS - 1) if on_air else start).isoformat(),
        "times": BROADCASTS if on_air else 1,
    }
    return f"{reverse('desk-media-letter', args=[required.project.number, notice])}?{urlencode(asked)}"
