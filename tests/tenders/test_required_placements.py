"""The places that a plan announces: each is proven or explained, and who got the plan late has as many days."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from ledger.models import Entry, Task
from lifecycle.operations import refusals, take
from lifecycle.steps import STEPS
from publishing.handlers import HANDLERS
from tenders.models import Consultation, PeriodChange, Placement, PostingPlace, RequiredPlacement
from tenders.operations.comments import receive_comment
from tenders.operations.placements import extend_for_late_proof, record_placement, waive_placement
from tenders.proof import announcement_of, days_owed, latest_posting
from tests.factories import hall_on, moment
from tests.racing import race
from tests.refusing import refuses
from tests.tenders.test_placements import photo

pytestmark = pytest.mark.django_db

DRAFTED, OPENED, END = "07-16 09:30", "07-20 09:10", date(2026, 8, 31)


def day(words):
    return moment(f"{words} 00:00").date()


def promise(scene, name="城西村公开栏", kind="village-board", by="07-20"):
    """Announce a place in the plan, as it is drafted."""
    place, _new = PostingPlace.objects.get_or_create(name=name, defaults={"kind": kind})
    consultation = scene.consultation
    number = consultation.required_placements.count() + 1
    return consultation.required_placements.create(number=number, place=place, by_on=day(by))


def told(by="07-20", closes="08-19", **changes):
    """A plan that is open for comments from 07-20 on for exactly the legal 30 days, with one place."""
    scene = hall_on(DRAFTED)
    Consultation.objects.update(closes_on=day(closes), **changes)
    required = promise(scene, by=by)
    acts = scene.acts
    acts.step("publish_plan", moment("07-20 09:00"))
    acts.step("open_comments", moment(OPENED), subject=acts.project.consultations.get())
    return scene, required


def prove(scene, required, posted, entered=None, **changes):
    details = {
        "project": scene.project,
        "required": required,
        "announced": announcement_of(required.consultation),
        "kind": required.place.kind,
        "place": required.place.name,
        "posted_at": moment(posted),
        "photo_alt": "村务公开栏里的海报",
    }
    draft = Placement(**details | changes)
    return record_placement(draft, [photo()], actor=scene.people.clerk, at=moment(entered or posted))


def follow():
    """Do what follows from the proofs, as the outbox does it; not the pages."""
    for task in Task.objects.filter(name="late-proof"):
        HANDLERS[task.name](task.entry, **task.arguments)


def test_the_plan_says_where_it_will_hang_and_the_bureaus_own_notes_stay_in_the_house():
    scene = hall_on(DRAFTED)
    promise(scene)
    PostingPlace.objects.update(notes="钥匙在老李家", address="城西村村委会", has_box=True)
    scene.acts.step("publish_plan", moment("07-20 09:00"))
    (entry,) = scene.entries("step.publish_plan")
    assert entry.facts["placements"] == [
        {
            "number": 1, "kind": "village-board", "name": "城西村公开栏", "address": "城西村村委会", "has_box": True,
            "by_on": "2026-07-20",
        }
    ]  # fmt: skip
    assert "钥匙" not in bytes(entry.body).decode()


@pytest.mark.parametrize(("by", "is_refused"), [("07-19", False), ("07-20", False), ("07-21", True)])
def test_a_place_is_planned_so_early_that_who_passes_it_has_the_whole_time(by, is_refused):
    scene = hall_on(DRAFTED)
    Consultation.objects.update(closes_on=day("08-19"))
    promise(scene, by=by)
    reasons = refusals(scene.project, STEPS["publish_plan"], at=moment("07-20 09:00"))
    said = [reason for reason in reasons if "张贴得太晚" in reason.message]
    assert bool(said) is is_refused
    if is_refused:
        assert said[0].code == "PD-03"
        assert "2026年7月21日" in said[0].message
        assert "最迟2026年7月20日" in said[0].message


@pytest.mark.parametrize(
    ("posted", "end"), [("07-20 09:10", "08-19"), ("07-20 23:59", "08-19"), ("07-21 00:00", "08-20")]
)
def test_a_proof_of_the_first_day_leaves_the_end_and_a_day_late_moves_it_by_a_day(posted, end):
    scene, required = told()
    prove(scene, required, posted)
    follow()
    consultation = scene.consultation
    assert (consultation.closes_on, consultation.first_closes_on) == (day(end), day("08-19"))


def test_the_proof_and_the_move_are_two_acts_with_an_entry_each_and_the_move_says_why():
    scene, required = told()
    proof = prove(scene, required, "07-22 08:00", "07-23 10:00")
    assert scene.consultation.closes_on == day("08-19")
    (entry,) = scene.entries("placement.recorded")
    assert entry.facts["required"] == "project/2026-001/consultation/1/place/1"
    assert Task.objects.filter(entry=entry, name="late-proof", arguments={"pk": proof.pk}).exists()
    follow()
    (moved,) = scene.entries("period.extended")
    assert (moved.facts["old_closes_on"], moved.facts["closes_on"]) == ("2026-08-19", "2026-08-21")
    assert moved.facts["reason"].startswith(
        "城西村公开栏（村务公开栏）于2026年7月22日才张贴（刊播），晚于方案公布的2026年7月20日"
    )
    assert moved.by == {"role": "public"}


def test_a_move_done_twice_moves_once():
    scene, required = told()
    proof = prove(scene, required, "07-22 08:00")
    assert extend_for_late_proof(proof.pk, at=moment("07-22 08:00")).new_closes_on == day("08-21")
    assert extend_for_late_proof(proof.pk, at=moment("07-22 08:00")) is None
    assert PeriodChange.objects.count() == 1


def test_the_end_rolls_to_a_working_day_and_never_comes_earlier():
    scene, required = told(closes="08-31")
    other = RequiredPlacement.objects.create(
        consultation=scene.consultation, number=2, by_on=day("07-20"),
        place=PostingPlace.objects.create(kind="board", name="另一处"),
    )  # fmt: skip
    prove(scene, required, "07-25 08:00")  # 30 days end on 08-24, before the announced end
    follow()
    assert scene.consultation.closes_on == END
    prove(scene, other, "08-06 08:00")  # 30 days end on Saturday 09-05
    follow()
    assert scene.consultation.closes_on == day("09-07")


def test_a_period_that_was_shortened_with_a_reason_is_owed_no_longer_than_it_was():
    scene, required = told(closes="08-03", shortened_reason="汛期抢修")
    assert days_owed(scene.consultation) == 14
    prove(scene, required, "07-22 08:00")
    follow()
    assert scene.consultation.closes_on == day("08-05")


def test_a_proof_after_the_old_end_gives_the_missing_days_from_then_on():
    scene, required = told()
    end = moment("08-20 00:00")
    with refuses("PD-03"):
        receive_comment(scene.consultation.pk, text="截止以后", at=end)
    prove(scene, required, "07-23 08:00", "08-24 10:00")  # three days late, entered on the fifth day after the end
    follow()
    assert scene.consultation.closes_on == day("08-27")
    receive_comment(scene.consultation.pk, text="又可以提了", at=moment("08-25 10:00"))
    assert receive_comment(scene.consultation.pk, text="最后一秒", at=moment("08-28 00:00") - timedelta(seconds=1))
    with refuses("PD-03"):
        receive_comment(scene.consultation.pk, text="晚了一秒", at=moment("08-28 00:00"))


def test_who_is_told_only_after_the_end_has_the_whole_time():
    scene, required = told()
    prove(scene, required, "08-24 08:00")
    follow()
    assert scene.consultation.closes_on == day("09-23")


def test_nothing_is_closed_while_a_place_is_neither_proven_nor_explained():
    scene, required = told()
    over = moment("08-20 09:00")
    with refuses("PD-04") as refused:
        take(STEPS["close_comments"], scene.consultation.pk, actor=scene.people.manager, at=over)
    assert "还有1处没有证据：城西村公开栏" in str(refused.value)
    assert "PD-04" in {refusal.code for refusal in refusals(scene.project, STEPS["decide"], at=over)}
    prove(scene, required, "07-20 10:00", "08-20 08:00")
    take(STEPS["close_comments"], scene.consultation.pk, actor=scene.people.manager, at=over)


def test_nothing_is_closed_in_the_second_in_which_a_late_proof_has_not_yet_moved_the_end():
    scene, required = told()
    prove(scene, required, "07-21 08:00", "08-20 08:00")
    with refuses("PD-03") as refused:
        take(STEPS["close_comments"], scene.consultation.pk, actor=scene.people.manager, at=moment("08-20 09:00"))
    assert "正在顺延到2026年8月21日" in str(refused.value)


def test_that_nothing_was_put_up_is_told_with_the_reason_and_opens_the_way():
    scene, required = told()
    over = {"actor": scene.people.manager, "at": moment("08-20 09:00")}
    with refuses("text"):
        waive_placement(required.pk, reason=" ", **over)
    with pytest.raises(PermissionDenied):
        waive_placement(required.pk, reason="公开栏被拆", actor=scene.people.clerk, at=over["at"])
    waive_placement(required.pk, reason="公开栏七月被洪水冲毁", **over)
    (entry,) = scene.entries("placement.waived")
    assert (entry.subject, entry.facts["reason"]) == (required.path, "公开栏七月被洪水冲毁")
    with refuses("waived"):
        waive_placement(required.pk, reason="再说一次", **over)
    with refuses("waived"):
        prove(scene, required, "07-20 10:00", "08-20 09:00")
    take(STEPS["close_comments"], scene.consultation.pk, **over)
    assert not Entry.objects.filter(kind="period.extended").exists()


def test_a_proof_is_of_its_place_and_given_once():
    scene, required = told()
    with refuses("place"):
        prove(scene, required, "07-20 10:00", place="别处")
    with refuses("place"):
        prove(scene, required, "07-20 10:00", kind="board")
    prove(scene, required, "07-20 10:00")
    with refuses("duplicate", "duplicate"):
        prove(scene, required, "07-20 11:00")
    with refuses("duplicate"):
        waive_placement(required.pk, reason="其实没有", actor=scene.people.manager, at=moment("07-21 10:00"))


def test_nothing_is_proven_before_the_plan_is_public():
    scene = hall_on(DRAFTED)
    required = promise(scene)
    with pytest.raises(LookupError):
        announcement_of(required.consultation)
    with refuses("wrong-state"):
        waive_placement(required.pk, reason="没有", actor=scene.people.manager, at=moment("07-17 10:00"))


def test_a_place_stands_in_a_plan_once_and_is_not_deleted():
    scene = hall_on(DRAFTED)
    required = promise(scene)
    with pytest.raises(IntegrityError), transaction.atomic():
        promise(scene)
    with pytest.raises(IntegrityError), transaction.atomic():
        required.place.delete()


@pytest.mark.parametrize(
    ("closes", "latest"), [("08-19", "07-20"), ("08-31", "08-01"), ("08-30", "07-29"), ("08-10", "07-20")]
)
def test_the_latest_day_leaves_thirty_days_up_to_a_working_day(closes, latest):
    scene = hall_on(DRAFTED)
    Consultation.objects.update(closes_on=day(closes))
    assert latest_posting(scene.consultation) == day(latest)


@pytest.mark.django_db(transaction=True)
def test_a_proof_and_an_explanation_at_once_are_one_act_and_one_refusal():
    scene, required = told()

    turns = iter((0, 1))

    def either():
        if next(turns):
            waive_placement(required.pk, reason="没有", actor=scene.people.manager, at=moment("07-20 12:00"))
        else:
            prove(scene, required, "07-20 12:00")

    assert race(either) == ["ActRefused", "done"]
    assert Entry.objects.filter(kind__in=("placement.recorded", "placement.waived")).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_move_the_end_once():
    scene, required = told()
    proof = prove(scene, required, "07-22 08:00")
    assert race(lambda: extend_for_late_proof(proof.pk, at=moment("07-22 08:00"))) == ["done", "done"]
    assert Entry.objects.filter(kind="period.extended").count() == 1
