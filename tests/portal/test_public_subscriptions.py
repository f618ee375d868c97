"""Notices by mail, as a reader asks for them, confirms, changes and leaves: without an account or scripts."""

import re
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from portal.public import limits
from publishing.mail import sending
from publishing.mail.tokens import token_of, token_to_confirm
from publishing.models import Letter, Subscriber, Subscription
from tenders.models import Project
from tests.portal.scenes import make_project, token_of_age
from tests.publishing.sending import Rhythm, Scope, deliver, subscribe

URL = "/subscribe/"
LINK = re.compile(r"http://127\.0\.0\.1:8000(/\S*subscribe/\w+/\S+)")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_cache(settings):
    """Nothing is remembered from another test."""
    settings.CACHES = {"default": settings.CACHES["default"] | {"KEY_PREFIX": uuid4().hex}}


def typed(**fields):
    return {
        "address": "wang@example.com",
        "scope": "all",
        "project": "",
        "keyword": "",
        "rhythm": "0",
        "homepage": "",
        "token": token_of_age(60),
    } | fields


def links():
    """Return the paths that the last letter leads to."""
    sending.send_due()
    return LINK.findall(mail.outbox[-1].body)


def test_the_whole_way_from_asking_to_leaving(client):
    make_project()
    response = client.post(URL, typed())
    assert response["Location"] == "/subscribe/sent/"
    assert "请到邮箱里确认" in client.get(response["Location"]).text
    [link] = links()

    assert "确认订阅" in client.get(link).text
    assert Subscription.objects.get().confirmed_at is None, "whoever follows a link confirms nothing"
    assert "已经订阅" in client.post(link).text
    assert Subscription.objects.get().confirmed_at

    notice = deliver("mail")
    [manage] = links()
    assert mail.outbox[-1].body.startswith(notice.body)
    assert "全部项目" in client.get(manage).text

    off = urlsplit(mail.outbox[-1].message()["List-Unsubscribe"].strip("<>")).path
    assert Client(enforce_csrf_checks=True).get(off).status_code == 200
    assert Subscriber.objects.exists(), "whoever follows a link unsubscribes nobody"
    answer = Client(enforce_csrf_checks=True).post(off, "List-Unsubscribe=One-Click", "text/plain")
    assert (answer.status_code, Subscriber.objects.exists(), Subscription.objects.exists()) == (200, False, False)
    assert client.post(off).status_code == 200, "twice is as good as once"
    assert client.get(manage).status_code == 404


def test_the_form_works_with_what_the_page_holds_and_asks_for_no_account(client):
    make_project()
    form = client.get(f"{URL}?project=2026-001").context["form"]

    assert form["scope"].value() == "project"
    assert form["project"].value() == "2026-001"
    client.post(URL, typed(scope="project", project="2026-001", rhythm="7"))
    wanted = Subscription.objects.get()
    assert (wanted.project.number, wanted.rhythm, wanted.language) == ("2026-001", 7, "zh-hans")


