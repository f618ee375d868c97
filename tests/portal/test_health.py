import re
from datetime import timedelta

import pytest
from django.core.cache import cache

from accounts.models import User
from ledger.clock import now, real_now
from ledger.models import Task
from portal import health
from tenders.operations.comments import receive_comment
from tests.portal.scenes import make_consultation, make_observer, make_user


@pytest.fixture(autouse=True)
def _patient(monkeypatch):
    """The broker is asked for as long as a busy machine may take."""
    monkeypatch.setattr(health, "PATIENCE_SECONDS", 30)


def beat(seconds_ago=0):
    cache.set("worker-heartbeat", real_now().timestamp() - seconds_ago, 60)


def test_alive_is_answered_without_a_database(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready_when_all_parts_are(client):
    beat()

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {
        "ready": True,
        "parts": {
            "database": "ok",
            "broker": "ok",
            "worker": "ok",
            "outbox": "ok",
            "ledger": "ok",
            "check": "ok",
        },
    }


@pytest.mark.django_db
def test_not_ready_without_a_worker(client):
    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["parts"]["worker"] == "no heartbeat"


@pytest.mark.django_db
def test_not_ready_with_a_worker_that_has_stopped(client):
    beat(seconds_ago=40)

    assert client.get("/readyz").json()["parts"]["worker"].startswith("last heartbeat 4")


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["redis://:secret@127.0.0.1:1/0", "amqp://guest:secret@127.0.0.1:1//"])
def test_not_ready_without_a_broker_and_no_secret_told(client, settings, url):
    settings.BROKER_URL = url
    beat()

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["parts"]["broker"] == "unreachable"
    assert b"secret" not in response.content


@pytest.mark.django_db
def test_not_ready_while_the_sealer_is_behind(client, monkeypatch):
    beat()
    receive_comment(make_consultation().pk, text="停车位太少", at=now())
    monkeypatch.setattr(health, "SEALED_WITHIN", timedelta(seconds=-1))

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["parts"]["ledger"].startswith("unsealed for")


@pytest.mark.django_db
def test_not_ready_while_a_queue_stands_still(client):
    beat()
    receive_comment(make_consultation().pk, text="停车位太少", at=now())
    Task.objects.update(due_at=real_now() - timedelta(minutes=3))

    response = client.get("/readyz")

    assert response.status_code == 503
    assert re.fullmatch("render stuck for 1[89]. s", response.json()["parts"]["outbox"])


@pytest.mark.django_db
def test_work_that_waits_for_its_next_attempt_does_not_stand_still(client):
    beat()
    receive_comment(make_consultation().pk, text="停车位太少", at=now())
    Task.objects.update(due_at=real_now() + timedelta(minutes=30), attempts=7)

    assert client.get("/readyz").json()["parts"]["outbox"] == "ok"


@pytest.mark.django_db
def test_metrics_show_the_backlog(client):
    receive_comment(make_consultation().pk, text="停车位太少", at=now())
    Task.objects.update(failed_at=now())

    page = client.get("/metrics").content.decode()

    assert 'tracker_tasks_failed{queue="render"} 1.0' in page
    for name in ("tasks_open", "outbox_lag_seconds", "tasks_attempts_max", "tasks_done_per_second"):
        assert f'tracker_{name}{{queue="deliver"}} 0.0' in page
    assert "tracker_ledger_entries 1.0" in page
    assert 0 < float(re.search(r"^tracker_ledger_unsealed_seconds (\S+)$", page, re.MULTILINE)[1]) < 60


@pytest.mark.django_db
def test_metrics_are_for_this_machine_and_for_staff(client):
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.7").status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 404

    client.force_login(make_observer())
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.7").status_code == 404

    client.force_login(make_user(User.Role.ADMINISTRATOR))
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.7").status_code == 200
