"""Complaints to the supervisor: who may complain and when, and how far each is, in public."""

from datetime import date

import pytest

from integrity.models import Complaint
from integrity.operations import complaints as operations
from integrity.operations.complaints import Paper
from integrity.operations.objections import Party
from ledger.models import Entry
from lifecycle.clocks import clocks
from tenders.models import Package
from tests.factories import cemetery_on, moment
from tests.racing import race
from tests.refusing import refuses

pytestmark = pytest.mark.django_db
NAME, PHONE, ORGAN = "清平第一建筑有限公司", "13900002222", "清平县住房和城乡建设局"


@pytest.fixture
def scene():
    """The objection no. 2 to the result came on 07-10 and was answered on 07-13; the award is of 07-14."""
    return cemetery_on("07-14 09:00")


def complain(scene, at, known_on, objection=2, kind="result", **more):
    told = {"complainant": NAME, "text": "项目经理仍有在建工程。", "actor": None, "party": Party(contact=PHONE)}
    return operations.receive_complaint(
        scene.package.pk, kind=kind, known_on=known_on, objection_number=objection, at=moment(at), **told | more
    )


def accept(scene, complaint, at="07-22 09:00", on=date(2026, 7, 22), **more):
    told = {"accepted": True, "paper": Paper(ORGAN, "清建诉受〔2026〕1号", on), "actor": scene.people.clerk}
    return operations.decide_acceptance(complaint.pk, at=moment(at), **told | more)


def decide(scene, complaint, at, on, **more):
    told = {"upheld": False, "result": "经查，该工程已竣工验收。", "actor": scene.people.clerk}
    return operations.decide_complaint(
        complaint.pk, paper=Paper(ORGAN, "清建诉决〔2026〕1号", on), at=moment(at), **told | more
    )


def clock(scene, rule_id, at):
    found = [c for c in clocks(scene.project, at=moment(at)) if c.rule.id == rule_id]
    return found[-1] if found else None


@pytest.mark.rule("OB-06", "OB-06.2")
def test_ten_days_without_those_of_the_answer(scene):
    """Known on 07-08, answered after three days: the tenth day that counts is 07-21 (a Tuesday)."""
    with refuses("OB-06.2"):
        complain(scene, "07-15 09:00", date(2026, 7, 8), objection=None)
    with refuses("OB-06"):
        complain(scene, "07-15 09:00", date(2026, 7, 16))  # nobody knows tomorrow
    for at in ("07-20 09:00", "07-21 23:59"):
        complain(scene, at, date(2026, 7, 8))
    with refuses("OB-06"):
        complain(scene, "07-22 00:00", date(2026, 7, 8))
    # ten days from the award without an objection before, on a matter that needs none
    complain(scene, "07-24 23:59", date(2026, 7, 14), objection=None, kind="other")
    with refuses("OB-06"):
        complain(scene, "07-25 00:00", date(2026, 7, 14), objection=None, kind="other")


@pytest.mark.rule("OB-06.2")
def test_an_objection_that_is_overdue_opens_the_way_to_the_supervisor():
    scene = cemetery_on("07-10 11:00")
    with refuses("OB-06.2"):
        complain(scene, "07-13 23:59", date(2026, 7, 8))
    complain(scene, "07-14 00:00", date(2026, 7, 8))


@pytest.mark.rule("OB-09")
def test_who_complains_says_who_it_is(scene):
    for missing in ({"party": Party()}, {"complainant": " "}):
        with refuses("OB-09"):
            complain(scene, "07-15 09:00", date(2026, 7, 14), **missing)


