"""The page of a project."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ledger.models import Entry
from publishing.pages.adoption import themes_page
from publishing.pages.comments import comments_of
from publishing.pages.facts import Line, channels, lines
from publishing.pages.files import PublicFile
from publishing.pages.hearings import hearings_of
from publishing.pages.notices import all_notices
from publishing.pages.packages import starts_of, tenders_of
from publishing.pages.placements import placements_of, tombstones_of
from publishing.pages.plan import moves_of, publicity_of, superseded_by, versions_of
from publishing.pages.planned import planned_of
from publishing.pages.posters import newest_posters
from publishing.pages.record import Record
from publishing.pages.required import required_places
from publishing.pages.stages import passages
from publishing.pages.status import status
from publishing.pages.wording import yuan
from tenders.law import day
from tenders.models import Decision, Project

FACTS = ("code", "site", "scale", "purpose", "basis", "estimate_fen")
RESPONSIBILITY = ("leader_name", "leader_post", "responsible_name", "responsible_post", "sanctions", "hotline")
CONTACT = ("contact_name", "contact_phone", "contact_address", "contact_email")
DECISION = ("decided_by", "decided_on", "text", "adoption", "risk_assessment")


def project_page(
    project: Project, record: Record, *, at: datetime, pictures: Mapping[str, PublicFile] | None = None
) -> dict[str, Any]:
    """
    Return what the page of a project says by its record, in the language that is active.

    ``pictures`` are those of a preview, which lie elsewhere. The number of queries grows with the tender packages,
    never with comments, bids or acts.
    """
    publicity = publicity_of(record)
    plan = publicity.facts if publicity else {}
    published = plan.get("project", {})
    placed = placements_of(project, record)
    versions = versions_of(project, record, pictures)
    return {
        "project": project,
        "status": status(project, at=at),
        "stages": passages(record.entries),
        "plan": plan,
        "versions": versions,
        "version": versions[0] if versions else None,
        "moves": moves_of(project, record),
        "superseded": superseded_by(record),
        "owner": published.get("owner", ""),
        "channels": channels(plan),
        "facts": lines(Project, published, FACTS),
        "funding": [Line(source["name"], yuan(source["amount_fen"])) for source in published.get("funding", [])],
        "responsibility": lines(Project, published, RESPONSIBILITY),
        "contact": lines(Project, published, CONTACT),
        "hearings": hearings_of(project, record, at=at),
        "comments": comments_of(project, at),
        "adoption": themes_page(project),
        "decision": lines(Decision, record.facts("step.decide"), DECISION),
        "approvals": [entry.facts for entry in record.all("approval.published")],
        "planned": (planned := planned_of(record)),
        "all_announced": all(package.is_announced for package in planned),
        "tenders": tenders_of(project, record, at=at),
        "starts": starts_of(record),
        "acts": record.acts()[::-1],
        "notices": all_notices().filter(project=project),
        "sealed": record.sealed,
        "witnessed": record.witnessed,
        "papers": record.papers,
        "interruption": interruption(project, record),
        "placements": placed,
        "required": required_places(record, placed, day(at)),
        "posters": newest_posters(record),
        "tombstones": tombstones_of(record),
    }


def interruption(project: Project, record: Record) -> Entry | None:
    """Return the act that has stopped a project, if it stands still."""
    stopped_by = {Project.Standing.SUSPENDED: "step.suspend", Project.Standing.CANCELLED: "step.cancel"}
    kind = stopped_by.get(Project.Standing(project.standing))
    return record.last(kind) if kind else None
