"""Who may watch, how they are asked, and what they answer."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from accounts.models import Organisation, User
from integrity.gates.observers import every_institution_is_invited
from integrity.models import Invitation, Mandate
from integrity.operations.invitations import answer_invitation, invite, name_deputy, recuse
from integrity.operations.mandates import Standing, end_mandate, grant_mandate
from integrity.operations.observers import observe, sign_in, state_opinion
from integrity.room import SECONDS, is_room_code, room_code
from ledger.clock import now
from ledger.models import Entry
from tests.portal.scenes import (
    begin_opening,
    make_invitation,
    make_observer,
    make_organisation,
    make_package,
    make_user,
)
from tests.racing import race
from tests.refusing import refuses

pytestmark = pytest.mark.django_db

AUDIT = Standing("audit", "《中华人民共和国政府采购法》第六十八条", is_required=False, email="office@audit.example")
FROM_AFAR = {"remote": True, "no_conflict": True, "keeps_confidential": True}


@pytest.fixture
def leader():
    return make_user(User.Role.LEADER)


@pytest.fixture
def audit():
    return make_organisation("县审计局", kind=Organisation.Kind.OTHER)


@pytest.fixture
def invitation():
    return make_invitation(make_observer())


@pytest.fixture
def observer(invitation):
    return User.objects.get(organisation=invitation.institution)


# -- mandates ----------------------------------------------------------------------------------------------------------


def test_a_mandate_is_given_by_a_leader_in_public_and_keeps_the_address_private(leader, audit):
    mandate = grant_mandate(audit.pk, AUDIT, actor=leader, at=now())

    entry = Entry.objects.get()
    assert (entry.kind, entry.facts["institution"], entry.facts["is_required"]) == (
        "mandate.granted",
        "县审计局",
        False,
    )
    assert "example" not in str(entry.facts)
    with refuses("wrong-state"):
        grant_mandate(audit.pk, AUDIT, actor=leader, at=now())
    with pytest.raises(PermissionDenied):
        end_mandate(mandate.pk, reason="机构改革", actor=make_user(User.Role.CLERK), at=now())


def test_the_bureau_and_bidders_do_not_watch_themselves(leader):
    for institution in (make_organisation(), make_organisation("甲公司", kind=Organisation.Kind.COMPANY)):
        with refuses("wrong-state"):
            grant_mandate(institution.pk, AUDIT, actor=leader, at=now())


def test_only_who_has_a_required_mandate_today_has_to_be_invited(leader, audit):
    package = make_package()
    required = Standing("discipline", "《中华人民共和国监察法》")
    mandate = grant_mandate(audit.pk, required, actor=leader, at=now())
    assert "县审计局" in every_institution_is_invited(package, now()).message

    end_mandate(mandate.pk, reason="机构改革", actor=leader, at=now())

    assert every_institution_is_invited(package, now()) is None
    with refuses("wrong-state"):
        invite(package.pk, audit.pk, means="letter", actor=package.project.manager, at=now())


def test_who_runs_the_tender_as_its_agent_does_not_watch_it(leader, audit):
    package = make_package(agency="县审计局")
    grant_mandate(audit.pk, Standing("procurement-centre", "清政办〔2024〕11号"), actor=leader, at=now())

    assert every_institution_is_invited(package, now()) is None
    with refuses("wrong-state"):
        invite(package.pk, audit.pk, means="letter", actor=package.project.manager, at=now())


def test_an_invitation_says_in_which_capacity_and_on_what_basis(leader, audit):
    package = make_package(tender_number="QP-7")
    grant_mandate(audit.pk, AUDIT, actor=leader, at=now())

    invitation = invite(package.pk, audit.pk, means="email", actor=package.project.manager, at=now())

    facts = Entry.objects.get(kind="invitation.sent").facts
    assert (facts["capacity"], facts["basis"], facts["number"]) == (AUDIT.capacity, AUDIT.basis, 1)
    assert invitation.label == "监督邀请 QP-7-1号"


# -- replies -----------------------------------------------------------------------------------------------------------


def test_a_reply_can_be_changed_and_both_stay_in_the_record(invitation, observer):
    answer_invitation(invitation.pk, reply="present", people=2, actor=observer, at=now())
    answer_invitation(invitation.pk, reply="seat-only", reason="按“三转”要求不参加现场活动", actor=None, at=now())

    invitation.refresh_from_db()
    assert invitation.reply == Invitation.Mode.SEAT_ONLY
    entries = Entry.objects.filter(kind="invitation.replied").in_order()
    assert [(e.facts["reply"], e.by["role"]) for e in entries] == [("present", "observer"), ("seat-only", "public")]


def test_a_refusal_needs_its_reason_and_names_nobody(invitation, observer):
    answer = {"actor": observer, "at": now()}
    with refuses("wrong-state"):
        answer_invitation(invitation.pk, reply="declined", **answer)
    with refuses("wrong-state"):
        answer_invitation(invitation.pk, reply="absent", reason="忘了", **answer)
    with refuses("personal-data"):
        answer_invitation(invitation.pk, reply="declined", reason="请找13912345678", **answer)


def test_nobody_else_replies_for_an_institution(invitation):
    stranger = make_observer("stranger", "市检察院")
    with pytest.raises(PermissionDenied):
        answer_invitation(invitation.pk, reply="present", actor=stranger, at=now())


def test_once_it_is_opened_nothing_is_replied(invitation, observer):
    begin_opening(invitation.package)
    with refuses("wrong-state"):
        answer_invitation(invitation.pk, reply="present", actor=observer, at=now())


def test_a_deputy_of_the_same_institution_watches_in_ones_place(invitation, observer):
    deputy = make_observer("deputy")
    for nobody in (observer, make_observer("stranger", "市检察院")):
        with refuses("wrong-state"):
            name_deputy(invitation.pk, nobody.pk, actor=observer, at=now())

    name_deputy(invitation.pk, deputy.pk, actor=observer, at=now())

    assert sign_in(invitation.pk, actor=deputy, at=now(), **FROM_AFAR).is_deputy
    assert deputy.name not in str([entry.facts for entry in Entry.objects.all()])
    assert Entry.objects.get(kind="observer.signed-in").facts["deputy"]


def test_who_has_an_interest_stays_away_for_good(invitation, observer):
    recuse(invitation.pk, actor=observer, at=now())

    with refuses("conflict"):
        sign_in(invitation.pk, actor=observer, at=now(), **FROM_AFAR)
    with refuses("wrong-state"):
        recuse(invitation.pk, actor=observer, at=now())
    with refuses("wrong-state"):
        name_deputy(invitation.pk, observer.pk, actor=make_observer("colleague"), at=now())


# -- the room ----------------------------------------------------------------------------------------------------------


def test_the_code_of_the_room_is_taken_while_it_is_shown_and_once_after(invitation):
    package, at = invitation.package, now()
    code = room_code(package, at)
    assert len(code) == 6
    assert is_room_code(package, f" {code[:3]} {code[3:]}", at)
    assert is_room_code(package, code, at + timedelta(seconds=SECONDS))
    assert not is_room_code(package, code, at + timedelta(seconds=2 * SECONDS))
    assert not is_room_code(package, code, at - timedelta(seconds=SECONDS))
    assert not is_room_code(make_package(package.project, number=2), code, at)


def test_who_says_to_be_in_the_room_has_read_its_code(invitation, observer):
    here = FROM_AFAR | {"remote": False}
    with refuses("room-code"):
        sign_in(invitation.pk, actor=observer, at=now(), **here)
    at = now()
    sign_in(invitation.pk, actor=observer, at=at, code=room_code(invitation.package, at), **here)


def test_the_database_lets_nobody_change_what_an_observer_has_written(invitation, observer):
    attendance = sign_in(invitation.pk, actor=observer, at=now(), **FROM_AFAR)
    begin_opening(invitation.package)
    observation = observe(attendance.pk, item="seals", finding="fine", text="", actor=observer, at=now())
    state_opinion(attendance.pk, text="程序正确。", actor=observer, at=now())
    for statement in (
        "UPDATE integrity_attendance SET opinion = '另有意见' WHERE id = %s",
        "UPDATE integrity_observation SET finding = 'concern' WHERE attendance_id = %s",
        "DELETE FROM integrity_observation WHERE attendance_id = %s",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [attendance.pk])
    observation.refresh_from_db()
    assert observation.finding == "fine"


@pytest.mark.django_db(transaction=True)
def test_two_at_once_give_one_mandate_one_recusal(leader, audit, invitation, observer):
    assert race(lambda: grant_mandate(audit.pk, AUDIT, actor=leader, at=now())) == ["ActRefused", "done"]
    mandate = Mandate.objects.get(institution=audit)
    assert race(lambda: end_mandate(mandate.pk, reason="改革", actor=leader, at=now())) == ["ActRefused", "done"]
    assert race(lambda: recuse(invitation.pk, actor=observer, at=now())) == ["ActRefused", "done"]
