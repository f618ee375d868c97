"""The public's forms about a tender, as people without scripts send them, and what their receipts tell."""

import pytest

from integrity.models import Complaint, Objection
from integrity.operations.objections import answer_objection
from portal.public import guessing, limits
from publishing.pages.project import project_page
from publishing.pages.record import Record
from tenders.models import Question
from tests.factories import cemetery_on, moment
from tests.portal.scenes import token_of_age

pytestmark = pytest.mark.django_db
TENDER = "/projects/2026-001/packages/1"
NAME, PHONE, WORDS = "滇东市政园林有限公司", "13912345678", "资格条件第三项不合理，请删去。"


def tell_the_time(monkeypatch, at):
    monkeypatch.setattr("portal.public.enquiries.now", lambda: at)


def typed(**fields):
    return {"homepage": "", "token": token_of_age(60), "go": "send"} | fields


def objection(**fields):
    known = {"kind": "documents", "capacity": "potential", "objector": NAME, "contact": PHONE, "text": WORDS}
    return typed(**known, evidence="", **fields)


@pytest.fixture
def scene(monkeypatch):
    """The clock on the wall says the last day for objections to the documents."""
    scene = cemetery_on("06-16 09:00")
    tell_the_time(monkeypatch, moment("06-26 10:00"))
    return scene


@pytest.mark.rule("OB-09", "OB-11")
def test_an_interested_party_objects_without_an_account_and_follows_it(scene, client, monkeypatch):
    assert "提出异议" in client.get(f"{TENDER}/object/").content.decode()
    wrong = client.post(f"{TENDER}/object/", objection() | {"contact": "", "go": "check"})
    assert (wrong.status_code, WORDS in wrong.content.decode()) == (400, True)
    assert "请留电话或者邮箱" in wrong.content.decode()
    checked = client.post(f"{TENDER}/object/", objection() | {"go": "check"}).content.decode()
    assert "招标投标活动即暂停" in checked
    assert not Objection.objects.exists()

    sent = objection()
    first, second = client.post(f"{TENDER}/object/", sent), client.post(f"{TENDER}/object/", sent)
    held = Objection.objects.get()
    assert first.url == second.url == f"/receipts/tender/{held.code}/"
    receipt = client.get(first.url)
    page = receipt.content.decode()
    assert "等待答复" in page
    assert "noindex" in receipt["X-Robots-Tag"]
    assert not [secret for secret in (NAME, PHONE) if secret in page]
    monkeypatch.setattr(guessing, "MISSES_PER_WINDOW", 1)
    client.defaults["REMOTE_ADDR"] = "203.0.113.80"  # from where nobody else has tried a code
    for _again in range(3):  # a code that is right is never counted
        assert client.post("/receipts/", {"code": held.code}).url == first.url

    public = project_page(scene.project, Record(scene.project), at=moment("06-26 11:00"))["tenders"][0].remedies
    assert [(o.state, o.due_on.isoformat()) for o in public.objections] == [("待答复，招标暂停", "2026-06-29")]
    told = {"answer": "依法保留该条件。", "summary": "资格条件维持。", "upheld": False, "actor": scene.people.manager}
    answer_objection(held.pk, at=moment("06-29 10:00"), **told)
    assert "依法保留该条件。" in client.get(first.url).content.decode()
    public = project_page(scene.project, Record(scene.project), at=moment("06-29 11:00"))["tenders"][0].remedies
    assert [(o.state, o.told["summary"]) for o in public.objections] == [("异议不成立", "资格条件维持。")]

    complaint = typed(
        kind="documents", objection_code=held.code.lower().replace("-", " "), capacity="potential", complainant=NAME,
        contact=PHONE, known_on="2026-06-26", text="不服答复。", evidence="",
    )  # fmt: skip
    assert client.post(f"{TENDER}/complain/", complaint | {"objection_code": "XXXX"}).status_code == 400
    assert client.post(f"{TENDER}/complain/", complaint | {"known_on": "2026-06-27"}).status_code == 409  # tomorrow
    assert not Complaint.objects.exists()
    assert held.code in client.post(f"{TENDER}/complain/", complaint | {"go": "check"}).content.decode()
    assert client.post(f"{TENDER}/complain/", complaint).status_code == 302
    assert Complaint.objects.get().objection == held


def test_a_question_is_asked_and_a_closed_form_says_why_and_keeps_the_words(scene, client, monkeypatch):
    sent = client.post(f"{TENDER}/ask/", typed(text="钢号是多少？", asker="", contact=""))
    question = Question.objects.get()
    assert sent.url == f"/receipts/tender/{question.code}/"
    assert "不写是谁问的" in client.get(sent.url).content.decode()

    tell_the_time(monkeypatch, moment("06-27 00:00"))
    late = client.post(f"{TENDER}/object/", objection())
    page = late.content.decode()
    assert late.status_code == 409
    assert "投标截止10日前提出" in page
    assert WORDS in page
    assert "0870-12388" in page  # the hotline is open to anybody
    assert client.get(f"{TENDER}/ask/").status_code == 200
    assert client.get("/projects/2026-001/packages/9/ask/").status_code == 404
    assert client.get("/receipts/tender/0000-0000-0000/").status_code == 404


def test_nobody_floods_the_forms(scene, client, monkeypatch):
    monkeypatch.setattr(limits, "COMMENTS_PER_WINDOW", 1)
    street = {"REMOTE_ADDR": "203.0.113.79"}
    question = {"text": "一", "asker": "", "contact": ""}
    assert client.post(f"{TENDER}/ask/", typed(**question), **street).status_code == 302
    assert client.post(f"{TENDER}/ask/", typed(**question), **street).status_code == 429
    assert client.post(f"{TENDER}/ask/", typed(**question) | {"homepage": "spam"}).status_code == 400
    assert Question.objects.count() == 1
