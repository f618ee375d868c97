from datetime import timedelta
from threading import Thread
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connections

from accounts.sender import sender
from ledger.clock import advance
from ledger.models import Entry
from portal.public import limits
from tenders.models import Comment, Consultation, Project
from tests.portal.scenes import make_consultation, make_project, token_of_age, typed

URL = "/projects/2026-001/comment/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_cache(settings):
    """Nothing is remembered from another test. Return how the keys begin."""
    prefix = uuid4().hex
    settings.CACHES = {"default": settings.CACHES["default"] | {"KEY_PREFIX": prefix}}
    return prefix


def hidden_in(response):
    """Return what a page carries on, as a browser would send it."""
    fields = {field.html_name: field.value() for field in response.context["kept"]}
    return {name: value for name, value in fields.items() if value is not None}


def test_a_resident_comments_without_an_account_and_gets_a_receipt(client):
    make_consultation()

    response = client.post(URL, typed(name="王大爷", contact="13800000000"))

    comment = Comment.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"/receipts/{comment.code}/"
    assert (comment.text, comment.stance, comment.topics, comment.channel) == (
        "希望多留几个停车位。",
        "support",
        ["traffic"],
        "web",
    )
    assert Entry.objects.get().kind == "comment.received"


def test_the_form_is_checked_before_anything_is_sent(client):
    make_consultation()

    page = client.post(URL, typed(go="check", name="王大爷")).content.decode()

    assert "检查一遍再提交" in page
    assert "希望多留几个停车位。" in page
    assert "王大爷" in page
    assert not Comment.objects.exists()


@pytest.mark.parametrize("screen", ["stance", "text", "contact"])
def test_going_back_keeps_everything(client, screen):
    make_consultation()

    page = client.post(URL, typed(go=screen, text="第一行\n第二行", name="王大爷", contact="无")).content.decode()

    assert "第一行\n第二行" in page
    assert 'value="王大爷"' in page
    assert 'value="无"' in page
    assert 'value="traffic"' in page
    assert not Comment.objects.exists()


def test_the_whole_way_works_with_what_the_pages_hold(client):
    make_consultation()
    form = client.get(URL).context["form"]
    page = client.post(URL, typed(go="check", token=form["token"].value()))

    client.post(URL, hidden_in(page) | {"go": "send", "token": token_of_age(30)})

    assert Comment.objects.get().text == "希望多留几个停车位。"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "请写下您的意见"),
        (" \n\t ", "请写下您的意见"),
        ("\u200b\u200b", "请填写内容"),
        ("停车\x00位", "控制字符"),
        ("停车\u202e位", "改变文字方向"),
        ("多" * 2001, "最多2000字，现有2001字"),
    ],
)
def test_bad_text_is_refused_with_its_reason_and_kept(client, text, reason):
    make_consultation()

    response = client.post(URL, typed(text=text))

    assert response.status_code == 400
    assert reason in response.content.decode()
    assert response.context["form"]["text"].value() == text
    assert not Comment.objects.exists()


def test_invisible_characters_are_taken_out(client):
    make_consultation()

    client.post(URL, typed(text="停\u200b车位\r\n太少 "))

    assert Comment.objects.get().text == "停车位\n太少"


def test_a_text_of_exactly_2000_characters_is_taken(client):
    make_consultation()

    client.post(URL, typed(text="多" * 2000))

    assert len(Comment.objects.get().text) == 2000


def test_markup_is_shown_as_text(client):
    make_consultation()

    page = client.post(URL, typed(go="check", text="<script>alert(1)</script>")).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_machine_that_fills_in_every_field_is_refused(client):
    make_consultation()

    response = client.post(URL, typed(homepage="http://spam.example"))

    assert response.status_code == 400
    assert "请把这一栏清空" in response.content.decode()
    assert not Comment.objects.exists()


def test_a_form_sent_at_once_has_to_be_sent_again_and_then_passes(client, monkeypatch):
    monkeypatch.setattr(limits, "UNPROVEN_SHORTEST_SECONDS", 60)  # on a busy machine a page takes longer than eight
    make_consultation()
    token = token_of_age(0)

    response = client.post(URL, typed(token=token))

    assert response.status_code == 400
    assert "提交得太快" in response.content.decode()
    assert response.context["form"]["token"].value() == token
    assert hidden_in(response)["text"] == "希望多留几个停车位。"
    assert not Comment.objects.exists()


