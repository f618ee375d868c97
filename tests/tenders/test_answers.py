"""An answer to one comment, to all of a theme, and the correction of either."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ledger.models import Entry
from tenders.grouping import group
from tenders.models import Answer, Comment, Theme
from tenders.operations.answers import answer_comment, answer_theme, correct_answer
from tenders.operations.comments import receive_comment
from tests.factories import hall_on
from tests.racing import race
from tests.refusing import refuses

pytestmark = pytest.mark.django_db

ADOPTED = {"outcome": "adopted", "text": "照办。", "change": "坡度由1比10改为1比12。"}


@pytest.fixture
def scene():
    return hall_on("07-20 09:10")


def comments_on(scene, n=3):
    return [receive_comment(scene.consultation.pk, text=f"坡道要缓，第{i}次说。", at=scene.at) for i in range(n)]


def theme_of(scene, comments, title="坡道", summary="坡道要做得缓一些。"):
    group(scene.consultation.pk, [c.pk for c in comments], title=title, actor=scene.people.clerk, at=scene.at)
    Theme.objects.filter(title=title).update(summary=summary)
    return Theme.objects.get(title=title)


def by_manager(scene, minutes=0, **words):
    return {**words, "actor": scene.people.manager, "at": scene.at + timedelta(minutes=minutes)}


def one_each(acts):
    """Let each racer do another of these acts."""
    waiting = iter(acts)

    def act():
        next(waiting)()

    return act


def outcomes():
    return dict(Comment.objects.values_list("number", "answer__outcome"))


def test_a_theme_is_answered_with_all_its_comments_in_one_act(scene):
    theme = theme_of(scene, comments_on(scene, 3)[:2])
    answer_theme(theme.pk, **by_manager(scene, **ADOPTED))
    assert outcomes() == {1: "adopted", 2: "adopted", 3: None}
    (entry,) = scene.entries("theme.answered")
    assert entry.subject == theme.path
    assert entry.facts | {"text": ""} == {
        "theme": 1, "title": "坡道", "summary": "坡道要做得缓一些。", "numbers": [1, 2], "outcome": "adopted",
        "text": "", "change": "坡度由1比10改为1比12。", "referral": "", "is_petition": False,
    }  # fmt: skip
    assert not scene.entries("comment.answered")


def test_a_comment_answered_before_its_theme_keeps_its_own_answer(scene):
    comments = comments_on(scene)
    theme = theme_of(scene, comments)
    answer_comment(comments[1].pk, **by_manager(scene, outcome="explained", text="已经很缓了。"))
    answer_theme(theme.pk, **by_manager(scene, 1, **ADOPTED))
    assert outcomes() == {1: "adopted", 2: "explained", 3: "adopted"}
    assert scene.entries("theme.answered")[0].facts["numbers"] == [1, 3]


def test_a_comment_answered_after_its_theme_has_one_outcome_and_both_answers_stay(scene):
    comments = comments_on(scene)
    given = answer_theme(theme_of(scene, comments).pk, **by_manager(scene, **ADOPTED))
    own = answer_comment(comments[1].pk, **by_manager(scene, 1, outcome="partly", text="一半。", change="改一处。"))
    assert outcomes() == {1: "adopted", 2: "partly", 3: "adopted"}
    assert own.replaces == given
    assert scene.entries("comment.answered")[0].facts["instead_of"] == given.entry_id
    with refuses("wrong-state"):
        answer_comment(comments[1].pk, **by_manager(scene, 2, **ADOPTED))


@pytest.mark.parametrize(
    ("words", "codes", "said"),
    [
        ({"outcome": "adopted", "text": "好"}, ["PD-07"], "采纳的意见须写明方案因此作出的改动"),
        ({"outcome": "partly", "text": "好"}, ["PD-07"], "部分采纳的意见须写明方案因此作出的改动"),
        ({"outcome": "not-adopted", "text": " "}, ["PD-07"], "不采纳的意见须写明理由"),
        ({"outcome": "out-of-scope", "text": "不归我们管"}, ["PD-16"], "转到哪里办"),
        ({"outcome": "", "text": ""}, ["PD-07", "PD-07"], "须选定结果"),
        ({"outcome": "maybe", "text": "好"}, ["PD-07"], "须选定结果"),
        ({"outcome": "adopted", "text": ""}, ["PD-07", "PD-07"], "答复与理由"),
        ({"outcome": "explained", "text": "字" * 4001}, ["text"], "4000"),
        ({"outcome": "explained", "text": "\u202e坏"}, ["text"], "隐藏字符"),
    ],
)
def test_an_answer_that_says_too_little_is_refused_with_every_reason(scene, words, codes, said):
    comments = comments_on(scene, 2)
    with refuses(*codes) as refused:
        answer_comment(comments[0].pk, **by_manager(scene, **words))
    assert said in str(refused.value)
    with refuses(*codes):
        answer_theme(theme_of(scene, comments).pk, **by_manager(scene, **words))
    assert outcomes() == {1: None, 2: None}


def test_an_answer_or_a_theme_with_personal_data_is_refused(scene):
    comments = comments_on(scene, 2)
    said = {"outcome": "explained", "text": "请打13812345678找张师傅。"}
    with refuses("personal-data") as refused:
        answer_comment(comments[0].pk, **by_manager(scene, **said))
    assert "13812345678" not in str(refused.value)
    theme = theme_of(scene, comments, summary="身份证530300198001011234的人反对。")
    with refuses("personal-data"):
        answer_theme(theme.pk, **by_manager(scene, outcome="explained", text="说明。"))


def test_a_petition_is_told_where_it_goes(scene):
    (comment,) = comments_on(scene, 1)
    words = {"outcome": "out-of-scope", "text": "属于低保待遇。", "referral": "县信访局", "is_petition": True}
    answer_comment(comment.pk, **by_manager(scene, **words))
    assert scene.entries("comment.answered")[0].facts["referral"] == "县信访局"


def test_a_withheld_comment_gets_its_outcome_with_its_theme(scene):
    comments = comments_on(scene, 2)
    scene.acts.withhold(comments[0], scene.at, "privacy")
    answer_theme(theme_of(scene, comments).pk, **by_manager(scene, **ADOPTED))
    assert outcomes() == {1: "adopted", 2: "adopted"}


def test_a_theme_needs_a_summary_and_comments_before_its_answer(scene):
    comments = comments_on(scene, 1)
    theme = theme_of(scene, comments, summary="")
    answer_comment(comments[0].pk, **by_manager(scene, **ADOPTED))
    with refuses("PD-07", "wrong-state") as refused:
        answer_theme(theme.pk, **by_manager(scene, **ADOPTED))
    assert "须先概括“坡道”的主要意见" in str(refused.value)


def test_what_is_given_is_the_draft_that_was_seen(scene):
    theme = theme_of(scene, comments_on(scene))
    with refuses("stale"):
        answer_theme(theme.pk, **by_manager(scene, **ADOPTED), revision=theme.revision + 1)
    answer_theme(theme.pk, **by_manager(scene, **ADOPTED), revision=theme.revision)


def test_a_wrong_answer_is_corrected_by_an_act_that_points_at_it(scene):
    comments = comments_on(scene)
    wrong = answer_theme(theme_of(scene, comments).pk, **by_manager(scene, **ADOPTED))
    own = answer_comment(comments[0].pk, **by_manager(scene, 1, outcome="explained", text="说明。"))
    words = {"outcome": "not-adopted", "text": "查明：坡度受场地限制。", "reason": "原答复有误。"}
    right = correct_answer(wrong.pk, **by_manager(scene, 2, **words))
    assert outcomes() == {1: "explained", 2: "not-adopted", 3: "not-adopted"}
    (entry,) = scene.entries("answer.corrected")
    assert entry.corrects == wrong.entry_id
    assert entry.facts["numbers"] == [2, 3]
    assert (right.replaces, right.theme.answer) == (wrong, right)
    assert Answer.objects.get(pk=wrong.pk).text == "照办。"
    with refuses("wrong-state"):
        correct_answer(wrong.pk, **by_manager(scene, 3, **words))
    again = correct_answer(own.pk, **by_manager(scene, 4, **ADOPTED, reason="漏看了图纸。"))
    assert Comment.objects.get(number=1).answer == again


def test_a_correction_says_why(scene):
    (comment,) = comments_on(scene, 1)
    wrong = answer_comment(comment.pk, **by_manager(scene, **ADOPTED))
    with refuses("text"):
        correct_answer(wrong.pk, **by_manager(scene, **ADOPTED, reason=" "))


def test_only_the_own_house_answers(scene):
    comments = comments_on(scene)
    theme = theme_of(scene, comments)
    stranger = {"actor": scene.people.discipline, "at": scene.at}
    with pytest.raises(PermissionDenied):
        answer_theme(theme.pk, **ADOPTED, **stranger)
    wrong = answer_theme(theme.pk, **by_manager(scene, **ADOPTED))
    with pytest.raises(PermissionDenied):
        correct_answer(wrong.pk, **ADOPTED, reason="x", actor=scene.people.clerk, at=scene.at)


@pytest.mark.django_db(transaction=True)
def test_two_answers_to_a_theme_at_once_give_one(scene):
    theme = theme_of(scene, comments_on(scene))
    assert race(lambda: answer_theme(theme.pk, **by_manager(scene, **ADOPTED))) == ["ActRefused", "done"]
    assert Entry.objects.filter(kind="theme.answered").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_corrections_at_once_give_one(scene):
    wrong = answer_theme(theme_of(scene, comments_on(scene)).pk, **by_manager(scene, **ADOPTED))
    words = {"outcome": "explained", "text": "说明。", "reason": "有误。"}
    assert race(lambda: correct_answer(wrong.pk, **by_manager(scene, 1, **words))) == ["ActRefused", "done"]


@pytest.mark.django_db(transaction=True)
def test_a_comment_moved_into_a_theme_while_it_is_answered_never_waits_inside(scene):
    comments = comments_on(scene)
    theme = theme_of(scene, comments[:2])
    acts = [
        lambda: answer_theme(theme.pk, **by_manager(scene, **ADOPTED)),
        lambda: group(scene.consultation.pk, [comments[2].pk], theme=theme.pk, actor=scene.people.clerk, at=scene.at),
    ]
    race(one_each(acts))
    assert Theme.objects.get().answer_id
    assert not Theme.objects.get().comments.filter(answer=None).exists()


@pytest.mark.django_db(transaction=True)
def test_an_answer_to_a_theme_and_one_to_its_comment_at_once_leave_one_outcome_each(scene):
    comments = comments_on(scene)
    theme = theme_of(scene, comments)
    acts = [
        lambda: answer_theme(theme.pk, **by_manager(scene, **ADOPTED)),
        lambda: answer_comment(comments[0].pk, **by_manager(scene, outcome="explained", text="说明。")),
    ]
    assert race(one_each(acts)) == ["done", "done"]
    assert outcomes() == {1: "explained", 2: "adopted", 3: "adopted"}
