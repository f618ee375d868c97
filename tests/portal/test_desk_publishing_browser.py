"""A manager mends a notice on a telephone: the form fits, reads aloud, and says what it will do."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from publishing import notices
from publishing.models import Amendment
from tests.browsers import AGAINST_SERVER, RULES, chromium, session_of
from tests.factories import hall_on

pytestmark = AGAINST_SERVER


@pytest.fixture
def phone(live_server, client, at_desk, monkeypatch):
    """Return a telephone's page, signed in as the manager of a project with a notice, and the project's desk."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps a loop in this thread
    scene = hall_on()
    notices.issue(scene.entries("step.publish_plan")[0])
    desk = at_desk(scene)
    with chromium() as browser:
        context = browser.new_context(viewport={"width": 390, "height": 844})
        session = session_of(client, live_server.url)
        context.add_cookies([session])
        page = context.new_page()
        yield page, f"{live_server.url}{desk}", scene


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_notice_is_corrected_on_a_telephone(phone):
    page, desk, scene = phone
    page.goto(f"{desk}/registers/published/{scene.project.pk}/")
    assert fits(page)
    page.locator("a[href*='/acts/correct-notice/']").first.click()
    assert fits(page)
    assert Axe().run(page, options=RULES).violations_count == 0
    text = page.get_by_label("更正后的全文")
    text.fill(f"{text.input_value()}补充：告别厅照常开放。")
    page.get_by_label("更正的理由").fill("漏了一句。")
    page.get_by_role("button", name="更正公告").press("Enter")
    page.get_by_text("已办理：更正公告。").wait_for()
    assert Amendment.objects.get().text.endswith("补充：告别厅照常开放。")


def test_the_form_for_what_hangs_on_a_wall_fits_a_telephone(phone):
    page, desk, scene = phone
    page.goto(f"{desk}/acts/record-placement/{scene.project.pk}/")
    assert fits(page)
    assert Axe().run(page, options=RULES).violations_count == 0
    assert page.get_by_label("现场照片或者剪报").get_attribute("multiple") is not None
