"""Every noted arrival that was declared void, against what the opening revealed of it: dropped, altered, put in."""

from itertools import groupby

from ledger.canonical import canonical_bytes
from ledger.check import Problem
from ledger.models import Entry
from tenders.audit.asking import asked
from tenders.audit.openings import OPENED, completed, names_other_lists
from tenders.audit.words import told


def check_arrivals() -> tuple[int, list[Problem]]:
    """
    Check the void arrivals of all tenders that were opened. Return their number, and what is wrong.

    Three queries; changes nothing. Openings of the time when these were kept in the house have nothing to check.
    """
    rows = asked("tenders_void_arrivals")
    there = {tender: list(lines) for tender, lines in groupby(rows, lambda row: row[0])}
    lists = dict(asked("tenders_opening_lists"))
    problems = []
    for opened in Entry.objects.filter(kind=OPENED).in_order():
        kept = lists.get(opened.subject, "")
        if "voided" not in opened.facts or names_other_lists(opened.facts, kept):  # the lists are named by themselves
            continue
        facts = completed(opened.facts, kept)
        revealed = [canonical_bytes(line).decode() for line in facts["voided"]]
        # what came after the opening was late anyway, and nothing is secret by then
        rows_then = [line for _tender, arrived, line in there.get(opened.subject, []) if arrived <= opened.at]
        if rows_then != revealed:
            problems.append(told("arrival-altered", subject=opened.subject, seq=opened.seq))
    return len(rows), problems
