"""The subscription pages and the desk's machines in a browser: without scripts, at 320 pixels, checked by axe."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from playwright.sync_api import expect

from accounts.models import User
from portal.public import limits
from publishing.mail import sending
from publishing.mail.tokens import token_of, token_to_confirm
from publishing.models import Subscriber, Subscription
from tests.browsers import AGAINST_SERVER, RULES, chromium, session_of
from tests.portal.scenes import make_project, make_user
from tests.publishing.sending import Scope, make_webhook, subscribe

pytestmark = AGAINST_SERVER


@pytest.fixture
def open_page(live_server, client, settings, monkeypatch):
    """Return a function that opens a page on a phone, as an administrator or as anybody."""
    monkeypatch.setattr(limits, "SHORTEST_SECONDS", -2)
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps a loop in this thread
    settings.SITE_URL, settings.DEMO = live_server.url, True
    client.force_login(make_user(User.Role.ADMINISTRATOR))
    session = session_of(client, live_server.url)
    with chromium() as browser:

        def open_page(path, *, width=390, scripts=True, at_desk=False):
            context = browser.new_context(java_script_enabled=scripts, viewport={"width": width, "height": 844})
            context.add_cookies([session] if at_desk else [])
            page = context.new_page()
            page.goto(path if path.startswith("http") else live_server.url + path)
            return page

        yield open_page


def test_a_reader_subscribes_and_leaves_on_a_phone_without_scripts(open_page):
    make_project()
    page = open_page("/projects/2026-001/", scripts=False)

    page.get_by_role("link", name="用邮箱订阅这个项目的公告").click()
    page.get_by_label("邮箱地址").fill("wang@example.com")
    page.get_by_text("每天早上发一次").click()
    page.get_by_role("button", name="订阅").click()
    expect(page.get_by_role("heading", name="请到邮箱里确认")).to_be_visible()
    sending.send_due()
    page = open_page(re.search(r"http\S+/confirm/\S+", mail.outbox[0].body).group(), scripts=False)
    page.get_by_role("button", name="确认订阅").click()
    wanted = Subscription.objects.get()
    assert (wanted.project.number, wanted.rhythm, bool(wanted.confirmed_at)) == ("2026-001", 1, True)
    page.get_by_role("link", name="看我的订阅").click()
    page.get_by_role("button", name="全部退订").click()

    expect(page.get_by_role("heading", name="没有订阅了")).to_be_visible()
    assert not Subscriber.objects.exists()


def test_no_page_scrolls_sideways_and_axe_finds_nothing(open_page):
    make_project(name="陵园公园改扩建工程（含道路、绿化、停车场和骨灰楼）施工总承包")
    subscription = subscribe(scope=Scope.KEYWORD, keyword="陵园")
    webhook = make_webhook(f"https://media.example/{'in' * 60}", failures=3)
    webhook.calls.create(status=500, answer="x" * 200, tried_at="2026-07-01T00:00:00Z", attempts=1)
    own = token_of(subscription.subscriber_id)
    public = ["", "confirm/x/", f"manage/{own}/", f"off/{own}/"]
    paths = [f"/subscribe/{path}" for path in public]
    paths.append(f"/subscribe/confirm/{token_to_confirm(subscription.pk)}/")
    desk = ["/desk/webhooks/", f"/desk/webhooks/{webhook.pk}/", "/desk/outbox/", "/desk/"]
    found = {}
    for path in paths + desk:
        page = open_page(path, width=320, at_desk=path in desk)
        width = page.evaluate("document.documentElement.scrollWidth")
        violations = [v["id"] for v in Axe().run(page, options=RULES).response["violations"]]
        if width > 320 or violations:
            found[path] = (width, violations)

    assert found == {}


def test_large_type_fits_on_a_phone(open_page):
    make_project(name="陵园公园改扩建工程（含道路、绿化、停车场和骨灰楼）施工总承包")
    own = token_of(subscribe(scope=Scope.KEYWORD, keyword="陵园").subscriber_id)
    widths = {}
    for path in ("/subscribe/", f"/subscribe/manage/{own}/", f"/subscribe/off/{own}/"):
        page = open_page(f"{path}?mode=elder")
        page.wait_for_function("document.documentElement.dataset.mode === 'elder'")
        widths[path] = page.evaluate("document.documentElement.scrollWidth")

    assert set(widths.values()) == {390}
