"""What the record says of a project. Its page is made of this, so that nothing stands there that is not on record."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts.models import Document
from ledger.models import Checkpoint, Cosignature, Entry
from ledger.witnesses import quorum
from publishing.models import Notice, TakeDown
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
    is_witnessed: bool | None  # None: this record has no witnesses
    corrects: int | None
    papers: list[Document]
    has_notice: bool = False


class Record:
    """The acts of a project, but for the swarm of comments. At most six queries, whatever their number."""

    def __init__(self, project: Project) -> None:
        about = Entry.objects.about(project.path).exclude(kind__in=acts.SWARMING)
        self.entries = list(about.in_order())
        self.sealed = newest_size()
        self.witnessed = witnessed_size()
        self.announced = set(Notice.objects.filter(project=project).values_list("pk", flat=True))
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
            act_of(
                entry,
                self.sealed,
                papers[entry.seq],
                witnessed=self.witnessed,
                has_notice=entry.seq in self.announced,
            )
            for entry in self.entries
            if entry.kind not in acts.DIGESTS
        ]


def act_of(
    entry: Entry,
    sealed: int,
    papers: list[Document] | None = None,
    *,
    witnessed: int | None = None,
    has_notice: bool = False,
) -> Act:
    """Return an act as pages list it. ``sealed`` and ``witnessed``: how many entries are signed, and confirmed."""
    return Act(
        seq=entry.seq,
        kind=entry.kind,
        title=acts.title(entry),
        place=acts.place(entry.subject),
        detail=acts.detail(entry),
        at=entry.at,
        leaf=bytes(entry.leaf).hex(),
        is_sealed=entry.seq < sealed,
        is_witnessed=None if witnessed is None else entry.seq < witnessed,
        corrects=entry.corrects,
        papers=papers or [],
        has_notice=has_notice,
    )


def newest_size() -> int:
    """Return how many entries the newest signed checkpoint covers."""
    return Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0


def witnessed_size() -> int | None:
    """Return how many entries enough witnesses have confirmed; None, without a query, if there are no witnesses."""
    enough = quorum()
    return Cosignature.objects.witnessed_size(enough) if enough else None
