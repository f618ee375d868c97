"""The result of each prequalification against its entry: nobody was let in, left out or renamed afterwards."""

from collections.abc import Iterator

from ledger.check import Problem
from ledger.models import Entry
from tenders.audit.words import told
from tenders.models import Package
from tenders.prequalified import digest_of_result, lines_of
from tenders.revealing import applicants_in

CONCLUDED, OPENED = "step.conclude_prequalification", "step.open_bids"


def check_prequalifications() -> tuple[int, list[Problem]]:
    """
    Check the rows, and what an opening revealed. Return the number of prequalifications, and what is wrong.

    Four queries for each; changes nothing.
    """
    concluded = list(Entry.objects.filter(kind=CONCLUDED).in_order())
    return len(concluded), [problem for entry in concluded for problem in _wrong(entry)]


def _wrong(concluded: Entry) -> Iterator[Problem]:
    bound, subject = concluded.facts["commitment"], concluded.subject
    package = Package.objects.named(subject).select_related("prequalification").first()
    if package is None or digest_of_result(lines_of(package), bytes(package.prequalification.salt)) != bound:
        yield told("prequalification-altered", subject=subject, seq=concluded.seq)
    for opened in Entry.objects.filter(kind=OPENED, subject=subject).in_order():
        salt = bytes.fromhex(opened.facts.get("applicants_salt", ""))
        if digest_of_result(applicants_in(opened), salt) != bound:
            yield told("prequalification-revealed-wrongly", subject=subject, seq=opened.seq, other=concluded.seq)
