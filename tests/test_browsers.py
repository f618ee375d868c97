"""What the tests' browser promises: a click has led to a page when it returns, however slowly that page comes."""

import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.browsers import NEEDS_BROWSER, chromium

pytestmark = NEEDS_BROWSER

WORDS_LATER = 0.3  # seconds


class Slow(BaseHTTPRequestHandler):
    """Sends the head of an answer at once, and its words later."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        time.sleep(WORDS_LATER)
        self.wfile.write(b"<title>%s</title><a href='/next/'>On</a>" % self.path.encode())

    def log_message(self, *_args):
        """Say nothing of every request."""


@pytest.fixture
def site():
    with ThreadingHTTPServer(("localhost", 0), Slow) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("act", [lambda link: link.click(), lambda link: link.press("Enter")])
def test_what_was_clicked_or_pressed_can_be_read_at_once(site, act):
    with chromium() as browser:
        page = browser.new_page()
        page.goto(site)
        act(page.get_by_role("link", name="On"))

        assert page.evaluate("document.documentElement.textContent") == "/next/On"
