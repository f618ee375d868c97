"""What was put up or printed outside of this site, as the record says it, and what had to leave the public."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ledger.models import Entry
from publishing.models import Notice, TakeDown
from publishing.pages import acts
from publishing.pages.corrections import offices
from publishing.pages.files import PublicFile, placement_photos_of
from publishing.pages.record import Record
from tenders.models import Comment, Placement, Project


@dataclass(frozen=True)
class Photo:
    address: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True)
class Placed:
    """A place where an act was put up, and what became of it there. Moments and days are as the record writes them."""

    seq: int
    at: datetime  # when it was entered
    of: int
    act: str
    number: int
    kind: str
    place: str
    posted_at: str
    until: str
    receipt: str
    note: str
    own_print: bool
    comparison: str  # with the notice's text: same, differs, or nothing if nobody has compared them
    entered_later: bool
    photos: list[Photo]
    ended_at: str
    end_reason: str


@dataclass(frozen=True)
class Tombstone:
    """What the public may still know of something that was taken down."""

    seq: int
    at: datetime
    what: str
    ground: str
    explanation: str
    sha256: str
    offices: list[str]


def placements_of(project: Project, record: Record) -> list[Placed]:
    """Return all places of a project, the newest first. One query."""
    photos = placement_photos_of(project, record)
    ends = {entry.subject: entry.facts for entry in record.all("placement.ended")}
    titles = {entry.seq: acts.title(entry) for entry in record.entries}
    entries = reversed(record.all("placement.recorded"))
    return [
        placed_of(entry, titles.get(entry.facts["of"], ""), ends.get(entry.subject, {}), photos) for entry in entries
    ]


def placements_on(notice: Notice) -> list[Placed]:
    """Return where one notice was put up."""
    project = notice.project
    return [placed for placed in placements_of(project, Record(project)) if placed.of == notice.pk]


def placed_of(entry: Entry, act: str, end: Mapping[str, Any], photos: Mapping[str, PublicFile]) -> Placed:
    facts = entry.facts
    shown = [(photos[photo["sha256"]], photo["alt"]) for photo in facts["photos"] if photo["sha256"] in photos]
    return Placed(
        seq=entry.seq,
        at=entry.at,
        of=facts["of"],
        act=act,
        number=facts["number"],
        kind=str(Placement.Kind(facts["kind"]).label),
        place=facts["place"],
        posted_at=facts["posted_at"],
        until=facts["until"] or "",
        receipt=facts["receipt"],
        note=facts["note"],
        own_print=facts["own_print"],
        comparison=facts.get("comparison", ""),
        entered_later=facts["entered_later"],
        photos=[Photo(file.address, alt, file.row.width, file.row.height) for file, alt in shown],
        ended_at=end.get("ended_at", ""),
        end_reason=end.get("reason", ""),
    )


def tombstones_of(record: Record) -> list[Tombstone]:
    """Return what of a project has left the public, the newest first."""
    return [tombstone_of(entry) for entry in reversed(record.all("content.taken-down"))]


def tombstone_of(entry: Entry) -> Tombstone:
    facts = entry.facts
    return Tombstone(
        seq=entry.seq,
        at=entry.at,
        what=str(TakeDown.What(facts["what"]).label),
        ground=str(Comment.Ground(facts["ground"]).label),
        explanation=facts["explanation"],
        sha256=facts["sha256"],
        offices=offices(facts),
    )
