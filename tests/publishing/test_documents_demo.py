"""What the gates let pass can be printed: no step leads to a paper with a blank."""

import pytest

from lifecycle.agenda import subjects_of
from lifecycle.steps import TABLE
from publishing.documents import generate
from tests.factories import cemetery_on
from tests.publishing.papers import text_of

NOT_TAKEN = {"publish_prequalification", "conclude_prequalification"}  # and nobody ended this tender


@pytest.mark.django_db
def test_a_project_that_took_every_step_has_all_its_papers():
    project = cemetery_on("07-24 12:00").project
    main = [step for step in TABLE if step.is_main and step.name not in NOT_TAKEN]
    steps = [(step, subject) for step in main for subject in subjects_of(project)[step.subject]]
    made_of = [(p.template, p.of(s).pk) for step, s in steps for p in step.papers]

    papers = {template: text_of(generate(template, pk)[1]) for template, pk in made_of}

    assert len(papers) == 16
    assert all(project.owner.name in text for text in papers.values())
