import pytest
from django.core.exceptions import PermissionDenied

from ledger.models import Entry
from tenders.grouping import MAX_THEMES, drop, group, merge, undo
from tenders.models import Comment, Theme
from tenders.operations.answers import answer_theme
from tests.factories import hall_on
from tests.refusing import refuses
from tests.tenders.test_answers import ADOPTED, by_manager, comments_on, theme_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return hall_on("07-20 09:10")


def put(scene, comments, **into):
    chosen = [comment.pk for comment in comments]
    return group(scene.consultation.pk, chosen, actor=scene.people.clerk, at=scene.at, **into)


def themes():
    return dict(Comment.objects.values_list("number", "theme__title"))


def test_grouping_is_drafting_and_stands_in_no_entry(scene):
    comments = comments_on(scene)
    before = Entry.objects.count()
    put(scene, comments[:2], title="坡道")
    put(scene, comments[2:], title="坡道")
    assert themes() == {1: "坡道", 2: "坡道", 3: "坡道"}
    assert Theme.objects.count() == 1
    assert Entry.objects.count() == before


def test_a_grouping_is_undone_with_the_theme_that_was_made_for_it(scene):
    comments = comments_on(scene)
    put(scene, comments[:1], title="电梯")
    moved = put(scene, comments, title="坡道")
    assert undo(scene.consultation.pk, moved.before, actor=scene.people.clerk, at=scene.at) == 3
    assert themes() == {1: "电梯", 2: None, 3: None}
    assert [theme.title for theme in Theme.objects.all()] == ["电梯"]


def test_a_theme_that_somebody_has_written_in_survives_the_undo(scene):
    moved = put(scene, comments_on(scene), title="坡道")
    Theme.objects.update(summary="坡道要缓。")
    undo(scene.consultation.pk, moved.before, actor=scene.people.clerk, at=scene.at)
    assert Theme.objects.get().comments.count() == 0


def test_comments_are_taken_out_of_their_theme(scene):
    comments = comments_on(scene)
    put(scene, comments, title="坡道")
    put(scene, comments[:1])
    assert themes() == {1: None, 2: "坡道", 3: "坡道"}


def test_two_themes_become_one(scene):
    comments = comments_on(scene)
    put(scene, comments[:1], title="坡道")
    put(scene, comments[1:], title="坡度")
    ramp, slope = Theme.objects.all()
    merge(slope.pk, into=ramp.pk, actor=scene.people.clerk, at=scene.at)
    assert themes() == {1: "坡道", 2: "坡道", 3: "坡道"}
    drop(ramp.pk, actor=scene.people.clerk, at=scene.at)
    assert themes() == {1: None, 2: None, 3: None}


def test_an_answered_theme_stays_as_it_is(scene):
    comments = comments_on(scene)
    theme = theme_of(scene, comments[:2])
    moved = put(scene, comments[2:], title="另一件")
    other = Theme.objects.get(title="另一件")
    answer_theme(theme.pk, **by_manager(scene, **ADOPTED))
    clerk = {"actor": scene.people.clerk, "at": scene.at}
    for change in (
        lambda: put(scene, comments[2:], theme=theme.pk),
        lambda: put(scene, comments[:1], title="第三件"),
        lambda: merge(theme.pk, into=other.pk, **clerk),
        lambda: merge(other.pk, into=theme.pk, **clerk),
        lambda: drop(theme.pk, **clerk),
        lambda: undo(scene.consultation.pk, [(comments[0].pk, None)], **clerk),
    ):
        with refuses("wrong-state"):
            change()
    undo(scene.consultation.pk, moved.before, **clerk)
    assert themes() == {1: "坡道", 2: "坡道", 3: None}


def test_an_undo_into_a_theme_answered_since_is_refused(scene):
    comments = comments_on(scene)
    theme = theme_of(scene, comments)
    moved = put(scene, comments[:1], title="另一件")
    answer_theme(theme.pk, **by_manager(scene, **ADOPTED))
    with refuses("wrong-state"):
        undo(scene.consultation.pk, moved.before, actor=scene.people.clerk, at=scene.at)


def test_nothing_ticked_is_told(scene):
    with refuses("none"):
        put(scene, [], title="坡道")


def test_there_are_no_more_themes_than_the_report_can_name(scene):
    comments = comments_on(scene, 1)
    Theme.objects.bulk_create(
        Theme(consultation=scene.consultation, number=n, title=f"第{n}件") for n in range(1, MAX_THEMES + 1)
    )
    with refuses("themes"):
        put(scene, comments, title="又一件")
    put(scene, comments, title="第7件")


def test_only_those_who_answer_group(scene):
    comments = comments_on(scene, 1)
    with pytest.raises(PermissionDenied):
        group(scene.consultation.pk, [comments[0].pk], title="坡道", actor=scene.people.reviewer, at=scene.at)
