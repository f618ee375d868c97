"""The result of each prequalification against its entry: nobody was let in, left out or renamed afterwards."""

from collections.abc import Iterator
from typing import Any

from ledger.check import Problem
from ledger.models import Entry
from tenders.audit.asking import asked, facts_in
from tenders.audit.openings import OPENED, completed
from tenders.audit.words import told
from tenders.prequalified import digest_of_result

CONCLUDED = "step.conclude_prequalification"


def check_prequalifications() -> tuple[int, list[Problem]]:
    """
    Check the rows, and what an opening revealed. Return the number of prequalifications, and what is wrong.

    Three queries, and one for each prequalification; changes nothing.
    """
    made, lists = dict(asked("tenders_prequalification_commitments")), dict(asked("tenders_opening_lists"))
    concluded = list(Entry.objects.filter(kind=CONCLUDED).in_order())
    return len(concluded), [problem for entry in concluded for problem in _wrong(entry, made, lists)]


def _wrong(concluded: Entry, made: dict[str, str], lists: dict[str, str]) -> Iterator[Problem]:
    subject, bound = concluded.subject, facts_in(bytes(concluded.body)).get("commitment")
    if made.get(subject) != bound:
        yield told("prequalification-altered", subject=subject, seq=concluded.seq)
    for opened in Entry.objects.filter(kind=OPENED, subject=subject).in_order():
        if _digest_revealed(completed(facts_in(bytes(opened.body)), lists.get(subject, ""))) != bound:
            yield told("prequalification-revealed-wrongly", subject=subject, seq=opened.seq, other=concluded.seq)


def _digest_revealed(facts: dict[str, Any]) -> str:
    """Return what the lines that an opening tells make, with its salt; nothing if it tells none that can be read."""
    try:
        return digest_of_result(facts["applicants"], bytes.fromhex(facts["applicants_salt"]))
    except (KeyError, TypeError, ValueError):
        return ""
