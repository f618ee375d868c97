"""What comes before a tender, on a telephone: the reviewer's checklist, the manager's warnings, the public's page."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe

from ledger import clock
from lifecycle.demo.drafts import fill
from publishing import site
from tenders.drafting import new_package
from tenders.models import FairnessReview
from tests.browsers import AGAINST_SERVER, RULES, chromium, session_of
from tests.factories import cemetery_on

pytestmark = AGAINST_SERVER
PICTURES = os.environ.get("PICTURES", "")


def well(page, name):
    """The page fits a small telephone, and axe finds nothing wrong."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name
    assert Axe().run(page, options=RULES).violations_count == 0, name
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


@pytest.mark.rule("FC-01", "FC-02", "TH-05")
def test_a_tender_is_reviewed_for_fair_competition_on_a_telephone(live_server, client, monkeypatch, settings):
    settings.DEMO = True
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps a loop in this thread
    scene = cemetery_on("06-12 09:00")
    clock.advance(scene.at)
    package = scene.package
    fill(package, qualification="近三年在本县有一项类似业绩。", estimate_fen=390_000_000)
    fill(new_package(scene.project.pk, name="二期施工", actor=scene.people.manager), estimate_fen=20_000_000)
    desk = f"{live_server.url}/desk/projects/{scene.project.number}"
    with chromium() as browser:
        context = browser.new_context(viewport={"width": 320, "height": 640})
        page = context.new_page()
        client.force_login(scene.people.reviewer)
        context.add_cookies([session_of(client, live_server.url)])
        page.goto(f"{desk}/registers/fairness/{package.pk}/")
        well(page, "register")
        page.get_by_role("link", name="公平竞争审查").last.click()
        well(page, "checklist")
        for group in page.get_by_role("radio", name="符合", exact=True).all():
            group.check()
        page.locator("main form button[name=act]").press("Enter")
        page.get_by_text("请在这几条写明理由").wait_for()
        page.locator("[name=remark-6-3]").fill("类似工程的经验与履约直接有关。")
        page.locator("main form button[name=act]").press("Enter")
        page.get_by_text("已办理：公平竞争审查").wait_for()
        well(page, "reviewed")
        assert FairnessReview.objects.get().conclusion == "fair"

        client.force_login(scene.people.manager)
        context.clear_cookies()
        context.add_cookies([session_of(client, live_server.url)])
        page.goto(desk)
        page.get_by_text("2个施工标段各自低于400万元，合计4,100,000.00元").wait_for()
        well(page, "desk")
        page.goto(f"{desk}/drafts/package/{package.pk}/")
        page.get_by_text("400万元以上必须招标；本项目同类标段合计4,100,000.00元，已达到").wait_for()
        well(page, "draft")

        site.rebuild()
        page.goto(f"{live_server.url}/projects/{scene.project.number}/#h-planned")
        page.get_by_role("heading", name="标段和招标计划").wait_for()
        well(page, "public")
