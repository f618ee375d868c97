"""The page of a hearing as a file, its notices, its papers and its place in the calendar."""

import io
from datetime import date

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from publishing.calendars import calendar_of
from publishing.documents import generate
from publishing.documents.contexts.hearing import signing_copy
from publishing.notices import issue
from publishing.output import file_of
from publishing.pages.hearings import hearing_page
from publishing.pages.record import Record
from publishing.site import publish_project
from tenders.models import Hearing, HearingApplication
from tenders.operations.hearing import find_hearing_needed, postpone_hearing
from tests.factories import hall_on, moment
from tests.hearings import announced, apply, attend, deliver, draft, held, listed, sign, speak, step
from tests.publishing.test_texts import SAID

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return hall_on("07-24 09:00")


def page(scene, address="/projects/2026-001/hearings/1/"):
    publish_project(scene.project)
    return file_of(address).read_text(encoding="utf-8")


def recorded(scene):
    hearing = held(scene, applicants=2)
    attend(scene, hearing, 1)
    speak(scene, hearing, summary="出口要改到东侧。")
    sign(scene, hearing, n1=("signed", ""))
    step(scene, "publish_hearing_record", hearing, moment("08-22 09:00"))
    return Hearing.objects.get()


def text_of(paper):
    document = docx.Document(io.BytesIO(paper))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_a_draft_has_no_page_and_an_announced_hearing_has_one_in_both_languages(scene):
    hearing = draft(scene)
    publish_project(scene.project)
    assert not file_of("/projects/2026-001/hearings/1/").exists()
    step(scene, "announce_hearing", hearing, scene.at)
    assert "名单还没有公布" in page(scene)
    assert file_of("/en/projects/2026-001/hearings/1/").exists()
    assert "hearings/1/" in page(scene, "/projects/2026-001/")


def test_the_project_says_why_there_is_no_hearing(scene):
    assert "没有听证会" in page(scene, "/projects/2026-001/")


def test_names_are_masked_but_for_those_who_agreed(scene):
    hearing = announced(scene)
    apply(hearing, scene.at, 1, name="欧阳若兰", origin="凤山村")
    apply(hearing, scene.at, 2, name="司马明", shows_full_name=True)
    assert "欧**" not in page(scene)
    step(scene, "close_hearing_applications", hearing, moment("08-01 09:00"))
    HearingApplication.objects.update(result="chosen")
    Hearing.objects.update(state="listed", listed_at=moment("08-10 09:00"))
    told = page(scene)
    assert "欧**" in told
    assert "司马明" in told
    assert "凤山村" in told
    assert "欧阳" not in told


def test_what_was_said_is_told_with_the_record_and_not_before(scene):
    hearing = held(scene, applicants=2)
    attend(scene, hearing, 1)
    speak(scene, hearing, summary="出口要改到东侧。")
    before = page(scene)
    assert "出口要改" not in before
    assert "未到场" not in before
    assert "笔录由参加人确认签字后" in before
    sign(scene, hearing, n1=("signed", ""))
    step(scene, "publish_hearing_record", hearing, moment("08-22 09:00"))
    after = page(scene)
    assert "出口要改到东侧。" in after
    assert "会改。" in after
    assert "未到场" in after


def test_the_page_costs_as_many_queries_for_many_as_for_one(scene):
    hearing = recorded(scene)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            found = Hearing.objects.select_related("consultation__project").get()
            hearing_page(found, Record(found.project), at=scene.at)
        return len(asked)

    one = queries()
    Hearing.objects.update(state="held")
    for _ in range(5):
        speak(scene, hearing)
    Hearing.objects.update(state="recorded")
    assert queries() == one


def test_each_step_of_a_hearing_has_a_notice_without_names(scene):
    hearing = listed(scene, applicants=1)
    deliver(scene, hearing, date(2026, 8, 14))
    step(scene, "hold_hearing", hearing, moment("08-21 09:00"))
    attend(scene, hearing, 1)
    speak(scene, hearing)
    sign(scene, hearing, n1=("signed", ""))
    step(scene, "publish_hearing_record", hearing, moment("08-22 09:00"))
    kinds = {
        "announce_hearing": "网上：http",
        "close_hearing_applications": "共收到报名1份",
        "list_hearing_participants": "凤山村、文化社区居民：1号",
        "hold_hearing": "听证会现在举行",
        "publish_hearing_record": "签字1名，拒绝签字0名",
    }
    for kind, words in kinds.items():
        notice = issue(scene.entries(f"step.{kind}")[0])
        assert words in notice.body
        assert "王小" not in notice.body
        assert "王**" not in notice.body


def test_a_hearing_put_off_or_called_off_has_a_notice_with_the_reason_and_stands_in_the_register(scene):
    hearing = announced(scene)
    postpone_hearing(
        hearing.pk, starts_at=moment("08-28 14:00"), place="影剧院", reason="台风", actor=scene.people.manager,
        at=scene.at,
    )  # fmt: skip
    step(scene, "cancel_hearing", hearing, scene.at, reason="合并举行。")
    find_hearing_needed(
        scene.consultation.pk,
        ground="disagreement",
        reason="周边居民分歧很大。",
        actor=scene.people.manager,
        at=scene.at,
    )
    for kind in ("hearing.postponed", "step.cancel_hearing", "hearing.need-found"):
        told = issue(scene.entries(kind)[0]).body
        assert all(words in told for words in SAID[kind]), told
    put_off = issue(scene.entries("hearing.postponed")[0])
    called_off = issue(scene.entries("step.cancel_hearing")[0])
    assert "2026年8月28日（星期五）14:00" in put_off.body
    assert "台风" in put_off.body
    assert "合并举行。" in called_off.body
    assert "合并举行。" in page(scene)
    assert "台风" in page(scene)


def test_a_hearing_stands_in_the_calendar_at_its_hour_and_is_called_off_there(scene):
    hearing = announced(scene)

    def event():
        calendar = Calendar.from_ical(calendar_of(scene.project, at=scene.at, before={}))
        return next(e for e in calendar.walk("VEVENT") if "hearing-1@" in e["UID"])

    assert event()["DTSTART"].dt == moment("08-21 09:00")
    assert (event()["LOCATION"], event()["STATUS"]) == ("清平县凤山镇政府三楼会议室", "CONFIRMED")
    step(scene, "cancel_hearing", hearing, scene.at, reason="合并举行。")
    assert event()["STATUS"] == "CANCELLED"


def test_the_papers_hide_names_and_the_signing_copy_shows_them(scene):
    hearing = recorded(scene)
    announcement, participants, record = (
        text_of(generate(f"hearing-{name}", hearing.pk)[1]) for name in ("notice", "participants", "record")
    )
    assert "/projects/2026-001/hearings/1/apply/" in announcement
    assert "王**" in participants
    assert "王小" not in participants
    assert "出口要改到东侧。" in record
    assert "未到场" in record
    assert "王小" not in record
    assert "王小0" in str(signing_copy(hearing)["参加人"])
