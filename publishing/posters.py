"""Makes the posters of a plan, beside the notice of the act that published it or moved its period."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ledger.models import Entry
from publishing.documents.poster import SIZES, Picture, Told, poster
from publishing.models import Notice, TakeDown
from publishing.output import file_of, name, remove, write_forever
from publishing.pages.posters import ENDS, has_posters, poster_address, tells_a_plan
from tenders.models import Consultation, Project, Rendering


def write_posters(notice: Notice) -> None:
    """Write the posters of a notice that are not there yet: what was printed once is never made anew."""
    if notice.is_taken_down or not has_posters(notice.entry):
        return
    told = told_as_of(notice.entry, notice.project)
    if told is None:
        return
    for size in SIZES:
        address = poster_address(notice.pk, size)
        if file_of(address).is_file():
            name(address)
        else:
            write_forever(address, poster(told, size))


def write_without(project: Project) -> None:
    """Make all posters of a project anew, after one of their pictures had to leave the public."""
    for notice in causing(project):
        for size in SIZES:
            remove(poster_address(notice.pk, size))
        write_posters(notice)


def causing(project: Project) -> list[Notice]:
    """Return the notices of a project that have posters beside them, the oldest first."""
    notices = Notice.objects.filter(project=project).select_related("entry", "project").order_by("pk")
    return [notice for notice in notices if has_posters(notice.entry)]


def told_as_of(entry: Entry, project: Project) -> Told | None:
    """Return what the record says of the plan and its period as of an act, or None if no plan was published by then."""
    plan = plan_as_of(Entry.objects.about(project.path).filter(seq__lte=entry.seq).in_order())
    if not plan:
        return None
    return Told(project.number, plan, pictures_of(project, plan["renderings"]), entry.at, entry.seq)


def plan_as_of(entries: Iterable[Entry]) -> dict[str, Any]:
    """Return the facts of the plan that is open to comments after the last of these acts, as acts have changed it."""
    plan: dict[str, Any] = {}
    for entry in entries:
        if tells_a_plan(entry):
            plan = dict(entry.facts)
        elif entry.kind in ENDS:
            plan = {}
        elif plan and has_posters(entry):
            plan |= {key: entry.facts[key] for key in ("closes_on", "renderings") if key in entry.facts}
    return plan


def pictures_of(project: Project, named: Iterable[dict[str, Any]]) -> list[Picture]:
    """Return the pictures that the record names, renderings before drawings, without what was taken down."""
    named = sorted(named, key=lambda picture: picture.get("kind") == Rendering.Kind.DRAWING)
    gone = TakeDown.objects.digests()
    rows = Rendering.objects.filter(consultation__project=project, sha256__in=[p["sha256"] for p in named])
    stored = {row.sha256: row.image for row in rows}
    return [
        Picture(stored[picture["sha256"]], picture["caption"], picture["alt"])
        for picture in named
        if picture["sha256"] in stored and picture["sha256"] not in gone
    ]


def told_at_desk(consultation: Consultation, at: datetime) -> Told:
    """Return what the poster of a round tells: as it was published, or of a draft, with the mark of a preview."""
    if consultation.state != Consultation.State.DRAFT:
        for notice in reversed(causing(consultation.project)):
            told = told_as_of(notice.entry, consultation.project)
            if told and told.plan["round"] == consultation.round:
                return told
    renderings = sorted(consultation.renderings.all(), key=lambda each: each.kind == Rendering.Kind.DRAWING)
    pictures = [Picture(each.image, each.caption, each.alt) for each in renderings]
    return Told(consultation.project.number, consultation.facts(), pictures, at)
