"""What a project's page says, for machines: published facts as they stand in the record, not in words."""

import json
from datetime import datetime
from typing import Any

from contracts.models import Document
from publishing.models import Notice
from publishing.pages.comments import comments_of
from publishing.pages.record import Record
from publishing.pages.stages import Passage, passages
from publishing.pages.status import Countdown, status
from tenders.law import day
from tenders.models import Project

# Acts whose facts tell what was planned, decided, bought and agreed
TELLING = (
    "step.publish_plan", "step.revise_plan", "consultation.superseded", "step.publish_again", "period.extended",
    "period.shortened", "step.publish_adoption_report", "step.decide", "approval.published", "step.announce_tender",
    "step.publish_prequalification", "step.conclude_prequalification",
    "clarification.published", "step.conclude_opening", "step.publish_candidates", "step.award", "step.sign_contracts",
    "step.start_works",
)  # fmt: skip


def project_data(project: Project, record: Record, *, at: datetime) -> bytes:
    """Return the data of a public project as JSON. Everything in it stands on the project's page as well."""
    standing = status(project, at=at)
    comments = comments_of(project, at)
    told = {
        "number": project.number,
        "name": project.name,
        "name_en": project.name_en,
        "stage": project.stage,
        "standing": project.standing,
        "as_of": day(at).isoformat(),
        "stages": [_stage(passage) for passage in passages(record.entries)],
        "clocks": [_clock(countdown) for countdown in standing.countdowns],
        "comments": {"received": comments["received"], "shown": comments["shown"]},
        "acts": [
            {"seq": entry.seq, "kind": entry.kind, "subject": entry.subject, "facts": entry.facts}
            for entry in record.entries
            if entry.kind in TELLING
        ],
        "papers": [_paper(paper) for paper in record.papers],
        "notices": [_notice(notice) for notice in project.notices.select_related("entry").order_by("pk")],
        "sealed": record.sealed,
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _stage(passage: Passage) -> dict[str, Any]:
    moments = {"began_at": passage.began_at, "ended_at": passage.ended_at}
    return {
        "title": passage.title,
        **{name: moment and moment.isoformat() for name, moment in moments.items()},
        "is_current": passage.is_current,
    }


def _clock(countdown: Countdown) -> dict[str, Any]:
    clock = countdown.clock
    return {
        "rule": clock.rule.id,
        "title": str(clock.title),
        "is_window": clock.is_window,
        "starts_on": clock.starts_on.isoformat(),
        "due_on": clock.due_on.isoformat(),
        "done": clock.done,
        "provisional": clock.provisional,
    }


def _paper(paper: Document) -> dict[str, Any]:
    return {
        "title": paper.title,
        "address": f"/documents/{paper.file_name}",
        "sha256": paper.sha256,
        "bytes": paper.size,
        "of": paper.caused_by_id,
    }


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "seq": notice.pk,
        "title": notice.title,
        "address": notice.address,
        "sha256": notice.sha256,
        "at": notice.at.isoformat(),
    }
