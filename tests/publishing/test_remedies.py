"""How far each question, objection and complaint is, on the page of a project."""

from dataclasses import replace

import pytest

from integrity.operations.complaints import Paper, decide_acceptance, receive_complaint
from ledger.models import Entry
from publishing.pages.project import project_page
from publishing.pages.record import Record
from publishing.texts.case import case_of
from publishing.texts.remedies import objection_answered
from publishing.texts.result import bonds_returned
from tenders.models import Package
from tests.factories import cemetery_on, moment

pytestmark = pytest.mark.django_db


def test_the_tenth_complaint_does_not_tell_how_far_the_first_one_is():
    scene = cemetery_on("07-14 09:00")
    at, clerk = moment("07-15 10:00"), scene.people.clerk
    told = {"kind": "other", "complainant": "某建筑有限公司", "text": "有人围标。", "known_on": at.date()}
    complaints = [receive_complaint(scene.package.pk, actor=clerk, at=at, **told) for _ in range(10)]
    paper = Paper("清平县住房和城乡建设局", "清建诉受1号", at.date())
    decide_acceptance(complaints[9].pk, accepted=False, paper=paper, reason="超过时效。", actor=clerk, at=at)

    public = project_page(scene.project, Record(scene.project), at=at)["tenders"][0].remedies.complaints
    assert [c.state for c in public] == ["等待行政监督部门决定是否受理"] * 9 + ["不予受理"]
    assert [len(c.course) for c in public] == [0] * 9 + [1]
    assert [c.number for c in public if c.is_open] == list(range(1, 10))


@pytest.mark.rule("GP-21.4")
def test_in_procurement_the_notice_of_an_answer_counts_as_the_gate_of_complaints_does():
    """A query of 07-10, answered on 07-13, was due by 07-21; fifteen working days later is 08-11."""
    cemetery_on("07-14 09:00")
    case = case_of(Entry.objects.filter(kind="objection.answered").latest("seq"))
    of_procurement = replace(case, tender=case.tender | {"track": Package.Track.PROCUREMENT})
    assert "最迟2026年7月23日" in "".join(line for part in objection_answered(case) for line in part.lines)
    assert "最迟2026年8月11日" in "".join(line for part in objection_answered(of_procurement) for line in part.lines)


@pytest.mark.rule("AW-10", "GP-07.3")
def test_the_return_of_bonds_names_the_law_of_its_track():
    cemetery_on("07-29 15:00")
    case = case_of(Entry.objects.get(kind="bonds.returned"))
    of_procurement = replace(case, tender=case.tender | {"track": Package.Track.PROCUREMENT})
    assert "招标投标法实施条例》第五十七条第二款" in bonds_returned(case)[0].lines[0]
    assert "政府采购法实施条例》第三十三条第二款" in bonds_returned(of_procurement)[0].lines[0]
