"""Grouping, answering and reporting on the desk."""

import pytest
from django.urls import reverse

from lifecycle.operations import take
from lifecycle.steps import STEPS
from tenders.models import AdoptionReport, AnswerDraft, Comment, Theme
from tenders.operations.answers import answer_theme
from tests.factories import hall_on, moment
from tests.portal.desks import typed
from tests.portal.test_desk_registers import act

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(at_desk):
    """A project with three comments, the first of them answered."""
    scene = hall_on()
    return scene, at_desk(scene)


def themes_page(client, desk, scene, **asked):
    return client.get(f"{desk}/registers/themes/{scene.consultation.pk}/", asked)


def group(client, desk, scene, *numbers, **into):
    chosen = Comment.objects.filter(number__in=numbers).values_list("pk", flat=True)
    return client.post(f"{desk}/themes/{scene.consultation.pk}/group/", {"comment": list(chosen), **into}, follow=True)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({}, [1, 2, 3]),
        ({"q": "空调 八月"}, [2]),
        ({"q": "３"}, [3]),
        ({"stance": "support"}, [1, 3]),
        ({"topic": "design"}, [1, 2]),
        ({"channel": "letter"}, []),
        ({"theme": "none"}, [1, 3]),
        ({"theme": "1"}, [2]),
        ({"unanswered": "1"}, [2, 3]),
        ({"theme": "none", "unanswered": "1"}, [3]),
        ({"theme": "nonsense", "page": "x"}, [1, 3]),
    ],
)
def test_comments_are_found_by_words_marks_and_theme(client, hall, query, numbers):
    scene, desk = hall
    group(client, desk, scene, 2, title="空调")
    page = themes_page(client, desk, scene, **query)
    assert [comment.number for comment in page.context["page"]] == numbers


def test_ticked_comments_go_into_a_theme_and_back(client, hall):
    scene, desk = hall
    page = group(client, desk, scene, 2, 3, title="休息和空调", asked="unanswered=1")
    assert page.redirect_chain[-1][0].endswith("?unanswered=1")
    assert "已把2条意见归入“休息和空调”。" in page.text
    assert Theme.objects.get().comments.count() == 2
    undone = client.post(f"{desk}/themes/{scene.consultation.pk}/undo/", follow=True)
    assert "已撤销：2条意见回到原来的主题。" in undone.text
    assert not Theme.objects.exists()
    assert "撤销</button>" not in themes_page(client, desk, scene).text


def test_what_is_missing_for_grouping_is_told(client, hall):
    scene, desk = hall
    assert "请先勾选意见。" in group(client, desk, scene, title="空调").text
    assert "请选择一个主题，或者填写新主题的名称。" in group(client, desk, scene, 2).text
    group(client, desk, scene, 2, title="空调")
    assert "已把1条意见移出主题。" in group(client, desk, scene, 2, out="1").text


def test_a_reviewer_reads_the_themes_and_moves_nothing(client, hall):
    scene, desk = hall
    client.force_login(scene.people.reviewer)
    assert "勾选第2号" not in themes_page(client, desk, scene).text
    assert group(client, desk, scene, 2, title="空调").status_code == 404


def test_the_comments_of_another_project_are_not_found(client, hall):
    scene, _desk = hall
    address = f"/desk/projects/2026-999/themes/{scene.consultation.pk}/group/"
    assert client.post(address, {"comment": [], "title": "x"}).status_code == 404


def test_what_may_belong_together_is_proposed_with_its_words(client, hall):
    scene, desk = hall
    for text in ("壁葬区要有雨棚，下雨怎么祭扫", "雨棚！壁葬区没有雨棚", "停车场太远"):
        scene.acts.comment(scene.at, text)
    page = themes_page(client, desk, scene)
    (proposal,) = page.context["proposals"]
    assert sorted(comment.number for comment in proposal.comments) == [4, 5]
    assert "都提到：<strong>" in page.text
    assert "雨棚" in proposal.words


def test_a_theme_is_drafted_saved_by_itself_seen_as_the_public_will_and_answered(client, hall):
    scene, desk = hall
    group(client, desk, scene, 2, 3, title="休息室")
    theme = Theme.objects.get()
    words = {"summary": "先修空调，设母婴台。", "outcome": "adopted", "text": "照办。", "change": "增设母婴台。"}
    saved = client.post(
        f"{desk}/drafts/theme/{theme.pk}/", typed("theme", theme, **words), headers={"HX-Request": "true"}
    )
    assert "已自动保存" in saved.text
    page = client.get(f"{desk}/acts/answer-theme/{theme.pk}/")
    assert "公众将看到" in page.text
    assert "增设母婴台。" in page.text
    response = act(client, desk, "answer-theme", theme, revision=page.context["form"]["revision"].value())
    assert response.status_code == 302
    assert dict(Comment.objects.values_list("number", "answer__outcome")) == dict.fromkeys((1, 2, 3), "adopted")
    closed = client.get(f"{desk}/drafts/theme/{theme.pk}/")
    assert "这个主题已经答复" in closed.text


