"""The review on a telephone and on a desk: readable, reachable, and checked by axe."""

import os
from hashlib import sha256

from axe_playwright_python.sync_playwright import Axe
from django.core.files.base import ContentFile

from lifecycle.demo.drafts import fill
from tenders.models import Review, TenderDocument
from tests import files
from tests.browsers import AGAINST_SERVER, RULES, chromium, session_of
from tests.factories import cemetery_on

pytestmark = AGAINST_SERVER


def look(page, name):
    """Check a page, and keep its picture if somebody wants to see it."""
    assert Axe().run(page, options=RULES).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_a_reviewer_resolves_findings_on_a_telephone(live_server, client, at_desk, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps a loop in this thread
    scene = cemetery_on("06-12 09:00")
    fill(scene.package, qualification="资格证明原件请交联系人，手机13870214563。")
    content = files.changed_docx("新的条款", "旧的条款", "王小明")
    digest = sha256(content).hexdigest()
    file = ContentFile(content, f"{digest[:16]}.docx")
    scene.package.documents.create(kind=TenderDocument.Kind.OTHER, title="补充说明", file=file, sha256=digest)
    address = f"{live_server.url}{at_desk(scene, 'reviewer')}/acts/review-tender/{scene.package.pk}/"
    session = session_of(client, live_server.url)

    with chromium() as browser:
        context = browser.new_context(viewport={"width": 390, "height": 844})
        context.add_cookies([session])
        page = context.new_page()
        page.goto(address)
        look(page, "review-390")
        page.get_by_label("是", exact=True).check()
        page.get_by_role("button", name="审查：招标公告与招标文件").press("Enter")
        page.get_by_text("处没有处理").wait_for()
        look(page, "refused-390")
        page.set_viewport_size({"width": 1280, "height": 900})
        look(page, "refused-1280")
        for select in page.locator("main select").all():
            select.select_option(index=1)
        page.get_by_role("button", name="审查：招标公告与招标文件").press("Enter")
        page.get_by_text("已办理：").wait_for()
        for details in page.locator("main details").all():
            details.locator("summary").click()
        look(page, "register-1280")
    assert Review.objects.get(notice="tender").findings.exclude(ground="").count() == 5
