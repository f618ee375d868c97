"""What a worker does with the outbox, and what is left when it dies, comes twice, or meets another."""

from datetime import timedelta
from hashlib import sha256
from threading import Thread

import pytest
from celery.apps.beat import Beat
from celery.beat import Service
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction

from config.celery import app
from config.celery_settings import beat_schedule
from contracts.models import Document
from ledger import outbox
from ledger.clock import real_now
from ledger.models import Entry, Task
from publishing import documents, tasks
from publishing.channels import CHANNELS
from publishing.documents import BlankField
from publishing.handlers import HANDLERS, generate_document
from publishing.mail import subscribing
from publishing.models import Call, Subscription
from publishing.output import write_forever
from tenders.locking import lock
from tenders.models import Project
from tests.factories import hall_on
from tests.publishing.reading import every_file, path_of, text
from tests.publishing.sending import make_notice, make_webhook, subscribe


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO = True


def drain_all():
    """What is written first is sent out after it."""
    for queue in ("render", "deliver"):
        tasks.drain(queue)


def plan_task():
    return Task.objects.get(name="document", entry__kind="step.publish_plan")


def papers():
    return sorted(name for name in every_file() if name.startswith("documents/"))


@pytest.mark.django_db
def test_draining_publishes_pages_and_papers_by_acts_of_their_own():
    hall_on("07-20 12:00")

    drain_all()

    document = Document.objects.get()
    content = path_of(f"/documents/{document.file_name}").read_bytes()
    assert sha256(content).hexdigest() == document.sha256
    assert document.size == len(content)
    entry = Entry.objects.get(kind="document.published")
    assert entry.facts["sha256"] == document.sha256
    assert entry.facts["of"] == Entry.objects.get(kind="step.publish_plan").seq
    assert document.sha256 in text("/projects/2026-001/")
    assert not Task.objects.open().exists()


@pytest.mark.django_db
def test_a_paper_is_made_once_however_often_its_work_is_done():
    hall_on("07-20 12:00")
    task = plan_task()

    generate_document(task.entry, **task.arguments)
    generate_document(task.entry, **task.arguments)

    assert Document.objects.count() == Entry.objects.filter(kind="document.published").count() == 1
    assert len(papers()) == 1


@pytest.mark.django_db
def test_a_worker_that_died_after_storing_a_paper_is_followed_by_one_that_registers_it():
    hall_on("07-20 12:00")
    task = plan_task()
    _title, content = documents.generate("plan-notice", task.arguments["pk"])
    write_forever(f"/documents/{sha256(content).hexdigest()}.docx", content)

    generate_document(task.entry, **task.arguments)

    assert papers() == [f"documents/{Document.objects.get().file_name}"]


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_the_first_to_register_counts_and_nothing_of_the_other_is_left():
    hall_on("07-20 12:00")
    task = plan_task()
    thing = Project.objects.get().consultations.get()

    def work():
        generate_document(task.entry, **task.arguments)
        connection.close()

    with transaction.atomic():
        lock(Project, thing.project_id)
        second = Thread(target=work)
        second.start()
        while second.is_alive() and not papers():  # until it has stored its bytes, and waits for the register
            second.join(0.05)
        first = Document.objects.create(
            project=thing.project,
            subject=thing.path,
            template="plan-notice",
            title="先到的",
            sha256=sha256(b"first").hexdigest(),
            size=5,
            caused_by=task.entry,
            published_at=task.entry.at,
        )
    second.join(120)

    assert not second.is_alive()
    assert Document.objects.get() == first
    assert papers() == []


@pytest.mark.django_db
def test_a_paper_with_a_blank_is_not_published_and_stops_nothing_else():
    scene = hall_on("07-20 12:00")
    Project.objects.update(contact_phone="")

    with pytest.raises(BlankField):
        generate_document(plan_task().entry, **plan_task().arguments)
    outbox.drain("render", HANDLERS)

    assert plan_task().done_at is None
    assert "BlankField" in plan_task().last_error
    assert papers() == []
    assert scene.project.name in text("/projects/2026-001/")


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_leave_the_pages_of_the_newest_state():
    hall_on()
    workers = [Thread(target=_drain) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)

    assert not Task.objects.open().exists()
    assert "大家的意见（3）" in text("/projects/2026-001/")
    assert f"账本第{Entry.objects.count() - 1}条" in text("/ledger/")


def _drain():
    drain_all()
    connection.close()


@pytest.mark.django_db
def test_the_worker_leaves_a_sign_of_life():
    cache.delete(tasks.HEARTBEAT)

    tasks.heartbeat()

    assert 0 <= real_now().timestamp() - cache.get(tasks.HEARTBEAT) < 5


def test_beat_starts_only_tasks_that_there_are():
    known = {
        task.name
        for task in (
            tasks.drain,
            tasks.heartbeat,
            tasks.take_due_steps,
            tasks.inspect,
            tasks.send_mails,
            tasks.call_webhooks,
            tasks.forget_lost_subscribers,
            tasks.throw_away_uploads,
            tasks.tick_boxes,
            tasks.check_ciphertexts,
        )
    }

    assert {plan["task"] for plan in beat_schedule.values()} == known


def test_beat_keeps_no_file_that_could_be_torn_when_the_power_fails(tmp_path):
    as_the_command_has_it = Beat(app=app).scheduler_cls
    beat = Service(app, schedule_filename=str(tmp_path / "schedule"), scheduler_cls=as_the_command_has_it)

    assert beat_schedule.keys() <= beat.scheduler.schedule.keys()
    assert list(tmp_path.iterdir()) == []


def test_every_queue_is_swept():
    swept = {tuple(plan["args"]) for plan in beat_schedule.values() if plan["task"] == tasks.drain.name}

    assert swept == {(queue.value,) for queue in Task.Queue}


@pytest.mark.django_db
def test_beat_sends_letters_makes_calls_and_forgets_who_never_confirmed(settings):
    settings.WEBHOOK_INTRANET = ["127.0.0.1/32"]
    subscribe()
    make_webhook("http://127.0.0.1:1/")
    subscribing.ask("never@example.com", subscribing.Wish("all", 0, "zh-hans"))
    Subscription.objects.filter(confirmed_at=None).update(asked_at=real_now() - timedelta(days=3))
    notice = make_notice()
    CHANNELS["mail"].deliver(notice)
    CHANNELS["webhook"].deliver(notice)

    tasks.forget_lost_subscribers()
    tasks.send_mails()
    tasks.call_webhooks()

    assert [message.to for message in mail.outbox] == [["wang@example.com"]]
    assert Call.objects.get().attempts == 1
    assert Subscription.objects.count() == 1
