"""The page of a hearing, and what the page of its project says of hearings."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ledger.models import Entry
from publishing.pages.facts import Line, lines
from publishing.pages.record import Record
from tenders.models import Comment, Hearing, HearingApplication, HearingNeed, Project

ANNOUNCED = ("kind", "matter", "selection", "selection_method", "draw_source", "how_to_apply")
SESSION = ("chair", "chair_post", "recorder", "presenter", "materials_on", "materials_means")
NEED = ("verdict", "ground", "reason")
AHEAD = (Hearing.State.ANNOUNCED, Hearing.State.APPLICATIONS_CLOSED, Hearing.State.LISTED)
LISTED_STATES = (Hearing.State.LISTED, Hearing.State.HELD, Hearing.State.RECORDED)


@dataclass(frozen=True)
class Group:
    """Those who have one stake in the plan: how many seats they have, and how many of them asked."""

    name: str
    seats: int
    applied: int


@dataclass(frozen=True)
class Participant:
    """Who takes part, as the public may know it. ``attended`` and ``confirmed`` are told with the record."""

    number: int
    name: str
    group: str
    origin: str
    attended: bool | None
    confirmed: str
    remark: str


@dataclass(frozen=True)
class Statement:
    number: int
    speaker: str
    group: str
    stance: str
    stance_label: str
    said_at: datetime
    summary: str
    reply: str
    digest: str


@dataclass(frozen=True)
class Listed:
    """A hearing as its project's page lists it."""

    hearing: Hearing
    takes_applications: bool
    outcome: dict[str, Any]  # of the published record; empty before


def public_hearings(project: Project) -> Any:
    """Return the hearings of a project that have been announced."""
    hearings = Hearing.objects.filter(consultation__project=project).exclude(announced_at=None)
    return hearings.select_related("consultation__project").order_by("number")


def takes_applications(hearing: Hearing, at: datetime) -> bool:
    ends_at = hearing.applications_end_at
    active = hearing.project.standing == Project.Standing.ACTIVE
    return active and hearing.state == Hearing.State.ANNOUNCED and ends_at is not None and at < ends_at


def hearings_of(project: Project, record: Record, *, at: datetime) -> dict[str, Any]:
    """Return whether the plan needs a hearing, and the hearings there are. One query."""
    found = record.facts("hearing.need-found") or record.facts("step.publish_plan").get("hearing") or {}
    listed = [
        Listed(hearing, takes_applications(hearing, at), record.facts("step.publish_hearing_record", hearing.path))
        for hearing in public_hearings(project)
    ]
    return {
        "need": lines(HearingNeed, found, NEED),
        "is_awaited": found.get("verdict") == HearingNeed.Verdict.MUST and not listed,
        "listed": listed,
    }


def hearing_page(hearing: Hearing, record: Record, *, at: datetime) -> dict[str, Any]:
    """
    Return what the page of an announced hearing says, in the language that is active.

    What was announced is told as the record has it; names and words stand only here, where they can be masked. The
    number of queries does not grow with applications or statements.
    """
    project, path = hearing.project, hearing.path
    announced = record.facts("step.announce_hearing", path)
    return {
        "project": project,
        "hearing": hearing,
        "takes_applications": takes_applications(hearing, at),
        "is_ahead": hearing.state in AHEAD,
        "facts": lines(Hearing, announced, ANNOUNCED),
        "session": session_of(hearing, record),
        "groups": groups_of(hearing, announced),
        "received": hearing.applications.count(),
        "postponements": [entry.facts for entry in record.all("hearing.postponed", path) if entry.subject == path],
        "cancellation": record.facts("step.cancel_hearing", path),
        "participants": participants_of(hearing),
        "statements": statements_of(hearing),
        "outcome": record.facts("step.publish_hearing_record", path),
        "stances": stances_of(record.facts("step.publish_hearing_record", path)),
        "acts": acts_of(hearing, record),
        "sealed": record.sealed,
    }


def session_of(hearing: Hearing, record: Record) -> list[Line]:
    """Say who presides and writes, once that is on record."""
    path = hearing.path
    told = record.facts("step.list_hearing_participants", path) | record.facts("hearing.materials-delivered", path)
    return lines(Hearing, told | record.facts("step.hold_hearing", path), SESSION)


def groups_of(hearing: Hearing, announced: dict[str, Any]) -> list[Group]:
    applied = Counter(hearing.applications.values_list("group__name", flat=True))
    return [Group(group["name"], group["seats"], applied[group["name"]]) for group in announced.get("groups", [])]


def participants_of(hearing: Hearing) -> list[Participant]:
    """Return the published list: nobody before it is published, and who came only with the record."""
    if hearing.state not in LISTED_STATES:
        return []
    is_recorded = hearing.state == Hearing.State.RECORDED
    return [_participant(application, is_recorded) for application in hearing.participants()]


def _participant(application: HearingApplication, is_recorded: bool) -> Participant:
    return Participant(
        number=application.number,
        name=application.public_name,
        group=application.group.name,
        origin=application.origin,
        attended=application.attended if is_recorded else None,
        confirmed=str(application.get_signature_display()) if is_recorded and application.attended else "",
        remark=application.signature_remark if is_recorded else "",
    )


def statements_of(hearing: Hearing) -> list[Statement]:
    """Return what was said, once the record is published."""
    if hearing.state != Hearing.State.RECORDED:
        return []
    return [
        Statement(
            number=said.number,
            speaker=said.application.public_name,
            group=said.application.group.name,
            stance=said.stance,
            stance_label=str(said.get_stance_display()),
            said_at=said.said_at,
            summary=said.summary,
            reply=said.reply,
            digest=said.public_facts()["digest"],
        )
        for said in hearing.statements.select_related("application__group")
    ]


def stances_of(outcome: dict[str, Any]) -> list[Line]:
    """Count what was said for and against, as the record has it."""
    counted = outcome.get("statements", {})
    return [Line(str(s.label), str(counted[s])) for s in Comment.Stance if counted.get(s)]


def acts_of(hearing: Hearing, record: Record) -> list[Any]:
    """Return the acts on a hearing, the newest first, each with its papers."""
    about = {entry.seq for entry in record.entries if _is_about(entry, hearing)}
    return [act for act in reversed(record.acts()) if act.seq in about]


def _is_about(entry: Entry, hearing: Hearing) -> bool:
    return entry.subject == hearing.path or entry.subject.startswith(f"{hearing.path}/")
