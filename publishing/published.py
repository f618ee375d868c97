"""What of a project is public now and can be taken down: words of notices, papers, pictures, tender documents."""

from collections.abc import Iterator
from dataclasses import dataclass

from ledger.models import Entry
from publishing.models import Notice, TakeDown
from publishing.pages.files import PLANS, pictures_of, placement_photos_of, tender_documents_of
from publishing.pages.record import Record
from tenders.models import Project

What = TakeDown.What


@dataclass(frozen=True)
class Published:
    """Something public under its digest, with the entry that has published it."""

    what: TakeDown.What
    sha256: str
    title: str
    entry: int

    @property
    def label(self) -> str:
        return f"{self.what.label}：{self.title}"


def published_in(project: Project) -> list[Published]:
    """Return all of it, once for each content."""
    record = Record(project)
    found = [*_notices(project), *_papers(record), *_pictures(project, record), *_files(project, record)]
    return list({thing.sha256: thing for thing in reversed(found)}.values())[::-1]


def _notices(project: Project) -> Iterator[Published]:
    for notice in Notice.objects.filter(project=project, taken_down_at=None):
        yield Published(What.NOTICE, notice.sha256, f"公开第{notice.pk}号 {notice.title}", notice.published_by_id)


def _papers(record: Record) -> Iterator[Published]:
    published_by = {entry.facts["sha256"]: entry.seq for entry in record.all("document.published")}
    for paper in record.papers:
        yield Published(What.PAPER, paper.sha256, paper.title, published_by[paper.sha256])


def _pictures(project: Project, record: Record) -> Iterator[Published]:
    pictures = pictures_of(project, record)
    for entry in record.entries:
        for named in entry.facts["renderings"] if entry.kind in PLANS else ():
            if named["sha256"] in pictures:
                yield Published(What.PICTURE, named["sha256"], named["caption"], entry.seq)
    photos = placement_photos_of(project, record)
    for entry in record.all("placement.recorded"):
        for named in entry.facts["photos"]:
            if named["sha256"] in photos:
                yield Published(What.PICTURE, named["sha256"], photos[named["sha256"]].label, entry.seq)


def _files(project: Project, record: Record) -> Iterator[Published]:
    for package in project.packages.exclude(announced_at=None):
        announced = record.last("step.announce_tender", package.path)
        for file in tender_documents_of(package, record):
            yield Published(What.FILE, file.sha256, file.label, _seq(announced))


def _seq(entry: Entry | None) -> int:
    if entry is None:
        raise LookupError("a file is public only by an act")
    return entry.seq
