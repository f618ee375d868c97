from contextlib import nullcontext
from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from integrity.models import Attendance, Invitation, Matter
from integrity.operations.invitations import invite, record_absence
from integrity.operations.matters import answer_matter, insist, refer
from integrity.operations.observers import observe, reply, sign_in, sign_out, state_opinion
from integrity.room import room_code
from ledger.models import Entry
from lifecycle.operations import refusals
from lifecycle.steps import STEPS
from tests.factories import cemetery_on, moment
from tests.racing import race
from tests.refusing import refuses

pytestmark = pytest.mark.django_db

DECLARED = {"remote": False, "no_conflict": True, "keeps_confidential": True}
BEFORE_SIGN_IN = "07-06 09:12"


def declared(scene, at, **changes):
    """What somebody in the room enters at a moment."""
    return DECLARED | {"code": room_code(scene.package, at)} | changes


def invitation_of(scene, observer):
    return Invitation.objects.get(institution=observer.organisation)


def test_an_observer_signs_in_for_the_own_institution_only():
    scene = cemetery_on(BEFORE_SIGN_IN)
    theirs = invitation_of(scene, scene.people.procurement)
    with pytest.raises(PermissionDenied):
        sign_in(theirs.pk, actor=scene.people.discipline, at=moment("07-06 09:15"), **DECLARED)
    with pytest.raises(PermissionDenied):
        sign_in(theirs.pk, actor=scene.people.manager, at=moment("07-06 09:15"), **DECLARED)


@pytest.mark.parametrize("missing", ["no_conflict", "keeps_confidential"])
def test_signing_in_takes_both_declarations(missing):
    scene = cemetery_on(BEFORE_SIGN_IN)
    mine = invitation_of(scene, scene.people.discipline)
    with refuses("wrong-state"):
        at = moment("07-06 09:15")
        sign_in(mine.pk, actor=scene.people.discipline, at=at, **declared(scene, at, **{missing: False}))


@pytest.mark.parametrize(("minutes", "allowed"), [(-121, False), (-120, True), (0, True)])
def test_signing_in_begins_two_hours_before_the_opening(minutes, allowed):
    scene = cemetery_on(BEFORE_SIGN_IN)
    mine = invitation_of(scene, scene.people.discipline)
    at = moment("07-06 09:30") + timedelta(minutes=minutes)
    if allowed:
        sign_in(mine.pk, actor=scene.people.discipline, at=at, **declared(scene, at))
        mine.refresh_from_db()
        assert mine.mode == Invitation.Mode.PRESENT
    else:
        with refuses("wrong-state"):
            sign_in(mine.pk, actor=scene.people.discipline, at=at, **declared(scene, at))


def test_watching_from_afar_is_published_as_such():
    scene = cemetery_on(BEFORE_SIGN_IN)
    mine = invitation_of(scene, scene.people.discipline)
    sign_in(mine.pk, actor=scene.people.discipline, at=moment("07-06 09:15"), **DECLARED | {"remote": True})
    mine.refresh_from_db()
    assert mine.mode == Invitation.Mode.REMOTE


def test_an_absence_needs_its_reason():
    scene = cemetery_on(BEFORE_SIGN_IN)
    mine = invitation_of(scene, scene.people.procurator)
    absence = {"actor": scene.people.clerk, "at": moment("07-06 09:40")}
    with refuses("wrong-state"):
        record_absence(mine.pk, mode="absent", reason="  ", **absence)
    with refuses("wrong-state"):
        record_absence(mine.pk, mode="present", reason="来了", **absence)
    record_absence(mine.pk, mode="declined", reason="来函谢绝", **absence)
    assert Entry.objects.get(kind="invitation.unattended").facts["reason"] == "来函谢绝"


def test_nobody_is_absent_from_an_opening_that_is_still_ahead():
    scene = cemetery_on("06-29 15:00")
    mine, due = invitation_of(scene, scene.people.procurator), scene.package.bids_due_at
    absence = {"mode": "absent", "reason": "有出庭任务", "actor": scene.people.clerk}
    for early in (scene.at, due - timedelta(seconds=1)):
        with refuses("too-early") as refused:
            record_absence(mine.pk, at=early, **absence)
    assert "2026年7月6日 9:30" in str(refused.value)
    assert scene.entries("invitation.unattended") == []
    record_absence(mine.pk, at=due, **absence)
    assert len(scene.entries("invitation.unattended")) == 1


def test_an_institution_is_invited_once():
    scene = cemetery_on("06-29 15:00")
    with refuses("wrong-state"):
        invite(
            scene.package.pk,
            scene.people.discipline.organisation_id,
            means="letter",
            actor=scene.people.clerk,
            at=moment("06-30 09:00"),
        )


def signed_in(*, opened=True):
    scene = cemetery_on("07-06 09:29")
    if opened:
        scene.acts.step("open_bids", moment("07-06 09:30"), subject=scene.package)
    return scene, Attendance.objects.get(observer=scene.people.discipline)


