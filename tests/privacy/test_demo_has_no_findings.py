"""The demo's own texts and files: nothing in them is taken for personal data but the numbers of offices."""

import json

import pytest

from ledger.models import Entry
from lifecycle.agenda import subjects_of
from lifecycle.steps import TABLE
from tenders.findings import findings_of
from tenders.models import Comment, ReviewFinding
from tenders.offices import numbers_on, office_numbers
from tenders.personal import personal_data
from tests.factories import cemetery_on, courtyard_on, hall_on

pytestmark = pytest.mark.django_db


def documents(project):
    subjects = subjects_of(project)
    there = [(step, subject) for step in TABLE for subject in subjects[step.subject] if step.exists_for(subject)]
    return [document for step, subject in there for document in step.reviewed(subject)]


def places(scene):
    return [(f.kind, f.place) for document in documents(scene.project) for f in findings_of(document)]


@pytest.mark.parametrize("story", [cemetery_on, hall_on])
def test_nothing_is_found_in_the_documents_of_a_story(story):
    assert places(story("08-12 10:00")) == []


def test_the_one_number_of_an_office_that_the_project_does_not_know_is_released_on_a_ground():
    scene = courtyard_on("08-12 10:00")
    assert places(scene) == [("landline", "招标文件获取方式")]
    (finding,) = ReviewFinding.objects.all()
    assert (finding.ground, finding.review.notice) == ("office", "tender")


def test_nothing_is_found_in_the_record_of_a_story():
    scene = cemetery_on("08-12 10:00")
    known = office_numbers(scene.project) | numbers_on(scene.contract.integrity_contract)
    for entry in Entry.objects.all():
        text = json.dumps(entry.facts, ensure_ascii=False)
        assert [text[f.start : f.end] for f in personal_data(text, known)] == [], entry.kind
    for comment in Comment.objects.shown():
        assert personal_data(comment.public_text, known) == []
