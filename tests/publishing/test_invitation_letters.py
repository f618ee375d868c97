"""How an institution is asked to watch: a letter, a mail, a calendar, a link; and what comes of the log (D19)."""

import io
from datetime import timedelta

import docx
import pytest
from django.core import mail
from icalendar import Calendar

from accounts.models import Organisation, User
from integrity.models import Attendance, Invitation
from integrity.operations.invitations import invite
from integrity.operations.mandates import Standing, end_mandate, grant_mandate
from ledger.clock import now
from ledger.models import Entry, Task
from publishing import documents
from publishing.documents import signing_copy
from publishing.documents.letters import invitation_letter
from publishing.handlers import HANDLERS
from publishing.invitation_calendar import calendar_of
from publishing.mail import inviting, sending
from publishing.mail.tokens import invitation_of, token_of_invitation
from publishing.models import Letter
from tenders.models import Package
from tenders.operations.clarifications import publish_clarification
from tests.factories import cemetery_on
from tests.portal.scenes import make_organisation, make_package, make_project, make_user
from tests.publishing.papers import text_of

pytestmark = pytest.mark.django_db

OFFICE = "jijian@office.example"


@pytest.fixture
def invitation():
    """An invitation to an institution whose mandate names an office."""
    project = make_project(contact_name="林晓", stage="decided")
    package = make_package(project, due_in=timedelta(days=30), tender_number="QP-7")
    institution = make_organisation("市纪委", kind=Organisation.Kind.DISCIPLINE)
    standing = Standing("discipline", "《中华人民共和国监察法》", email=OFFICE)
    grant_mandate(institution.pk, standing, actor=make_user(User.Role.LEADER), at=now())
    return invite(package.pk, institution.pk, means="letter", actor=project.manager, at=now())


def work_off(entry):
    """Do what follows from an act, each work twice, as the outbox may."""
    for task in Task.objects.filter(entry=entry, name__in=("invite-by-mail", "tell-invited")):
        for _again in range(2):
            HANDLERS[task.name](entry, **task.arguments)


def test_the_office_gets_one_mail_with_link_calendar_and_letter(invitation):
    work_off(Entry.objects.get(kind="invitation.sent"))

    assert sending.send_due() == 1

    [message] = mail.outbox
    assert message.to == [OFFICE]
    assert token_of_invitation(invitation.pk) in message.body
    assert [name for name, *_ in message.attachments] == ["opening.ics", "invitation.docx"]
    assert not Entry.objects.filter(body__contains=OFFICE.encode()).exists()
    assert OFFICE not in str(list(Letter.objects.values()))


def test_who_has_lost_the_mandate_meanwhile_gets_no_mail(invitation):
    work_off(Entry.objects.get(kind="invitation.sent"))
    end_mandate(invitation.mandate_id, reason="机构改革", actor=make_user(User.Role.LEADER), at=now())

    sending.send_due()

    assert not mail.outbox


def test_a_moved_opening_is_told_to_the_invited_once(invitation):
    package = invitation.package
    before = Calendar.from_ical(calendar_of(invitation)).walk("VEVENT")[0]
    publish_clarification(
        package.pk,
        text="补充图纸。",
        affects_bids=False,
        new_due_at=package.bids_due_at + timedelta(days=2),
        actor=package.project.manager,
        at=now(),
    )
    entry = Entry.objects.get(kind="clarification.published")
    for _again in range(2):
        inviting.follow(entry)
    work_off(entry)
    sending.send_due()

    after = Calendar.from_ical(calendar_of(Invitation.objects.get())).walk("VEVENT")[0]
    assert [m.subject.startswith("【阳光工程】开标时间改为") for m in mail.outbox] == [True]
    assert (after["UID"], after["SEQUENCE"] > before["SEQUENCE"]) == (before["UID"], True)
    assert after["DTSTART"].dt - before["DTSTART"].dt == timedelta(days=2)


def test_a_failed_tender_is_cancelled_in_the_diary(invitation):
    Package.objects.update(state=Package.State.FAILED)
    event = Calendar.from_ical(calendar_of(Invitation.objects.get())).walk("VEVENT")[0]
    assert event["STATUS"] == "CANCELLED"


def test_the_letter_says_capacity_basis_hour_place_and_link_and_brings_its_slip(invitation):
    _title, content = invitation_letter(invitation)
    text = text_of(content)
    for said in (
        "市纪委",
        "监察机关",
        "《中华人民共和国监察法》",
        "三楼会议室",
        "监督回执",
        token_of_invitation(invitation.pk),
    ):
        assert said in text


def test_a_link_that_is_not_ours_leads_nowhere(invitation):
    assert invitation_of(token_of_invitation(invitation.pk)) == invitation.pk
    assert invitation_of(f"{invitation.pk}.forged") is None


def test_the_log_tells_what_was_watched_and_names_its_author_only_in_the_house():
    scene = cemetery_on("07-06 10:20")
    attendance = Attendance.objects.get(observer=scene.people.discipline)

    _title, published = documents.generate("observer-log", attendance.pk)
    _title, signing = signing_copy("observer-log", attendance)

    public, private = text_of(published), text_of(signing)
    for said in (
        "县纪委派驻纪检监察组组长",
        "开标室后侧摄像机没有录像指示",
        "前侧摄像机全程录像",
        "已办结",
        "未记录",
        "录像问题当场纠正",
    ):
        assert said in public
    assert "孙志强" not in public
    assert "孙志强" in private
    assert "周明远" in private
    assert docx.Document(io.BytesIO(published)).core_properties.title.endswith("监督记录（清平县纪律检查委员会）")
    caused = Task.objects.filter(entry__kind="observer.signed-out", name="document")
    assert {task.arguments["template"] for task in caused} == {"observer-log"}
