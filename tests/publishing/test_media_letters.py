"""What a newspaper prints and a station reads out: every figure that a citizen needs, in the room that there is."""

from dataclasses import replace
from datetime import date

import pytest

from publishing import notices
from publishing.documents.letters import Wish, media_letter
from publishing.documents.media import LONGEST_SPOKEN, broadcast_text, print_text, spoken_length
from publishing.posters import told_as_of
from tests.factories import cemetery_on
from tests.publishing.papers import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return cemetery_on("03-09 09:06")


def told(scene, **project):
    found = told_as_of(scene.entries("step.publish_plan")[0], scene.project)
    return replace(found, plan=dict(found.plan, project=dict(found.project, **project)))


def letter(scene, means, kind="step.publish_plan"):
    notice = notices.issue(scene.entries(kind)[0])
    wish = Wish("清平县广播电台", means, date(2026, 3, 9), date(2026, 3, 10), 2)
    title, content = media_letter(notice, wish, on=date(2026, 3, 9))
    return title, text_of(content)


def test_half_a_minute_holds_what_when_and_how_and_no_web_address(scene):
    spoken = broadcast_text(told(scene))
    for said in ("清平县民政局", "陵园公园改扩建工程", "4月8日24时截止", "1800万元", "二维码", "0870-5550102"):
        assert said in spoken
    assert "http" not in spoken
    assert "127.0.0.1" not in spoken
    assert spoken_length(spoken) <= LONGEST_SPOKEN


def test_what_does_not_fit_into_half_a_minute_is_left_out_before_what_has_to_be_said(scene):
    spoken = broadcast_text(told(scene, name="长" * 60, site="地" * 100))
    assert "4月8日24时截止" in spoken
    assert "0870-5550102" in spoken
    assert "地" * 100 not in spoken


def test_the_text_to_print_has_the_address_the_whole_period_and_the_hotline(scene):
    printed = print_text(told(scene), "https://example.gov.cn")
    for said in (
        "https://example.gov.cn/projects/2026-001/", "2026年3月9日（星期一）起", "2026年4月8日（星期三）24时止",
        "凤山路北侧", "0870-12388", "文化路18号",
    ):  # fmt: skip
        assert said in printed


def test_a_station_gets_the_text_to_read_out_and_a_newspaper_the_one_to_print(scene):
    _title, on_air = letter(scene, "播出")
    assert "附件3　口播稿（30秒）" in on_air
    assert broadcast_text(told(scene)) in on_air
    assert f"共{spoken_length(broadcast_text(told(scene)))}字" in on_air
    _title, in_print = letter(scene, "刊登")
    assert "附件3　见报稿" in in_print
    assert "口播稿" not in in_print
    for text in (on_air, in_print):
        assert "刊播回执" in text
        assert "1.公告正文　2.刊播回执　3." in text


def test_a_notice_without_a_plan_goes_out_in_full_alone(scene):
    _title, said = letter(scene, "播出", "step.open_comments")
    assert "附件3" not in said
    assert "3.口播稿" not in said
