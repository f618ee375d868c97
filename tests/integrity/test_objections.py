"""Objections, in government procurement queries: when, by whom, by when answered, and what stands still."""

from datetime import date

import pytest

from integrity.models import Objection
from integrity.operations import objections as operations
from integrity.operations.objections import Party, answer_objection, receive_objection
from ledger.models import Entry
from lifecycle.clocks import clocks
from lifecycle.operations import refusals
from lifecycle.steps import STEPS
from tenders.models import Package
from tests.factories import cemetery_on, moment
from tests.racing import race
from tests.refusing import refuses

pytestmark = pytest.mark.django_db
NAME, PHONE = "滇东市政园林有限公司", "13900003333"


def object_to(scene, kind, at, **more):
    told = {"objector": NAME, "text": "资格条件过严", "actor": scene.people.clerk} | more
    return receive_objection(scene.package.pk, kind=kind, at=moment(at), **told)


def in_procurement(scene):
    Package.objects.update(track=Package.Track.PROCUREMENT)
    return scene


def codes(subject, step, at):
    return [r.code for r in refusals(subject, STEPS[step], at=moment(at))]


def clock(scene, rule_id, at):
    found = [c for c in clocks(scene.project, at=moment(at)) if c.rule.id == rule_id]
    return found[0]  # of those that still run, the nearest


@pytest.mark.rule("OB-02")
def test_documents_are_objected_to_ten_days_before_the_deadline():
    scene = cemetery_on("06-18 11:00")
    for at in ("06-25 23:59", "06-26 23:59"):
        object_to(scene, "documents", at)
    with refuses("OB-02"):
        object_to(scene, "documents", "06-27 00:00")


@pytest.mark.rule("OB-03", "EV-08")
def test_an_opening_is_objected_to_and_answered_on_the_spot():
    scene = cemetery_on("07-06 09:29")
    with refuses("OB-03"):
        object_to(scene, "opening", "07-06 09:29")
    scene.acts.step("open_bids", moment("07-06 09:30"), subject=scene.package)
    objection = object_to(scene, "opening", "07-06 09:45")
    assert clock(scene, "EV-08", "07-06 09:50").due_on == date(2026, 7, 6)
    assert "OB-05" in codes(scene.package, "conclude_opening", "07-06 10:00")
    scene.acts.settle(objection, moment("07-06 09:50"), "密封完好。")
    assert "OB-05" not in codes(scene.package, "conclude_opening", "07-06 10:00")


@pytest.mark.rule("OB-04")
def test_a_result_is_objected_to_while_it_is_published():
    scene = cemetery_on("07-07 16:00")
    with refuses("OB-04"):
        object_to(scene, "result", "07-07 17:00")
    scene.acts.step("publish_candidates", moment("07-08 09:00"), subject=scene.package)
    for at in ("07-12 09:00", "07-13 23:59"):  # the third day was a Saturday: until Monday
        object_to(scene, "result", at)
    with refuses("OB-04"):
        object_to(scene, "result", "07-14 00:00")


@pytest.mark.rule("OB-05")
def test_an_objection_is_answered_within_three_days_and_everything_waits_for_it():
    scene = cemetery_on("06-26 15:00")
    objection = Objection.objects.get()
    body = bytes(Entry.objects.get(kind="objection.received").body).decode()
    assert objection.objector not in body
    assert objection.text not in body

    due = clock(scene, "OB-05", "06-26 15:00")
    assert due.due_on == date(2026, 6, 29)
    assert not due.overdue(date(2026, 6, 29))
    assert due.overdue(date(2026, 6, 30))
    for step in ("open_bids", "conclude_opening", "evaluate", "publish_candidates", "award"):
        assert any(gate.__name__ == "no_objection_is_open" for gate in STEPS[step].gates)
    assert "OB-05" in codes(scene.package, "open_bids", "07-06 09:30")

    operations.withdraw_objection(objection.pk, actor=scene.people.clerk, at=moment("06-28 09:00"))
    assert "OB-05" not in codes(scene.package, "open_bids", "07-06 09:30")
    assert Entry.objects.get(kind="objection.answered").facts["outcome"] == "withdrawn"


