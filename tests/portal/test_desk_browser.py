"""The desk in a browser: autosave with scripts, a plain form without them, checked by axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browsers import AGAINST_SERVER, RULES, chromium, session_of
from tests.factories import cemetery_on, hall_on

pytestmark = AGAINST_SERVER


@pytest.fixture
def browse(live_server, client, monkeypatch):
    """Return a function that opens a page as the person who sits at the desk."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps a loop in this thread
    with chromium() as browser:

        def browse(path, *, width=1280, scripts=True):
            session = session_of(client, live_server.url)
            context = browser.new_context(java_script_enabled=scripts, viewport={"width": width, "height": 844})
            context.add_cookies([session])
            page = context.new_page()
            page.goto(live_server.url + path)
            return page

        yield browse


@pytest.fixture
def draft(at_desk):
    scene = cemetery_on("03-02 09:00")
    return scene, f"{at_desk(scene)}/drafts/project/{scene.project.pk}/"


def wait_until_said(page, words):
    page.locator("#saved").get_by_text(words).wait_for()


def test_a_change_is_saved_by_itself_again_and_again(draft, browse):
    scene, path = draft
    page = browse(path)

    for revision, site in ((1, "城西"), (2, "城北")):
        page.get_by_label("建设地点").fill(site)
        page.locator(f"#id_revision[value='{revision}']").wait_for(state="attached")
        assert scene.project.site == site
    wait_until_said(page, "已自动保存")


def test_a_slip_is_told_beside_its_field_and_forgotten_when_mended(draft, browse):
    scene, path = draft
    page = browse(path)

    page.get_by_label("投资估算").fill("一千万")
    wait_until_said(page, "还没有保存：有1处要先改好")
    assert page.locator("#id_estimate_fen_error").inner_text().startswith("请只写数字")

    page.get_by_label("投资估算").fill("１０００００００")
    wait_until_said(page, "已自动保存")
    assert page.locator("#id_estimate_fen_error").inner_text() == ""
    assert scene.project.estimate_fen == 1_000_000_000


def test_two_writers_see_both_texts(draft, browse):
    scene, path = draft
    first, second = browse(path), browse(path)
    first.get_by_label("建设地点").fill("甲写的")
    wait_until_said(first, "已自动保存")

    second.get_by_label("建设地点").fill("乙写的")
    wait_until_said(second, "别人刚保存过这份草稿")
    second.get_by_role("button", name="保存").click()

    assert second.get_by_role("row", name="建设地点").get_by_role("cell").all_inner_texts() == ["甲写的", "乙写的"]
    assert second.get_by_label("建设地点").input_value() == "乙写的"
    assert scene.project.site == "甲写的"

    second.get_by_role("button", name="保存").click()
    expect(second.get_by_text("已保存。")).to_be_visible()
    assert scene.project.site == "乙写的"


def test_a_lost_line_and_a_lost_session_are_told(draft, browse):
    scene, path = draft
    page = browse(path)
    page.context.set_offline(True)
    page.get_by_label("建设地点").fill("没有网络")
    wait_until_said(page, "没有保存成功")

    page.context.set_offline(False)
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("建设地点").fill("登录过期")
    wait_until_said(page, "登录已过期")

    assert page.get_by_label("建设地点").input_value() == "登录过期"
    assert "城西" not in scene.project.site


def test_the_desk_works_without_scripts(at_desk, browse):
    scene = cemetery_on("03-02 16:00")
    page = browse(f"{at_desk(scene)}/drafts/project/{scene.project.pk}/", scripts=False)

    page.get_by_label("建设地点").fill("城西")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    assert scene.project.site == "城西"

    page.goto(page.url.split("/drafts/")[0])
    assert page.locator(
        "button[name=step][value=publish_plan]"
    ).is_disabled()  # what was reviewed is no longer what it is
    expect(page.get_by_text("在审查之后有改动，须重新审查")).to_be_visible()


def test_a_step_is_taken_with_two_clicks(at_desk, browse):
    scene = cemetery_on("03-02 16:00")
    page = browse(at_desk(scene) + "/", scripts=False)

    page.locator("button[name=step][value=publish_plan]").click()
    expect(page.get_by_text("公众将看到")).to_be_visible()
    page.locator("button[name=step][value=publish_plan]").click()

    expect(page.get_by_text("已办理并公开：公布方案")).to_be_visible()


def test_a_comment_is_found_by_keys_and_masked_by_selecting(at_desk, browse):
    scene = hall_on()
    comment = scene.acts.comment(scene.at, "王大爷说坡道要缓，扶手要两层。电话13812345678")
    desk = at_desk(scene, "clerk")
    page = browse(f"{desk}/registers/moderation/{scene.consultation.pk}/")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_role("checkbox", name="勾选第3号")).to_be_checked()
    page.get_by_label("个人信息").select_option("yes")
    page.wait_for_url("**finding=yes**")
    expect(page.locator("article")).to_have_count(1)
    page.get_by_role("link", name="遮盖后公开").click()
    page.get_by_label("遮盖后的全文").evaluate("area => area.setSelectionRange(0, 3)")
    page.get_by_role("button", name="遮盖选中的文字").click()
    page.locator("button[name=act]").click()

    expect(page.get_by_text("已办理：遮盖后公开")).to_be_visible()
    comment.refresh_from_db()
    assert comment.public_text == "███说坡道要缓，扶手要两层。电话138****5678"


def test_no_page_scrolls_sideways_and_axe_finds_nothing(at_desk, browse):
    scene = cemetery_on("07-23 15:00")
    desk, project, package = at_desk(scene), scene.project, scene.package
    paths = [
        "/desk/",
        f"{desk}/",
        f"{desk}/drafts/contracts/{scene.contract.pk}/",
        f"{desk}/drafts/evaluation/{package.evaluation.pk}/",
        f"{desk}/files/renderings/{scene.consultation.pk}/",
        f"{desk}/registers/comments/{scene.consultation.pk}/",
        f"{desk}/registers/moderation/{scene.consultation.pk}/?state=all",
        f"{desk}/acts/mask-comment/{scene.consultation.comments.get(number=6).pk}/",
        f"{desk}/acts/propose-withholding/{scene.consultation.comments.get(number=6).pk}/",
        f"/projects/{project.number}/comments/?state=withheld",
        f"/projects/{project.number}/comments/1/6/",
        f"{desk}/registers/bids/{package.pk}/",
        f"{desk}/registers/observers/{package.pk}/",
        f"{desk}/registers/record/{project.pk}/",
        f"{desk}/steps/sign_contracts/{scene.contract.pk}/",
        f"{desk}/acts/receive-objection/{package.pk}/",
    ]
    found = {}
    for path in paths:
        page = browse(path, width=320)
        width = page.evaluate("document.documentElement.scrollWidth")
        violations = [v["id"] for v in Axe().run(page, options=RULES).response["violations"]]
        if width > 320 or violations:
            found[path] = (width, violations)
    assert found == {}
