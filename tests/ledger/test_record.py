import contextlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from time import monotonic

import pytest
from celery import Celery
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from config.celery import app as celery_app
from ledger import merkle
from ledger.models import Entry, Task
from ledger.operations import FollowUp, LedgerBusy, record
from tests.ledger.making import AT, make_entries, make_entry

pytestmark = pytest.mark.django_db

PATIENCE = 60  # seconds: far more than it takes, for the machine may be busy


def test_an_entry_says_who_did_what_when_without_naming_the_person(manager):
    entry = make_entry(actor=manager, facts={"预算": 1_234_500}, corrects=0)

    recorded_at = entry.content.pop("recorded_at")
    assert entry.content == {
        "v": 1,
        "seq": 0,
        "kind": "project.announced",
        "subject": "project/2026-001",
        "at": "2026-03-02T09:00:00+08:00",
        "by": {"role": "manager", "organisation": "某县民政局"},
        "facts": {"预算": 1_234_500},
        "corrects": 0,
    }
    assert datetime.fromisoformat(recorded_at) == entry.recorded_at
    assert (entry.actor, entry.at, entry.facts, entry.corrects) == (manager, AT, {"预算": 1_234_500}, 0)
    assert manager.name not in bytes(entry.body).decode()


def test_a_body_is_canonical_json_and_its_leaf_that_of_rfc_6962():
    entry = make_entry(facts={"b": 1, "a": "é"})

    said = json.dumps(json.loads(entry.body), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert bytes(entry.body) == said.encode()
    assert entry.leaf == merkle.leaf_hash(entry.body)


def test_the_public_acts_as_the_public():
    assert make_entry(actor=None).by == {"role": "public"}


def test_who_belongs_to_no_organisation_acts_without_one(manager):
    manager.organisation = None

    assert make_entry(actor=manager).by == {"role": "manager"}


def test_entries_are_numbered_from_0_without_gaps():
    assert [entry.seq for entry in make_entries(3)] == [0, 1, 2]


def test_an_act_that_is_rolled_back_leaves_no_gap():
    make_entry()
    fail_after_recording("project/2026-001", "1")

    assert make_entry().seq == 1


def test_the_same_act_recorded_again_is_the_first_entry():
    first = make_entry(key="comment.received:81:1", then=[FollowUp("notify", {})])
    make_entry()

    again = make_entry(key="comment.received:81:1", facts={"other": True}, then=[FollowUp("other", {})])

    assert again == first
    assert Entry.objects.count() == 2
    assert set(first.task_set.values_list("name", flat=True)) == {"publish", "notify"}


def test_a_key_that_belongs_to_another_act_is_refused():
    make_entry(key="comment.received:81:1")

    with pytest.raises(IntegrityError, match="is another act"), transaction.atomic():
        make_entry("project/2026-002", key="comment.received:81:1")


def test_every_entry_is_published_and_followed_by_what_was_asked_for():
    entry = make_entry(then=[FollowUp("notify", {"to": "observers"}, queue="deliver", priority=1)] * 2)

    tasks = entry.task_set.order_by("name").values_list("name", "arguments", "queue", "priority")
    assert list(tasks) == [
        ("notify", {"to": "observers"}, "deliver", 1),
        ("publish", {"subject": "project/2026-001"}, "render", 5),
    ]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"facts": {"amount": 1.5}}, "body.facts.amount is a float"),
        ({"at": AT.replace(tzinfo=None)}, "no time zone"),
        ({"facts": {"text": "公" * 30_000}}, "65535 bytes"),
    ],
)
def test_what_an_entry_cannot_hold_is_refused(changes, reason):
    with pytest.raises(ValueError, match=reason):
        make_entry(**changes)

    assert not Entry.objects.exists()
    assert not Task.objects.exists()


def test_entries_about_a_subject_include_what_belongs_to_it():
    subjects = ["project/2026-001", "project/2026-0011", "project/2026-001/package/1", "project/2026-00_"]
    for subject in subjects:
        make_entry(subject)

    assert [e.seq for e in Entry.objects.about("project/2026-001").in_order()] == [0, 2]
    assert [e.seq for e in Entry.objects.about("project/2026-00_").in_order()] == [3]


@pytest.mark.django_db(transaction=True)
def test_an_act_outside_of_a_transaction_is_not_recorded():
    with pytest.raises(TransactionManagementError, match="in the transaction that changes the state"):
        record("project.announced", subject="project/1", actor=None, at=AT, facts={}, key="1")

    assert not Entry.objects.exists()


def fail_after_recording(subject, key):
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        make_entry(subject, key=key)
        _ = 1 / 0


@pytest.mark.django_db(transaction=True)
def test_eight_threads_with_rollbacks_leave_no_gap_and_no_double():
    def act(number):
        try:
            for i in range(25):
                (make_entry if i % 5 else fail_after_recording)(f"project/{number}", key=f"{number}:{i}")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(act, range(8)))

    entries = list(Entry.objects.in_order())
    assert [entry.seq for entry in entries] == list(range(8 * 20))
    assert len({entry.key for entry in entries}) == 8 * 20
    assert [entry.recorded_at for entry in entries] == sorted(entry.recorded_at for entry in entries)
    assert Task.objects.count() == 8 * 20


@pytest.mark.django_db(transaction=True)
def test_a_session_that_is_stuck_with_the_ledger_holds_others_up_for_three_seconds_and_not_for_ever():
    def try_to_record():
        try:
            make_entry()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread, transaction.atomic():
        make_entry()
        begun = monotonic()
        with pytest.raises(LedgerBusy, match="台账正忙"):
            thread.submit(try_to_record).result(timeout=PATIENCE)

    assert 2.5 < monotonic() - begun < PATIENCE
    assert make_entry().seq == 1


@pytest.fixture
def dead_broker():
    dead = Celery("dead", set_as_current=False)
    dead.config_from_object("config.celery_settings")
    dead.conf.broker_url = "redis://127.0.0.1:1/0"
    dead.set_current()
    yield
    celery_app.set_current()


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_costs_an_act_little_time_and_nothing_else(dead_broker, caplog):
    begun = monotonic()

    entry = make_entry()

    assert monotonic() - begun < PATIENCE
    assert "Could not wake the workers of render" in caplog.text
    assert entry.task_set.due().count() == 1
