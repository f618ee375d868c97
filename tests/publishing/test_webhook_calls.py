"""Which machines are called with a notice, how often, and what becomes of those that fail."""

import json
from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connection
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from ledger.clock import real_now
from publishing.models import Call, Delivery, Webhook
from publishing.webhooks import calling, entering
from publishing.webhooks import connection as one_call
from publishing.webhooks.payload import body_of, headers_for
from tests.portal.scenes import make_project
from tests.publishing import sinks
from tests.publishing.sending import deliver, make_due, make_notice, make_webhook, seconds_until
from tests.publishing.sinks import sink

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def httpserver_listen_address():
    return ("127.0.0.1", 0)


@pytest.fixture(autouse=True)
def this_machine_is_listed(settings):
    settings.WEBHOOK_INTRANET = ["127.0.0.1/32"]


@pytest.fixture
def taking(httpserver):
    """A machine that takes everything."""
    httpserver.expect_request("/in").respond_with_data("ok")
    return httpserver


def dead(**fields):
    return make_webhook("http://127.0.0.1:1/", **fields)


def received(httpserver):
    return [request for request, _response in httpserver.log]


def test_a_machine_is_told_of_a_notice_and_can_check_that_it_comes_from_us(taking):
    webhook = make_webhook(taking.url_for("/in"))
    notice = deliver("webhook")

    assert calling.call_due() == 1
    assert calling.call_due() == 0

    [request] = received(taking)
    told = Verifier(webhook.secret).verify(request.get_data(), dict(request.headers))
    assert told["type"] == "notice.published"
    assert told["timestamp"] == notice.published_by.recorded_at.isoformat()
    data = told["data"]
    assert (data["seq"], data["kind"], data["project"]) == (notice.pk, "step.publish_plan", "2026-001")
    assert (data["title"], data["body"], data["sha256"]) == (notice.title, notice.body, notice.sha256)
    assert data["links"]["notice"] == f"http://127.0.0.1:8000/notices/{notice.pk}/"
    assert data["links"]["proof"] == f"http://127.0.0.1:8000/ledger/entries/{notice.published_by_id}.tlog-proof"


def test_what_was_changed_on_the_way_is_not_ours(taking):
    webhook = make_webhook(taking.url_for("/in"))
    deliver("webhook")
    calling.call_due()
    [request] = received(taking)

    with pytest.raises(WebhookVerificationError):
        Verifier(webhook.secret).verify(request.get_data().replace(b"2026-001", b"2026-002"), dict(request.headers))


def test_the_public_learns_how_many_machines_took_it(taking):
    make_webhook(taking.url_for("/in"))
    dead()
    notice = deliver("webhook")
    calling.call_due()

    delivery = Delivery.objects.get(channel="webhook")
    assert (delivery.recipients, delivery.receipt, delivery.state) == (1, "已收1，待收1，未能送达0", "sent")
    assert delivery.sha256 == notice.sha256
    assert "127.0.0.1" not in str(Delivery.objects.filter(channel="webhook").values())


def test_only_machines_that_asked_for_the_project_are_told(taking):
    here, there = make_project("2026-001"), make_project("2026-002")
    make_webhook(taking.url_for("/in"), project=there)
    make_webhook(taking.url_for("/in"), state=Webhook.State.DISABLED)
    mine = make_webhook(taking.url_for("/in"), project=here)

    deliver("webhook", make_notice(here))

    assert Call.objects.get().webhook == mine


def test_a_machine_entered_later_is_not_told_of_what_is_past(taking):
    notice = make_notice()
    make_webhook(taking.url_for("/in"))

    deliver("webhook", notice)

    assert not Call.objects.exists()


def test_delivering_again_calls_nobody_twice(taking):
    make_webhook(taking.url_for("/in"))
    notice = deliver("webhook")
    calling.call_due()

    deliver("webhook", notice)

    assert calling.call_due() == 0
    assert len(received(taking)) == 1


