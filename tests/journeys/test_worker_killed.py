"""A worker dies in the middle of a step's work. Another takes over, and everything is published exactly once."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from hashlib import sha256
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection
from kombu import Queue
from kombu.connection import Connection

from config.celery import app
from contracts.models import Document
from ledger.models import Task
from tests.brokers import needs_rabbitmq, rabbitmq
from tests.factories import cemetery_on, moment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

VALKEY = os.environ.get("BROKER_URL", "")
needs_valkey = pytest.mark.skipif(not VALKEY, reason="needs a broker; `make test` starts one")


@pytest.fixture(
    params=[pytest.param("valkey", marks=needs_valkey), pytest.param("rabbitmq", marks=needs_rabbitmq)],
)
def broker_url(request):
    if request.param == "valkey":
        yield VALKEY
        return
    with rabbitmq() as url:
        yield url


@pytest.fixture
def start_worker(settings, tmp_path, broker_url):
    """Start real workers on the test database and a real broker. What is left of them dies with the test."""
    settings.LEDGER_KEY_FILE = tmp_path / "ledger.key"
    workers = []
    environment = {
        **os.environ,
        "DATABASE_URL": address_of(connection.settings_dict),
        "BROKER_URL": broker_url,
        "CACHE_URL": VALKEY,
        "DATA": str(tmp_path),
        "OUTBOX_LEASE_SECONDS": "3",
        "SECRET_KEY": "of-a-test",
    }
    command = ["-m", "celery", "-A", "config.celery", "worker", "-Q", "render,deliver", "-c", "1", "--without-gossip"]

    def start():
        workers.append(
            subprocess.Popen(
                [sys.executable, *command],
                env=environment,
                cwd=django_settings.BASE_DIR,
                start_new_session=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
        return workers[-1]

    yield start
    for worker in workers:
        kill(worker)


def address_of(database):
    user, password = quote(database["USER"]), quote(database["PASSWORD"])
    return f"postgresql://{user}:{password}@{database['HOST']}:{database['PORT']}/{database['NAME']}"


def kill(worker):
    if worker.poll() is None:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


@pytest.fixture
def wake(broker_url):
    """Return what beat does every few seconds."""
    kind = "quorum" if broker_url.startswith("amqp") else "classic"
    queue = Queue("render", queue_arguments={"x-queue-type": kind})

    def send():
        with Connection(broker_url) as broker:
            app.send_task("publishing.drain", ["render"], queue=queue, connection=broker)

    return send


@contextmanager
def no_document_kept():
    """Hold whoever wants to keep a document, so that no worker is done before the test has seen it begin."""
    other = connection.copy()
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Document._meta.db_table} IN SHARE MODE")
        yield
    finally:
        other.close()


def wait_until(condition, seconds=180, every=0.0, nudge=None):
    end = time.monotonic() + seconds
    nudged = 0.0
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        if nudge and time.monotonic() - nudged > 1:
            nudged = time.monotonic()
            nudge()
        time.sleep(every)


def test_killing_the_worker_in_the_middle_publishes_everything_exactly_once(start_worker, wake):
    scene = cemetery_on("07-23 15:00")
    done_before = Task.objects.update(done_at=moment("07-23 15:00"))
    scene.acts.step("sign_contracts", moment("07-24 10:00"), subject=scene.contract)
    papers = Task.objects.filter(name="document", done_at=None)
    assert done_before
    assert papers.count() == 2

    with no_document_kept():
        worker = start_worker()
        wait_until(lambda: papers.exclude(leased_until=None).exists(), nudge=wake)
        kill(worker)
    assert papers.count() == 2, "the worker was quicker than the test: nothing was in the middle"

    start_worker()
    wait_until(lambda: not Task.objects.open().exists(), every=0.1, nudge=wake)

    assert sorted(Document.objects.values_list("template", flat=True)) == ["contract", "integrity-contract"]
    published = [entry.facts for entry in scene.entries("document.published")]
    assert sorted(facts["template"] for facts in published) == ["contract", "integrity-contract"]
    for facts in published:
        stored = django_settings.PUBLIC_ROOT / "documents" / facts["name"]
        assert sha256(stored.read_bytes()).hexdigest() == facts["sha256"]
    feed = (django_settings.PUBLIC_ROOT / "feeds" / "all.atom").read_text()
    assert feed.count("同时签订施工合同和廉政合同") >= 1
    assert not Task.objects.failed().exists()
    call_command("seal", once=True)
    call_command("check_ledger")