def test_a_draft_changed_since_it_was_seen_is_not_given(client, hall):
    scene, desk = hall
    group(client, desk, scene, 2, title="空调")
    theme = Theme.objects.get()
    theme.outcome, theme.text, theme.summary = "explained", "先看的", "空调"
    theme.revision = 3
    theme.save()
    page = act(client, desk, "answer-theme", theme, revision="2")
    assert page.status_code == 409
    assert "草稿刚刚又改过" in page.text


def test_an_answer_to_one_comment_starts_from_its_draft_beside_similar_ones(client, hall):
    scene, desk = hall
    comment = Comment.objects.get(number=2)
    scene.acts.comment(scene.at, "空调八月坏了，修空调！")
    draft = AnswerDraft(comment=comment)
    sent = {"revision": "0", "outcome": "explained", "text": "九月修。", "change": "", "referral": ""}
    assert client.post(f"{desk}/drafts/own-answer/{comment.pk}/", sent).status_code == 302
    page = client.get(f"{desk}/acts/answer-comment/{comment.pk}/")
    assert page.context["form"]["text"].value() == "九月修。"
    assert "相近的意见" in page.text
    assert "都提到：" in page.text
    assert draft.comment == AnswerDraft.objects.get().comment


def test_a_wrong_answer_is_corrected_from_the_register(client, hall):
    scene, desk = hall
    wrong = Comment.objects.get(number=1).answer
    assert f"/acts/correct-answer/{wrong.pk}/" in themes_page(client, desk, scene).text
    words = {"outcome": "partly", "text": "部分照办。", "change": "改一处。", "reason": "原答复有误。"}
    assert act(client, desk, "correct-answer", wrong, **words).status_code == 302
    assert Comment.objects.get(number=1).answer.replaces == wrong


def test_two_themes_are_merged_and_one_dropped(client, hall):
    scene, desk = hall
    group(client, desk, scene, 2, title="空调")
    group(client, desk, scene, 3, title="母婴台")
    first, second = Theme.objects.all()
    assert act(client, desk, "merge-theme", second, into=first.pk).status_code == 302
    assert act(client, desk, "drop-theme", first).status_code == 302
    assert not Theme.objects.exists()


def test_the_progress_counts_the_days_to_the_report(client, hall, at_desk):
    scene, desk = hall
    assert "已答复 1 / 3 条" in themes_page(client, desk, scene).text
    scene.acts.step("close_comments", moment("09-01 09:00"), subject=scene.consultation)
    later = type(scene)(scene.people, moment("09-03 09:00"))
    at_desk(later)
    progress = themes_page(client, desk, later).context["progress"]
    assert (progress.waiting, progress.due_on.isoformat(), progress.days_left) == (2, "2026-09-29", 26)


def test_the_refusal_of_the_report_leads_to_each_comment_that_waits(client, hall, at_desk):
    scene, desk = hall
    scene.acts.step("close_comments", moment("09-01 09:00"), subject=scene.consultation)
    at_desk(type(scene)(scene.people, moment("09-03 09:00")))
    page = client.get(f"{desk}/steps/publish_adoption_report/{scene.consultation.pk}/")
    assert "还有2条意见没有答复：第2、3号" in page.text
    for number in (2, 3):
        comment = Comment.objects.get(number=number)
        assert reverse("desk-act", args=["2026-001", "answer-comment", comment.pk]) in page.text
    assert f"{desk}/registers/themes/{scene.consultation.pk}/" in page.text


def test_the_report_is_drafted_reviewed_in_words_and_published(client, hall, at_desk):
    scene, desk = hall
    theme = scene.acts.group(list(Comment.objects.filter(number__in=(2, 3))), scene.at, "休息室", "先修空调。")
    answer_theme(theme.pk, outcome="explained", text="九月修。", actor=scene.people.manager, at=scene.at)
    assert "征求意见结束以后才填写" in client.get(f"{desk}/drafts/adoption/{scene.consultation.pk}/").text
    scene.acts.step("close_comments", moment("09-01 09:00"), subject=scene.consultation)
    later = type(scene)(scene.people, moment("09-03 09:00"))
    at_desk(later)
    sent = {"revision": "0", "overview": "全部答复。", "author": "社会事务股", "reviewed_by": "副局长"}
    assert client.post(f"{desk}/drafts/adoption/{scene.consultation.pk}/", sent).status_code == 302
    report = AdoptionReport.objects.get()
    client.force_login(scene.people.reviewer)
    page = client.get(f"{desk}/acts/review-adoption-report/{report.pk}/")
    for words in ("有效意见", "网上", "休息室", "已说明", "2、3", "编写科室"):
        assert words in page.text
    assert not any(code in page.text for code in ("n_by_", "change_ref", "is_petition", "round_id"))
    act(client, desk, "review-adoption-report", report, released="True", remark="")
    take(STEPS["publish_adoption_report"], scene.consultation.pk, actor=scene.people.manager, at=later.at)
    client.force_login(scene.people.manager)
    assert "意见采纳情况已经公布" in client.get(f"{desk}/drafts/adoption/{scene.consultation.pk}/").text


def test_the_page_of_many_comments_asks_no_more(client, hall, django_assert_max_num_queries):
    scene, desk = hall
    group(client, desk, scene, 2, title="空调")
    themes_page(client, desk, scene)
    for n in range(20):
        scene.acts.comment(scene.at, f"第{n}条不同的话")
    with django_assert_max_num_queries(25):
        themes_page(client, desk, scene)
