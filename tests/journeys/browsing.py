"""A person at a browser: reads pages, types into forms, presses buttons. Nothing here knows of the database."""

import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from tests.browsers import PATIENCE_MS

DESK, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)
SMALL = ViewportSize(width=320, height=640)
SHOTS = os.environ.get("SHOTS")  # a folder: each chapter leaves pictures of its pages there


def choose(found, *values):
    for value in values:
        found.and_(found.page.locator(f"[value='{value}']")).check()


# How a value is given to a field, by what the field is.
WAYS = {
    "select-one": lambda found, value: found.select_option(value),
    "checkbox": lambda found, value: found.set_checked(value) if isinstance(value, bool) else choose(found, *value),
    "radio": choose,
    "file": lambda found, value: found.set_input_files(value),
}


@dataclass
class Person:
    """
    A browser of one's own: nobody shares cookies with anybody. ``troubles`` are what the browser complains of.

    ``scripts`` says whether it runs any.
    """

    browser: Browser
    site: str
    size: ViewportSize = field(default_factory=lambda: DESK)
    troubles: list[str] = field(default_factory=list)
    scripts: bool = True

    @cached_property
    def context(self) -> BrowserContext:
        context = self.browser.new_context(
            viewport=self.size, base_url=self.site, locale="zh-CN", java_script_enabled=self.scripts
        )
        context.set_default_timeout(PATIENCE_MS)
        context.on("console", self._listen)
        context.on("weberror", lambda error: self.troubles.append(str(error.error)))
        return context

    @cached_property
    def page(self) -> Page:
        return self.context.new_page()

    def _listen(self, message):
        """Errors of every page: a breach of the content policy, a missing file, a broken script. 409 is a refusal."""
        if message.type == "error" and "status of 409" not in message.text:
            self.troubles.append(f"{self.page.url}: {message.text}")

    # -- reading

    def go(self, address):
        self.page.goto(address)
        return self

    def reads(self, *words):
        for text in words:
            expect(self.page.locator("main")).to_contain_text(text)
        return self

    def follow(self, name, *, within="main"):
        return self.press(self.page.locator(within).get_by_role("link", name=name, exact=True).first)

    def look_again(self):
        """Ask a page for what has happened since, as it offers without scripts."""
        return self.press(self.page.get_by_role("link", name="刷新本页"))

    def look(self, name):
        """Look at the whole page: nothing makes it scroll sideways."""
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= self.size["width"], f"{self.page.url} is {width} wide"
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
        return self

    def download(self, link):
        """Save what a link gives out. Return its bytes."""
        with self.page.expect_download() as saved:
            link.click()
        return saved.value.path().read_bytes()

    def source(self, address):
        """Return a page as it comes to this browser, without going there."""
        answer = self.context.request.get(address)
        assert answer.ok, f"{address}: {answer.status}"
        return answer.text()

    # -- writing

    def sign_in(self, username, password):
        self.go("/accounts/login/")
        self.page.get_by_label("用户名").fill(username)
        self.page.get_by_label("密码").fill(password)
        self.press(self.page.locator("main").get_by_role("button", name="登录", exact=True))
        return self

    def fill(self, form, **values):
        """Type into the fields of a form; two underscores in a name stand for the hyphen of a part's field."""
        for name, value in values.items():
            found = self.page.locator(f"#form-{form} [name='{name.replace('__', '-')}']")
            kind = found.first.evaluate("field => field.type")
            WAYS.get(kind, Locator.fill)(found, value)
        return self

    def send(self, form):
        """Press the button that sends a form."""
        return self.press(self.page.locator(f"#form-{form}").get_by_role("button").last)

    def press(self, button):
        """
        Press a button or a link by the keyboard, and wait until the next page stands still.

        A click aims at a place: it misses if a line about an autosave appears above at that moment.
        """
        with self.page.expect_navigation():
            button.press("Enter")
        return self