def test_one_that_is_upheld_says_what_is_done_about_it_and_names_nobody():
    scene = cemetery_on("06-26 15:00")
    objection = Objection.objects.get()
    told = {"answer": "资格条件改正。", "upheld": True, "actor": scene.people.manager, "at": moment("06-29 10:00")}
    with refuses("OB-05"):
        answer_objection(objection.pk, **told)
    with refuses("EM-01"):
        answer_objection(objection.pk, measures="发布修改公告。", summary=f"{objection.objector}的异议成立。", **told)
    answer_objection(objection.pk, measures="6月30日发布修改公告。", summary="资格条件第3项删去。", **told)
    facts = Entry.objects.get(kind="objection.answered").facts
    assert (facts["measures"], facts["summary"]) == ("6月30日发布修改公告。", "资格条件第3项删去。")
    assert objection.objector not in bytes(Entry.objects.get(kind="objection.answered").body).decode()


@pytest.mark.rule("OB-09")
def test_who_objects_says_who_it_is_and_has_an_interest():
    scene = cemetery_on("06-18 11:00")
    for missing in ({"objector": " "}, {"actor": None, "party": Party()}):
        with refuses("OB-09"):
            object_to(scene, "documents", "06-19 09:00", **missing)
    party = Party(contact=PHONE, capacity="interested", channel="web")
    objection = object_to(scene, "documents", "06-19 09:00", actor=None, party=party)
    assert PHONE not in bytes(Entry.objects.get(subject=objection.path).body).decode()
    told = {"answer": "你不是投标人或者其他利害关系人。", "actor": scene.people.manager}
    closed = operations.turn_objector_away(objection.pk, at=moment("06-19 15:00"), **told)
    assert (closed.outcome, closed.upheld) == ("not-entitled", False)


@pytest.mark.rule("GP-21.2", "GP-21.3", "GP-22")
def test_in_procurement_a_query_has_seven_working_days_and_holds_the_contract():
    """The result is out on 07-14 and announced for one working day: seven more end on 07-24."""
    scene = in_procurement(cemetery_on("07-23 15:00"))
    assert "GP-22" not in codes(scene.contract, "sign_contracts", "07-24 10:00")
    with refuses("GP-21.2"):
        object_to(scene, "documents", "07-23 15:00")
    object_to(scene, "result", "07-23 23:59")
    query = object_to(scene, "result", "07-24 23:59")
    with refuses("GP-21.2"):
        object_to(scene, "result", "07-25 00:00")

    (due,) = [c for c in clocks(scene.project, at=moment("07-25 09:00")) if c.subject == query.path]
    assert due.due_on == date(2026, 8, 4)
    assert not due.overdue(date(2026, 8, 4))
    assert due.overdue(date(2026, 8, 5))
    assert "GP-22" in codes(scene.contract, "sign_contracts", "07-25 10:00")
    contract_clock = clock(scene, "GP-16", "07-27 10:00")
    assert contract_clock.paused
    for open_one in Objection.objects.open():
        scene.acts.settle(open_one, moment("07-27 10:00"), "维持。")
    assert "GP-22" not in codes(scene.contract, "sign_contracts", "07-27 11:00")
    assert query.is_query
    # stood still from 07-23 to 07-27: the thirty days to sign end four days later
    assert clock(scene, "GP-16", "07-27 11:00").due_on == date(2026, 8, 17)


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_give_one():
    scene = cemetery_on("06-26 15:00")
    objection = Objection.objects.get()
    act = {"answer": "维持", "upheld": False, "actor": scene.people.manager, "at": moment("06-29 10:00")}
    assert race(lambda: answer_objection(objection.pk, **act)) == ["ActRefused", "done"]
