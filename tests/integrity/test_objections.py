import pytest

from integrity.models import Objection
from integrity.operations.objections import answer_objection, receive_objection
from ledger.models import Entry
from lifecycle.clocks import clocks
from tests.factories import cemetery_on, moment
from tests.racing import race
from tests.refusing import refuses

pytestmark = pytest.mark.django_db


def object_to(scene, kind, at):
    return receive_objection(
        scene.package.pk,
        kind=kind,
        objector="滇东市政园林有限公司",
        text="资格条件过严",
        actor=scene.people.clerk,
        at=moment(at),
    )


@pytest.mark.parametrize(("at", "allowed"), [("06-26 23:59", True), ("06-27 00:00", False)])
def test_documents_are_objected_to_ten_days_before_the_deadline(at, allowed):
    scene = cemetery_on("06-18 11:00")
    if allowed:
        assert object_to(scene, "documents", at).number == 1
    else:
        with refuses("OB-02"):
            object_to(scene, "documents", at)


def test_an_opening_is_objected_to_on_the_spot():
    scene = cemetery_on("07-06 09:29")
    with refuses("OB-03"):
        object_to(scene, "opening", "07-06 09:29")
    scene.acts.step("open_bids", moment("07-06 09:30"), subject=scene.package)
    object_to(scene, "opening", "07-06 09:45")


def test_a_result_is_objected_to_while_it_is_published():
    scene = cemetery_on("07-07 16:00")
    with refuses("OB-04"):
        object_to(scene, "result", "07-07 17:00")


def test_the_record_holds_an_objection_as_a_commitment():
    scene = cemetery_on("06-26 15:00")
    body = bytes(Entry.objects.get(kind="objection.received").body).decode()
    objection = Objection.objects.get()
    assert objection.objector not in body
    assert objection.text not in body
    assert Entry.objects.get(kind="objection.received").facts["number"] == 1
    assert scene.package.objections.count() == 1


def test_an_objection_is_answered_within_three_days():
    scene = cemetery_on("06-26 15:00")
    (clock,) = [c for c in clocks(scene.project, at=scene.at) if c.rule.id == "OB-05"]
    assert clock.due_on.isoformat() == "2026-06-29"
    assert not clock.overdue(moment("06-29 09:00").date())
    assert clock.overdue(moment("06-30 09:00").date())


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_give_one():
    scene = cemetery_on("06-26 15:00")
    objection = Objection.objects.get()
    act = {"answer": "维持", "upheld": False, "actor": scene.people.manager, "at": moment("06-29 10:00")}
    assert race(lambda: answer_objection(objection.pk, **act)) == ["ActRefused", "done"]
