"""The desk's page of channels: every notice, problems first, and another try."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ledger.models import Task
from publishing.channels import CHANNELS
from publishing.channels.channel import note_missing
from publishing.models import Notice
from tests.factories import hall_on
from tests.publishing.announcing import delivery_of, notice_of, send_out

pytestmark = pytest.mark.django_db
PAGE = "/desk/channels/"


@pytest.fixture
def notice(at_desk):
    scene = hall_on("07-20 12:00")
    send_out()
    at_desk(scene, "clerk")
    return notice_of("step.publish_plan")


def rows(client, **asked):
    return client.get(PAGE, asked).context["rows"]


def test_every_notice_is_listed_on_every_channel(client, notice):
    listed = rows(client)

    assert {row.notice for row in listed} == set(Notice.objects.all())
    assert all({s.channel for s in row.standings} == set(CHANNELS) for row in listed)
    assert not [s for row in listed for s in row.standings if s.is_problem]


def test_what_is_in_trouble_comes_first_with_another_try(client, notice):
    note_missing(notice, "atom")

    first = rows(client)[0]
    assert first.notice == notice
    assert (first.standings[0].channel, first.standings[0].is_problem) == ("atom", True)
    page = client.get(PAGE).text
    assert f'action="/desk/channels/{notice.pk}/atom/"' in page
    assert "1个问题" in page
    assert "公告发布有问题" in client.get("/desk/").text


def test_what_is_not_out_in_time_is_a_problem_on_the_desk(client, notice, monkeypatch):
    delivery_of(notice, "website").delete()
    monkeypatch.setitem(CHANNELS, "website", replace(CHANNELS["website"], within=timedelta(0)))

    first = rows(client)[0]
    assert first.notice == notice
    assert [s.channel for s in first.standings if s.is_problem] == ["website"]


def test_one_channel_and_one_project_can_be_chosen(client, notice):
    assert {s.channel for row in rows(client, channel="json-feed") for s in row.standings} == {"json-feed"}
    assert rows(client, project="2026-009") == []
    assert len(rows(client, project="2026-001")) == 2
    assert client.get(PAGE, {"channel": "pigeon"}).status_code == 404


def test_another_try_sends_the_notice_out_again(client, notice):
    note_missing(notice, "atom")
    Task.objects.filter(entry=notice.entry, name="deliver", arguments={"channel": "atom"}).update(
        attempts=9, last_error="x"
    )

    answer = client.post(f"{PAGE}{notice.pk}/atom/")

    assert answer.url == PAGE
    send_out("deliver")
    assert delivery_of(notice, "atom").state == "sent"
    assert Task.objects.filter(entry=notice.entry, name="deliver").count() == sum(
        channel.is_automatic for channel in CHANNELS.values()
    )


def test_nobody_sends_by_hand_what_no_machine_can(client, notice):
    assert client.post(f"{PAGE}{notice.pk}/pigeon/").status_code == 404
    assert client.post(f"{PAGE}99999/atom/").status_code == 404
    assert client.get(f"{PAGE}{notice.pk}/atom/").status_code == 405


@pytest.mark.parametrize("who", ["", "discipline"])
def test_the_page_is_for_staff(client, notice, at_desk, who):
    client.logout()
    if who:
        client.force_login(notice.project.manager.__class__.objects.get(username=who))

    assert client.get(PAGE).status_code in (302, 404)
    assert client.post(f"{PAGE}{notice.pk}/atom/").status_code in (302, 404)


def test_the_queries_do_not_grow_with_the_notices(client, notice, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        client.get(PAGE)


def test_the_metrics_count_problems_by_channel(client, notice):
    note_missing(notice, "atom")

    page = client.get("/metrics").text
    assert 'tracker_deliveries_problem{channel="atom"} 1.0' in page
    assert 'tracker_deliveries_problem{channel="website"} 0.0' in page
