"""A hearing on a telephone: somebody applies, and the clerk writes down what is said in the room."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe

from portal.public import limits
from tenders.models import HearingApplication, HearingStatement
from tests.browsers import AGAINST_SERVER, RULES, chromium, session_of
from tests.factories import hall_on, moment
from tests.hearings import announced, held

pytestmark = AGAINST_SERVER


@pytest.fixture
def telephone(live_server, client, monkeypatch):
    """Return a way to a telephone's page, signed in as a person or as nobody."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps a loop in this thread
    monkeypatch.setattr(limits, "SHORTEST_SECONDS", -2)
    with chromium() as browser:

        def telephone(user=None):
            context = browser.new_context(viewport={"width": 320, "height": 844})
            if user:
                client.force_login(user)
                session = session_of(client, live_server.url)
                context.add_cookies([session])
            return context.new_page()

        yield telephone, live_server.url


def is_good(page, name):
    """Whether a page fits and reads aloud. ``SHOTS`` names a folder for a picture of it."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
    fits = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    return fits


def test_somebody_applies_for_a_hearing_on_a_telephone(telephone, monkeypatch):
    open_page, site = telephone
    scene = hall_on("07-24 09:00")
    announced(scene)
    monkeypatch.setattr("portal.public.hearings.now", lambda: scene.at)
    page = open_page()
    page.goto(f"{site}/projects/2026-001/hearings/1/")
    assert is_good(page, "hearing")
    page.get_by_role("link", name="我要报名参加").click()
    page.get_by_role("button", name="下一步").click()
    assert is_good(page, "apply-wrong")
    page.get_by_label("墓主亲属").check()
    page.get_by_label("姓名", exact=True).fill("欧阳若兰")
    page.get_by_label("电话或者邮箱").fill("13912345678")
    page.get_by_label("村（社区）或者单位").fill("凤山村")
    assert is_good(page, "apply")
    page.get_by_role("button", name="下一步").click()
    assert is_good(page, "check")
    page.get_by_role("button", name="报名", exact=True).click()
    page.get_by_text("已收到您的报名").wait_for()
    assert is_good(page, "receipt")
    assert HearingApplication.objects.get().code in page.content()
    page.goto(f"{site}/en/projects/2026-001/hearings/1/")
    assert is_good(page, "hearing-en")


def test_the_clerk_takes_the_minutes_on_a_telephone(telephone, monkeypatch):
    open_page, site = telephone
    scene = hall_on("07-24 09:00")
    hearing = held(scene, applicants=2)
    monkeypatch.setattr("ledger.clock.now", lambda: moment("08-21 09:10"))
    page = open_page(scene.people.clerk)
    page.goto(f"{site}/desk/projects/2026-001/registers/minutes/{hearing.pk}/")
    page.get_by_role("link", name="登记到场").click()
    assert is_good(page, "attendance")
    page.locator("#id_attended_0").check()
    page.get_by_role("button", name="登记到场").press("Enter")
    page.get_by_role("link", name="记发言").first.click()
    page.get_by_label("态度").select_option("object")
    page.get_by_label("发言摘要").fill("出口要改到东侧。")
    assert is_good(page, "statement")
    page.get_by_role("button", name="记发言").press("Enter")
    page.get_by_text("已办理：记发言。").wait_for()
    assert is_good(page, "minutes")
    page.get_by_role("link", name="登记签字").click()
    assert is_good(page, "signatures")
    assert HearingStatement.objects.get().summary == "出口要改到东侧。"
    page.goto(f"{site}/desk/projects/2026-001/registers/applications/{hearing.pk}/")
    assert is_good(page, "applications")
