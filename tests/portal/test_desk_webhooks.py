"""Staff enter the machines of other offices, try them out, and see what became of each call."""

import pytest
from django.core.mail import EmailMessage

from accounts.models import User
from publishing.mail.kept import KEPT, KeptMails
from publishing.models import Subscriber, Webhook
from publishing.webhooks import addresses, calling
from tests.portal.scenes import make_project, make_user
from tests.publishing.sending import deliver, make_webhook, subscribe

URL = "/desk/webhooks/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def media_example(monkeypatch):
    """A name on the public Internet, which no test calls."""
    monkeypatch.setattr(addresses, "look_up", lambda host, port: ["93.184.215.14"])


@pytest.fixture
def administrator(client):
    user = make_user(User.Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def test_an_administrator_enters_a_machine_and_gets_its_secret(client, administrator, media_example):
    make_project()

    response = client.post(
        URL, {"label": "县融媒体中心", "url": "https://media.example/in", "project": ""}, follow=True
    )

    webhook = Webhook.objects.get()
    assert (webhook.label, webhook.url, webhook.created_by) == (
        "县融媒体中心",
        "https://media.example/in",
        administrator,
    )
    assert webhook.secret.startswith("whsec_")
    assert webhook.secret in response.text


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://127.0.0.1/in", "不是公网地址"),
        ("https://169.254.169.254/latest", "不是公网地址"),
        ("http://93.184.215.14/in", "须以 https:// 开头"),
        ("https://0x7f000001/", "四段十进制数"),
        ("https://a:b@media.example/", "不能有用户名"),
        ("https://本机/", "英文字母"),
        ("", "请填写推送网址"),
        (f"https://media.example/{'a' * 3000}", "最多500个字符"),
    ],
)
def test_an_address_that_is_not_called_is_not_entered(client, administrator, url, reason):
    response = client.post(URL, {"label": "县融媒体中心", "url": url, "project": ""})

    assert response.status_code == 422
    assert reason in response.text
    assert not Webhook.objects.exists()


@pytest.mark.parametrize("role", [User.Role.CLERK, User.Role.LEADER, User.Role.REVIEWER, User.Role.OBSERVER])
def test_nobody_else_finds_the_pages(client, role):
    webhook = make_webhook("https://media.example/in")
    client.force_login(make_user(role))

    assert client.get(URL).status_code == 404
    assert client.get(f"{URL}{webhook.pk}/").status_code == 404
    assert client.post(f"{URL}{webhook.pk}/", {"go": "disable"}).status_code == 404


def test_the_buttons_do_what_they_say(client, administrator):
    webhook = make_webhook("https://media.example/in")
    page = f"{URL}{webhook.pk}/"

    client.post(page, {"go": "test"})
    assert webhook.calls.get().notice is None
    client.post(page, {"go": "rotate"})
    assert Webhook.objects.get().old_secret == webhook.secret != Webhook.objects.get().secret
    assert "由工作人员停用" in client.post(page, {"go": "disable"}, follow=True).text
    assert "推送已停用" in client.get("/desk/").text
    client.post(page, {"go": "enable"})
    assert Webhook.objects.get().is_active
    assert client.post(page, {"go": "explode"}).status_code == 404
    assert client.get(f"{URL}999999999999999999999/").status_code == 404


def test_the_last_calls_say_what_the_other_side_answered(client, administrator, settings):
    settings.WEBHOOK_INTRANET = ["127.0.0.1/32"]
    webhook = make_webhook("http://127.0.0.1:1/")
    notice = deliver("webhook")
    calling.call_due()

    page = client.get(f"{URL}{webhook.pk}/").text

    assert notice.title in page
    assert "对方拒绝连接。" in page
    assert "再试" in page


def test_what_another_machine_answers_is_shown_as_text(client, administrator):
    webhook = make_webhook("https://media.example/in")
    webhook.calls.create(status=500, answer="<script>alert(1)</script>", tried_at="2026-07-01T00:00:00Z")

    page = client.get(f"{URL}{webhook.pk}/").text

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_demonstration_shows_the_letters_that_it_did_not_send(client, administrator, settings, tmp_path):
    settings.DEMO, settings.KEPT_MAILS = True, tmp_path / "letters"
    message = EmailMessage(
        "【阳光工程】请确认订阅", "正文 http://127.0.0.1:8000/x/\n<b>不粗</b>", to=["wang@example.com"]
    )
    KeptMails().send_messages([message])

    page = client.get("/desk/outbox/").text

    assert "【阳光工程】请确认订阅" in page
    assert "wang@example.com" in page
    assert "&lt;b&gt;不粗" in page
    assert [file.stat().st_mode & 0o777 for file in settings.KEPT_MAILS.iterdir()] == [0o600]


def test_old_letters_of_a_demonstration_go(settings, tmp_path):
    settings.KEPT_MAILS = tmp_path / "letters"
    KeptMails().send_messages([EmailMessage("题", "文", to=["wang@example.com"])] * (KEPT + 3))

    assert len(list(settings.KEPT_MAILS.iterdir())) == KEPT


def test_only_a_demonstration_has_such_letters(client, administrator):
    assert client.get("/desk/outbox/").status_code == 404


def test_the_desk_says_how_many_letters_wait_and_names_nobody(client):
    client.force_login(make_user(User.Role.MANAGER, "without-projects"))
    subscribe("a@example.com")
    subscribe("b@example.com", rhythm=1)
    deliver("mail")
    Subscriber.objects.filter(address="b@example.com").update(stopped_at="2026-07-01T00:00:00Z")

    page = client.get("/desk/").text

    assert "邮件订户 2，待发邮件 1，因退信停发 1。" in page
    assert "example.com" not in page
