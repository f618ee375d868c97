"""The form to take part in a hearing, as people without scripts send it, and the receipt that tells what came of it."""

import logging

import pytest
from django.urls import reverse

from ledger.models import Entry
from portal.public import limits
from tenders.models import Hearing, HearingApplication
from tenders.operations import hearing as operations
from tests.factories import hall_on, moment
from tests.hearings import announced, apply, draft, step
from tests.portal.scenes import token_of_age

pytestmark = pytest.mark.django_db

FORM = "/projects/2026-001/hearings/1/apply/"


@pytest.fixture
def scene(monkeypatch):
    """A hearing is announced; the clock on the wall says the day of its announcement."""
    scene = hall_on("07-24 09:00")
    tell_the_time(monkeypatch, scene.at)
    return scene


def tell_the_time(monkeypatch, at):
    monkeypatch.setattr("portal.public.hearings.now", lambda: at)


def typed(hearing, **fields):
    return {
        "group": hearing.groups.all()[0].pk,
        "name": "欧阳若兰",
        "contact": "13912345678",
        "origin": "凤山村",
        "view": "不要动三区的墓",
        "homepage": "",
        "token": token_of_age(60),
        "go": "send",
    } | fields


def test_somebody_applies_and_gets_a_receipt(scene, client):
    hearing = announced(scene)
    assert "报名参加听证会" in client.get(FORM).content.decode()
    checked = client.post(FORM, typed(hearing, go="check")).content.decode()
    assert "欧**" in checked
    assert "不公开的内容" in checked

    response = client.post(FORM, typed(hearing), follow=True)

    application = HearingApplication.objects.get()
    assert application.code in response.content.decode()
    assert response.redirect_chain[0][0] == f"/projects/2026-001/hearings/1/applications/{application.code}/"
    assert "欧阳" not in response.content.decode()
    assert not application.shows_full_name


def test_the_full_name_is_shown_only_with_a_tick_of_its_own(scene, client):
    hearing = announced(scene)
    checked = client.post(FORM, typed(hearing, go="check", shows_full_name="on")).content.decode()
    assert '<input type="hidden" name="shows_full_name" value="on">' in checked
    client.post(FORM, typed(hearing, shows_full_name="on"))
    assert HearingApplication.objects.get().public_name == "欧阳若兰"


def test_the_same_form_sent_twice_is_one_application(scene, client):
    sent = typed(announced(scene))
    first, second = client.post(FORM, sent), client.post(FORM, sent)
    assert first.url == second.url
    assert HearingApplication.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "请写真实姓名。"),
        ({"name": "王" * 61}, "最多60字"),
        ({"name": "\u202e王"}, "隐藏字符"),
        ({"contact": "  "}, "请留电话或者邮箱"),
        ({"group": ""}, "请选一类。"),
        ({"group": "999999"}, "请从列出的类别里选一类。"),
        ({"group": "x\x00"}, "请从列出的类别里选一类。"),
        ({"view": "字" * 501}, "最多500字"),
        ({"homepage": "spam"}, "请把这一栏清空"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(scene, client, changes, message):
    response = client.post(FORM, typed(announced(scene)) | changes)
    page = response.content.decode()
    assert response.status_code == 400
    assert message in page
    assert "凤山村" in page
    assert not HearingApplication.objects.exists()


@pytest.mark.parametrize("age", [0, 25 * 3600])
def test_a_form_sent_too_fast_or_too_late_is_offered_again(scene, client, age, monkeypatch):
    monkeypatch.setattr(limits, "SHORTEST_SECONDS", 60)  # on a busy machine a page takes longer than two
    response = client.post(FORM, typed(announced(scene), token=token_of_age(age)))
    assert response.status_code == 400
    assert "欧阳若兰" in response.content.decode()
    assert not HearingApplication.objects.exists()


def test_one_address_cannot_flood_the_form(scene, client, monkeypatch):
    monkeypatch.setattr(limits, "COMMENTS_PER_WINDOW", 1)
    hearing, street = announced(scene), {"REMOTE_ADDR": "203.0.113.77"}
    assert client.post(FORM, typed(hearing), **street).status_code == 302
    assert client.post(FORM, typed(hearing), **street).status_code == 429
    assert HearingApplication.objects.count() == 1


def test_after_the_last_day_the_form_says_so_with_its_article_and_keeps_the_words(scene, client, monkeypatch):
    hearing = announced(scene)
    tell_the_time(monkeypatch, moment("08-01 00:00"))
    assert client.get(FORM).status_code == 200
    response = client.post(FORM, typed(hearing))
    page = response.content.decode()
    assert response.status_code == 409
    assert "听证报名已于2026年7月31日24时截止" in page
    assert "不要动三区的墓" in page
    assert "欧阳" not in page


def test_a_hearing_that_is_only_drafted_is_nowhere(scene, client):
    draft(scene)
    for address in (FORM, "/projects/2026-001/hearings/1/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("result", "words"),
    [("chosen", "请按时到场，带身份证"), ("not-chosen", "可以旁听"), ("pending", "之后遴选")],
)
def test_the_receipt_tells_the_outcome_and_never_the_name(scene, client, result, words):
    hearing = announced(scene)
    application = apply(hearing, scene.at, name="欧阳若兰")
    HearingApplication.objects.update(result=result)
    page = client.get(reverse("hearing-application", args=["2026-001", 1, application.code])).content.decode()
    assert words in page
    assert application.commitment() in page
    assert "欧阳" not in page


def test_the_common_receipt_page_leads_to_an_application(scene, client):
    application = apply(announced(scene), scene.at)
    response = client.post("/receipts/", {"code": application.code.lower()})
    assert response.url.endswith(f"/applications/{application.code}/")


def test_another_hearings_address_does_not_open_an_application(scene, client):
    application = apply(announced(scene), scene.at)
    assert client.get(f"/projects/2026-001/hearings/2/applications/{application.code}/").status_code == 404


def test_neither_record_nor_log_nor_public_answer_betrays_who_applied(scene, client, caplog):
    hearing = announced(scene)
    with caplog.at_level(logging.DEBUG):
        client.post(FORM, typed(hearing))
    step(scene, "close_hearing_applications", hearing, moment("08-01 09:00"))
    operations.select_participants(hearing.pk, seed="1", actor=scene.people.clerk, at=moment("08-02 09:00"))
    said = "".join(bytes(entry.body).decode() for entry in Entry.objects.all()) + caplog.text
    for address in ("/projects/2026-001/hearings/1/", "/projects/2026-001/", "/api/v1/projects/2026-001/hearings/"):
        said += client.get(address).content.decode()
    said += client.get("/api/v1/projects/2026-001/timeline/").content.decode()
    assert not any(word in said for word in ("欧阳", "若兰", "13912345678", "三区的墓"))


def test_the_interface_tells_of_a_hearing_what_is_public(scene, client):
    hearing = announced(scene)
    apply(hearing, scene.at)
    (told,) = client.get("/api/v1/projects/2026-001/hearings/").json()
    assert (told["number"], told["state"], told["received"], told["outcome"]) == (1, "announced", 1, None)
    assert told["groups"][0] == {"name": "凤山村、文化社区居民", "seats": 2}
    assert Hearing.objects.count() == 1