def test_the_english_form_makes_an_english_subscription(client):
    client.post("/en/subscribe/", typed())

    assert Subscription.objects.get().language == "en"
    assert links()[0].startswith("/en/subscribe/confirm/")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"address": ""}, "请填写邮箱地址"),
        ({"address": "wang"}, "邮箱地址写得不对"),
        ({"address": "wang@example.com\r\nBcc: all@example.com"}, "邮箱地址写得不对"),
        ({"address": "wang@example.com\nx"}, "邮箱地址写得不对"),
        ({"address": "wang@example.com, li@example.com"}, "邮箱地址写得不对"),
        ({"address": "<wang@example.com>"}, "邮箱地址写得不对"),
        ({"address": "wang@example.com\x00"}, "空字符"),
        ({"address": f"{'w' * 260}@example.com"}, "254"),
        ({"scope": "everything"}, "请从列出的里面选一项"),
        ({"scope": ""}, "请选一项"),
        ({"scope": "project"}, "请选一个项目"),
        ({"scope": "project", "project": "2026-999"}, "请从列出的项目里选一个"),
        ({"scope": "project", "project": "2026-002"}, "请从列出的项目里选一个"),  # not public yet
        ({"scope": "keyword"}, "请填一个词"),
        ({"scope": "keyword", "keyword": "看 http://spam.example"}, "请只写一个词"),
        ({"scope": "keyword", "keyword": "陵" * 21}, "请只写一个词"),
        ({"scope": "keyword", "keyword": "发票\r\n加我"}, None),
        ({"rhythm": "3"}, "请从列出的里面选一项"),
        ({"rhythm": ""}, "请选一项"),
        ({"homepage": "http://spam.example"}, "请把这一栏清空"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_written_to(client, fields, reason):
    make_project()
    make_project("2026-002", stage=Project.Stage.PREPARATION)

    response = client.post(URL, typed(**fields))

    if reason is None:  # becomes one line of words
        assert Subscription.objects.get().keyword == "发票 加我"
        return
    assert response.status_code == 400
    assert reason in response.text
    assert not Subscriber.objects.exists()
    assert not Letter.objects.exists()


def test_the_answer_is_the_same_whether_or_not_an_address_is_known(client):
    subscribe("known@example.com")
    subscribe("stopped@example.com")
    Subscriber.objects.filter(address="stopped@example.com").update(stopped_at="2026-07-01T00:00:00Z")
    answers = {}
    for address in ("known@example.com", "KNOWN@example.com", "new@example.com", "stopped@example.com"):
        response = client.post(URL, typed(address=address))
        answers[address] = (response.status_code, response["Location"], response.content)

    assert len(set(answers.values())) == 1


def test_who_has_subscribed_already_is_told_so_by_mail_and_nowhere_else(client):
    subscribe("known@example.com")
    client.post(URL, typed(address="Known@example.com"))
    [link] = links()

    assert mail.outbox[-1].subject == "【阳光工程】您已经订阅了"
    assert link.startswith("/subscribe/manage/")
    assert Subscription.objects.count() == 1


def test_nobody_can_have_an_address_flooded(client):
    for _ in range(9):
        assert client.post(URL, typed(address="victim@example.com")).status_code == 302

    sending.send_due()
    assert len(mail.outbox) == 3


def test_too_many_from_one_network_are_put_off_and_the_form_is_kept(client, monkeypatch):
    monkeypatch.setattr(limits, "COMMENTS_PER_WINDOW", 2)
    for number in range(2):
        client.post(URL, typed(address=f"p{number}@example.com"), REMOTE_ADDR="203.0.113.7")

    response = client.post(URL, typed(address="p3@example.com"), REMOTE_ADDR="203.0.113.7")

    assert response.status_code == 429
    assert "以后再提交" in response.text
    assert "p3@example.com" in response.text
    assert Subscriber.objects.count() == 2
    assert client.post(URL, typed(address="p4@example.com"), REMOTE_ADDR="203.0.113.8").status_code == 302


@pytest.mark.parametrize("age", [0, 24 * 3600 + 5])
def test_a_form_that_is_too_young_or_too_old_comes_back_ready_to_be_sent_again(client, age, monkeypatch):
    monkeypatch.setattr(limits, "SHORTEST_SECONDS", 60)  # on a busy machine a page takes longer than two
    response = client.post(URL, typed(token=token_of_age(age)))

    assert response.status_code == 400
    assert "wang@example.com" in response.text
    assert response.context["form"]["token"].value()
    assert not Subscriber.objects.exists()


def test_a_domain_in_chinese_is_written_as_mail_servers_know_it(client):
    client.post(URL, typed(address="wang@例子.测试"))

    assert Subscriber.objects.get().address == "wang@xn--fsqu00a.xn--0zwm56d"


def test_the_address_stands_in_no_address_of_a_page_and_on_no_page_after_the_form(client):
    response = client.post(URL, typed(address="canary@example.com"))
    pages = [response["Location"], *links()]
    pages.append(f"/subscribe/manage/{token_of(Subscriber.objects.get().pk)}/")
    client.post(pages[1])

    assert not any("canary" in page for page in pages)
    assert not any("canary" in client.get(page).text for page in pages)


@pytest.mark.parametrize("token", ["x", "1.forged", "1", "1." + "A" * 43, "..", "1:2"])
def test_forged_links_open_nothing(client, token):
    subscribe()

    assert client.get(f"/subscribe/confirm/{token}/").status_code == 404
    assert client.post(f"/subscribe/confirm/{token}/").status_code == 404
    assert client.get(f"/subscribe/manage/{token}/").status_code == 404
    assert client.post(f"/subscribe/off/{token}/").status_code == 200
    assert Subscriber.objects.exists()


def test_a_link_for_one_thing_is_no_key_to_another(client):
    subscription = subscribe()

    assert client.get(f"/subscribe/manage/{token_to_confirm(subscription.pk)}/").status_code == 404
    assert client.get(f"/subscribe/confirm/{token_of(subscription.subscriber_id)}/").status_code == 404
    client.post(f"/subscribe/off/{token_to_confirm(subscription.pk)}/")
    assert Subscriber.objects.exists()


def test_one_of_two_subscriptions_is_changed_and_the_other_dropped(client):
    first = subscribe()
    second = subscribe(scope=Scope.KEYWORD, keyword="陵园")
    page = f"/subscribe/manage/{token_of(first.subscriber_id)}/"

    client.post(page, {"go": "change", "subscription": first.pk, "rhythm": "1"})
    client.post(page, {"go": "drop", "subscription": second.pk, "rhythm": "0"})

    left = Subscription.objects.get()
    assert (left, left.rhythm) == (first, Rhythm.DAILY)
    client.post(page, {"go": "drop", "subscription": first.pk, "rhythm": "0"})
    assert not Subscriber.objects.exists()


def test_nobody_changes_the_subscriptions_of_another(client):
    mine, other = subscribe("a@example.com"), subscribe("b@example.com")
    page = f"/subscribe/manage/{token_of(mine.subscriber_id)}/"

    client.post(page, {"go": "drop", "subscription": other.pk, "rhythm": "0"})
    client.post(page, {"go": "change", "subscription": other.pk, "rhythm": "7"})
    client.post(page, {"go": "change", "subscription": "9" * 30, "rhythm": "7"})

    assert set(Subscription.objects.values_list("rhythm", flat=True)) == {0}
    assert Subscription.objects.count() == 2


def test_a_confirmation_that_comes_after_its_subscription_is_gone_says_so(client):
    client.post(URL, typed())
    [link] = links()
    Subscriber.objects.all().delete()

    assert client.post(link).status_code == 404


@pytest.mark.parametrize("path", ["/", "/projects/2026-001/"])
def test_the_way_to_the_form_is_on_the_pages_where_one_looks(client, path):
    make_project()

    assert 'href="/subscribe/' in client.get(path).text
