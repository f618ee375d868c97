"""Feeds: the whole text of each notice, under an id that stays, in the feeds concerned and in no other."""

import json
from xml.etree import ElementTree as ET

import pytest

from publishing import feeds, site
from publishing.channels import CHANNELS
from publishing.feeds import ATOM, ATOM_FORM, JSON_FORM
from publishing.models import Notice
from tests.factories import hall_on, moment
from tests.publishing.announcing import delivery_of, notice_of, send_out
from tests.publishing.reading import every_file, path_of, source

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent():
    """殡仪服务中心告别厅 with its plan and its comment period announced."""
    scene = hall_on("07-20 12:00")
    send_out()
    return scene


def state_of(address):
    """Return what changes when a file is written again. The number of the old one may be given out anew."""
    stat = path_of(address).stat()
    return stat.st_ino, stat.st_mtime_ns


def entries_of(address):
    return ET.fromstring(source(address)).findall(f"{ATOM}entry")


def test_an_item_carries_the_whole_notice_as_text_and_names_its_entry(sent, settings):
    notice = Notice.objects.first()
    host, _, log = settings.LEDGER_ORIGIN.partition("/")
    item = entries_of("/feeds/projects/2026-001.atom")[0]

    assert item.findtext(f"{ATOM}id") == f"tag:{host},2026-01-01:{log}/ledger/{notice.pk}"
    assert item.findtext(f"{ATOM}title") == notice.title
    content = item.find(f"{ATOM}content")
    assert (content.get("type"), content.text) == ("text", notice.body)
    assert item.find(f"{ATOM}link").get("href") == f"{settings.SITE_URL}/notices/{notice.pk}/"


def test_the_json_feed_says_the_same_and_by_which_entry_it_can_be_checked(sent, settings):
    notice = Notice.objects.first()
    feed = json.loads(source("/feeds/all.json"))

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{settings.SITE_URL}/feeds/all.json"
    item = feed["items"][0]
    assert item["content_text"] == notice.body
    assert item["id"] == entries_of("/feeds/all.atom")[0].findtext(f"{ATOM}id")
    assert item["_ledger"] == {"entry": notice.pk, "published_by": notice.published_by_id, "sha256": notice.sha256}


def test_each_notice_is_in_the_feed_of_all_of_its_project_and_of_its_kind(sent):
    notice = notice_of("step.publish_plan")

    for name in ("all", "projects/2026-001", "kinds/step.publish_plan"):
        assert ATOM_FORM.texts(path_of(f"/feeds/{name}.atom").read_bytes())[notice.pk] == notice.body
        assert JSON_FORM.texts(path_of(f"/feeds/{name}.json").read_bytes())[notice.pk] == notice.body
    assert len(entries_of("/feeds/kinds/step.publish_plan.atom")) == 1


def test_an_act_writes_the_feeds_concerned_and_no_other(sent):
    site.rebuild()
    before = {name: state_of(f"/{name}") for name in every_file() if name.startswith("feeds/")}
    sent.acts.step("close_comments", moment("09-01 09:00"), subject=sent.consultation)
    send_out()

    after = {name: state_of(f"/{name}") for name in every_file() if name.startswith("feeds/")}
    changed = {name.removesuffix(".gz") for name in after if before.get(name) != after[name]}
    assert changed == {
        f"feeds/{name}.{suffix}"
        for name in ("all", "projects/2026-001", "kinds/step.close_comments")
        for suffix in ("atom", "json")
    } | {"feeds/all.ics", "feeds/projects/2026-001.ics"}


def test_the_queries_of_a_delivery_do_not_grow_with_the_notices(sent, django_assert_max_num_queries):
    notice = Notice.objects.first()
    path_of("/feeds/all.atom").unlink()

    with django_assert_max_num_queries(20):
        CHANNELS["atom"].deliver(Notice.objects.select_related("project", "entry").get(pk=notice.pk))


def test_a_delivery_that_is_repeated_touches_no_file(sent):
    notice = Notice.objects.first()
    before = {name: state_of(f"/{name}") for name in every_file()}

    for channel in CHANNELS.values():
        if channel.is_automatic:
            channel.deliver(notice)

    assert {name: state_of(f"/{name}") for name in every_file()} == before


def test_a_full_feed_lets_the_oldest_go_and_nobody_misses_it(sent, monkeypatch):
    monkeypatch.setattr(feeds, "ENTRIES", 1)
    monkeypatch.setattr("publishing.channels.feeds.ENTRIES", 1)
    old, new = Notice.objects.order_by("pk")
    path_of("/feeds/all.atom").unlink()
    path_of("/feeds/projects/2026-001.atom").unlink()
    CHANNELS["atom"].deliver(new)

    assert [e.findtext(f"{ATOM}title") for e in entries_of("/feeds/all.atom")] == [new.title]
    found = CHANNELS["atom"].read([old, new])
    assert found[old.pk].text == old.body  # in the feed of its kind
    path_of("/feeds/kinds/step.publish_plan.atom").unlink()
    assert CHANNELS["atom"].read([old, new])[old.pk] is None


def test_what_stands_in_the_feeds_is_written_down(sent):
    notice = Notice.objects.first()

    for channel in ("atom", "json-feed"):
        delivery = delivery_of(notice, channel)
        assert (delivery.state, delivery.sha256) == ("sent", notice.sha256)


def test_an_empty_site_has_feeds_whose_bytes_stay():
    site.rebuild()
    before = every_file()
    site.rebuild()

    assert every_file() == before
    assert entries_of("/feeds/all.atom") == entries_of("/feeds/kinds/step.cancel.atom") == []


@pytest.mark.parametrize("content", [b"", b"<feed", b"<html/>", b"{}", b'{"items": [{"id": "x"}]}', b"[1]", b"null"])
def test_what_is_no_feed_carries_nothing(content):
    assert ATOM_FORM.texts(content) == JSON_FORM.texts(content) == {}
