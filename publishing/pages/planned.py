"""What will be tendered: the plans of packages, why one is not tendered openly, the reviews of fair competition."""

from dataclasses import dataclass
from typing import Any

from ledger.models import Entry
from publishing.pages.facts import Line, lines
from publishing.pages.record import Record
from publishing.pages.stages import package_of
from tenders.models import CHOSEN, PLANNED, FairnessReview, Package

REASON = (*CHOSEN, "approval_number")


@dataclass(frozen=True)
class Reviewed:
    """A review of fair competition as the record tells it."""

    entry: Entry
    conclusion: str
    is_fair: bool


@dataclass(frozen=True)
class Planned:
    """A package as it was planned, with what was published about it before it is announced."""

    number: int
    name: str
    plan: list[Line]
    reason: list[Line]
    reviews: list[Reviewed]
    is_announced: bool


def planned_of(record: Record) -> list[Planned]:
    """Return the packages that were planned or reasoned for in public, by number. No query."""
    told = [*record.all("step.publish_tender_plan"), *record.all("step.publish_method")]
    paths = {entry.subject: entry.facts["package"] for entry in told}
    return [_planned(record, path, number) for path, number in sorted(paths.items(), key=lambda item: item[1])]


def _planned(record: Record, path: str, number: int) -> Planned:
    plan = record.facts("step.publish_tender_plan", path)
    reason = record.facts("step.publish_method", path)
    reviews = [e for e in record.all("fairness.reviewed", f"{path}/") if package_of(e.subject) == path]
    return Planned(
        number=number,
        name=(plan or reason)["name"],
        plan=lines(Package, plan, PLANNED),
        reason=lines(Package, reason, REASON) if reason else [],
        reviews=[_reviewed(entry, entry.facts) for entry in reviews],
        is_announced=record.last("step.announce_tender", path) is not None,
    )


def _reviewed(entry: Entry, facts: dict[str, Any]) -> Reviewed:
    conclusion = FairnessReview.Conclusion(facts["conclusion"])
    return Reviewed(entry, str(conclusion.label), conclusion != FairnessReview.Conclusion.UNFAIR)
