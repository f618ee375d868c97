"""The words of those who keep the keys of sealed bids: at a machine without a network, with a page on a stick."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from tests.journeys.browsing import Person


@dataclass
class Keeper(Person):
    """``stick`` is the page as it was downloaded; ``moment`` what the clock of the machine says."""

    stick: Path = field(default_factory=Path)
    moment: str = ""
    name: str = ""

    @cached_property
    def context(self) -> BrowserContext:
        context = self.browser.new_context(viewport=self.size, offline=True, locale="zh-CN")
        context.on("console", self._listen)
        context.on("weberror", lambda error: self.troubles.append(str(error.error)))
        if self.moment:
            context.clock.set_fixed_time(self.moment)
        return context

    def sit_down(self):
        return self.go(self.stick.as_uri())

    def make_key(self, holder, organisation):
        """Make a key. Return the public half, which is told to the bureau, and the file for the stick."""
        self.sit_down().page.locator("#holder").select_option(holder)
        self.page.locator("#organisation").fill(organisation)
        told = self.press_and_read("make")
        return re.search(r"age1\w{58}", told)[0], self.save("make")

    def give(self, form, **files):
        """Choose files from the stick, and press the button. Return what the page says."""
        for name, text in files.items():
            file = {"name": f"{name}.txt", "mimeType": "text/plain", "buffer": text.encode()}
            self.page.locator(f"#{form} [name={name}]").set_input_files(file)
        return self.press_and_read(form)

    def press_and_read(self, form):
        output = self.page.locator(f"#{form} output")
        self.page.locator(f"#{form} button").first.click()
        expect(output).to_have_attribute("aria-busy", "false")
        return output.inner_text()

    def save(self, form):
        return self.download(self.page.locator(f"#{form} output a")).decode()
