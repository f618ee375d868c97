"""Pictures and tender documents as the public gets them: under an address that is the digest of their content."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.db.models.fields.files import FieldFile

from publishing.pages.record import Record
from tenders.models import Package, PlacementPhoto, Project, Rendering


@dataclass(frozen=True)
class PublicFile:
    """A file that an act has published by naming its digest."""

    file: FieldFile
    sha256: str
    folder: str
    label: str
    row: Any  # the picture or the document with what it says of itself

    @property
    def address(self) -> str:
        return f"/{self.folder}/{self.sha256}{PurePath(self.file.name or '').suffix.lower()}"


def renderings_of(project: Project, record: Record) -> list[PublicFile]:
    """Return the pictures that the plan notice named, in its order."""
    order = [picture["sha256"] for picture in record.facts("step.publish_plan").get("renderings", [])]
    rows = Rendering.objects.filter(consultation__project=project, sha256__in=order)
    found = {row.sha256: PublicFile(row.image, row.sha256, "media", row.caption, row) for row in rows}
    return [found[digest] for digest in order if digest in found and digest not in record.taken_down]


def placement_photos_of(project: Project, record: Record) -> dict[str, PublicFile]:
    """Return the photos that the entries of placements name, by their digests."""
    named = {photo["sha256"] for entry in record.all("placement.recorded") for photo in entry.facts["photos"]}
    rows = PlacementPhoto.objects.filter(placement__project=project, sha256__in=named - record.taken_down)
    return {row.sha256: PublicFile(row.image, row.sha256, "media", str(row), row) for row in rows} if named else {}


def tender_documents_of(package: Package, record: Record) -> list[PublicFile]:
    """Return the tender documents that the announcement named, in its order."""
    order = [d["sha256"] for d in record.facts("step.announce_tender", package.path).get("documents", [])]
    found = {
        row.sha256: PublicFile(row.file, row.sha256, "documents", row.title, row) for row in package.documents.all()
    }
    return [found[digest] for digest in order if digest in found and digest not in record.taken_down]


def public_files(project: Project) -> Iterator[PublicFile]:
    """Yield every file of a project that the public may have."""
    record = Record(project)
    yield from renderings_of(project, record)
    yield from placement_photos_of(project, record).values()
    for package in project.packages.exclude(announced_at=None).prefetch_related("documents"):
        yield from tender_documents_of(package, record)
