"""What the public sees of what became of the comments: themes, reports, their data."""

import json
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from ledger import clock
from ledger.canonical import canonical_bytes
from publishing import site
from publishing.adoption import publish_adoption
from publishing.pages.adoption import themes_page
from publishing.pages.charts import chart
from tenders.models import Comment, Theme
from tenders.operations.answers import answer_comment, correct_answer
from tests.factories import cemetery_on, hall_on
from tests.publishing.reading import path_of, publish, source, text

pytestmark = pytest.mark.django_db

PROJECT = "/projects/2026-001/"
REPORT = f"{PROJECT}adoption/1/"
SCHEMA = Path(__file__).parents[2] / "docs" / "adoption-report.schema.json"


@pytest.fixture
def scene(settings):
    settings.DEMO = True
    return cemetery_on("04-20 09:00")


def write(scene):
    """Write the pages of the project, and no other."""
    clock.advance(scene.at)
    site.publish_project(scene.project)


def test_the_report_is_a_page_with_every_verdict_and_the_project_leads_to_it(scene):
    write(scene)
    page = text(REPORT)
    for words in (
        "收到意见", "6 有效意见", "出入口和步行安全 采纳", "第1号", "方案因此作出的改动：出口改到东侧支路",
        "转到哪里办：不转交", "第1场听证会，2026-03-27举行",
    ):  # fmt: skip
        assert words in page, page
    assert '<html lang="en">' in source(f"/en{REPORT}")
    project = source(PROJECT)
    assert f'href="{REPORT}"' in project
    assert f'href="{PROJECT}themes/#theme-1-1"' in project
    assert "意见采纳情况已公布，准备决策" in project


def test_each_chart_says_in_words_and_in_a_table_what_it_shows(scene):
    publish_adoption(scene.project)
    page = source(REPORT)
    assert page.count('<svg viewBox="0 0 360') == 3
    assert 'role="img" aria-label="处理结果：采纳 4（57.1%）；部分采纳 1（14.3%）' in page
    assert page.count('<th scope="row">合计</th><td class="num">7</td>') == 3
    assert "style=" not in page


def test_the_data_follow_their_schema_and_lead_to_the_digest_on_record(scene):
    publish_adoption(scene.project)
    schema, data = json.loads(SCHEMA.read_text()), json.loads(path_of(f"{PROJECT}adoption/1.json").read_text())
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(data)
    (entry,) = scene.entries("step.publish_adoption_report")
    alone = {name: value for name, value in data.items() if name not in {"project", "published_at", "record"}}
    assert data["record"] == {"entry": entry.seq, "sha256": entry.facts["sha256"]}
    assert sha256(canonical_bytes(alone)).hexdigest() == entry.facts["sha256"]


def test_themes_and_comments_tell_of_each_other(scene):
    write(scene)
    themes, comments = text(f"{PROJECT}themes/"), text(f"{PROJECT}comments/")
    assert "出入口和步行安全 停车场出口避开凤山小学" in themes
    assert "1条意见：第1号" in themes
    assert "与“出入口和步行安全”的其他意见一并答复" in comments
    assert "此前随主题的答复" in comments


def test_a_corrected_answer_stands_beside_the_wrong_one_and_in_the_register(scene):
    wrong = Comment.objects.get(number=4).answer
    at = scene.at + timedelta(hours=1)
    correct_answer(
        wrong.pk,
        outcome="not-adopted",
        text="造价另行公开。",
        reason="原答复漏了一项。",
        actor=scene.people.manager,
        at=at,
    )
    publish(at)
    page = text(f"{PROJECT}comments/")
    for words in ("造价另行公开。", "更正前的答复", "更正的理由：原答复漏了一项。", "建筑安装工程1480万元"):
        assert words in page
    assert "原答复漏了一项。" in text("/corrections/")
    assert "此后更正过答复" in text(REPORT)
    assert "4（57.1%）" in text(REPORT)


def test_what_is_only_grouped_or_drafted_is_public_nowhere(settings):
    settings.DEMO = True
    scene = hall_on()
    theme = scene.acts.group(list(Comment.objects.all()), scene.at, "暗中归类", "还没有答复的概括。")
    type(theme).objects.update(text="起草中的答复。", outcome="adopted")
    write(scene)
    for address in (PROJECT, f"{PROJECT}themes/", f"{PROJECT}comments/", f"{PROJECT}project.json"):
        assert not any(words in source(address) for words in ("暗中归类", "还没有答复的概括", "起草中的答复"))
    assert not path_of(f"{PROJECT}adoption/1/").exists()


def test_a_petition_says_the_path_and_the_terms(settings):
    settings.DEMO = True
    scene = hall_on()
    comment = Comment.objects.get(number=2)
    answer_comment(
        comment.pk, outcome="out-of-scope", text="属于低保待遇。", referral="县信访局", is_petition=True,
        actor=scene.people.manager, at=scene.at,
    )  # fmt: skip
    write(scene)
    page = text(f"{PROJECT}comments/")
    assert "转到哪里办：县信访局" in page
    assert "15日内书面告知是否受理（《信访工作条例》第二十二条、第二十三条）" in page
    assert "60日内办结" in page


def test_more_themes_cost_no_more_queries(scene, django_assert_num_queries):
    with CaptureQueriesContext(connection) as few:
        themes_page(scene.project)
    at = scene.at
    for number in range(2, 8):
        theme = Theme.objects.create(consultation=scene.consultation, number=number, title=f"第{number}件")
        theme.answer = scene.consultation.answers.create(theme=theme, outcome="explained", text="说明", answered_at=at)
        theme.save()
    with django_assert_num_queries(len(few)):
        assert len(themes_page(scene.project)["themes"]) == 7


def test_a_chart_of_nothing_and_of_one_thing():
    assert chart("a", "图", "项", {}).said == "无"
    only = chart("a", "图", "项", {"采纳": 3})
    assert (only.said, only.bars[0].width) == ("采纳 3（100.0%）", 244)