@pytest.mark.rule("OB-07", "OB-08")
def test_the_supervisor_decides_in_thirty_working_days_without_those_of_a_test(scene):
    complaint = complain(scene, "07-17 10:00", date(2026, 7, 14))  # a Friday
    assert clock(scene, "OB-07", "07-17 11:00").due_on == date(2026, 7, 22)
    with refuses("dated"):
        accept(scene, complaint, on=date(2026, 7, 16))
    with refuses("OB-07"):
        accept(scene, complaint, accepted=False)
    with refuses("EM-09"):
        accept(scene, complaint, accepted=False, reason=f"{NAME}不是利害关系人。")
    accept(scene, complaint)
    assert clock(scene, "OB-07", "07-22 11:00").done
    assert clock(scene, "OB-08", "07-22 11:00").due_on == date(2026, 9, 2)

    told = {"matter": "对印章的鉴定", "actor": scene.people.clerk}
    with refuses("EM-09"):
        operations.begin_examination(
            complaint.pk, started_on=date(2026, 7, 31), at=moment("07-31 09:00"), **told | {"matter": f"{NAME}的印章"}
        )
    test = operations.begin_examination(complaint.pk, started_on=date(2026, 7, 31), at=moment("07-31 09:00"), **told)
    with refuses("wrong-state"):
        operations.begin_examination(complaint.pk, started_on=date(2026, 8, 3), at=moment("08-03 09:00"), **told)
    assert clock(scene, "OB-08", "08-04 09:00").paused
    operations.end_examination(test.pk, ended_on=date(2026, 8, 7), actor=scene.people.clerk, at=moment("08-07 09:00"))
    still = clock(scene, "OB-08", "08-10 09:00")
    assert (still.due_on, still.paused) == (date(2026, 9, 9), False)
    assert not still.overdue(date(2026, 9, 9))
    assert still.overdue(date(2026, 9, 10))


@pytest.mark.rule("OB-10")
def test_a_decision_is_published_with_its_result_and_names_nobody(scene):
    complaint = complain(scene, "07-17 10:00", date(2026, 7, 14))
    with refuses("wrong-state"):
        decide(scene, complaint, "07-20 09:00", date(2026, 7, 20))
    accept(scene, complaint)
    with refuses("OB-10"):
        decide(scene, complaint, "08-20 09:00", date(2026, 8, 20), result=" ")
    with refuses("EM-09"):
        decide(scene, complaint, "08-20 09:00", date(2026, 8, 20), result=f"{NAME}的投诉不成立。")
    decide(scene, complaint, "08-20 09:00", date(2026, 8, 20))

    assert Complaint.objects.get().is_over
    entries = Entry.objects.filter(subject__startswith=complaint.path)
    recorded = b"".join(bytes(entry.body) for entry in entries).decode()
    assert entries.last().facts["result"] == "经查，该工程已竣工验收。"
    for secret in (NAME, PHONE, "仍有在建工程"):
        assert secret not in recorded
    with refuses("wrong-state"):
        operations.withdraw_complaint(
            complaint.pk, withdrawn_on=date(2026, 8, 21), actor=scene.people.clerk, at=moment("08-21 09:00")
        )


@pytest.mark.parametrize(("at", "allowed"), [("08-11 23:59", True), ("08-12 00:00", False)])
@pytest.mark.rule("GP-21.4", "GP-21.7")
def test_in_procurement_fifteen_working_days_from_the_end_of_the_time_to_answer(scene, at, allowed):
    """A query of 07-10 is to be answered by 07-21; fifteen working days later is 08-11."""
    Package.objects.update(track=Package.Track.PROCUREMENT)
    with refuses("GP-21.7"):
        complain(scene, "07-21 09:00", date(2026, 7, 10), objection=None, kind="other")
    if allowed:
        complain(scene, at, date(2026, 7, 10))
    else:
        with refuses("GP-21.4"):
            complain(scene, at, date(2026, 7, 10))


@pytest.mark.rule("GP-21.5")
def test_in_procurement_the_authority_decides_in_thirty_working_days(scene):
    Package.objects.update(track=Package.Track.PROCUREMENT)
    accept(scene, complain(scene, "07-21 10:00", date(2026, 7, 10)))
    due = clock(scene, "GP-21.5", "07-22 11:00")
    assert due.due_on == date(2026, 9, 2)
    assert not due.overdue(date(2026, 9, 2))
    assert due.overdue(date(2026, 9, 3))


@pytest.mark.django_db(transaction=True)
def test_two_decisions_at_once_give_one():
    scene = cemetery_on("07-14 09:00")
    complaint = complain(scene, "07-17 10:00", date(2026, 7, 14))
    assert race(lambda: accept(scene, complaint)) == ["ActRefused", "done"]
    assert race(lambda: decide(scene, complaint, "08-20 09:00", date(2026, 8, 20))) == ["ActRefused", "done"]