def test_each_attempt_has_the_same_id_and_a_time_of_its_own(httpserver):
    httpserver.expect_ordered_request("/in").respond_with_data("no", status=503)
    httpserver.expect_ordered_request("/in").respond_with_data("ok")
    webhook = make_webhook(httpserver.url_for("/in"))
    notice = deliver("webhook")

    calling.call_due()
    make_due()
    calling.call_due()

    first, second = received(httpserver)
    assert first.headers["webhook-id"] == second.headers["webhook-id"] == f"notice_{notice.pk}_{webhook.pk}"
    assert first.get_data() == second.get_data()
    call = Call.objects.get()
    assert (call.attempts, call.status, call.answer) == (2, 200, "ok")
    assert call.done_at
    assert abs(int(second.headers["webhook-timestamp"]) - real_now().timestamp()) < 60


def test_pauses_grow_from_a_minute_to_a_day_and_differ_by_chance():
    for attempts, seconds in ((1, 60), (2, 120), (5, 960), (11, 61440), (12, 86400), (40, 86400)):
        pauses = [calling.pause_after(attempts).total_seconds() for _ in range(50)]
        assert all(0.8 * seconds <= pause <= 1.2 * seconds for pause in pauses)
        assert len(set(pauses)) > 1


def test_a_failed_call_waits_and_says_why():
    dead()
    deliver("webhook")

    calling.call_due()

    call = Call.objects.get()
    assert (call.status, call.answer, call.done_at, call.failed_at) == (None, "对方拒绝连接。", None, None)
    assert 40 < seconds_until(call.due_at) < 75
    assert call.webhook.failures == 1
    assert call.webhook.failing_since


def test_a_slow_machine_delays_no_other(taking, monkeypatch):
    monkeypatch.setattr(one_call, "WHOLE_SECONDS", 60.0)  # on a busy machine the others take longer, too
    all_others_are_told = Event()

    def hold(connection, over):
        if all_others_are_told.wait(50):
            connection.sendall(sinks.OK)

    taking.clear()
    taking.expect_request("/in").respond_with_data("ok")
    taking.expect_request("/last").respond_with_handler(lambda request: all_others_are_told.set())
    with sink(hold) as (port, _received):
        make_webhook(f"http://127.0.0.1:{port}/")
        for _ in range(4):
            make_webhook(taking.url_for("/in"))
        deliver("webhook")
        make_webhook(taking.url_for("/last"))
        deliver("webhook")

        calling.call_due()

    slow = Call.objects.filter(webhook__url__contains=str(port)).order_by("pk").first()
    assert slow.status == 200, "it was still waited for when all others had been told"
    assert len([r for r in received(taking) if r.path == "/in"]) == 8


def test_a_machine_is_called_by_one_at_a_time_in_order(httpserver):
    bodies = []
    httpserver.expect_request("/in").respond_with_handler(lambda request: bodies.append(json.loads(request.get_data())))
    make_webhook(httpserver.url_for("/in"))
    notices = [deliver("webhook") for _ in range(5)]

    assert len(calling.claim(16)) == 1
    assert calling.claim(16) == []
    make_due()
    calling.call_due()

    assert [body["data"]["seq"] for body in bodies] == [notice.pk for notice in notices]


def test_after_seven_days_of_failing_a_machine_is_stopped_and_staff_can_see_why():
    webhook = dead()
    waiting = [deliver("webhook"), deliver("webhook")]
    calling.call_due()
    Webhook.objects.update(failing_since=real_now() - timedelta(days=6, hours=23))
    make_due()
    calling.call_due()
    webhook.refresh_from_db()
    assert webhook.is_active

    Webhook.objects.update(failing_since=real_now() - timedelta(days=7))
    make_due()
    calling.call_due()

    webhook.refresh_from_db()
    assert not webhook.is_active
    assert "连续失败，满7天自动停用" in webhook.reason
    assert Call.objects.filter(failed_at=None).count() == 0
    receipts = Delivery.objects.filter(channel="webhook", notice__in=waiting).values_list("receipt", flat=True)
    assert set(receipts) == {"已收0，待收0，未能送达1"}
    make_due()
    assert calling.call_due() == 0


