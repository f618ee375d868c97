"""What an observer wants answered is followed up in public until it is closed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile

from accounts.models import User
from integrity.models import Matter
from integrity.operations.matters import accept, answer_matter, close_in_silence, insist, refer
from integrity.operations.observers import observe, reply, sign_in, state_opinion
from ledger.clock import now
from ledger.models import Entry
from lifecycle.clocks import clocks
from tenders.gates.placement import Photo
from tenders.law import day
from tests.factories import moment
from tests.files import jpeg
from tests.portal.scenes import begin_opening, make_invitation, make_observer, make_user
from tests.racing import race
from tests.refusing import refuses

pytestmark = pytest.mark.django_db

MONDAY = moment("07-06 10:00")  # five working days later is Monday the 13th
AFTER_TERM = moment("07-14 09:00")


@pytest.fixture
def attendance():
    observer = make_observer()
    invitation = make_invitation(observer)
    attendance = sign_in(
        invitation.pk, remote=True, no_conflict=True, keeps_confidential=True, actor=observer, at=now()
    )
    begin_opening(invitation.package)
    return attendance


@pytest.fixture
def manager(attendance):
    return attendance.project.manager


@pytest.fixture
def leader():
    return make_user(User.Role.LEADER)


def asked(attendance, at=MONDAY):
    """An opinion that asks for an answer."""
    state_opinion(attendance.pk, text="建议更换摄像设备。", wants_answer=True, actor=attendance.observer, at=at)
    return Matter.objects.get()


def answered(attendance, manager, at=MONDAY):
    matter = asked(attendance)
    return answer_matter(matter.pk, text="已列入下季度采购。", actor=manager, at=at)


def test_a_concern_becomes_a_matter_whose_first_answer_is_given_in_the_room(attendance, manager):
    concern = observe(
        attendance.pk, item="seals", finding="concern", text="封套有破损", actor=attendance.observer, at=MONDAY
    )
    matter = concern.matter
    assert Entry.objects.get(kind="observation.logged").facts["due_on"] == "2026-07-13"
    with refuses("wrong-state"):
        answer_matter(matter.pk, text="稍后处理。", actor=manager, at=MONDAY)

    reply(concern.pk, text="内封完好。", actor=manager, at=MONDAY)

    matter.refresh_from_db()
    assert (matter.state, [turn.text for turn in matter.turns.all()]) == (Matter.State.ANSWERED, ["内封完好。"])


def test_an_opinion_asks_for_an_answer_only_if_its_author_wants_one(attendance):
    state_opinion(attendance.pk, text="程序正确。", actor=attendance.observer, at=MONDAY)
    assert not Matter.objects.exists()


def test_who_is_content_closes_the_matter(attendance, manager):
    matter = answered(attendance, manager)
    for stranger in (manager, make_observer("stranger", "市检察院")):
        with pytest.raises(PermissionDenied):
            accept(matter.pk, actor=stranger, at=MONDAY)

    accept(matter.pk, actor=make_observer("colleague"), at=MONDAY)

    matter.refresh_from_db()
    assert matter.is_closed
    assert Entry.objects.get(kind="matter.closed").facts["by"] == "accepted"
    with refuses("wrong-state"):
        insist(matter.pk, text="还是不行", actor=attendance.observer, at=MONDAY)


def test_who_is_not_content_starts_the_term_anew(attendance, manager):
    matter = answered(attendance, manager)

    insist(matter.pk, text="没有写明日期。", actor=attendance.observer, at=MONDAY + timedelta(days=2))

    matter.refresh_from_db()
    assert (matter.state, matter.answered_at) == (Matter.State.OPEN, None)
    assert Entry.objects.get(kind="matter.insisted").facts["due_on"] == "2026-07-15"
    answer_matter(matter.pk, text="8月31日以前更换。", actor=manager, at=AFTER_TERM)
    assert matter.turns.count() == 3


@pytest.mark.rule("SV-02")
@pytest.mark.parametrize(("on", "may"), [("07-12", False), ("07-13", False), ("07-14", True)])
def test_the_bureau_closes_by_itself_only_after_the_term_of_the_institution(attendance, manager, leader, on, may):
    matter = answered(attendance, manager)
    act = {"text": "已更换。", "actor": leader, "at": moment(f"{on} 23:59")}
    if may:
        close_in_silence(matter.pk, **act)
        assert Entry.objects.get(kind="matter.closed").facts["by"] == "lapsed"
    else:
        with refuses("SV-02"):
            close_in_silence(matter.pk, **act)


@pytest.mark.rule("SV-02")
@pytest.mark.parametrize(("on", "over"), [("07-12", False), ("07-13", False), ("07-14", True)])
def test_the_term_of_the_institution_is_over_when_it_has_passed(attendance, manager, on, over):
    matter = answered(attendance, manager)
    clock = next(c for c in clocks(matter.project, at=moment(f"{on} 12:00")) if c.rule.id == "SV-02")
    assert clock.done is over


def test_an_unanswered_matter_cannot_be_closed_by_anybody(attendance, leader):
    matter = asked(attendance)
    with refuses("wrong-state"):
        close_in_silence(matter.pk, text="算了", actor=leader, at=AFTER_TERM)
    with refuses("wrong-state"):
        accept(matter.pk, actor=attendance.observer, at=AFTER_TERM)


def test_a_matter_is_passed_on_to_the_supervisor_once_and_stays_open(attendance, manager):
    matter = asked(attendance)
    refer(matter.pk, text="已移交县住建局，编号〔2026〕12号。", actor=attendance.observer, at=MONDAY)
    with refuses("wrong-state"):
        refer(matter.pk, text="再移交一次", actor=manager, at=MONDAY)
    matter.refresh_from_db()
    assert matter.state == Matter.State.OPEN


@pytest.mark.rule("SV-01")
@pytest.mark.parametrize(("on", "late"), [("07-12", False), ("07-13", False), ("07-14", True)])
def test_an_answer_that_does_not_come_within_the_term_is_late_in_public(attendance, manager, on, late):
    matter = asked(attendance)
    clock = next(c for c in clocks(matter.project, at=MONDAY) if c.rule.id == "SV-01")
    assert clock.overdue(day(moment(f"{on} 12:00"))) is late
    answer_matter(matter.pk, text="已更换。", actor=manager, at=MONDAY)
    assert next(c for c in clocks(matter.project, at=MONDAY) if c.rule.id == "SV-01").done


def test_a_photo_goes_into_the_record_by_its_digest_and_stays_in_the_file(attendance):
    bare = Photo(ContentFile(jpeg(), "a.jpg"), "ab" * 32)
    telling = Photo(ContentFile(jpeg(gps=True), "b.jpg"), "cd" * 32)
    remark = {"item": "recording", "finding": "note", "text": "见照片", "actor": attendance.observer, "at": MONDAY}
    with refuses("personal-data"):
        observe(attendance.pk, photos=[telling], **remark)
    with refuses("wrong-state"):
        observe(attendance.pk, photos=[bare] * 5, **remark)

    observation = observe(attendance.pk, photos=[bare], **remark)

    assert Entry.objects.get(kind="observation.logged").facts["photos"] == ["ab" * 32]
    assert observation.photos.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_answers_or_verdicts_at_once_give_one(attendance, manager):
    matter = asked(attendance)
    assert race(lambda: answer_matter(matter.pk, text="已更换。", actor=manager, at=MONDAY)) == ["ActRefused", "done"]
    act = {"actor": attendance.observer, "at": MONDAY}
    assert race(lambda: accept(matter.pk, **act)) == ["ActRefused", "done"]