@pytest.mark.rule("EM-01")
def test_until_the_opening_an_observer_writes_nothing_that_could_name_a_bidder():
    _, attendance = signed_in(opened=False)
    at = moment("07-06 09:29")
    with refuses("EM-01"):
        observe(attendance.pk, item="other", finding="note", text="见到某公司", actor=attendance.observer, at=at)
    with refuses("EM-01"):
        state_opinion(attendance.pk, text="见到某公司", actor=attendance.observer, at=at)


def test_a_concern_waits_for_the_chairs_reply_and_holds_the_opening():
    scene, attendance = signed_in()
    at = moment("07-06 09:40")
    concern = observe(
        attendance.pk, item="seals", finding="concern", text="二号封套有破损", actor=attendance.observer, at=at
    )
    codes = [r.code for r in refusals(scene.package, STEPS["conclude_opening"], at=at)]
    assert "concern" in codes
    reply(concern.pk, text="经三方查看，破损在外封，内封完好。", actor=scene.people.manager, at=at)
    codes = [r.code for r in refusals(scene.package, STEPS["conclude_opening"], at=at)]
    assert "concern" not in codes


@pytest.mark.rule("EM-03", "EV-12")
@pytest.mark.parametrize(  # the candidates were published on 07-08: the result is determined with the award
    ("until", "may"),
    [("07-06 16:30", False), ("07-08 09:00", False), ("07-13 16:00", False), ("07-14 09:00", True)],
)
def test_until_the_result_nobody_names_the_committee_when_watching(until, may):
    scene = cemetery_on(until)
    Attendance.objects.update(signed_out_at=None)  # whoever is still in the room may write
    attendance = Attendance.objects.get(observer=scene.people.procurement)
    said = {"text": f"看到{scene.package.committee.first().name}在场", "at": scene.at}
    known = {"package": scene.package, "attendance": attendance, "raised_at": scene.at, "asked_at": scene.at}
    waiting = Matter.objects.create(number=8, **known)
    answered = Matter.objects.create(number=9, state=Matter.State.ANSWERED, answered_at=scene.at, **known)
    observer, manager = {"actor": attendance.observer}, {"actor": scene.people.manager}
    note = observe(attendance.pk, item="seals", finding="note", text="见到裂口", at=scene.at, **observer)
    for act in (
        partial(observe, attendance.pk, item="committee", finding="note", **observer),
        partial(reply, note.pk, **manager),
        partial(refer, waiting.pk, **manager),
        partial(answer_matter, waiting.pk, **manager),
        partial(insist, answered.pk, **observer),
    ):
        with nullcontext() if may else refuses("EM-03"):
            act(**said)


def test_a_concern_without_words_is_refused():
    _, attendance = signed_in()
    with refuses("text"):
        observe(
            attendance.pk,
            item="seals",
            finding="concern",
            text=" ",
            actor=attendance.observer,
            at=moment("07-06 09:31"),
        )


def test_an_opinion_is_stated_once_and_nobody_changes_it():
    scene, attendance = signed_in()
    at = moment("07-06 10:00")
    state_opinion(attendance.pk, text="程序正确。", actor=attendance.observer, at=at)
    with refuses("wrong-state"):
        state_opinion(attendance.pk, text="另有意见。", actor=attendance.observer, at=at)
    with pytest.raises(PermissionDenied):
        state_opinion(attendance.pk, text="改", actor=scene.people.manager, at=at)
    attendance.refresh_from_db()
    assert attendance.opinion == "程序正确。"


def test_after_signing_out_nothing_is_added():
    _, attendance = signed_in()
    sign_out(attendance.pk, actor=attendance.observer, at=moment("07-06 10:00"))
    with refuses("wrong-state"):
        observe(
            attendance.pk,
            item="other",
            finding="note",
            text="补记",
            actor=attendance.observer,
            at=moment("07-06 10:01"),
        )


def test_another_observer_of_the_same_institution_keeps_the_own_log():
    scene, attendance = signed_in()
    colleague = User.objects.create(
        username="colleague", name="同事", role="observer", organisation=attendance.observer.organisation
    )
    with pytest.raises(PermissionDenied):
        sign_out(attendance.pk, actor=colleague, at=moment("07-06 10:00"))
    at = moment("07-06 09:31")
    second = sign_in(attendance.invitation_id, actor=colleague, at=at, **declared(scene, at))
    assert second.pk != attendance.pk
    assert scene.package.invitations.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_sign_ins_at_once_give_one():
    scene = cemetery_on(BEFORE_SIGN_IN)
    mine = invitation_of(scene, scene.people.discipline)
    at = moment("07-06 09:15")
    act = {"actor": scene.people.discipline, "at": at, **declared(scene, at)}
    assert race(lambda: sign_in(mine.pk, **act)) == ["ActRefused", "done"]


@pytest.mark.django_db(transaction=True)
def test_two_opinions_at_once_give_one():
    _, attendance = signed_in()
    act = {"text": "程序正确。", "actor": attendance.observer, "at": moment("07-06 10:00")}
    assert race(lambda: state_opinion(attendance.pk, **act)) == ["ActRefused", "done"]