@pytest.mark.parametrize("token", [token_of_age(24 * 3600 + 5), "forged", ""], ids=["old", "forged", "none"])
def test_a_form_older_than_a_day_keeps_its_text_and_gets_a_new_token(client, token):
    make_consultation()

    response = client.post(URL, typed(token=token))

    assert response.status_code == 400
    assert "超过24小时" in response.content.decode()
    assert hidden_in(response)["text"] == "希望多留几个停车位。"
    assert response.context["form"]["token"].value() not in {token, ""}
    assert not Comment.objects.exists()


def test_the_same_form_sent_twice_gives_the_same_receipt(client):
    make_consultation()
    form = typed()

    first, second = client.post(URL, form), client.post(URL, form)

    assert first["Location"] == second["Location"]
    assert Comment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_in_the_same_instant_give_one_comment(client):
    make_consultation()
    form, places = typed(), []

    def click():
        places.append(client.post(URL, form)["Location"])
        connections.close_all()

    clicks = [Thread(target=click) for _ in range(2)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()

    assert Comment.objects.count() == 1
    assert places[0] == places[1]


def test_too_many_comments_from_one_address_are_put_off_and_others_are_not(client, monkeypatch):
    monkeypatch.setattr(limits, "COMMENTS_PER_WINDOW", 2)
    make_consultation()
    for _ in range(2):
        client.post(URL, typed(), REMOTE_ADDR="203.0.113.7")

    response = client.post(URL, typed(), REMOTE_ADDR="203.0.113.7")
    client.post(URL, typed(), REMOTE_ADDR="203.0.113.8")

    assert response.status_code == 429
    assert "以后再提交" in response.content.decode()
    assert hidden_in(response)["text"] == "希望多留几个停车位。"
    assert Comment.objects.count() == 3


def test_the_cache_never_holds_an_address(client, own_cache):
    make_consultation()

    client.post(URL, typed(), REMOTE_ADDR="203.0.113.7")

    kept = cache._cache.get_client().keys(f"{own_cache}*")
    assert kept
    assert not any(b"203.0.113" in key for key in kept)


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("8.8.4.4", "198.51.100.1", "8.8.4.4"),  # nobody outside speaks for another
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # what our own proxy added
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("", "203.0.113.9", "203.0.113.9"),
    ],
)
def test_the_sender_is_whom_the_proxy_saw(rf, peer, forwarded, expected):
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = rf.get("/", REMOTE_ADDR=peer, headers=headers)

    assert sender(request) == expected


def test_a_comment_is_taken_while_the_cache_is_away(client, settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}}
    make_consultation()

    response = client.post(URL, typed())

    assert response.status_code == 302
    assert Comment.objects.count() == 1


def test_after_the_last_day_the_page_says_so_with_dates_and_article(client):
    consultation = make_consultation(days_left=-1)

    page = client.get(URL).content.decode()

    assert "现在不能在网上提意见" in page
    assert f"{consultation.closes_on.day}日24时截止" in page
    assert "《重大行政决策程序暂行条例》" in page
    assert "0000-1234567" in page


def test_a_comment_one_second_late_is_refused_and_its_text_given_back(client, settings):
    settings.DEMO = True
    consultation = make_consultation()
    form = typed()
    advance(consultation.ends_at + timedelta(seconds=1))

    response = client.post(URL, form)

    assert response.status_code == 409
    assert "希望多留几个停车位。" in response.content.decode()
    assert "24时截止" in response.content.decode()
    assert not Comment.objects.exists()


def test_a_suspended_project_takes_no_comments(client):
    make_consultation(make_project(standing=Project.Standing.SUSPENDED))

    assert "已暂停" in client.get(URL).content.decode()


@pytest.mark.parametrize("stage", [Project.Stage.PREPARATION])
def test_a_project_that_is_not_public_is_not_found(client, stage):
    make_consultation(make_project(stage=stage))

    assert client.get(URL).status_code == 404
    assert client.post(URL, typed()).status_code == 404
    assert client.get("/projects/2026-999/comment/").status_code == 404


def test_the_draft_of_a_second_round_betrays_nothing(client):
    project = make_project()
    first = make_consultation(project, days_left=-10, state=Consultation.State.CLOSED)
    make_consultation(project, round=2, state=Consultation.State.DRAFT, days_left=60)

    assert client.get(URL).context["consultation"] == first
