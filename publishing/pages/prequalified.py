"""The prequalification of a tender as the public sees it: its notice, its files, its deadline, and its result."""

from dataclasses import dataclass
from datetime import datetime

from ledger.models import Entry
from publishing.pages.facts import Line, lines
from publishing.pages.files import PublicFile, prequalification_documents_of
from publishing.pages.record import Record
from tenders.models import Package, Prequalification
from tenders.revealing import applicants_in

OF_THE_PACKAGE = (
    "tender_number", "category", "track", "approval_number", "estimate_fen", "scope", "qualification",
    "consortium_allowed", "duration_days", "quality", "agency", "agency_contact", "self_filing", "objection_contact",
    "supervisor", "fairness_channel", "media",
)  # fmt: skip
NOTICE = (
    "mode", "most", "standard", "documents_from", "documents_issued_on", "documents_until", "submission", "place",
)  # fmt: skip


@dataclass(frozen=True)
class Prequalified:
    """``applicants`` and their salt stand in the record of the opening, and are empty before it."""

    is_open: bool
    due_at: datetime | None
    notice: list[Line]
    files: list[PublicFile]
    result: Entry | None
    applicants: list[dict[str, object]]
    salt: str

    @property
    def is_over(self) -> bool:
        return not self.is_open


def prequalified(package: Package, record: Record) -> Prequalified | None:
    """Return what is public of a package's prequalification, if it has one. No query, if that is at hand."""
    told = record.facts("step.publish_prequalification", package.path)
    if not told:
        return None
    opened = record.last("step.open_bids", package.path)
    return Prequalified(
        is_open=package.prequalifies,
        due_at=package.prequalification.due_at,
        notice=[*lines(Package, told, OF_THE_PACKAGE), *lines(Prequalification, told, NOTICE)],
        files=prequalification_documents_of(package, record),
        result=record.last("step.conclude_prequalification", package.path),
        applicants=applicants_in(opened) if opened else [],
        salt=opened.facts["applicants_salt"] if opened else "",
    )
