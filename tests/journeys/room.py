"""The words of the opening room, on an observer's phone."""

from dataclasses import dataclass, field

from playwright.sync_api import ViewportSize, expect

from tests.journeys.browsing import PHONE, Person


@dataclass
class Observer(Person):
    size: ViewportSize = field(default_factory=lambda: PHONE)

    def go_in(self):
        """Go to the opening that the own institution is invited to."""
        return self.go("/observe/").press(self.page.get_by_role("link", name="进入开标监督"))

    def enter(self, code):
        """Sign in at the opening, with the code of the room and both declarations."""
        self.go_in()
        self.page.get_by_label("签到码").fill(code)
        for declaration in ("没有利害关系。", "承诺"):
            self.page.get_by_label(declaration).check()
        return self.press(self.page.get_by_role("button", name="签到", exact=True)).reads("您已签到。")

    def all_is_well(self, item):
        return self.press(self.page.locator(f"#item-{item} button[value=fine]")).reads("已记录。")

    def is_concerned(self, item, text):
        card = self.page.locator(f"#item-{item}")
        card.locator("summary").click()
        card.get_by_label("情况说明").fill(text)
        return self.press(card.get_by_role("button", name="异常")).reads("等待主持人答复")

    def leave(self, opinion):
        """State the opinion, which is final, and sign out, which is asked twice."""
        self.page.get_by_role("textbox", name="监督意见").fill(opinion)
        self.page.get_by_label("提出以后不能修改").check()
        self.press(self.page.get_by_role("button", name="提出监督意见")).reads("监督意见已提出并公开。")
        self.page.once("dialog", lambda dialog: dialog.accept())
        self.press(self.page.get_by_role("button", name="签退", exact=True)).reads("您已签退。")
        expect(self.page.locator(".watch")).to_have_count(0)
        return self
