"""What has to stand in a designated medium is missed when it does not, and compared with the notice when it does."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger import outbox
from ledger.models import Entry
from publishing import inspection
from publishing.channels import CHANNELS, walls
from publishing.comparing import compared
from publishing.handlers import HANDLERS
from publishing.inspection import in_trouble, inspect, problems
from publishing.models import Delivery, Notice
from publishing.operations import key_of_lateness
from tenders.models import Placement
from tenders.operations.placements import record_placement
from tests.factories import cemetery_on, hall_on, moment
from tests.publishing.announcing import alarms, delivery_of, notice_of, send_out
from tests.publishing.reading import publish, text

pytestmark = pytest.mark.django_db
MEDIUM = "中国招标投标公共服务平台"


@pytest.fixture
def announced():
    """The notice of a tender of Monday, 2026-06-15, sent out here and not yet placed on the platform outside."""
    scene = cemetery_on("06-15 09:00")
    send_out()
    return scene, notice_of("step.announce_tender")


def place(scene, notice, posted="06-15 09:40", printed="", **changes):
    comparison, carried = compared(notice, printed)
    details = {"kind": "platform", "place": MEDIUM, "posted_at": moment(posted), "receipt": "ZB-1"}
    details |= {"comparison": comparison, "carried_sha256": carried}
    draft = Placement(project=scene.project, announced=notice.entry, **details | changes)
    record_placement(draft, actor=scene.people.clerk, at=max(moment(posted), moment("06-15 10:30")))
    for _round in range(2):
        outbox.drain("render", HANDLERS)


def inspect_on(monkeypatch, at):
    monkeypatch.setattr(inspection.clock, "now", lambda: moment(at))
    inspect()


def late_on_platforms():
    return [alarm for alarm in alarms() if alarm == ("publication.late", "platform")]


@pytest.mark.rule("TB-02", "FO-14")
def test_an_announcement_that_no_platform_has_by_the_end_of_the_next_working_day_is_late(announced, monkeypatch):
    scene, notice = announced
    inspect_on(monkeypatch, "06-16 23:59")
    assert late_on_platforms() == []
    assert problems()["platform"] == 0

    inspect_on(monkeypatch, "06-17 00:00")
    assert late_on_platforms() == [("publication.late", "platform")]
    facts = Entry.objects.get(key=key_of_lateness(notice, "platform")).facts
    assert (facts["of"], facts["sent_at"], facts["due_at"]) == (notice.pk, None, "2026-06-16T23:59:59+08:00")
    assert problems()["platform"] == 1
    assert notice in Notice.objects.filter(in_trouble([CHANNELS["platform"]]))

    place(scene, notice, "06-17 09:00")
    assert problems()["platform"] == 0


@pytest.mark.rule("TB-02")
@pytest.mark.parametrize(("posted", "late"), [("06-16 23:59", 0), ("06-17 00:00", 1)])
def test_what_a_platform_has_after_its_last_day_is_late(announced, monkeypatch, posted, late):
    scene, notice = announced
    place(scene, notice, posted)
    inspect_on(monkeypatch, "06-17 08:00")
    assert len(late_on_platforms()) == late


def test_before_a_holiday_the_term_ends_after_it():
    channel, scene = CHANNELS["platform"], cemetery_on("06-15 09:00")
    send_out()
    notice = notice_of("step.announce_tender")
    notice.entry.at = moment("06-18 10:00")  # Thursday; Dragon Boat until Sunday
    assert channel.due_at(notice) == moment("06-23 00:00") - timedelta(seconds=1)
    assert scene.project


def test_what_no_law_sends_to_a_platform_is_missed_on_none(monkeypatch):
    hall_on("07-20 12:00")
    send_out()
    inspect_on(monkeypatch, "08-31 12:00")
    assert late_on_platforms() == []


@pytest.mark.rule("TB-02", "FO-17")
def test_what_a_platform_prints_is_compared_with_the_notice(announced):
    scene, notice = announced
    body = notice.body.removeprefix(f"{notice.title}\n\n")
    printed = body.replace("\n", "  \r\n").replace("2026", "２０２６").replace("（", "(").replace("）", ")")
    place(scene, notice, printed=printed)
    delivery = delivery_of(notice, "platform")
    assert (delivery.state, delivery.sha256) == (Delivery.State.SENT, notice.sha256)
    assert [alarm for alarm in alarms() if alarm[0] == "publication.differs"] == []
    assert scene.entries("placement.recorded")[-1].facts["comparison"] == "same"


@pytest.mark.rule("TB-02", "FO-17")
def test_another_text_on_a_platform_is_an_alarm_once_and_the_record_keeps_no_word_of_it(announced):
    scene, notice = announced
    printed = notice.body.replace("工期", "工期约")
    assert printed != notice.body
    place(scene, notice, printed=printed)
    place(scene, notice, printed=printed, place="云南省公共资源交易信息网", receipt="YN-2")
    assert [alarm for alarm in alarms() if alarm[0] == "publication.differs"] == [("publication.differs", "platform")]
    assert {d.state for d in Delivery.objects.filter(notice=notice, channel="platform")} == {Delivery.State.DIFFERS}
    assert problems()["platform"] == 2  # places
    assert "工期约" not in "".join(bytes(entry.body).decode() for entry in Entry.objects.in_order())
    assert "内容不一致" in text(f"/notices/{notice.pk}/")


def test_what_nobody_has_compared_is_called_so(announced, settings):
    settings.DEMO = True
    scene, notice = announced
    place(scene, notice)
    publish(scene.at)
    assert delivery_of(notice, "platform").sha256 == ""
    assert f"{MEDIUM} 已发布 正文未核对" in text(f"/notices/{notice.pk}/")
    assert "正文未核对" in text("/projects/2026-001/")


def test_an_inspection_reads_the_calendar_once_however_much_goes_to_a_platform(announced, monkeypatch):
    monkeypatch.setattr(walls, "DESIGNATED", {notice.entry.kind for notice in Notice.objects.all()})
    with CaptureQueriesContext(connection) as queries:
        inspect_on(monkeypatch, "06-16 12:00")
    assert sum("holidayyear" in query["sql"] for query in queries) == 1
