"""What the record says of a project. Its page is made of this, so that nothing stands there that is not on record."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts.models import Document
from ledger.models import Checkpoint, Entry
from publishing.models import TakeDown
from publishing.pages import acts
from tenders.models import Project


@dataclass(frozen=True)
class Act:
    """A line of the record, as pages list it."""

    seq: int
    kind: str
    title: str
    place: str
    detail: str
    at: datetime
    leaf: str
    is_sealed: bool
    corrects: int | None
    papers: list[Document]


class Record:
    """The acts of a project, but for the swarm of comments. Four queries, whatever their number."""

    def __init__(self, project: Project) -> None:
        about = Entry.objects.about(project.path).exclude(kind__in=acts.SWARMING)
        self.entries = list(about.in_order())
        self.sealed = newest_size()
        self.taken_down = TakeDown.objects.digests()
        papers = Document.objects.filter(project=project)
        self.papers = [paper for paper in papers if paper.sha256 not in self.taken_down]

    def last(self, kind: str, subject: str = "") -> Entry | None:
        """Return the newest act of a kind, about exactly ``subject`` if one is given."""
        return next((e for e in reversed(self.entries) if e.kind == kind and subject in ("", e.subject)), None)

    def facts(self, kind: str, subject: str = "") -> dict[str, Any]:
        """Return what the newest act of a kind says, or nothing if there was none."""
        entry = self.last(kind, subject)
        return entry.facts if entry else {}

    def all(self, kind: str, below: str = "") -> list[Entry]:
        """Return the acts of a kind about what lies below a subject, in their order."""
        return [e for e in self.entries if e.kind == kind and e.subject.startswith(below)]

    def acts(self) -> list[Act]:
        """Return the acts to be listed, with the papers that each caused; a digest on record is no act of its own."""
        papers = defaultdict(list)
        for paper in self.papers:
            papers[paper.caused_by_id].append(paper)
        return [
            act_of(entry, self.sealed, papers[entry.seq]) for entry in self.entries if entry.kind not in acts.DIGESTS
        ]


def act_of(entry: Entry, sealed: int, papers: list[Document] | None = None) -> Act:
    return Act(
        seq=entry.seq,
        kind=entry.kind,
        title=acts.title(entry),
        place=acts.place(entry.subject),
        detail=acts.detail(entry),
        at=entry.at,
        leaf=bytes(entry.leaf).hex(),
        is_sealed=entry.seq < sealed,
        corrects=entry.corrects,
        papers=papers or [],
    )


def newest_size() -> int:
    """Return how many entries the newest signed checkpoint covers."""
    return Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
