"""The places that a plan has announced, and what became of each: proven, late, missing, or explained."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.models import Entry
from publishing.pages.placements import Placed
from publishing.pages.posters import tells_a_plan
from publishing.pages.record import Record
from publishing.pages.wording import as_day
from tenders.models import Placement


@dataclass(frozen=True)
class RequiredPlace:
    """A place as the plan has announced it. Days are as the record writes them."""

    round: int
    number: int
    kind: str
    name: str
    address: str
    by_on: str
    proof: Placed | None
    waived: Entry | None
    days_late: int  # of the proof after the planned day, or of today if there is no proof; at most 0 is in time

    @property
    def state(self) -> str:
        """One of ``waived``, ``proven``, ``late``, ``missing``, ``planned``."""
        if self.waived:
            return "waived"
        if self.proof:
            return "late" if self.days_late > 0 else "proven"
        return "missing" if self.days_late > 0 else "planned"


def required_places(record: Record, placed: list[Placed], on: date) -> list[RequiredPlace]:
    """Return the announced places as they stand on a day, those of the newest round first. No query."""
    seqs = {entry.facts.get("required"): entry.seq for entry in record.all("placement.recorded")}
    by_seq = {each.seq: each for each in placed}
    proofs = {path: by_seq[seq] for path, seq in seqs.items() if path and seq in by_seq}
    waived = {entry.subject: entry for entry in record.all("placement.waived")}
    rounds = [entry for entry in reversed(record.entries) if tells_a_plan(entry)]
    return [place for entry in rounds for place in _places(entry, proofs, waived, on)]


def _places(
    entry: Entry, proofs: Mapping[str, Placed], waived: Mapping[str, Entry], on: date
) -> Iterator[RequiredPlace]:
    project = "/".join(entry.subject.split("/")[:2])
    for facts in entry.facts.get("placements", ()):
        path = f"{project}/consultation/{entry.facts['round']}/place/{facts['number']}"
        yield _place(facts, entry.facts["round"], proofs.get(path), waived.get(path), on)


def _place(
    facts: Mapping[str, Any], number: int, proof: Placed | None, waived: Entry | None, on: date
) -> RequiredPlace:
    return RequiredPlace(
        round=number,
        number=facts["number"],
        kind=str(Placement.Kind(facts["kind"]).label),
        name=facts["name"],
        address=facts["address"],
        by_on=facts["by_on"],
        proof=proof,
        waived=waived,
        days_late=((as_day(proof.posted_at) if proof else on) - as_day(facts["by_on"])).days,
    )
