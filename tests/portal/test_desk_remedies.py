"""The desk's registers of questions, standstills, objections and complaints, as staff fill them in."""

import io
from uuid import uuid4

import pytest
from docx import Document as WordDocument

from integrity.models import Complaint, Objection
from tenders.models import Package, Question
from tests.factories import cemetery_on

pytestmark = pytest.mark.django_db
DESK = "/desk/projects/2026-001"


@pytest.fixture
def desk(at_desk):
    """The manager's desk on the last day for objections to the documents, with one that waits."""
    scene = cemetery_on("06-26 15:00")
    at_desk(scene)
    return scene


def act(client, name, thing, **typed):
    response = client.post(f"{DESK}/acts/{name}/{thing.pk}/", {"token": str(uuid4()), **typed})
    assert response.status_code == 302, response.content.decode()
    return client.get(response.url).content.decode()


def test_a_question_is_entered_and_answered_by_a_change_that_moves_the_deadline(client, desk):
    page = act(client, "ask-question", desk.package, channel="phone", text="钢号是多少？", asker="滇东市政", contact="")
    assert "滇东市政" in page
    form = client.get(f"{DESK}/acts/publish-clarification/{desk.package.pk}/").content.decode()
    assert "2. 钢号是多少？" in form
    assert "2026年7月13日" in form  # to where the deadline would move
    page = act(
        client, "publish-clarification", desk.package, kind="answer", item="结施-12", question="雨棚钢材的牌号？",
        text="Q355B。", affects_bids="on", answers_to="2", new_due_at="", old_text="", new_text="",
    )  # fmt: skip
    assert "由第2号澄清答复" in page
    assert desk.package.bids_due_at.isoformat() == "2026-07-13T01:30:00+00:00"
    assert not Question.objects.waiting().exists()


def test_an_objection_is_answered_on_paper_for_the_objector_alone(client, desk):
    objection = Objection.objects.get()
    answer = f"{DESK}/objections/{objection.pk}/answer/"
    assert "最迟2026年6月29日" in client.get(f"{DESK}/registers/objections/{desk.package.pk}/").content.decode()
    assert client.get(answer).status_code == 404
    told = {"answer": "维持原条款。", "summary": "项目经理条件维持。", "measures": ""}
    act(client, "answer-objection", objection, upheld="False", **told)
    paper = WordDocument(io.BytesIO(client.get(answer).content))
    said = "\n".join(p.text for p in paper.paragraphs)
    assert objection.objector in said
    assert "维持原条款。" in said
    papers = client.get(f"{DESK}/registers/papers/{desk.package.pk}/").content.decode()
    assert f'href="{DESK}/registers/objections/{desk.package.pk}/">异议登记<span class="vh">异议及答复' in papers


def test_a_complaint_goes_its_way_and_an_order_stops_the_tender(client, desk):
    act(
        client, "receive-complaint", desk.package, kind="other", complainant="某建筑公司", capacity="interested",
        contact="", text="有人围标。", evidence="", known_on="2026-06-25", channel="letter", objection_number="",
    )  # fmt: skip
    complaint = Complaint.objects.get()
    paper = {"organ": "住建局", "number": "清建诉1号", "on": "2026-06-26"}
    act(client, "decide-acceptance", complaint, accepted="True", reason="", **paper)
    page = act(client, "begin-examination", complaint, matter="印章鉴定", started_on="2026-06-26")
    assert "进行中，期限暂停计算" in page
    act(client, "end-examination", complaint.examinations.get(), ended_on="2026-06-26")
    page = act(client, "decide-complaint", complaint, upheld="False", result="查无此事。", **paper)
    assert "查无此事。" in page

    order = {"ordered_by": "住建局", "order_number": "清建停1号", "ends_on": ""}
    page = act(client, "suspend-tender", desk.package, reason="核查围标线索。", basis="条例第六十二条", **order)
    assert "恢复时另定" in page
    assert "责令暂停" in client.get(f"{DESK}/steps/open_bids/{desk.package.pk}/").content.decode()
    suspension = desk.package.suspensions.get()
    page = act(client, "resume-tender", suspension, reason="查清了。", new_due_at="2026-07-10T09:30")
    assert "已恢复" in page
    assert Package.objects.get().bids_due_at.isoformat() == "2026-07-10T01:30:00+00:00"
    assert client.get(f"{DESK}/drafts/ending/{desk.package.pk}/").status_code == 200
