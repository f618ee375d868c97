"""Every copy is read back: a false or late one is an alarm, an act of its own, once, and is written anew."""

import gzip
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from ledger.locks import alone
from ledger.models import Entry
from publishing import inspection
from publishing.channels import CHANNELS, Channel
from publishing.channels.channel import note_down
from publishing.channels.website import WEBSITE
from publishing.inspection import inspect, problems
from publishing.locks import INSPECTION
from publishing.models import Notice
from publishing.output import file_of
from tests.factories import hall_on
from tests.publishing.announcing import alarms, delivery_of, notice_of, send_out
from tests.publishing.reading import path_of, text
from tests.racing import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice():
    """The notice of a plan, sent out on all channels."""
    hall_on("07-20 12:00")
    send_out()
    return notice_of("step.publish_plan")


def tamper(address, old, new, *, packed=True):
    """Change a published file by hand, with its packed form if need be."""
    path = path_of(address)
    changed = path.read_text().replace(old, new)
    assert changed != path.read_text()
    path.write_text(changed)
    if packed and (pack := path.with_name(f"{path.name}.gz")).is_file():
        pack.write_bytes(gzip.compress(changed.encode()))


def test_what_stands_as_it_was_sent_is_no_news(notice):
    entries = Entry.objects.count()

    assert inspect()

    assert alarms() == []
    assert Entry.objects.count() == entries
    delivery = delivery_of(notice, "website")
    assert delivery.checked_at > delivery.sent_at
    assert sum(problems().values()) == 0


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        ("website", "/notices/{}/"),
        ("website", "/en/notices/{}/"),
        ("website", "/notices/{}/notice.txt"),
        ("atom", "/feeds/all.atom"),
        ("atom", "/feeds/projects/2026-001.atom"),
        ("json-feed", "/feeds/kinds/step.publish_plan.json"),
    ],
)
def test_a_file_that_somebody_changed_is_an_alarm_an_act_and_is_healed(notice, channel, address):
    address = address.format(notice.pk)
    tamper(address, "方案正文", "方案草稿")

    inspect()

    assert alarms() == [("publication.differs", channel)]
    facts = Entry.objects.get(kind="publication.differs").facts
    assert (facts["of"], facts["sha256"]) == (notice.pk, notice.sha256)
    assert facts["carried"] not in ("", notice.sha256)
    assert "方案草稿" not in path_of(address).read_text()
    assert delivery_of(notice, channel).state == "sent"
    assert sum(problems().values()) == 0


def test_an_alarm_stands_on_the_page_of_the_notice_and_in_the_record_of_the_project(notice):
    tamper(f"/notices/{notice.pk}/", "方案正文", "方案草稿")
    inspect()
    send_out()

    assert "渠道上的公告与原文不一致" in text(f"/notices/{notice.pk}/")
    assert f"{notice.title}，本网站" in text("/projects/2026-001/")


def test_the_same_alarm_is_recorded_once_and_another_one_anew(notice):
    for _ in range(2):
        tamper(f"/notices/{notice.pk}/", "方案正文", "方案草稿")
        inspect()
    assert len(alarms()) == 1

    tamper(f"/notices/{notice.pk}/", "方案正文", "方案底稿")
    inspect()
    assert len(alarms()) == 2


@pytest.mark.parametrize("packed", [gzip.compress(b"<html>other</html>", mtime=0), b"no gzip", b""])
def test_a_packed_form_that_says_something_else_counts_too(notice, packed):
    page = path_of(f"/notices/{notice.pk}/")
    pack = page.with_name("index.html.gz")
    pack.write_bytes(packed)

    inspect()

    assert alarms() == [("publication.differs", "website")]
    assert gzip.decompress(pack.read_bytes()) == page.read_bytes()


def test_a_page_that_is_gone_is_missed_and_written_anew(notice):
    path_of(f"/notices/{notice.pk}/").unlink()

    inspect()

    assert alarms() == [("publication.differs", "website")]
    assert Entry.objects.get(kind="publication.differs").facts["carried"] == ""
    assert notice.title in text(f"/notices/{notice.pk}/")
    assert delivery_of(notice, "website").state == "sent"


def test_a_feed_that_is_gone_is_missed_and_written_anew(notice):
    file_of("/feeds/all.json").unlink()

    inspect()

    assert set(alarms()) == {("publication.differs", "json-feed")}
    assert file_of("/feeds/all.json").is_file()


