"""Pictures and tender documents as the public gets them: under an address that is the digest of their content."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.db.models.fields.files import FieldFile

from publishing.pages.record import Record
from tenders.models import Package, PlacementPhoto, Project, Rendering

# The acts that publish a plan, each with its pictures
PLANS = ("step.publish_plan", "step.publish_again", "step.revise_plan")
MEDIA = "media"
SMALLER = (480, 1200)  # widths in pixels: for a slow line, and for the fine screen of a telephone or a desk


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

    @property
    def smaller(self) -> list[tuple[str, int]]:
        """The addresses of a picture's smaller forms, with their widths; none of what is no picture of a plan."""
        if not isinstance(self.row, Rendering) or self.folder != MEDIA:
            return []
        return [(f"/{MEDIA}/{self.sha256}.{width}.webp", width) for width in SMALLER if width < self.row.width]


def pictures_of(project: Project, record: Record) -> dict[str, PublicFile]:
    """Return the pictures that the published versions of a plan name, by their digests: old versions keep theirs."""
    named = {
        picture["sha256"] for entry in record.entries if entry.kind in PLANS for picture in entry.facts["renderings"]
    }
    rows = Rendering.objects.filter(consultation__project=project, sha256__in=named - record.taken_down)
    return {row.sha256: PublicFile(row.image, row.sha256, MEDIA, row.caption, row) for row in rows} if named else {}


def placement_photos_of(project: Project, record: Record) -> dict[str, PublicFile]:
    """Return the photos that the entries of placements name, by their digests."""
    named = {photo["sha256"] for entry in record.all("placement.recorded") for photo in entry.facts["photos"]}
    rows = PlacementPhoto.objects.filter(placement__project=project, sha256__in=named - record.taken_down)
    return {row.sha256: PublicFile(row.image, row.sha256, MEDIA, str(row), row) for row in rows} if named else {}


def tender_documents_of(package: Package, record: Record) -> list[PublicFile]:
    """Return the tender documents that the announcement named, in its order."""
    return _documents_named_by("step.announce_tender", package, record)


def prequalification_documents_of(package: Package, record: Record) -> list[PublicFile]:
    """Return the prequalification documents that its notice named, in its order."""
    return _documents_named_by("step.publish_prequalification", package, record)


def _documents_named_by(kind: str, package: Package, record: Record) -> list[PublicFile]:
    order = [d["sha256"] for d in record.facts(kind, package.path).get("documents", [])]
    if not order:
        return []
    found = {
        row.sha256: PublicFile(row.file, row.sha256, "documents", row.title, row) for row in package.documents.all()
    }
    return [found[digest] for digest in order if digest in found and digest not in record.taken_down]


def public_files(project: Project, record: Record) -> Iterator[PublicFile]:
    """Yield every file of a project that the public may have."""
    yield from pictures_of(project, record).values()
    yield from placement_photos_of(project, record).values()
    for package in project.packages.prefetch_related("documents"):
        yield from prequalification_documents_of(package, record)
        yield from tender_documents_of(package, record)
