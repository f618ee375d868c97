"""The words of a bidder, who seals at home and follows the opening on a telephone."""

from dataclasses import dataclass, field

from playwright.sync_api import ViewportSize, expect

from tests.journeys.browsing import PHONE, Person

SEALING_MS = 120_000  # on a busy machine


@dataclass
class Bidder(Person):
    size: ViewportSize = field(default_factory=lambda: PHONE)
    name: str = ""  # of the pictures

    # -- the bid

    def seal(self, tender, files, **reading):
        """Fill in what will be read aloud, seal it in this browser, and save the recovery key. Return its text."""
        self.go("/bid/").follow(f"去投标 ：{tender}")
        for name, value in reading.items():
            self.page.locator(f"#seal [name={name}]").fill(value)
        self.page.locator("#seal [name=files]").set_input_files(files)
        self.look(f"seal-{self.name}")
        self.page.locator("#seal button").click()
        link = self.page.get_by_role("link", name="保存恢复密钥")
        link.wait_for(timeout=SEALING_MS)
        return self.download(link).decode()

    def deliver(self):
        """Upload what was sealed, and press the small button that counts."""
        self.page.get_by_role("button", name="已经保存，开始上传").click()
        button = self.page.locator("#deliver [type=submit]")
        button.wait_for(timeout=SEALING_MS)
        self.look(f"uploaded-{self.name}")
        return self.press(button).reads("已签收。")

    # -- the opening

    def attend(self, representative):
        """Sign in for the own company, on the own telephone."""
        self.go("/bid/openings/").press(self.page.get_by_role("link", name="进入"))
        self.fill("attend", representative=representative, authority="authorised", remote="remote")
        return self.send("attend").reads("已签到。")

    def confirm(self, *words):
        """Read one's own line as it was read aloud, and confirm it."""
        self.look_again().reads(*words).fill("confirm", is_right=True).send("confirm")
        expect(self.page.locator("#form-confirm")).to_have_count(0)
        return self.reads("已确认。")
