"""The papers of a tender: which are there, which are missing, which say something else than the data now."""

import pytest

from contracts.models import Document
from ledger.models import Task
from lifecycle.demo.drafts import fill
from publishing.catalogue import CATALOGUE, State, lines_of
from publishing.handlers import generate_document
from publishing.operations import renew_paper
from tests.factories import cemetery_on, moment
from tests.publishing.samples import make_answered_objection
from tests.refusing import refuses

pytestmark = pytest.mark.django_db


def make_papers(kind):
    """Do what the outbox does about the newest entry of a kind: make its papers."""
    tasks = Task.objects.filter(entry__kind=kind, name="document").select_related("entry")
    for task in tasks:
        generate_document(task.entry, **task.arguments)


def states(package):
    return {line.duty.code: line.state for line in lines_of(package)}


def test_every_paper_of_a_tender_is_there_missing_or_not_yet_due():
    scene = cemetery_on("07-06 09:30")
    found = states(scene.package)
    assert [duty.code for duty in CATALOGUE] == list(found)
    assert found["D13"] == found["D17"] == found["D18"] == State.MISSING  # the worker has not come yet
    assert found["D22"] == found["D25"] == State.NOT_YET
    make_papers("step.conclude_opening")
    found = states(scene.package)
    assert found["D17"] == found["D18"] == State.CURRENT
    assert found["D13"] == State.MISSING


def test_a_paper_whose_data_have_changed_is_stale_until_it_is_made_anew_with_a_reason():
    scene = cemetery_on("07-06 09:30")
    make_papers("step.conclude_opening")
    paper = Document.objects.get(template="opening-record")
    at, clerk = moment("07-06 11:00"), scene.people.clerk
    with refuses("unchanged"):
        renew_paper(paper.pk, reason="补记", actor=clerk, at=at)

    fill(scene.package.opening, notes="10:05一名投标人代表提前离场。")
    assert states(scene.package)["D18"] == State.STALE
    assert states(scene.package)["D17"] == State.CURRENT  # made of other data
    with refuses("reason"):
        renew_paper(paper.pk, reason=" ", actor=clerk, at=at)
    entry = renew_paper(paper.pk, reason="补记离场情况", actor=clerk, at=at)
    assert entry.corrects == paper.caused_by_id
    with refuses("wrong-state"):  # it is on its way
        renew_paper(paper.pk, reason="补记", actor=clerk, at=at)

    make_papers("document.renewed")
    assert states(scene.package)["D18"] == State.CURRENT
    old, new = Document.objects.filter(template="opening-record")
    assert (old, new.caused_by) == (paper, entry)
    assert new.sha256 != old.sha256
    with refuses("wrong-state"):
        renew_paper(old.pk, reason="补记", actor=clerk, at=at)


def test_what_is_kept_in_the_house_is_never_missing():
    package = cemetery_on("07-14 09:00").package
    make_answered_objection(package, number=90)
    found = states(package)
    assert {found[code] for code in ("D21", "D23", "D26", "D27", "D28")} == {State.KEPT}
    assert found["D25"] == State.MISSING  # the worker has not come yet
