"""The time for comments: 30 days or a published reason, moved by acts, ended by the clock."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ledger.models import Entry
from lifecycle.operations import take
from lifecycle.steps import STEPS
from tenders.operations.comments import receive_comment
from tenders.operations.period import change_period
from tests.factories import hall_on, moment
from tests.racing import race
from tests.refusing import refuses

pytestmark = pytest.mark.django_db

FIRST = date(2026, 8, 31)
OPENED = "07-20 09:10"  # so 30 days end on 2026-08-19


def moved(scene, closes_on, *, at=None, reason="应村民要求", **more):
    act = {"actor": scene.people.manager, "at": at or scene.at, "reason": reason}
    return change_period(scene.consultation.pk, closes_on=closes_on, **act | more)


def test_an_extension_keeps_the_first_end_in_public():
    scene = hall_on(OPENED)
    moved(scene, date(2026, 9, 10))
    moved(scene, date(2026, 9, 20), reason="再给一周")
    consultation = scene.consultation
    assert (consultation.first_closes_on, consultation.closes_on) == (FIRST, date(2026, 9, 20))
    facts = [entry.facts for entry in scene.entries("period.extended")]
    assert [(f["first_closes_on"], f["old_closes_on"], f["closes_on"]) for f in facts] == [
        ("2026-08-31", "2026-08-31", "2026-09-10"),
        ("2026-08-31", "2026-09-10", "2026-09-20"),
    ]
    assert facts[0]["reason"] == "应村民要求"


def test_comments_are_taken_until_the_moved_end_and_not_a_second_longer():
    scene = hall_on(OPENED)
    moved(scene, date(2026, 9, 10))
    late = moment("09-11 00:00")
    receive_comment(scene.consultation.pk, text="最后一秒", at=late - timedelta(seconds=1))
    with refuses("PD-03") as refused:
        receive_comment(scene.consultation.pk, text="晚了一秒", at=late)
    assert "2026年9月10日24时截止" in str(refused.value)


@pytest.mark.parametrize(("day", "allowed"), [(18, False), (19, True), (20, True)])
def test_a_period_is_shortened_to_thirty_days_and_not_to_twenty_nine(day, allowed):
    scene = hall_on(OPENED)
    if allowed:
        moved(scene, date(2026, 8, day))
        assert scene.entries("period.shortened")[0].facts["shortened_reason"] == ""
    else:
        with refuses("PD-03") as refused:
            moved(scene, date(2026, 8, day))
        assert "不少于30日" in str(refused.value)
        assert "第十五条" in refused.value.refusals[0].basis
        assert scene.consultation.closes_on == FIRST


def test_fewer_than_thirty_days_are_left_with_a_published_reason_only():
    scene = hall_on(OPENED)
    with refuses("PD-03"):
        moved(scene, date(2026, 8, 18), shortened_reason="  ")
    moved(scene, date(2026, 8, 18), shortened_reason="台风将至，屋面须抢修")
    assert scene.entries("period.shortened")[0].facts["shortened_reason"] == "台风将至，屋面须抢修"
    assert scene.consultation.shortened_reason == "台风将至，屋面须抢修"


@pytest.mark.parametrize(("day", "codes"), [(24, ["PD-03"]), (25, []), (26, [])])
def test_an_end_is_never_moved_to_a_day_that_is_past(day, codes):
    scene = hall_on(OPENED)
    at = moment("08-25 23:59")
    if codes:
        with refuses(*codes):
            moved(scene, date(2026, 8, day), at=at)
    else:
        moved(scene, date(2026, 8, day), at=at)


def test_after_the_close_the_end_stays_where_it_is():
    scene = hall_on(OPENED)
    with refuses("PD-03"):
        moved(scene, date(2026, 9, 30), at=moment("09-01 00:00"))  # by the clock, whoever has closed it
    moved(scene, date(2026, 9, 30), at=moment("09-01 00:00") - timedelta(seconds=1))
    take(STEPS["close_comments"], scene.consultation.pk, actor=scene.people.manager, at=moment("10-01 00:00"))
    with refuses("PD-03"):
        moved(scene, date(2026, 10, 30), at=moment("10-01 00:00"))


def test_a_period_can_be_moved_between_publicity_and_opening_and_not_before():
    scene = hall_on("07-16 09:00")
    with refuses("PD-03"):
        moved(scene, date(2026, 9, 10))
    scene.acts.step("publish_plan", moment("07-18 09:00"))
    with refuses("PD-03"):  # it opens on 07-20
        moved(scene, date(2026, 8, 18), at=moment("07-18 10:00"))
    moved(scene, date(2026, 8, 19), at=moment("07-18 10:00"))


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"closes_on": FIRST}, ["unchanged"]),
        ({"reason": " "}, ["text"]),
        ({"reason": "字" * 501}, ["text"]),
        ({"closes_on": date(2026, 7, 1)}, ["PD-03", "PD-03"]),
    ],
)
def test_what_is_no_change_has_no_reason_or_lies_before_the_opening_is_refused(changes, codes):
    scene = hall_on(OPENED)
    with refuses(*codes):
        moved(scene, **{"closes_on": date(2026, 9, 10)} | changes)
    assert not scene.consultation.period_changes.exists()


def test_only_the_manager_of_the_project_moves_the_end():
    scene = hall_on(OPENED)
    with pytest.raises(PermissionDenied):
        moved(scene, date(2026, 9, 10), actor=scene.people.clerk)


def test_nothing_is_moved_while_a_project_is_suspended():
    scene = hall_on(OPENED)
    scene.acts.step("suspend", moment("07-21 09:00"), reason="发现文物")
    with refuses("not-active"):
        moved(scene, date(2026, 9, 10), at=moment("07-22 09:00"))


@pytest.mark.django_db(transaction=True)
def test_two_who_move_the_end_at_once_to_one_day_move_it_once():
    scene = hall_on(OPENED)
    assert race(lambda: moved(scene, date(2026, 9, 10))) == ["ActRefused", "done"]
    assert Entry.objects.filter(kind="period.extended").count() == 1


def test_a_letter_of_the_last_day_is_entered_after_the_close():
    scene = hall_on(OPENED)
    scene.acts.step("close_comments", moment("09-01 00:00"), subject=scene.consultation)
    letter = {"channel": "letter", "actor": scene.people.clerk}
    receive_comment(scene.consultation.pk, text="昨天送到", at=moment("08-31 16:00"), **letter)
    with refuses("PD-03"):
        receive_comment(scene.consultation.pk, text="今天送到", at=moment("09-01 09:00"), **letter)
