"""Who may do what to the ledger, in the database itself."""

import json

import pytest
from django.db import DatabaseError, connection, transaction

from ledger.models import Checkpoint, Entry, Task
from ledger.sealer import seal
from tests.database import unguarded
from tests.ledger.making import make_entries, make_entry, role, run_sql

pytestmark = pytest.mark.django_db

CHANGES = [
    "UPDATE ledger_entry SET subject = 'project/2026-002'",
    "DELETE FROM ledger_entry WHERE seq = 0",
    "DELETE FROM ledger_entry WHERE seq = 99",
    "TRUNCATE ledger_entry CASCADE",
    "UPDATE ledger_checkpoint SET note = ''",
    "DELETE FROM ledger_checkpoint",
    "TRUNCATE ledger_checkpoint CASCADE",
    "UPDATE ledger_cosignature SET line = ''",
    "DELETE FROM ledger_cosignature",
    "TRUNCATE ledger_cosignature",
]
INSERT_ENTRY = (
    "INSERT INTO ledger_entry (seq, kind, subject, key, at, recorded_at, body, leaf) "
    "VALUES (3, 'k', 's', 'k', now(), now(), '', sha256('\\x00'))"
)
INSERT_CHECKPOINT = "INSERT INTO ledger_checkpoint (size, root, note) VALUES (9, sha256(''), '')"


@pytest.fixture(autouse=True)
def sealed_entries(roles, folder, key):
    make_entries(3)
    seal(folder, key)
    run_sql("SET CONSTRAINTS ALL IMMEDIATE")  # as after a commit: nothing is pending that hides the refusal


@pytest.mark.parametrize("statement", CHANGES)
def test_not_even_a_superuser_changes_the_ledger(statement):
    with pytest.raises(DatabaseError, match="append-only"):
        run_sql(statement)


@pytest.mark.parametrize("statement", CHANGES)
def test_a_replication_session_does_not_slip_past_the_guards(statement):
    run_sql("SET LOCAL session_replication_role = replica")

    with pytest.raises(DatabaseError, match="append-only"):
        run_sql(statement)


@pytest.mark.parametrize("name", ["tracker_app", "tracker_sealer"])
@pytest.mark.parametrize("statement", [*CHANGES, INSERT_ENTRY])
def test_no_role_changes_the_ledger_or_puts_entries_past_the_function(name, statement):
    with role(name), pytest.raises(DatabaseError, match="permission denied"):
        run_sql(statement)


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("tracker_app", INSERT_CHECKPOINT),
        ("tracker_app", "ALTER TABLE ledger_entry DISABLE TRIGGER ledger_append_only"),
        ("tracker_app", "DROP FUNCTION ledger_refuse() CASCADE"),
        ("tracker_sealer", "SELECT ledger_head()"),
        ("tracker_sealer", "SELECT ledger_append('k', 's', 'k', NULL, now(), '{}')"),
        ("tracker_sealer", "UPDATE ledger_task SET done_at = now()"),
        ("tracker_sealer", "DELETE FROM ledger_task"),
        ("tracker_sealer", "SELECT * FROM accounts_user"),
    ],
)
def test_each_role_does_only_its_own_work(name, statement):
    with role(name), pytest.raises(DatabaseError, match=r"permission denied|must be owner"):
        run_sql(statement)


def test_the_application_appends_and_works_off_the_outbox():
    with role("tracker_app"):
        entry = make_entry()
        Task.objects.filter(entry=entry).update(attempts=1)
        Task.objects.filter(entry=entry).delete()

    assert entry.seq == 3


def test_the_sealer_seals(folder, key):
    make_entry()

    with role("tracker_sealer"):
        checkpoint = seal(folder, key)

    assert checkpoint == Checkpoint.objects.latest()
    assert checkpoint.size == 4


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"seq": 4}, "the next one is 3"),
        ({"seq": None}, "the next one is 3"),
        ({"kind": "other"}, "about another act"),
        ({"subject": "other"}, "about another act"),
        ({"at": "2026-03-02T09:00:01+08:00"}, "names another moment"),
        ({"recorded_at": "2026-03-02T09:00:00+08:00"}, "was not recorded now"),
        ({"recorded_at": "2126-03-02T09:00:00+08:00"}, "was not recorded now"),
        ({"recorded_at": None}, "was not recorded now"),
    ],
)
def test_a_body_that_disagrees_with_the_database_is_refused(changes, reason):
    with pytest.raises(DatabaseError, match=reason), transaction.atomic():
        append_directly(**changes)

    assert Entry.objects.count() == 3


def test_a_body_that_agrees_is_appended():
    append_directly()

    assert Entry.objects.get(seq=3).kind == "kind"


def test_the_database_knows_the_leaf_hash_of_a_body():
    with unguarded(), pytest.raises(DatabaseError, match="ledger_entry_leaf"):
        run_sql("UPDATE ledger_entry SET body = '{}' WHERE seq = 1")


def append_directly(**changes):
    """What somebody with the application's password could try."""
    with role("tracker_app"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT recorded_at FROM ledger_head()")
        said = {
            "seq": 3,
            "kind": "kind",
            "subject": "subject",
            "at": "2026-03-02T09:00:00+08:00",
            "recorded_at": cursor.fetchone()[0].isoformat(),
        }
        body = json.dumps(said | changes).encode()
        cursor.execute("SELECT ledger_append('kind', 'subject', 'key', NULL, '2026-03-02T09:00:00+08:00', %s)", [body])
