"""What observers and their institutions find on their pages beside the checklist."""

import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Organisation, User
from integrity.models import Attendance, Invitation, Mandate, Matter, Observation
from integrity.operations.matters import answer_matter
from integrity.operations.observers import sign_in
from integrity.room import room_code
from ledger.clock import now
from ledger.models import Entry
from portal.observer import entering
from publishing.mail.tokens import token_of_invitation
from tests.portal.desks import picture
from tests.portal.scenes import begin_opening, make_invitation, make_observer, make_organisation, make_user

pytestmark = pytest.mark.django_db

DECLARED = {"remote": "", "no_conflict": "on", "keeps_confidential": "on"}
FROM_AFAR = {"remote": True, "no_conflict": True, "keeps_confidential": True}


@pytest.fixture(autouse=True)
def _own_cache(settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"KEY_PREFIX": uuid4().hex}}


@pytest.fixture
def observer(client):
    observer = make_observer()
    client.force_login(observer)
    return observer


@pytest.fixture
def invitation(observer):
    return make_invitation(observer)


@pytest.fixture
def watching(invitation, observer):
    attendance = sign_in(invitation.pk, actor=observer, at=now(), **FROM_AFAR)
    begin_opening(invitation.package)
    return attendance


# -- without an account ------------------------------------------------------------------------------------------------


def test_an_institution_replies_by_its_link_without_an_account(client, invitation):
    client.logout()
    address = f"/observe/invitations/{token_of_invitation(invitation.pk)}/"
    page = client.get(address)
    assert "三楼会议室" in page.text
    assert page["Referrer-Policy"] == "no-referrer"

    wrong = client.post(address, {"reply": "declined", "people": "1", "reason": ""})
    assert (wrong.status_code, "请写明不派员的原因" in wrong.text) == (400, True)
    assert client.post(address, {"reply": "present", "people": "2"}).status_code == 302

    invitation.refresh_from_db()
    assert (invitation.reply, invitation.people) == (Invitation.Mode.PRESENT, 2)
    assert Entry.objects.get(kind="invitation.replied").by["role"] == "public"
    assert client.get(f"{address}opening.ics")["Content-Type"].startswith("text/calendar")


def test_a_forged_link_finds_nothing_and_one_that_is_over_takes_no_reply(client, invitation):
    client.logout()
    assert client.get(f"/observe/invitations/{invitation.pk}.forged/").status_code == 404
    begin_opening(invitation.package)
    address = f"/observe/invitations/{token_of_invitation(invitation.pk)}/"
    assert "不能再回复" in client.get(address).text
    assert client.post(address, {"reply": "present", "people": "1"}).status_code == 400
    assert not Entry.objects.exists()


# -- before the opening ------------------------------------------------------------------------------------------------


def test_an_observer_replies_names_a_deputy_and_the_deputy_sees_it(client, invitation, observer):
    deputy = make_observer("deputy")
    room = f"/observe/{invitation.pk}/"
    client.post(f"{room}answer/", {"reply": "present", "people": "1"})
    client.post(f"{room}deputy/", {"deputy_id": deputy.pk})

    client.force_login(deputy)

    assert "委派您代为监督" in client.get(room).text
    invitation.refresh_from_db()
    assert (invitation.reply, invitation.deputy) == ("present", deputy)


def test_who_declares_an_interest_finds_no_way_in(client, invitation):
    room = f"/observe/{invitation.pk}/"
    assert client.post(f"{room}recuse/", {}).status_code == 400
    client.post(f"{room}recuse/", {"is_sure": "on"})

    page = client.get(room).text

    assert "回避这次监督" in page
    assert 'name="code"' not in page


def test_the_code_from_the_screen_lets_one_in_and_ten_wrong_ones_make_one_wait(client, invitation, monkeypatch):
    monkeypatch.setattr(entering, "MISSES_PER_WINDOW", 2)
    address = f"/observe/{invitation.pk}/sign-in/"
    assert "请填开标室屏幕上的签到码" in client.post(address, DECLARED).text
    right = room_code(invitation.package, now())
    wrong = f"{(int(right) + 1) % 10**6:06}"
    for _ in range(2):
        assert "签到码不对" in client.post(address, DECLARED | {"code": wrong}).text
    assert "错得太多" in client.post(address, DECLARED | {"code": right}).text
    assert not Attendance.objects.exists()

    monkeypatch.setattr(entering, "MISSES_PER_WINDOW", 10)
    assert client.post(address, DECLARED | {"code": room_code(invitation.package, now())}).status_code == 302