def test_what_cannot_be_healed_stays_a_problem(notice, monkeypatch):
    """A channel whose other side changes our text: there is nothing that we could write anew."""
    monkeypatch.setitem(CHANNELS, "website", replace(WEBSITE, deliver=None))
    tamper(f"/notices/{notice.pk}/notice.txt", "方案正文", "方案草稿")
    page = path_of(f"/notices/{notice.pk}/")

    assert inspection_finds(notice, "website") == "differs"
    assert "内容不一致" in page.read_text()


def inspection_finds(notice, channel):
    inspect()
    return delivery_of(notice, channel).state


# -- late --------------------------------------------------------------------------------------------------------------


@contextmanager
def at_once(monkeypatch, *names):
    """Let channels be late at once, as if the time they have were over."""
    with monkeypatch.context() as patch:
        for name in names:
            patch.setitem(CHANNELS, name, replace(CHANNELS[name], within=timedelta(0)))
        yield


def test_a_worker_that_is_held_back_is_late_in_public_and_delivers_all_the_same(monkeypatch):
    hall_on("07-20 12:00")
    send_out("render")
    notice = notice_of("step.publish_plan")

    with at_once(monkeypatch, "website"):
        inspect()
        assert problems()["website"] == Notice.objects.count()
        send_out()

        entry = next(e for e in Entry.objects.filter(kind="publication.late") if e.facts["of"] == notice.pk)
        assert (entry.facts["channel"], entry.facts["sent_at"]) == ("website", None)
        assert entry.subject == notice.entry.subject
        assert problems()["website"] == 0

    assert "本网站 已发布，与正文一致 迟了" in text(f"/notices/{notice.pk}/")
    assert "公告发布迟了" in text(f"/notices/{notice.pk}/")


def test_lateness_is_recorded_once(monkeypatch):
    hall_on("07-20 12:00")
    send_out()
    with at_once(monkeypatch, "atom"):
        inspect()
        known = alarms()
        inspect()

    assert alarms() == known == [("publication.late", "atom")] * Notice.objects.count()


def test_what_is_in_time_is_not_late():
    hall_on("07-20 12:00")
    send_out("render")

    inspect()

    assert alarms() == []


def by_hand(**options):
    return Channel("wall", "公开栏", timedelta(days=1), **options)


def test_a_channel_by_hand_is_measured_by_the_calendar_and_only_where_it_is_due(notice, monkeypatch):
    monkeypatch.setitem(CHANNELS, "wall", by_hand())
    inspect()
    assert alarms() == []

    monkeypatch.setitem(CHANNELS, "wall", by_hand(expects=lambda n: n.entry.kind == "step.publish_plan"))
    inspect()
    assert alarms() == [("publication.late", "wall")]


def test_a_report_by_hand_that_comes_too_late_is_late(notice, monkeypatch):
    monkeypatch.setitem(CHANNELS, "wall", by_hand())
    for place, days in (("凤山路公开栏", 2), ("政务大厅", 3)):
        note_down(notice, "wall", place=place, text=notice.body, payload=b"", sent_at=notice.at + timedelta(days=days))

    inspect()

    assert alarms() == [("publication.late", "wall")]


def test_a_report_by_hand_in_time_is_not_late(notice, monkeypatch):
    monkeypatch.setitem(CHANNELS, "wall", by_hand())
    note_down(notice, "wall", place="政务大厅", text=notice.body, payload=b"", sent_at=notice.at)

    inspect()

    assert alarms() == []


# -- several at once, and cost -----------------------------------------------------------------------------------------


def test_one_inspection_at_a_time_is_enough():
    with alone(INSPECTION) as is_first:
        assert is_first


@pytest.mark.django_db(transaction=True)
def test_of_two_inspections_at_once_an_alarm_is_recorded_once():
    hall_on("07-20 12:00")
    send_out()
    notice = notice_of("step.publish_plan")
    tamper(f"/notices/{notice.pk}/notice.txt", "方案正文", "方案草稿")

    race(inspect)
    inspect()

    assert alarms() == [("publication.differs", "website")]
    assert delivery_of(notice, "website").state == "sent"


@pytest.mark.django_db(transaction=True)
def test_an_inspection_that_meets_another_leaves_it_to_that():
    outcome = []

    def second():
        outcome.append(inspect())
        connection.close()

    with alone(INSPECTION):
        race(second, racers=1)

    assert outcome == [False]


def test_the_queries_of_an_inspection_do_not_grow_with_the_notices(notice, django_assert_max_num_queries, monkeypatch):
    with django_assert_max_num_queries(40) as few:
        inspect()
    monkeypatch.setattr(inspection, "RECENT", 1)
    with django_assert_max_num_queries(len(few)):
        inspect()
