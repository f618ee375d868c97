"""The counter in a browser: read by everybody, on a phone held over the table, without scripts."""

from axe_playwright_python.sync_playwright import Axe

from tenders.operations.bids import note_arrival
from tests.browsers import AGAINST_SERVER, RULES, chromium, session_of
from tests.factories import cemetery_on

pytestmark = AGAINST_SERVER
WIDTHS = (320, 1280)


def test_the_counter_is_read_by_everybody_on_a_phone_too(live_server, client, at_desk, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps a loop in this thread
    scene = cemetery_on("07-06 09:25")
    note_arrival(scene.package.pk, actor=scene.people.clerk, at=scene.at)
    desk, package = at_desk(scene, "clerk"), scene.package
    pages = [
        f"registers/bids/{package.pk}/",
        f"acts/register-bid/{package.pk}/",
        f"bids/{package.bids.first().pk}/receipt/",
        f"acts/withdraw-bid/{package.bids.first().pk}/",
        f"registers/bonds/{package.pk}/",
        f"acts/receive-bond/{package.pk}/",
        f"registers/papers/{package.pk}/",
    ]
    with chromium() as browser:
        for width in WIDTHS:
            context = browser.new_context(java_script_enabled=True, viewport={"width": width, "height": 844})
            context.add_cookies([session_of(client, live_server.url)])
            page = context.new_page()
            for path in pages:
                page.goto(f"{live_server.url}{desk}/{path}")
                assert page.evaluate("document.documentElement.scrollWidth") <= width, path
                assert Axe().run(page, options=RULES).response["violations"] == [], path
