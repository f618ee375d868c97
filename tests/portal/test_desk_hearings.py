"""A hearing on the desk: drafted, its applicants and its room, by the forms that the staff use."""

import io
from datetime import date

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lifecycle.demo import hearing as demo
from tenders.models import Hearing, HearingApplication, HearingNeed
from tests.factories import hall_on, moment
from tests.hearings import announced, apply, closed, deliver, draft, held, listed, speak
from tests.portal.desks import typed

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n% signed sheets\n"


@pytest.fixture
def hall(at_desk, monkeypatch):
    scene = hall_on("07-24 09:00")
    desk = at_desk(scene)
    tell_the_time(monkeypatch, scene.at)
    return scene, desk


def tell_the_time(monkeypatch, at):
    monkeypatch.setattr("ledger.clock.now", lambda: at)


def act(client, desk, act_name, thing, **answers):
    """Fill in the form of an act as it was given out, and send it."""
    address = f"{desk}/acts/{act_name}/{thing.pk}/"
    token = client.get(address).context["form"]["token"].value()
    return client.post(address, {"token": token} | answers)


def register(client, desk, name, hearing):
    return client.get(f"{desk}/registers/{name}/{hearing.pk}/").content.decode()


def test_whether_a_hearing_is_needed_is_written_with_the_plan(client, at_desk):
    scene = hall_on("07-16 09:00")
    desk = at_desk(scene)
    sent = typed("consultation", scene.consultation, **{"hearing-ground": "interest", "hearing-verdict": "may"})
    client.post(f"{desk}/drafts/consultation/{scene.consultation.pk}/", sent)
    assert (HearingNeed.objects.get().ground, HearingNeed.objects.get().verdict) == ("interest", "may")


def test_a_hearing_is_drafted_with_its_groups_until_it_is_announced(client, hall):
    scene, desk = hall
    act(client, desk, "new-hearing", scene.consultation)
    hearing = Hearing.objects.get()
    address = f"{desk}/drafts/hearing/{hearing.pk}/"
    groups = {"groups-0-name": "周边村民", "groups-0-seats": "8", "groups-1-name": "墓主亲属", "groups-1-seats": "4"}
    sent = typed("hearing", hearing, matter="出口的位置", starts_at="2026-08-21T09:00", **groups)
    assert client.post(address, sent).status_code == 302
    assert [(group.name, group.seats) for group in hearing.groups.all()] == [("周边村民", 8), ("墓主亲属", 4)]
    doubled = typed("hearing", Hearing.objects.get(), **groups | {"groups-1-name": "周边村民"})
    assert "同一类别只写一行" in client.post(address, doubled).content.decode()
    Hearing.objects.update(state="announced")
    assert client.post(address, sent).status_code == 409


def test_the_desk_offers_the_announcement_and_says_what_is_missing(client, hall):
    scene, desk = hall
    draft(scene, place="")
    page = client.get(f"{desk}/").content.decode()
    assert "公告听证会" in page
    assert "听证公告还缺：听证地点" in page


def test_names_and_contacts_are_for_the_hands_alone(client, hall):
    scene, desk = hall
    hearing = announced(scene)
    apply(hearing, scene.at, name="欧阳若兰", contact="13912345678", view="不要动三区")
    mine = register(client, desk, "applications", hearing)
    client.force_login(scene.people.leader)
    others = register(client, desk, "applications", hearing)
    assert all(word in mine for word in ("欧阳若兰", "13912345678", "不要动三区"))
    assert "欧**" in others
    assert not any(word in others for word in ("欧阳", "13912345678", "不要动三区"))


def test_paper_is_entered_with_the_moment_at_which_it_came(client, hall):
    scene, desk = hall
    hearing = announced(scene)
    answers = {
        "channel": "paper", "group_id": hearing.groups.all()[0].pk, "name": "王小二", "contact": "凤山村5组",
        "received_at": "2026-07-24T09:00",
    }  # fmt: skip
    assert act(client, desk, "enter-application", hearing, **answers).status_code == 302
    assert HearingApplication.objects.get().channel == "paper"
    future = act(client, desk, "enter-application", hearing, **answers | {"received_at": "2026-07-24T09:01"})
    assert "收到时间不能晚于现在" in future.content.decode()