# -- in the room and after it ------------------------------------------------------------------------------------------


def test_a_remark_with_photos_keeps_them_for_the_house_and_the_own_institution(client, watching):
    note = {"item": "recording", "finding": "concern", "text": "没有录像指示", "token": uuid4().hex[:22]}
    address = f"/observe/attendances/{watching.pk}/note/"
    client.post(address, note | {"photos": [_upload(), _upload("PNG")]})

    photos = list(Observation.objects.get().photos.all())
    assert len(photos) == 2
    assert b"".join(client.get(f"/observe/photos/{photos[0].pk}/").streaming_content)
    client.force_login(make_observer("stranger", "市检察院"))
    assert client.get(f"/observe/photos/{photos[0].pk}/").status_code == 404
    client.force_login(watching.project.manager)
    number = watching.project.number
    assert b"".join(client.get(f"/desk/projects/{number}/observations/photos/{photos[0].pk}/").streaming_content)


def _upload(kind="JPEG"):
    return SimpleUploadedFile("a.jpg", picture(kind))


def test_an_opinion_that_asks_for_an_answer_is_followed_to_its_end_on_the_phone(client, watching):
    opinion = {"text": "建议更换设备。", "wants_answer": "on", "is_final": "on", "token": uuid4().hex[:22]}
    client.post(f"/observe/attendances/{watching.pk}/opinion/", opinion)
    client.post(f"/observe/attendances/{watching.pk}/sign-out/")
    matter = Matter.objects.get()
    answer_matter(matter.pk, text="再研究。", actor=watching.project.manager, at=now())
    insist = f"/observe/matters/{matter.pk}/insist/"
    assert "请写明为什么不认可" in client.post(insist, {"token": uuid4().hex[:22], "text": ""}).text
    client.post(insist, {"token": uuid4().hex[:22], "text": "没有写明日期。"})
    answer_matter(matter.pk, text="8月底以前更换。", actor=watching.project.manager, at=now())

    client.post(f"/observe/matters/{matter.pk}/accept/")

    matter.refresh_from_db()
    assert matter.is_closed
    client.force_login(make_observer("stranger", "市检察院"))
    assert client.post(f"/observe/matters/{matter.pk}/accept/").status_code == 404


def test_an_observer_holds_a_signed_receipt_of_each_own_act(client, watching):
    note = {"item": "seals", "finding": "fine", "text": "", "token": uuid4().hex[:22]}
    client.post(f"/observe/attendances/{watching.pk}/note/", note)

    page = client.get(f"/observe/attendances/{watching.pk}/receipts/").text
    told = json.loads(client.get(f"/observe/attendances/{watching.pk}/receipts.json").content)

    kinds = [json.loads(r["entry"])["kind"] for r in told["receipts"]]
    assert kinds == ["observer.signed-in", "observation.logged"]
    assert all(r["leaf"] in r["receipt"] and r["leaf"] in page for r in told["receipts"])
    client.force_login(make_observer("colleague"))
    assert client.get(f"/observe/attendances/{watching.pk}/receipts.json").status_code == 404


# -- at the desk -------------------------------------------------------------------------------------------------------


def test_the_code_of_the_room_is_shown_at_the_desk_and_nowhere_else(client, invitation):
    package = invitation.package
    address = f"/desk/projects/{package.project.number}/packages/{package.pk}/room-code/"
    assert client.get(address).status_code == 404  # the observer's

    client.force_login(package.project.manager)

    before, page, after = now(), client.get(address).text, now()
    codes = {room_code(package, at) for at in (before, after)}  # it may have changed meanwhile
    assert [code for code in codes if f"{code[:3]} {code[3:]}" in page]


def test_leaders_give_and_end_mandates_and_others_see_them(client):
    audit = make_organisation("县审计局", kind=Organisation.Kind.OTHER)
    asked = {
        "institution": audit.pk,
        "capacity": "audit",
        "basis": "《中华人民共和国审计法》",
        "contact": "",
        "email": "",
    }
    client.force_login(make_user(User.Role.CLERK))
    assert client.post("/desk/mandates/", asked).status_code == 404

    client.force_login(make_user(User.Role.LEADER))
    assert client.post("/desk/mandates/", asked | {"basis": ""}).status_code == 422
    client.post("/desk/mandates/", asked)
    mandate = Mandate.objects.get()
    assert "县审计局" in client.get("/desk/mandates/").text
    client.post(f"/desk/mandates/{mandate.pk}/end/", {"reason": "机构改革"})

    mandate.refresh_from_db()
    assert mandate.end_reason == "机构改革"
