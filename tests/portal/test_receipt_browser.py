"""The receipt as people hold it: on a phone through all its stations, and as a slip of paper out of the printer."""

import io

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe

from ledger.clock import advance
from tests.browsers import AGAINST_SERVER, RULES, chromium
from tests.factories import cemetery_on

pytestmark = AGAINST_SERVER

A5 = (420, 595)  # points


@pytest.fixture
def codes(live_server, settings):
    """The codes of a comment that changed the plan, and of one that is withheld, on the day of the decision."""
    settings.DEMO, settings.SITE_URL = True, live_server.url
    scene = cemetery_on("04-24 09:30")
    advance(scene.at)
    return [scene.consultation.comments.get(number=number).code for number in (1, 7)]


@pytest.fixture
def open_page(codes):
    with chromium() as browser:

        def open_page(address, *, width=390):
            page = browser.new_context(viewport={"width": width, "height": 844}, locale="zh-CN").new_page()
            page.asked = []
            page.on("request", lambda request: page.asked.append(request))  # noqa: PLW0108, it must be a function
            page.goto(address)
            return page

        yield open_page


def test_the_way_of_a_comment_is_read_on_a_phone_and_its_slip_fits_on_a5(live_server, codes, open_page):
    for code in codes:
        for width in (320, 1280):
            page = open_page(f"{live_server.url}/receipts/{code}/", width=width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert [v["id"] for v in Axe().run(page, options=RULES).response["violations"]] == []
            assert all(request.url.startswith((live_server.url, "data:")) for request in page.asked)
            assert not [request for request in page.asked if code in request.headers.get("referer", "")]

    page = open_page(f"{live_server.url}/receipts/{codes[0]}/")
    said = page.locator("#yours ~ .said").inner_text()
    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert [tuple(map(round, sheet.mediabox[2:])) for sheet in sheets] == [A5]
    words = sheets[0].extract_text().replace("\n", "")
    assert codes[0] in words
    assert said[:8] not in words  # what one has said need not lie on the table