def test_the_selection_asks_for_what_the_method_needs(client, hall, monkeypatch):
    scene, desk = hall
    drawn = closed(scene)
    tell_the_time(monkeypatch, moment("08-02 09:00"))
    form = client.get(f"{desk}/acts/select-participants/{drawn.pk}/").context["form"]
    assert ("seed" in form.fields, "chosen" in form.fields) == (True, False)
    Hearing.objects.update(selection="choice")
    assert act(client, desk, "select-participants", drawn, chosen=["1", "3"]).status_code == 302
    assert set(drawn.participants().values_list("number", flat=True)) == {1, 3}


def test_the_room_is_written_down_and_signed(client, hall, monkeypatch):
    scene, desk = hall
    hearing = held(scene, applicants=2)
    tell_the_time(monkeypatch, moment("08-21 09:10"))
    act(client, desk, "take-attendance", hearing, attended=["1"], checked=["1"])
    first = hearing.participants().get(number=1)
    said = {"stance": "object", "summary": "出口要改。", "reply": "", "said_at": "2026-08-21T09:10"}
    act(client, desk, "note-statement", first, **said)
    statement = hearing.statements.get()
    act(client, desk, "mend-statement", statement, **said | {"summary": "出口要改到东侧。"})
    page = register(client, desk, "minutes", hearing)
    assert "出口要改到东侧。" in page
    assert "未到场" in page
    scan = SimpleUploadedFile("signed.pdf", PDF)
    act(client, desk, "note-signatures", hearing, signature_1="signed", remark_1="", scan=scan)
    hearing.refresh_from_db()
    assert hearing.signed_scan_sha256 == demo.sha256(PDF).hexdigest()
    assert hearing.participants().get(number=1).signature == "signed"


def test_the_signed_sheets_come_as_a_pdf(client, hall):
    scene, desk = hall
    hearing = held(scene, applicants=1)
    paper = io.BytesIO()
    docx.Document().save(paper)
    sent = SimpleUploadedFile("signed.docx", paper.getvalue())
    response = act(client, desk, "note-signatures", hearing, scan=sent)
    assert response.status_code == 422
    assert "请上传 PDF 文件" in response.content.decode()


def test_a_refusal_to_sign_says_why(client, hall):
    scene, desk = hall
    hearing = held(scene, applicants=1)
    act(client, desk, "take-attendance", hearing, attended=["1"])
    response = act(client, desk, "note-signatures", hearing, signature_1="refused", remark_1="")
    assert response.status_code == 409
    assert "请写明理由" in response.content.decode()


def test_the_signing_copy_has_full_names_and_is_for_the_hands_alone(client, hall):
    scene, desk = hall
    hearing = held(scene, applicants=1)
    act(client, desk, "take-attendance", hearing, attended=["1"])
    speak(scene, hearing)
    address = f"{desk}/hearings/{hearing.pk}/signing-copy.docx"
    paper = docx.Document(io.BytesIO(client.get(address).content))
    assert "王小0" in "".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    client.force_login(scene.people.leader)
    assert client.get(address).status_code == 404


def test_there_is_no_signing_copy_before_the_hearing(client, hall):
    scene, desk = hall
    hearing = listed(scene, applicants=1)
    assert client.get(f"{desk}/hearings/{hearing.pk}/signing-copy.docx").status_code == 404


def test_a_late_delivery_is_recorded_and_the_desk_says_what_to_do(client, hall, monkeypatch):
    scene, desk = hall
    hearing = listed(scene, applicants=1)
    deliver(scene, hearing, date(2026, 8, 17))
    tell_the_time(monkeypatch, moment("08-21 09:00"))
    assert "请把听证会推迟" in client.get(f"{desk}/").content.decode()


def test_the_list_is_released_as_it_stands_by_the_reviewer(client, hall, monkeypatch):
    scene, desk = hall
    hearing = closed(scene, applicants=1)
    tell_the_time(monkeypatch, moment("08-02 09:00"))
    act(client, desk, "select-participants", hearing, seed="1")
    client.force_login(scene.people.reviewer)
    page = client.get(f"{desk}/acts/review-hearing-list/{hearing.pk}/").content.decode()
    assert "王**" in page
    assert "王小" not in page
    assert act(client, desk, "review-hearing-list", hearing, released="True").status_code == 302
