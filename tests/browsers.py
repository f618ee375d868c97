"""A real browser for tests, where the machine has one, and what axe is asked there."""

import os
import shutil
from contextlib import contextmanager
from functools import wraps

import pytest
from playwright.sync_api import Locator, expect, sync_playwright

CHROMIUM = (
    os.environ.get("CHROMIUM")
    or shutil.which("chromium")
    or shutil.which("chromium-browser")
    or shutil.which("google-chrome")
)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
IS_MISSING = CHROMIUM is None and "CI" not in os.environ  # on CI there must be one
NEEDS_BROWSER = [pytest.mark.browser, pytest.mark.skipif(IS_MISSING, reason="no Chromium on this machine")]
PATIENCE_MS = 30_000  # for what a page has still to do, on a busy machine
expect.set_options(timeout=PATIENCE_MS)

# Of a browser that reads from the server of the test, which has a database connection of its own
AGAINST_SERVER = [*NEEDS_BROWSER, pytest.mark.django_db(transaction=True)]

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
RULES = {"runOnly": [*WCAG]}
STRICT_RULES = {"runOnly": [*WCAG, "best-practice"]}


def _until_it_stands(act):
    """
    Let an act wait for the page that it led to. Playwright waits for the first byte of it.

    What a test reads at once, a width or whether a heading is there, would now and then find an empty page.
    """

    @wraps(act)
    def acted(locator, *args, **options):
        act(locator, *args, **options)
        locator.page.wait_for_load_state()

    return acted


@contextmanager
def chromium():
    """Run a browser until the end of the block. What is clicked or pressed there has been loaded afterwards."""
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        for act in (Locator.click, Locator.press):
            patch.setattr(Locator, act.__name__, _until_it_stands(act))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def session_of(client, site):
    """Return the cookie by which a browser is whoever the client is signed in as."""
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}
