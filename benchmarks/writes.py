"""What an act costs beside the bare row, and what writing its pages costs."""

from hashlib import sha256
from itertools import count

from django.db import transaction

from benchmarks.measuring import Row, rates, seconds, show
from ledger.clock import now
from ledger.models import Entry
from ledger.operations import record
from publishing import site
from tenders.models import Comment, Consultation, Project
from tenders.operations.comments import receive_comment

OPEN = "2026-003"  # takes comments


def run() -> None:
    show("Comment", rates(_comments()))
    show("Entry", rates(_entries()))
    show("Pages", _pages())


def _comments():
    consultation = Consultation.objects.get(project__number=OPEN)
    other = Consultation.objects.exclude(pk=consultation.pk)[0]  # an act takes the number after the last one
    numbers = count(1_000_000)

    def bare_row() -> None:
        Comment.objects.create(consultation=other, number=next(numbers), salt=b"0" * 16, text="意见", received_at=now())

    return {
        "a bare row, committed (limit)": bare_row,
        "a comment with its entry and its work": lambda: receive_comment(consultation.pk, text="意见", at=now()),
    }


def _entries():
    keys = (f"benchmark:{n}" for n in count())

    @transaction.atomic
    def append() -> None:
        record("benchmark", subject="benchmark", actor=None, at=now(), facts={"n": 1}, key=next(keys))

    body = bytes(Entry.objects.in_order()[0].body)
    return {"hash of the body (limit)": lambda: sha256(b"\0" + body).digest(), "recorded": append}


def _pages() -> list[Row]:
    project = Project.objects.get(number=OPEN)
    Comment.objects.filter(number__gte=1_000_000).delete()
    return [
        Row("pages of one project, written anew", seconds(lambda: site.publish_project(project)) * 1000, "ms"),
        Row("pages that all acts touch", seconds(site.publish_common) * 1000, "ms"),
        Row("the whole demonstration, one process", seconds(site.rebuild), "s"),
        Row("the whole demonstration, two processes", seconds(lambda: site.rebuild(jobs=2)), "s"),
    ]
