"""The words of the desk: places, registers, acts and steps of a project, as its staff find them on the pages."""

from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from tests.journeys import typed
from tests.journeys.browsing import Person

PROJECT, PUBLIC = "/desk/projects/2026-001/", "/projects/2026-001/"


@dataclass
class Staff(Person):
    # -- drafts and files

    def at(self, place):
        """Go from the project's desk to one of its drafts or registers."""
        return self.go(PROJECT).follow(place, within=".places")

    def draft(self, place, form, **values):
        """Type a draft and save it."""
        return self.at(place).fill(form, **values).send(form).reads("已保存。")

    def upload(self, place, form, files):
        self.at(place)
        for file in files:
            self.fill(form, **file).send(form).reads("已上传。")
        return self

    # -- acts in registers

    def act(self, link, form, **answers):
        """Follow a link that stands on the page to an act, answer what it asks, and do it."""
        return self.follow(link).fill(form, **answers).send(form).reads("已办理：")

    def release(self, *notices):
        """Review documents that wait on the reviewer's own desk."""
        for notice in notices:
            self.go("/desk/").follow(notice)
            form = self.page.locator("main form").get_attribute("id").removeprefix("form-")
            self.fill(form, released="True", remark="不涉密，不含应当保护的个人信息。").send(form).reads("已办理：")
        return self

    def review_for_fairness(self):
        return self.at("公平竞争审查").act("公平竞争审查", "review-fairness", **typed.FAIR)

    def invite(self, *institutions):
        """Ask institutions to watch the opening, and write down who holds it."""
        self.at("监督邀请与监督记录")
        for institution in institutions:
            self.follow("邀请监督单位").page.get_by_label("受邀单位").select_option(label=institution)
            self.send("invite").reads("已办理：邀请监督单位。")
        return self.draft("开标会", "opening", **typed.OPENING)

    def room_code(self):
        """Show the code with which observers sign in, on the screen of the room. Return it."""
        self.at("监督邀请与监督记录").follow("在开标室显示签到码")
        return self.page.locator(".room-code").inner_text()

    # -- steps

    def card(self, step) -> Locator:
        """The card of a step on the project's desk, with its button and every reason against it."""
        button = self.page.locator(f"button[name=step][value={step}]")
        return self.page.locator(".step").filter(has=button)

    def take(self, step, **answers):
        """Take a step: read that it is final, and confirm."""
        self.go(PROJECT)
        self.press(self.card(step).get_by_role("button"))
        self.look(f"step-{step}").fill("step", **answers)
        return self.send("step").reads("已办理并公开：")

    def is_grey(self, step, *reasons):
        """Find a step greyed out on the project's desk, with these reasons beside it."""
        self.go(PROJECT)
        expect(self.card(step).get_by_role("button")).to_be_disabled()
        for reason in reasons:
            expect(self.card(step)).to_contain_text(reason)
        return self.look(f"refused-{step}-{len(reasons)}")

    def is_refused(self, step, *reasons):
        """
        Find a step greyed out with its reasons, and press its buttons all the same.

        They are enabled by hand, as they would still be on pages that were opened before: the server refuses.
        """
        self.is_grey(step, *reasons)
        self.press_anyway(self.card(step).get_by_role("button"))
        with self.page.expect_response(lambda response: response.request.method == "POST") as answer:
            self.press_anyway(self.page.locator("#form-step").get_by_role("button"))
        assert answer.value.status == 409
        return self.reads("还不能办理", *reasons)

    def press_anyway(self, button):
        expect(button).to_be_disabled()
        button.evaluate("button => { button.disabled = false }")
        return self.press(button)

    # -- the demo's calendar

    def wait_until(self, moment):
        """Put the calendar of the demo forward, by the form on top of the desk: ``2026-03-09T09:00``."""
        clock = self.page.locator("form.clock")
        clock.get_by_label("把演示日历拨到").fill(moment)
        self.press(clock.get_by_role("button"))
        _, month, day = moment.partition("T")[0].split("-")
        expect(clock.locator("b")).to_contain_text(f"{int(month)}月{int(day)}日")
        return self
