"""The page of a notice and the list: the text as it is on record, and where it stands published."""

import re
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest

from contracts.operations import register_document
from publishing import site
from publishing.channels import CHANNELS, Channel
from publishing.channels.channel import note_down
from publishing.channels.website import WEBSITE, text_in, write_notice
from publishing.models import Delivery, Notice
from publishing.pages import notices
from publishing.pages.notices import notice_page, standings
from tests.factories import hall_on
from tests.publishing.announcing import notice_of, send_out
from tests.publishing.reading import path_of, source, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice():
    hall_on("07-20 12:00")
    send_out()
    return notice_of("step.publish_plan")


def page_of(notice):
    return text(f"/notices/{notice.pk}/")


def test_the_page_carries_the_text_byte_for_byte_in_both_frames(notice):
    for prefix in ("", "/en"):
        assert text_in(path_of(f"{prefix}/notices/{notice.pk}/").read_bytes()) == notice.body


def test_the_bare_text_is_a_file_whose_digest_is_on_record(notice):
    content = path_of(f"/notices/{notice.pk}/notice.txt").read_bytes()

    assert sha256(content).hexdigest() == notice.sha256 == notice.published_by.facts["sha256"]


def test_the_page_leads_to_project_entry_and_proof(notice):
    page = source(f"/notices/{notice.pk}/")

    for address in (
        "/projects/2026-001/",
        f"/ledger/entries/{notice.pk}/",
        f"/ledger/entries/{notice.published_by_id}.tlog-proof",
        f"/notices/{notice.pk}/notice.txt",
    ):
        assert f'href="{address}"' in page


def test_the_page_says_where_the_notice_stands(notice):
    page = page_of(notice)

    for title in ("本网站", "Atom订阅源", "JSON订阅源"):
        assert f"{title} 已发布，与正文一致" in page
    assert "期限日历 已发布" in page
    assert "只列期限，不带正文" in page
    assert "迟了" not in page


def test_any_channel_that_is_registered_is_shown_and_not_yet_where_it_is_not_out(notice, monkeypatch):
    monkeypatch.setitem(CHANNELS, "wall", Channel("wall", "村务公开墙", timedelta(days=1), expects=lambda n: True))
    monkeypatch.setitem(CHANNELS, "leaflet", Channel("leaflet", "传单", timedelta(days=1)))
    write_notice(notice)

    assert "村务公开墙 尚未发布" in page_of(notice)
    assert "传单 未安排在此发布" in page_of(notice)

    note_down(
        notice, "wall", place="凤山路", text="别的话", payload=b"", receipt="GS-17", recipients=3, sent_at=notice.at
    )
    write_notice(notice)
    assert "村务公开墙 凤山路 内容不一致" in page_of(notice)
    assert "回执 GS-17" in page_of(notice)
    assert "送达3处" in page_of(notice)


def test_papers_of_the_act_stand_on_its_page_with_their_digests(notice):
    document = register_document(
        project=notice.project,
        subject=notice.entry.subject,
        template="plan-notice",
        title="方案公示",
        content=b"paper",
        caused_by=notice.entry,
        at=notice.at,
    )
    send_out("render")

    assert document.sha256 in page_of(notice)


def test_late_marks_come_from_the_times_alone(notice):
    [delivery] = Delivery.objects.filter(notice=notice, channel="website")
    [on_time] = standings(notice, [delivery], [WEBSITE])
    [late] = standings(notice, [delivery], [replace(WEBSITE, within=timedelta(0))])
    now = notice.entry.recorded_at + WEBSITE.within + timedelta(seconds=1)
    [missing] = standings(notice, [], [WEBSITE], now=now)
    [not_yet] = standings(notice, [], [WEBSITE])

    assert (on_time.is_late, on_time.is_problem) == (False, False)
    assert (late.is_late, late.is_problem) == (True, False)  # it is out: nobody has to do anything
    assert (missing.is_late, missing.is_problem) == (True, True)
    assert (not_yet.is_late, not_yet.is_problem) == (False, False)


def test_the_list_holds_every_notice_and_the_project_its_own(notice):
    listed = text("/notices/")
    project = source("/projects/2026-001/")

    for each in Notice.objects.all():
        assert each.title in listed
        assert f'href="/notices/{each.pk}/"' in project
    assert "本项目公告（2）" in text("/projects/2026-001/")
    assert re.search(rf'id="entry-{notice.pk}".*?href="/notices/{notice.pk}/">公告', project, re.DOTALL)


def test_a_long_list_leads_on_to_the_search(notice, monkeypatch):
    monkeypatch.setattr(notices, "NEWEST", 1)
    site.rebuild()

    assert 'href="/notices/?page=1"' in source("/notices/")


def test_the_search_finds_by_words_kind_and_project(notice, client):
    def found(**asked):
        return [n.entry.kind for n in client.get("/notices/", asked).context["page"]]

    assert found(q="方案 2026-001") == ["step.publish_plan"]
    assert found(kind="step.open_comments") == ["step.open_comments"]
    assert found(project="2026-001") == ["step.open_comments", "step.publish_plan"]
    assert found(project="2026-009") == found(q="没有") == found(kind="x\x00") == []


def test_the_search_takes_a_handful_of_queries(notice, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        assert client.get("/notices/?q=方案").status_code == 200


def test_the_queries_of_a_page_do_not_grow(notice, django_assert_max_num_queries):
    found = Notice.objects.select_related("project", "entry").get(pk=notice.pk)
    with django_assert_max_num_queries(4):
        context = notice_page(found, CHANNELS.values())
        list(context["papers"])


def test_the_view_answers_as_the_file_does(notice, client):
    # The names of style sheets are the same, the reader is nobody.
    assert client.get(f"/notices/{notice.pk}/?mode=elder").content.decode() == source(f"/notices/{notice.pk}/")
    assert client.get("/notices/99999/").status_code == 404


def test_a_site_that_lost_its_notices_gets_them_back(notice):
    path_of(f"/notices/{notice.pk}/").unlink()
    path_of("/feeds/all.atom").unlink()
    path_of("/notices/.told").unlink(missing_ok=True)

    site.rebuild()

    assert notice.title in page_of(notice)
    assert notice.body.splitlines()[4] in source("/feeds/all.atom")
