"""From the code on the street poster to the answer: a resident with a phone, checked by axe on every page."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from playwright.sync_api import expect

from ledger.clock import now
from portal.public import limits
from tenders.models import Comment
from tenders.operations.answers import answer_comment
from tenders.operations.comments import mask_comment
from tenders.personal import masked
from tests.browsers import AGAINST_SERVER, RULES, chromium
from tests.portal.scenes import make_consultation

pytestmark = AGAINST_SERVER

FROM_THE_POSTER = "/projects/2026-001/comment/"


@pytest.fixture
def phone(live_server, monkeypatch):
    """A phone that notes each page it has seen, what axe finds there, and what the browser complains of."""
    monkeypatch.setattr(limits, "SHORTEST_SECONDS", -2)
    monkeypatch.setattr(limits, "ALL_UNPROVEN", 0)  # who comes without a proof of work is not taken
    with chromium() as browser:
        page = browser.new_page(base_url=live_server.url, viewport={"width": 390, "height": 844}, has_touch=True)
        page.complaints = []
        page.on("console", lambda told: page.complaints.append(told.text) if is_trouble(told) else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        yield page


def is_trouble(told):
    """Whether the console tells of more than a form that has to be mended, which is answered with 400."""
    return told.type == "error" and "status of 400" not in told.text


@pytest.fixture
def office():
    """Return a function that does something at the database while a browser is open, which needs its own thread."""

    def do(work):
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        yield lambda work: thread.submit(do, work).result()


def answered(manager):
    """Show the one comment with its number masked, and answer it, as the bureau does."""
    comment = Comment.objects.get()
    mask_comment(comment.pk, text=masked(comment.text), ground="privacy", actor=manager, at=now())
    reply = {"outcome": "partly", "text": "出口改到东侧。", "change": "出口改到东侧支路。"}
    answer_comment(comment.pk, **reply, actor=manager, at=now())


def look(page):
    """Return what axe and the width of the page have to say against it."""
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    return [violation["id"] for violation in Axe().run(page, options=RULES).response["violations"]]


def test_from_the_poster_to_a_receipt_in_five_screens_and_on_to_the_outcome(phone, office):
    manager = office(make_consultation).project.manager
    found = {}

    phone.goto(FROM_THE_POSTER)
    phone.get_by_text("反对", exact=True).click()
    phone.get_by_text("交通与停车").click()
    phone.get_by_text("墓穴与祭扫").click()
    found["stance"] = look(phone)
    phone.get_by_role("button", name="下一步").click()

    phone.get_by_role("button", name="下一步").click()
    phone.wait_for_function("document.activeElement.className === 'errors'")
    phone.get_by_role("link", name="请写下您的意见").click()
    phone.wait_for_function("document.activeElement.id === 'id_text'")
    phone.get_by_label("您的意见").fill("清明时门口很堵，请加一条车道。有事打13812345678。")
    found["text"] = look(phone)
    phone.reload()  # the line breaks, the page is sent again without what was typed
    expect(phone.get_by_text("已经替您放回来了")).to_be_visible()
    phone.get_by_role("button", name="下一步").click()

    phone.get_by_label("邮箱或者电话").fill("ｗａｎｇ＠example.com")
    phone.get_by_text("个人信息怎样处理").click()
    found["contact"] = look(phone)
    phone.get_by_role("button", name="下一步").click()

    expect(phone.get_by_text("138****5678")).to_be_visible()
    expect(phone.get_by_text("答复会发到这个邮箱")).to_be_visible()
    expect(phone.locator("[name=altcha]")).to_have_value(re.compile(".{100}"), timeout=120_000)
    found["check"] = look(phone)
    phone.get_by_role("button", name="提交意见").click()

    expect(phone.get_by_role("heading", name="已收到您的意见")).to_be_visible()
    found["receipt"] = look(phone)
    assert phone.evaluate("localStorage.length") == 0
    comment = office(Comment.objects.get)
    assert (comment.topics, comment.contact) == (["traffic", "graves"], "wang@example.com")

    phone.go_back()
    phone.get_by_role("button", name="提交意见").click()
    phone.wait_for_url(f"**{comment.code}**")
    assert office(Comment.objects.count) == 1

    office(lambda: answered(manager))
    phone.reload()
    expect(phone.get_by_text("出口改到东侧支路。")).to_be_visible()
    expect(phone.get_by_text("部分采纳").first).to_be_visible()
    found["outcome"] = look(phone)

    assert found == {screen: [] for screen in found}
    assert phone.complaints == []
