"""The published files in a real browser, as a phone and a desk show them, checked by axe."""

from socketserver import ThreadingMixIn
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import expect

from config.published_files import PublishedFiles
from ledger.keys import publish_verifier
from ledger.notes import SigningKey
from ledger.sealer import seal
from tests.browsers import NEEDS_BROWSER, STRICT_RULES, chromium
from tests.factories import cemetery_on, hall_on
from tests.publishing.reading import publish

pytestmark = [*NEEDS_BROWSER, pytest.mark.django_db]

PROJECT = "/projects/2026-001/"
SCREENS = 24  # of a small phone, for a whole project with two parts unfolded
VIEWS = (
    *(
        (address, 320)
        for address in ("/", "/projects/", "/ledger/", "/corrections/", "/verify/", f"{PROJECT}comments/")
    ),
    (PROJECT, 320),
    (PROJECT, 1280),
    (f"{PROJECT}?mode=elder", 390),
    (f"/en{PROJECT}", 390),
)


class Server(ThreadingMixIn, WSGIServer):
    """A browser opens connections ahead of need: one at a time would wait for ever."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        """Nothing: a test's output is its failures."""


@pytest.fixture
def site(settings):
    """Return the address of a server that serves the published files, with style sheet and scripts from Django."""
    server = make_server("127.0.0.1", 0, PublishedFiles(get_wsgi_application(), settings.PUBLIC_ROOT), Server, Quiet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def open_page(site):
    with chromium() as browser:

        def open_page(address, *, width, scripts=True):
            context = browser.new_context(java_script_enabled=scripts, viewport={"width": width, "height": 844})
            page = context.new_page()
            page.goto(site + address)
            return page

        yield open_page


@pytest.fixture(params=[hall_on, lambda: cemetery_on("08-10 10:00")], ids=["open plan", "finished tender"])
def published(db, settings, request):
    """A site with one project, sealed."""
    settings.DEMO = True
    scene = request.param()
    key = SigningKey.generate(settings.LEDGER_ORIGIN)
    publish_verifier(settings.PUBLIC_ROOT / "ledger", key)
    seal(settings.PUBLIC_ROOT / "ledger", key)
    publish(scene.at)


def test_no_page_scrolls_sideways_and_axe_finds_nothing(published, open_page):
    found = {}
    for address, width in VIEWS:
        page = open_page(address, width=width)
        seen = page.evaluate("document.documentElement.scrollWidth")
        violations = [v["id"] for v in Axe().run(page, options=STRICT_RULES).response["violations"]]
        if seen > width or violations:
            found[address, width] = (seen, violations)
        page.context.close()

    assert found == {}


@pytest.mark.parametrize("published", [hall_on], indirect=True)
def test_the_page_of_a_plan_can_be_read_without_scripts(published, open_page):
    page = open_page("/projects/2026-001/", width=390, scripts=False)

    assert page.locator(".due").inner_text().startswith("还剩 19 天")
    expect(page.get_by_role("link", name="我要提意见").first).to_be_visible()
    assert page.locator("#comments, #plan").evaluate_all("parts => parts.every(part => part.checkVisibility())")


@pytest.mark.parametrize("published", [lambda: cemetery_on("08-10 10:00")], indirect=True)
def test_what_is_finished_is_folded_and_a_link_into_it_opens_it_without_scripts(published, open_page):
    page = open_page("/projects/2026-001/", width=320, scripts=False)
    words, contracts = page.locator("#comments"), page.locator("#contracts-1")
    assert not page.locator("#start").evaluate("part => part.closest('details')")
    expect(words).to_be_hidden()
    expect(contracts).to_be_hidden()

    page.get_by_role("navigation", name="本页内容").get_by_role("link", name="大家的意见").click()

    expect(words).to_be_visible()
    page.goto(f"{page.url.partition('#')[0]}#contracts-1")
    expect(contracts).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight") < SCREENS * 844


@pytest.mark.parametrize("published", [lambda: cemetery_on("08-10 10:00")], indirect=True)
def test_a_page_is_printed_whole(published, open_page):
    page = open_page("/projects/2026-001/", width=794, scripts=False)
    page.emulate_media(media="print")

    assert page.locator(".fold > div").evaluate_all("parts => parts.filter(part => !part.offsetHeight)") == []
    expect(page.get_by_role("heading", name="大家的意见")).to_be_visible()
