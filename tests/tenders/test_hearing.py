"""A hearing: made known in time, open to all sides, recorded truly, and held before the decision where it must be."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ledger.models import Entry
from lifecycle.demo import hearing as demo
from lifecycle.demo.acts import Acts
from lifecycle.demo.calendar import tell
from lifecycle.operations import refusals
from lifecycle.steps import STEPS
from tenders.draw import drawn
from tenders.models import Hearing, HearingApplication, HearingNeed
from tenders.operations import hearing as operations
from tenders.operations import hearing_room as room
from tenders.operations.hearing import Applicant
from tests.factories import cemetery_on, hall_on, moment
from tests.hearings import announced, apply, attend, closed, deliver, draft, held, listed, sign, speak, staff, step
from tests.racing import race
from tests.refusing import refuses

Result, State = HearingApplication.Result, Hearing.State


@pytest.fixture
def scene(db):
    """A project in its comment period, without a hearing."""
    return hall_on("07-24 09:00")


def codes(step_name, subject, at):
    return sorted(refusal.code for refusal in refusals(subject, STEPS[step_name], at=at) if refusal.code != "D03")


# -- whether there must be one


@pytest.mark.parametrize(
    ("ground", "verdict", "reason", "refused"),
    [
        ("none", "not-needed", "不影响他人。", []),
        ("interest", "may", "涉及周边居民。", []),
        ("law", "must", "规章规定。", []),
        ("law", "may", "规章规定。", ["PD-05.2"]),
        ("master-plan", "not-needed", "小改。", ["PD-05.2"]),
        ("none", "not-needed", "", ["PD-05.2"]),
        ("", "", "", ["PD-05.2"]),
    ],
)
@pytest.mark.django_db
def test_a_plan_says_whether_it_needs_a_hearing_and_why(ground, verdict, reason, refused):
    scene = hall_on("07-16 09:00")
    HearingNeed.objects.update(ground=ground, verdict=verdict, reason=reason)
    assert codes("publish_plan", scene.project, moment("07-20 09:00")) == refused


def test_what_a_plan_says_of_a_hearing_is_published_with_it(scene):
    said = scene.entries("step.publish_plan")[0].facts["hearing"]
    assert said == {
        "ground": "none",
        "verdict": "not-needed",
        "reason": "在原址修缮，不改变用途，不影响他人的切身利益。",
    }


@pytest.mark.django_db
@pytest.mark.parametrize(("ground", "rule"), [("disagreement", "PD-05.2"), ("master-plan", "PL-05")])
def test_a_hearing_that_must_be_held_stands_before_the_decision(ground, rule):
    scene = cemetery_on("03-09 12:00")
    find(scene, ground)
    decide = STEPS["decide"]
    found = {r.code: r for r in refusals(scene.project, decide, at=moment("04-24 09:00"))}
    assert "应当举行听证" in found[rule].message
    assert scene.entries("hearing.need-found")[0].facts["reason"] == "周边居民分歧很大。"
    tell([demo.story(Acts(scene.project, scene.people))])
    assert rule not in {r.code for r in refusals(scene.project, decide, at=moment("04-24 09:00"))}


def find(scene, ground="disagreement"):
    return operations.find_hearing_needed(
        scene.consultation.pk, ground=ground, reason="周边居民分歧很大。", actor=scene.people.manager, at=scene.at
    )


def test_that_a_hearing_is_needed_is_found_once_and_never_for_nothing(scene):
    with refuses("PD-05.2"):
        find(scene, "none")
    find(scene)
    with refuses("wrong-state"):
        find(scene)


def test_no_decision_while_a_hearing_is_under_way(scene):
    hearing = announced(scene)
    assert "PD-07" in codes("decide", scene.project, scene.at)
    step(scene, "cancel_hearing", hearing, scene.at, reason="报名前发现场地不能使用，另行安排。")
    found = refusals(scene.project, STEPS["decide"], at=scene.at)
    assert not any("听证" in refusal.message for refusal in found)


# -- the announcement


@pytest.mark.parametrize(("day", "refused"), [("08-21", []), ("08-01", []), ("07-31", []), ("07-30", ["PD-05"])])
def test_time_and_place_are_known_seven_days_before(scene, day, refused):
    """Announced on 07-24: the seventh day before 07-31, and the sixth before 07-30. The other gate is left out."""
    hearing = draft(scene, starts_at=moment(f"{day} 09:00"), applications_until=date(2026, 7, 31))
    found = refusals(hearing, STEPS["announce_hearing"], at=scene.at)
    assert [r.code for r in found if "公布听证的时间、地点" in r.message] == refused


@pytest.mark.parametrize(("until", "refused"), [(30, ["PD-05.3"]), (31, [])])
def test_applications_are_open_for_five_working_days(scene, until, refused):
    hearing = draft(scene, applications_until=date(2026, 7, until))
    assert codes("announce_hearing", hearing, scene.at) == refused


@pytest.mark.parametrize(("until", "refused"), [(13, []), (14, ["PD-05"])])
def test_after_the_last_application_the_list_can_still_appear_in_time(scene, until, refused):
    hearing = draft(scene, applications_until=date(2026, 8, until))
    assert codes("announce_hearing", hearing, scene.at) == refused


def test_a_licence_is_heard_after_seven_working_days_notice_under_another_chair(scene):
    """07-24 is the seventh working day before 08-04, and the sixth before 08-03."""
    changes = {"kind": "licence", "requested_on": date(2026, 7, 20), "applications_until": date(2026, 7, 31)}
    hearing = draft(scene, **changes, starts_at=moment("08-03 09:00"))
    assert "PL-08" in codes("announce_hearing", hearing, scene.at)
    demo.fill(hearing, starts_at=moment("08-04 09:00"))
    assert "PL-08" not in codes("announce_hearing", hearing, scene.at)
    demo.fill(hearing, starts_at=moment("08-21 09:00"))
    step(scene, "announce_hearing", hearing, scene.at)
    staff(hearing, chair="周明远")
    apply(hearing, scene.at)
    step(scene, "close_hearing_applications", hearing, moment("08-01 09:00"))
    operations.select_participants(hearing.pk, seed="1", actor=scene.people.clerk, at=moment("08-02 09:00"))
    hearing = Hearing.objects.get(pk=hearing.pk)
    assert codes("list_hearing_participants", hearing, moment("08-03 09:00")) == ["PL-08.2"]
    staff(hearing)
    hearing.refresh_from_db()
    assert codes("list_hearing_participants", hearing, moment("08-03 09:00")) == []


@pytest.mark.parametrize("blank", ["matter", "place", "how_to_apply", "selection_method", "draw_source"])
def test_an_announcement_says_all_that_one_must_know(scene, blank):
    hearing = draft(scene, **{blank: ""})
    (refusal,) = [r for r in refusals(hearing, STEPS["announce_hearing"], at=scene.at) if r.code != "D03"]
    assert str(Hearing._meta.get_field(blank).verbose_name) in refusal.message


# -- applications


def test_an_application_enters_the_record_as_a_commitment_without_a_word_of_who_it_is(scene):
    hearing = announced(scene)
    application = apply(hearing, scene.at, name="欧阳若兰", contact="13912345678", view="不要动三区", origin="凤山村")
    (entry,) = scene.entries("hearing.applied")
    assert entry.facts == {
        "number": 1, "group": demo.GROUPS[0][0], "channel": "web", "commitment": application.commitment()
    }  # fmt: skip
    body = bytes(entry.body).decode()
    assert not any(word in body for word in ("欧阳", "若兰", "13912345678", "三区", "凤山村欧"))


def test_applications_end_at_midnight_to_the_second(scene):
    hearing = announced(scene)
    end = moment("08-01 00:00")
    with refuses("PD-05.3") as refused:
        apply(hearing, end)
    assert "2026年7月31日24时" in refused.value.refusals[0].message
    assert apply(hearing, end - timedelta(seconds=1)).number == 1


def test_nobody_applies_before_the_announcement_or_in_a_group_that_is_not_there(scene):
    hearing = draft(scene)
    with refuses("PD-05.3"):
        apply(hearing, scene.at)
    step(scene, "announce_hearing", hearing, scene.at)
    with refuses("group"):
        apply(hearing, scene.at, group_id=0)
    with refuses("text"):
        apply(hearing, scene.at, name="\u202e王")
    with refuses("text"):
        apply(hearing, scene.at, contact=" ")


@pytest.mark.django_db(transaction=True)
def test_what_happens_once_happens_once_for_two_who_press_at_once():
    scene = hall_on("07-24 09:00")
    people, late = scene.people, moment("08-28 09:00")
    assert race(lambda: find(scene)) == ["ActRefused", "done"]
    hearing = listed(scene)
    assert race(lambda: deliver(scene, hearing, date(2026, 8, 14))) == ["ActRefused", "done"]
    assert race(lambda: postpone(scene, hearing, late, moment("08-14 18:00"))) == ["ActRefused", "done"]
    again = announced(scene)
    first = apply(again, scene.at)

    def set_aside():
        operations.set_application_aside(first.pk, reason="duplicate", actor=people.clerk, at=scene.at)

    assert race(set_aside) == ["ActRefused", "done"]
    kinds = ("hearing.need-found", "hearing.materials-delivered", "hearing.postponed", "hearing.set-aside")
    assert [len(scene.entries(kind)) for kind in kinds] == [1, 1, 1, 1]


@pytest.mark.django_db(transaction=True)
def test_two_applications_at_once_get_two_numbers():
    hearing = announced(hall_on("07-24 09:00"))
    assert race(lambda: apply(hearing, moment("07-24 10:00"))) == ["done", "done"]
    assert sorted(hearing.applications.values_list("number", flat=True)) == [1, 2]


def test_paper_is_entered_by_the_hands_alone(scene):
    hearing = announced(scene)
    applicant = Applicant("王小二", "13900000002", hearing.groups.all()[0].pk)
    with pytest.raises(PermissionDenied):
        operations.apply_for_hearing(hearing.pk, applicant, actor=scene.people.leader, at=scene.at)
    entered = operations.apply_for_hearing(
        hearing.pk, applicant, channel="paper", actor=scene.people.clerk, at=scene.at
    )
    assert entered.channel == "paper"


# -- who takes part


def test_the_draw_can_be_repeated_by_anybody_from_the_record(scene):
    hearing = closed(scene, applicants=6)
    operations.select_participants(hearing.pk, seed=demo.SEED, actor=scene.people.clerk, at=moment("08-02 09:00"))
    facts = scene.entries("hearing.selected")[0].facts
    numbers = [entry.facts["number"] for entry in scene.entries("hearing.applied")]
    assert facts["chosen"] == [{"name": demo.GROUPS[0][0], "numbers": drawn(numbers, 2, facts["draw_seed"])}]
    assert (len(facts["chosen"][0]["numbers"]), facts["not_chosen"]) == (2, 4)


def test_a_draw_is_fixed_for_ever():
    assert drawn(range(1, 8), 3, "03 08 14 19 22 31 + 06") == [2, 3, 7]
    assert drawn([1], 2, "x") == [1]
    assert drawn([], 2, "x") == []


@pytest.mark.django_db(transaction=True)
def test_participants_are_selected_once():
    scene = hall_on("07-24 09:00")
    hearing = closed(scene)

    def select():
        operations.select_participants(hearing.pk, seed="9", actor=scene.people.clerk, at=moment("08-02 09:00"))

    assert race(select) == ["ActRefused", "done"]
    assert len(scene.entries("hearing.selected")) == 1


def test_a_choice_stays_within_the_seats_and_among_those_who_applied(scene):
    hearing = closed(scene, applicants=3, selection="choice", draw_source="")

    def select(*numbers):
        at = moment("08-02 09:00")
        operations.select_participants(hearing.pk, chosen=numbers, actor=scene.people.clerk, at=at)

    with refuses("PD-05.4"):
        select(1, 2, 3)
    with refuses("PD-05.4"):
        select(1, 9)
    select(1, 3)
    assert list(hearing.applications.values_list("result", flat=True)) == ["chosen", "not-chosen", "chosen"]


def test_a_draw_needs_the_number_that_was_agreed(scene):
    hearing = closed(scene)
    with refuses("PD-05.4"):
        operations.select_participants(hearing.pk, actor=scene.people.clerk, at=moment("08-02 09:00"))


def test_who_applied_twice_or_took_it_back_is_not_drawn(scene):
    hearing = announced(scene)
    first, second = apply(hearing, scene.at, 1), apply(hearing, scene.at, 2)
    operations.set_application_aside(second.pk, reason="withdrawn", actor=scene.people.clerk, at=scene.at)
    with refuses("wrong-state"):
        operations.set_application_aside(second.pk, reason="withdrawn", actor=scene.people.clerk, at=scene.at)
    step(scene, "close_hearing_applications", hearing, moment("08-01 09:00"))
    operations.select_participants(hearing.pk, seed="1", actor=scene.people.clerk, at=moment("08-02 09:00"))
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.result, second.result) == ("chosen", "set-aside")


@pytest.mark.parametrize(("day", "refused"), [("08-13", []), ("08-14", []), ("08-15", ["PD-05"])])
def test_the_list_is_public_seven_days_before(scene, day, refused):
    """The hearing is on 08-21: eight, seven and six days before."""
    hearing = closed(scene)
    operations.select_participants(hearing.pk, seed="1", actor=scene.people.clerk, at=moment("08-02 09:00"))
    staff(hearing)
    hearing.refresh_from_db()
    assert codes("list_hearing_participants", hearing, moment(f"{day} 23:59")) == refused


def test_no_list_without_an_outcome_for_everybody_or_with_nobody_on_it(scene):
    hearing = closed(scene)
    staff(hearing)
    hearing.refresh_from_db()
    assert codes("list_hearing_participants", hearing, moment("08-03 09:00")) == ["PD-05.4"]


def test_the_record_lists_participants_by_numbers_and_never_by_names(scene):
    listed(scene)
    (entry,) = scene.entries("step.list_hearing_participants")
    assert entry.facts["listed"] == [{"name": demo.GROUPS[0][0], "numbers": drawn([1, 2, 3], 2, demo.SEED)}]
    assert "王小" not in "".join(bytes(e.body).decode() for e in Entry.objects.all())


# -- the hearing itself


@pytest.mark.parametrize(("day", "refused"), [(13, []), (14, []), (15, ["PD-05"])])
def test_materials_reach_the_participants_seven_days_before(scene, day, refused):
    hearing = listed(scene, at="08-12 09:00")
    deliver(scene, hearing, date(2026, 8, day))
    hearing.refresh_from_db()
    assert codes("hold_hearing", hearing, moment("08-21 09:00")) == refused


def test_a_hearing_begins_at_its_hour_with_its_materials_delivered(scene):
    hearing = listed(scene)
    assert codes("hold_hearing", hearing, moment("08-21 08:59")) == ["PD-05", "PD-05"]
    deliver(scene, hearing, date(2026, 8, 14))
    hearing.refresh_from_db()
    assert codes("hold_hearing", hearing, moment("08-21 08:59")) == ["PD-05"]
    assert codes("hold_hearing", hearing, moment("08-21 09:00")) == []


def test_late_materials_are_mended_by_putting_the_hearing_off(scene):
    hearing = listed(scene)
    deliver(scene, hearing, date(2026, 8, 17))
    postpone(scene, hearing, moment("08-24 09:00"), at=moment("08-17 18:00"))
    hearing.refresh_from_db()
    assert codes("hold_hearing", hearing, moment("08-24 09:00")) == []


def postpone(scene, hearing, starts_at, at):
    return operations.postpone_hearing(
        hearing.pk, starts_at=starts_at, place="县影剧院", reason="台风", actor=scene.people.manager, at=at
    )


def test_a_hearing_is_put_off_with_a_reason_and_seven_days_notice_never_brought_forward(scene):
    hearing = announced(scene)
    with refuses("PD-05"):
        postpone(scene, hearing, moment("08-20 09:00"), scene.at)
    with refuses("PD-05"):
        postpone(scene, hearing, moment("08-22 09:00"), moment("08-16 09:00"))
    postpone(scene, hearing, moment("08-22 09:00"), moment("08-15 09:00"))
    facts = scene.entries("hearing.postponed")[0].facts
    assert (facts["from"], facts["to"], facts["reason"]) == (
        "2026-08-21T09:00:00+08:00", "2026-08-22T09:00:00+08:00", "台风"
    )  # fmt: skip


def test_a_hearing_is_called_off_only_with_a_reason(scene):
    hearing = announced(scene)
    with refuses("reason"):
        step(scene, "cancel_hearing", hearing, scene.at)
    step(scene, "cancel_hearing", hearing, scene.at, reason="与另一场合并举行。")
    with refuses("PD-05.3"):
        apply(hearing, scene.at)


# -- the record


def test_the_record_is_published_when_each_who_came_has_signed_or_said_why_not(scene):
    hearing = held(scene, applicants=2)

    def missing():
        return codes("publish_hearing_record", Hearing.objects.get(pk=hearing.pk), moment("08-22 09:00"))

    assert missing() == ["PD-06.2"]
    attend(scene, hearing, 1, 2)
    assert missing() == ["PD-06", "PD-06.2"]
    speak(scene, hearing)
    assert missing() == ["PD-06"]
    sign(scene, hearing, scan=False, n1=("signed", ""))
    assert missing() == ["PD-06"]
    with refuses("PD-06"):
        sign(scene, hearing, n1=("signed", ""), n2=("refused", " "))
    sign(scene, hearing, scan=False, n1=("signed", ""), n2=("refused", "没有记全"))
    assert missing() == ["PD-06"]  # the signed sheets are not there
    sign(scene, hearing, n1=("signed", ""), n2=("refused", "没有记全"))
    assert missing() == []
    step(scene, "publish_hearing_record", hearing, moment("08-22 09:00"))
    facts = scene.entries("step.publish_hearing_record")[0].facts
    assert (facts["attended"], facts["signed"], facts["refused"]) == (2, 1, 1)
    assert facts["statements"] == {"support": 0, "neutral": 0, "object": 1}
    assert facts["said"][0].keys() == {"number", "participant", "stance", "digest"}
    recorded = Hearing.objects.get(pk=hearing.pk)
    assert recorded.summary()["held_on"] == "2026-08-21"
    assert recorded.record_entry() == scene.entries("step.publish_hearing_record")[0]


def test_what_is_mended_after_the_signing_is_signed_anew(scene):
    hearing = held(scene, applicants=1)
    attend(scene, hearing, 1)
    statement = speak(scene, hearing)
    sign(scene, hearing, n1=("signed", ""))
    room.mend_statement(
        statement.pk, stance="support", summary="同意。", said_at=statement.said_at, actor=scene.people.clerk
    )
    assert hearing.applications.get().signature == ""


def test_a_hearing_to_which_nobody_came_has_a_record_too(scene):
    hearing = held(scene, applicants=1)
    attend(scene, hearing)
    step(scene, "publish_hearing_record", hearing, moment("08-22 09:00"))
    assert scene.entries("step.publish_hearing_record")[0].facts["attended"] == 0


def test_nobody_speaks_who_is_not_there_and_nothing_is_noted_before_or_after(scene):
    hearing = listed(scene, applicants=1)
    with refuses("wrong-state"):
        attend(scene, hearing, 1)
    deliver(scene, hearing, date(2026, 8, 14))
    step(scene, "hold_hearing", hearing, moment("08-21 09:00"))
    with refuses("wrong-state"):
        speak(scene, hearing)
    attend(scene, hearing, 1)
    speak(scene, hearing)
    sign(scene, hearing, n1=("signed", ""))
    step(scene, "publish_hearing_record", hearing, moment("08-22 09:00"))
    with refuses("wrong-state"):
        speak(scene, hearing)


@pytest.mark.django_db(transaction=True)
def test_two_who_write_down_at_once_write_two_statements():
    scene = hall_on("07-24 09:00")
    hearing = held(scene, applicants=1)
    attend(scene, hearing, 1)
    assert race(lambda: speak(scene, hearing)) == ["done", "done"]
    assert [s.number for s in hearing.statements.all()] == [1, 2]


@pytest.mark.django_db
def test_the_cemetery_park_was_heard_and_no_name_is_on_record():
    cemetery_on("03-30 10:00")
    assert Hearing.objects.get().state == State.RECORDED
    record = "".join(bytes(entry.body).decode() for entry in Entry.objects.all())
    for _when, name, contact, _group, _origin, view in demo.APPLICANTS:
        assert not any(word in record for word in (name, contact, view))
