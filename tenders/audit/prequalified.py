"""The result of each prequalification against its entry: nobody was let in, left out or renamed afterwards."""

from collections.abc import Iterator

from ledger.check import Problem
from ledger.models import Entry
from tenders.audit.words import told
from tenders.models import Package
from tenders.prequalified import digest_of_result, lines_of

CONCLUDED, OPENED = "step.conclude_prequalification", "step.open_bids"


def check_prequalifications() -> list[Problem]:
    """Return what is wrong in the rows, and in what an opening revealed. Four queries for each; changes nothing."""
    return [problem for concluded in Entry.objects.filter(kind=CONCLUDED).in_order() for problem in _wrong(concluded)]


def _wrong(concluded: Entry) -> Iterator[Problem]:
    bound, subject = concluded.facts["commitment"], concluded.subject
    package = Package.objects.named(subject).select_related("prequalification").first()
    if package is None or digest_of_result(lines_of(package), bytes(package.prequalification.salt)) != bound:
        yield told("prequalification-altered", subject=subject, seq=concluded.seq)
    for opened in Entry.objects.filter(kind=OPENED, subject=subject).in_order():
        revealed = opened.facts.get("prequalification", {"applicants": [], "salt": ""})
        if digest_of_result(revealed["applicants"], bytes.fromhex(revealed["salt"])) != bound:
            yield told("prequalification-revealed-wrongly", subject=subject, seq=opened.seq, other=concluded.seq)