def test_who_says_gone_is_stopped_at_once(httpserver):
    httpserver.expect_request("/in").respond_with_data("gone", status=410)
    webhook = make_webhook(httpserver.url_for("/in"))
    deliver("webhook")

    calling.call_due()

    webhook.refresh_from_db()
    assert (webhook.is_active, webhook.reason) == (False, "对方回答：不再接收（410）。")


def test_who_takes_a_call_is_forgiven_what_was_before(taking):
    webhook = make_webhook(taking.url_for("/in"), failures=9, failing_since=real_now() - timedelta(days=6))
    deliver("webhook")

    calling.call_due()

    webhook.refresh_from_db()
    assert (webhook.failures, webhook.failing_since) == (0, None)


def test_a_machine_that_is_enabled_again_hears_of_what_comes_then(taking):
    webhook = make_webhook(taking.url_for("/in"))
    entering.disable(webhook, "由工作人员停用。")
    deliver("webhook")
    entering.enable(webhook)
    later = deliver("webhook")

    calling.call_due()

    assert Call.objects.get().notice == later


def test_a_test_reaches_a_stopped_machine_too_and_is_not_repeated(httpserver):
    httpserver.expect_request("/in").respond_with_data("no", status=500)
    webhook = make_webhook(httpserver.url_for("/in"), state=Webhook.State.DISABLED)
    entering.try_out(webhook)

    calling.call_due()
    make_due()
    calling.call_due()

    [request] = received(httpserver)
    told = Verifier(webhook.secret).verify(request.get_data(), dict(request.headers))
    assert told["type"] == "webhook.test"
    assert Call.objects.get().failed_at
    webhook.refresh_from_db()
    assert webhook.failures == 0


def test_a_new_secret_signs_at_once_and_the_old_one_for_another_day(taking):
    webhook = make_webhook(taking.url_for("/in"))
    old, now = webhook.secret, real_now()
    entering.rotate(webhook, now)
    webhook.refresh_from_db()
    call = entering.try_out(webhook)
    body = body_of(None, now)

    during, after = headers_for(call, body, now), headers_for(call, body, now + timedelta(days=1))

    assert webhook.secret != old
    for secret in (old, webhook.secret):
        Verifier(secret).verify(body, during)
    assert during["webhook-signature"].count("v1,") == 2
    assert after["webhook-signature"].count("v1,") == 1


def test_an_address_that_has_come_to_lie_inside_is_not_called(taking, settings):
    make_webhook(taking.url_for("/in"))
    deliver("webhook")
    settings.WEBHOOK_INTRANET = []

    calling.call_due()

    assert received(taking) == []
    assert Call.objects.get().answer == "网址须以 https:// 开头。"


def test_a_worker_that_dies_after_a_call_causes_one_more_with_the_same_id(taking):
    webhook = make_webhook(taking.url_for("/in"))
    notice = deliver("webhook")
    [call] = calling.claim(16)
    body = body_of(notice, real_now())
    calling.post(webhook.url, body, headers_for(call, body, real_now()))  # and here it dies

    assert calling.call_due() == 0, "the lease still holds"
    make_due()
    assert calling.call_due() == 1
    assert calling.call_due() == 0

    first, second = received(taking)
    assert first.headers["webhook-id"] == second.headers["webhook-id"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_each_call_once(taking):
    for _ in range(5):
        make_webhook(taking.url_for("/in"))
    for _ in range(4):
        deliver("webhook")
    made = []

    def work():
        made.append(calling.call_due())
        connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)

    assert sum(made) == 20
    assert len({request.headers["webhook-id"] for request in received(taking)}) == len(received(taking)) == 20
