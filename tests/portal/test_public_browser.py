"""The comment form, the receipt and the opening room as people hold them: in a phone's browser, checked by axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from integrity.operations.observers import sign_in
from ledger.clock import now
from portal.public import limits
from tenders.operations.comments import receive_comment
from tests.browsers import AGAINST_SERVER, RULES, chromium
from tests.portal.scenes import (
    begin_opening,
    make_consultation,
    make_invitation,
    make_observer,
    make_package,
    make_project,
)

pytestmark = AGAINST_SERVER


@pytest.fixture
def stage(live_server, monkeypatch):
    """A project that takes comments, a comment, and an observer in the opening room. Return the way to each."""
    monkeypatch.setattr(limits, "UNPROVEN_SHORTEST_SECONDS", -2)
    consultation = make_consultation()
    comment = receive_comment(consultation.pk, text="希望多留几个停车位。", at=now())
    observer = make_observer()
    invitation = make_invitation(observer, make_package(make_project("2026-002")))
    sign_in(invitation.pk, remote=True, no_conflict=True, keeps_confidential=True, actor=observer, at=now())
    begin_opening(invitation.package)
    return {"site": live_server.url, "code": comment.code, "observer": observer, "room": f"/observe/{invitation.pk}/"}


@pytest.fixture
def open_page(stage, client):
    """Return a function that opens a page of the site in a browser of its own, at the width of a phone."""
    client.force_login(stage["observer"])
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": stage["site"]}
    with chromium() as browser:

        def open_page(path, *, width=390, scripts=True, signed_in=False):
            context = browser.new_context(java_script_enabled=scripts, viewport={"width": width, "height": 844})
            context.add_cookies([session] if signed_in else [])
            page = context.new_page()
            page.goto(stage["site"] + path)
            return page

        yield open_page


def paths_of(stage):
    public = ["/projects/2026-001/comment/", "/receipts/", f"/receipts/{stage['code']}/", "/ledger/entries/0/"]
    return [*public, "/projects/?q=2026", "/accounts/login/", "/nowhere/", "/observe/", stage["room"]]


def test_a_resident_comments_on_a_phone_without_scripts(stage, open_page):
    page = open_page("/projects/2026-001/comment/", scripts=False)

    page.get_by_text("交通与停车").click()
    page.get_by_role("button", name="换成大字").click()
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("您的意见").fill("清明时门口很堵。\n请加一条车道。")
    page.get_by_role("button", name="上一步").click()
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="下一步").click()
    sizes = "document.documentElement.dataset.mode + getComputedStyle(document.body).fontSize"
    assert page.evaluate(sizes) == "elder24px"
    page.get_by_role("button", name="提交意见").click()

    expect(page.get_by_role("heading", name="已收到您的意见")).to_be_visible()
    expect(page.get_by_text("请加一条车道。")).to_be_visible()
    assert "/receipts/" in page.url
    assert page.url.endswith("?mode=elder")
    assert page.context.cookies() == []


def test_an_observer_logs_a_concern_with_one_thumb(stage, open_page):
    page = open_page(stage["room"], signed_in=True, scripts=False)
    card = page.locator("#item-seals")

    card.get_by_text("说明或者异常").click()
    card.get_by_label("情况说明").fill("一个封套有裂口")
    card.get_by_role("button", name="异常，请答复").click()

    expect(page.get_by_text("等待主持人答复")).to_be_visible()
    assert page.url.endswith("#item-seals")


def test_no_page_scrolls_sideways_and_axe_finds_nothing(stage, open_page):
    found = {}
    for path in paths_of(stage):
        page = open_page(path, width=320, signed_in=path.startswith("/observe"))
        width = page.evaluate("document.documentElement.scrollWidth")
        violations = [v["id"] for v in Axe().run(page, options=RULES).response["violations"]]
        if width > 320 or violations:
            found[path] = (width, violations)

    assert found == {}


def test_large_type_fits_on_a_phone(stage, open_page):
    widths = {}
    for path in paths_of(stage):
        page = open_page(f"{path}{'&' if '?' in path else '?'}mode=elder", signed_in=path.startswith("/observe"))
        page.wait_for_function("document.documentElement.dataset.mode === 'elder'")
        widths[path] = page.evaluate("document.documentElement.scrollWidth")

    assert set(widths.values()) == {390}
