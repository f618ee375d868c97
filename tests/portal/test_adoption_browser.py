"""Answering by theme, in a browser: the desk without scripts, and what the public sees, checked by axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from publishing.pages.adoption import reports_of
from tenders.models import Comment, Theme
from tests.browsers import RULES
from tests.factories import cemetery_on
from tests.portal.test_desk_browser import browse, pytestmark  # noqa: F401, the fixture is used by its name


def faults(page):
    return [
        (fault["id"], [node["html"][:200] for node in fault["nodes"]])
        for fault in Axe().run(page, options=RULES).response["violations"]
    ]


@pytest.fixture
def scene(at_desk):
    scene = cemetery_on("04-20 09:00")
    return scene, at_desk(scene)


def test_themes_are_grouped_without_scripts_and_every_page_passes_axe(at_desk, browse):  # noqa: F811
    scene = cemetery_on("04-08 14:05")
    desk = at_desk(scene)
    register = f"{desk}/registers/themes/{scene.consultation.pk}/"
    for width in (390, 1280):
        page = browse(register, width=width)
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page = browse(register, scripts=False)
    page.get_by_label("勾选第1号").check()
    page.get_by_label("勾选第5号").check()
    page.get_by_label("新主题的名称").fill("出行")
    page.get_by_role("button", name="归入", exact=True).click()
    page.get_by_text("已把2条意见归入“出行”。").wait_for()
    page.get_by_role("button", name="撤销").click()
    page.get_by_text("已撤销：2条意见回到原来的主题。").wait_for()
    theme = scene.acts.group(Comment.objects.filter(number__in=(1, 5)), scene.at, "出行", "出口和步行道。")
    Theme.objects.filter(pk=theme.pk).update(outcome="adopted", text="照办。", change="出口改到东侧。")
    for path in (f"{desk}/drafts/theme/{theme.pk}/", f"{desk}/acts/answer-theme/{theme.pk}/"):
        page = browse(path, width=390)
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_report_and_the_themes_pass_axe_on_a_phone_and_on_a_desk(scene, browse):  # noqa: F811
    scene, _desk = scene
    assert reports_of(scene.project)
    for path in ("/projects/2026-001/adoption/1/", "/projects/2026-001/themes/", "/en/projects/2026-001/adoption/1/"):
        for width in (320, 1280):
            page = browse(path, width=width)
            assert faults(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
