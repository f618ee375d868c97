"""Every evaluation report against the commitment in the record: scores, ranks, rejections, signatures."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max

from ledger.check import Problem
from ledger.models import Entry
from tenders.audit.asking import asked, facts_in
from tenders.audit.words import told

RECEIVED = "step.evaluate"
BINDING = (RECEIVED, "step.publish_candidates", "step.award")


@dataclass(frozen=True)
class Bound:
    """The newest commitment to a report. Until candidates are published the committee may still correct it."""

    seq: int
    commitment: str
    may_be_corrected: bool


def check_evaluations() -> tuple[int, list[Problem]]:
    """Check all reports that came in. Return how many, and what is wrong. Three queries; changes nothing."""
    until = Entry.objects.aggregate(last=Max("seq"))["last"]  # entries after this one may be newer than the rows
    rows = {tender: (commitment, settled) for tender, commitment, settled in asked("tenders_report_commitments")}
    bound = _bound()
    return len(bound), list(_problems(rows, bound, until or 0))


def _bound() -> dict[str, Bound]:
    bound: dict[str, Bound] = {}
    entries = Entry.objects.filter(kind__in=BINDING).in_order().values_list("seq", "kind", "subject", "body")
    for seq, kind, subject, body in entries.iterator():
        facts = facts_in(bytes(body))
        if commitment := facts.get("commitment"):
            bound[subject] = Bound(seq, commitment, may_be_corrected=kind == RECEIVED)
        elif facts.get("corrected"):  # recorded before the corrected report was committed to as well
            bound.pop(subject, None)
    return bound


def _problems(rows: dict[str, tuple[str, bool]], bound: dict[str, Bound], until: int) -> Iterator[Problem]:
    for tender, said in sorted(bound.items()):
        if said.seq > until:
            continue
        commitment, settled = rows.get(tender, ("", False))
        if not commitment:
            yield told("report-dropped", subject=f"{tender}/evaluation", seq=said.seq)
        elif commitment != said.commitment and not (said.may_be_corrected and settled):
            yield told("report-altered", subject=f"{tender}/evaluation", seq=said.seq)
