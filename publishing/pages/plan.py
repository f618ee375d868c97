"""The plan as the record tells it: its versions, what each changed and why, and how its time for comments was moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from ledger.models import Entry
from publishing.pages.comparison import Pair, compare
from publishing.pages.files import PLANS, PublicFile, pictures_of
from publishing.pages.record import Record
from publishing.pages.wording import in_words
from tenders.models import PlanVersion, Project, Rendering, in_record

PUBLICITY = ("step.publish_plan", "step.publish_again")
MOVES = ("period.extended", "period.shortened")
SUPERSEDED = "consultation.superseded"


@dataclass(frozen=True)
class Picture:
    """A picture of a plan, with the smaller ones for small screens."""

    address: str
    smaller: list[tuple[str, int]]  # address and width in pixels
    alt: str
    caption: str
    is_drawing: bool
    width: int
    height: int


@dataclass(frozen=True)
class Version:
    """A published version of the plan. ``reason`` is why it is, or is not, a change in substance."""

    seq: int
    at: datetime
    address: str
    round: int
    number: int
    text: str
    explanation: str
    change_note: str
    reason: str
    comments: list[int]
    pictures: list[Picture]

    @property
    def begins_a_round(self) -> bool:
        return self.number == 1


@dataclass(frozen=True)
class Move:
    """That the end of a round was moved. Days are as the record writes them."""

    seq: int
    at: datetime
    is_extension: bool
    first: str
    old: str
    new: str
    reason: str
    shortened_reason: str


def publicity_of(record: Record) -> Entry | None:
    """Return the act that has published the current round."""
    return next((entry for entry in reversed(record.entries) if entry.kind in PUBLICITY), None)


def superseded_by(record: Record) -> Entry | None:
    """Return the act that has ended the last round, as long as none follows it."""
    last = next((entry for entry in reversed(record.entries) if entry.kind in (*PUBLICITY, SUPERSEDED)), None)
    return last if last is not None and last.kind == SUPERSEDED else None


def moves_of(project: Project, record: Record) -> list[Move]:
    """Return how the end of the current round was moved, the newest first."""
    publicity = publicity_of(record)
    subject = f"{project.path}/consultation/{publicity.facts['round']}" if publicity else ""
    return [_move(e) for e in reversed(record.entries) if e.kind in MOVES and e.subject == subject]


def _move(entry: Entry) -> Move:
    facts = entry.facts
    return Move(
        seq=entry.seq,
        at=entry.at,
        is_extension=entry.kind == "period.extended",
        first=facts["first_closes_on"],
        old=facts["old_closes_on"],
        new=facts["closes_on"],
        reason=facts["reason"],
        shortened_reason=facts["shortened_reason"],
    )


def versions_of(project: Project, record: Record, files: Mapping[str, PublicFile] | None = None) -> list[Version]:
    """Return all published versions, the newest first. Three queries. ``files`` are those of a preview."""
    rows = PlanVersion.objects.filter(consultation__project=project).select_related("consultation")
    stored = {(row.consultation.round, row.number): row for row in rows}
    pictures = pictures_of(project, record) if files is None else files
    ended = {entry.facts["next_round"]: entry.facts["reason"] for entry in record.all(SUPERSEDED)}
    told = [entry for entry in record.entries if entry.kind in PLANS]
    return [_version(entry, stored, ended, pictures) for entry in reversed(told)]


def _version(
    entry: Entry,
    stored: Mapping[tuple[int, int], PlanVersion],
    ended: Mapping[int, str],
    files: Mapping[str, PublicFile],
) -> Version:
    facts = entry.facts
    plan = (facts["plan"] or {}) if entry.kind in PUBLICITY else facts
    key = (facts["round"], plan.get("number", 1))
    row = stored.get(key) or PlanVersion()
    return Version(
        seq=entry.seq,
        at=entry.at,
        address=address_of(entry.subject.split("/")[1], *key),
        round=key[0],
        number=key[1],
        text=in_full("text", plan.get("text"), row.text),
        explanation=in_full("explanation", facts["explanation"], row.told_explanation if row.pk else ""),
        change_note=in_full("change_note", plan.get("change_note"), row.change_note),
        reason=ended.get(key[0], "") if entry.kind in PUBLICITY else in_full("", facts["minor_reason"], ""),
        comments=facts.get("comments", []),
        pictures=[_picture(told, files[told["sha256"]]) for told in facts["renderings"] if told["sha256"] in files],
    )


def address_of(project_number: str, round_number: int, number: int) -> str:
    """Return where a version stands: ``/projects/2026-001/plan/1-2/``."""
    return f"/projects/{project_number}/plan/{round_number}-{number}/"


def in_full(name: str, told: Any, stored: str) -> str:
    """
    Return a text that an entry tells. Of a long one the entry has the digest only: then ours, if it is that very text.

    What stands on a page is thereby always what was recorded.
    """
    if isinstance(told, str) or told is None:
        return told or ""
    field = PlanVersion._meta.get_field(name or "text")
    return stored if in_record(stored) == told else in_words(field, told)  # type: ignore[arg-type]


def _picture(told: Mapping[str, Any], file: PublicFile) -> Picture:
    return Picture(
        address=file.address,
        smaller=file.smaller,
        alt=told["alt"],
        caption=told["caption"],
        is_drawing=told.get("kind") == Rendering.Kind.DRAWING,
        width=file.row.width,
        height=file.row.height,
    )


@dataclass(frozen=True)
class Change:
    """A version beside the one before it."""

    version: Version
    earlier: Version | None
    text: list[Pair]
    explanation: list[Pair]
    new_pictures: list[Picture]
    old_pictures: list[Picture]


def changes_of(project: Project, record: Record) -> list[Change]:
    """Return every version of a plan with what changed in it, the newest first."""
    versions = versions_of(project, record)
    return [_change(version, earlier) for version, earlier in zip_longest(versions, versions[1:])]


def _change(version: Version, earlier: Version | None) -> Change:
    if earlier is None:
        return Change(version, None, [], [], version.pictures, [])
    before, after = ({picture.address for picture in each.pictures} for each in (earlier, version))
    return Change(
        version,
        earlier,
        compare(earlier.text, version.text),
        compare(earlier.explanation, version.explanation) if earlier.explanation != version.explanation else [],
        [picture for picture in version.pictures if picture.address not in before],
        [picture for picture in earlier.pictures if picture.address not in after],
    )


def version_page(project: Project, change: Change) -> dict[str, Any]:
    """Return what the page of one version says."""
    return {"project": project, "change": change, "version": change.version, "earlier": change.earlier}
