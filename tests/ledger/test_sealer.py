import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from itertools import count
from threading import Event

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from ledger import merkle
from ledger.files import write_atomically
from ledger.management.commands import seal as process
from ledger.models import Checkpoint, Entry, Task
from ledger.proofs import LogProof, prove
from ledger.publication import publish
from ledger.sealer import SealRefused, extend, seal, sign, signed_log
from ledger.tiles import Log
from tests.database import unguarded
from tests.ledger.making import audit, make_entries, make_entry, make_many, run_sql

pytestmark = pytest.mark.django_db


def grow_to(size):
    make_many(size - Entry.objects.count())


def commit():
    """Let the database check what it checks at a commit, so that tables can be altered afterwards."""
    run_sql("SET CONSTRAINTS ALL IMMEDIATE")


def tamper(statement, *values):
    """What somebody can do who owns the database."""
    commit()
    with unguarded():
        run_sql(statement, *values)


@pytest.fixture
def published(folder, key):
    """The sizes that the public has seen, each with its root, and a check that the new one extends them all."""
    seen = []

    def look():
        head = audit(folder, key.verifier)
        log = Log(folder, head.size)
        for old in seen:
            merkle.verify_consistency(old.size, head.size, old.root, head.root, log.consistency_proof(old.size))
        seen.append(head)
        return head

    return look


def test_new_entries_are_sealed_and_a_second_run_has_nothing_to_do(folder, key, published):
    make_entries(3)

    checkpoint = seal(folder, key)

    assert published().size == checkpoint.size == 3
    assert (folder / "checkpoint").read_text(encoding="utf-8").startswith(checkpoint.note)
    assert seal(folder, key) is None
    assert Checkpoint.objects.count() == 1


def test_without_entries_nothing_is_signed(folder, key):
    assert seal(folder, key) is None
    assert not (folder / "checkpoint").exists()


@pytest.mark.parametrize("sizes", [(1, 2, 3), (255, 256, 257), (200, 600)])
def test_every_checkpoint_extends_all_earlier_ones(folder, key, published, sizes):
    for size in sizes:
        grow_to(size)
        seal(folder, key)

        assert published().size == size


def test_a_sealed_entry_has_a_proof_that_needs_nothing_of_ours(folder, key):
    entry = make_entries(5)[2]
    checkpoint = seal(folder, key)

    proof = str(prove(Log(folder, checkpoint.size), entry.seq, checkpoint.note))

    head, _ = LogProof.parse(proof).verify(bytes(entry.body), key.name, [key.verifier])
    assert head.size == 5


def test_what_is_sealed_is_published_anew_once_for_each_project(folder, key):
    for subject in ("project/1", "project/1/package/2", "project/2", "project/1/package/1"):
        make_entry(subject)

    seal(folder, key)

    tasks = Task.objects.filter(arguments__has_key="size").order_by("entry")
    assert [(task.entry.seq, task.name, task.queue, task.arguments) for task in tasks] == [
        (2, "publish", "render", {"subject": "project/2", "size": 4}),
        (3, "publish", "render", {"subject": "project/1", "size": 4}),
    ]


@pytest.mark.parametrize("size", [255, 256, 257])
def test_a_sealer_that_dies_at_any_write_loses_and_breaks_nothing(folder, key, published, monkeypatch, size):
    grow_to(200)
    seal(folder, key)
    published()
    synced = os.fsync

    for deadly in count(1):
        grow_to(size + deadly - 1)
        writes = count(1)

        def die_at_the_deadly_one(descriptor, writes=writes, deadly=deadly):
            if next(writes) == deadly:
                raise OSError("killed")
            synced(descriptor)

        monkeypatch.setattr(os, "fsync", die_at_the_deadly_one)
        died = False
        try:
            seal(folder, key)
        except OSError:
            died = True
        monkeypatch.setattr(os, "fsync", synced)

        published()
        seal(folder, key)
        assert published().size == size + deadly - 1
        if not died:
            break

    assert deadly > 5


def test_a_sealer_that_dies_before_the_signature_leaves_the_old_checkpoint(folder, key, published):
    make_entries(3)
    seal(folder, key)
    make_entries(2)
    extend(signed_log(folder, Checkpoint.objects.latest()), list(Entry.objects.filter(seq__gte=3).in_order()))

    assert published().size == 3
    make_entries(2)
    seal(folder, key)
    assert published().size == 7


def test_a_sealer_that_dies_after_the_signature_is_finished_by_the_next(folder, key, published):
    make_entries(3)
    seal(folder, key)
    entries = make_entries(2)
    sign(extend(signed_log(folder, Checkpoint.objects.latest()), entries), entries, key)

    assert published().size == 3
    assert seal(folder, key) is None
    assert published().size == 5


def test_lost_files_are_written_again_as_they_were(folder, key, published):
    for size in (3, 255, 300):
        grow_to(size)
        seal(folder, key)
    before = {path: path.read_bytes() for path in (folder / "tile").rglob("*") if path.is_file()}
    head = published()
    shutil.rmtree(folder / "tile")
    (folder / "checkpoint").unlink()

    seal(folder, key)

    assert published() == head
    assert {path: path.read_bytes() for path in (folder / "tile").rglob("*") if path.is_file()} == before


def test_lost_files_are_not_written_again_from_changed_entries(folder, key):
    make_entries(3)
    seal(folder, key)
    tamper("UPDATE ledger_entry SET body = '{}', leaf = sha256('\\x00'::bytea || '{}'::bytea) WHERE seq = 1")
    shutil.rmtree(folder / "tile")

    with pytest.raises(SealRefused, match="root that was signed at 3"):
        seal(folder, key)


def test_a_missing_entry_is_not_sealed_over(folder, key):
    make_entries(3)
    tamper("DELETE FROM ledger_task")
    tamper("DELETE FROM ledger_entry WHERE seq = 1")

    with pytest.raises(SealRefused, match="entry 1 is missing, the next is 2"):
        seal(folder, key)


def test_an_entry_that_is_not_its_leaf_is_not_sealed(folder, key):
    make_entries(3)
    tamper("ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_leaf")
    tamper("UPDATE ledger_entry SET body = '{}' WHERE seq = 2")

    with pytest.raises(SealRefused, match="entry 2 is not what its leaf hash says"):
        seal(folder, key)


@pytest.mark.parametrize("name", ["tile/0/000.p/3", "tile/entries/000.p/3"])
def test_damaged_files_are_not_signed_again(folder, key, name):
    make_entries(3)
    seal(folder, key)
    (folder / name).write_bytes(b"damaged")
    make_entry()

    with pytest.raises(SealRefused, match=r"damaged|other content"):
        seal(folder, key)
    assert Checkpoint.objects.count() == 1


def test_files_that_say_otherwise_are_not_signed_over(folder, key):
    make_entries(3)
    seal(folder, key)
    (folder / "tile/0/000.p/3").write_bytes(bytes(96))

    with pytest.raises(SealRefused, match="do not lead to the root"):
        seal(folder, key)


def test_a_database_older_than_what_the_public_has_seen_is_not_signed(folder, key, published):
    make_entries(3)
    old = seal(folder, key)
    make_entries(2)
    new = seal(folder, key)
    tamper("DELETE FROM ledger_checkpoint WHERE size = 5")

    with pytest.raises(SealRefused, match="the public has seen 5 entries"):
        seal(folder, key)
    assert (old.size, published().size) == (3, new.size)


def test_a_clock_that_went_back_is_not_signed(folder, key):
    make_entry()
    tamper("UPDATE ledger_entry SET recorded_at = recorded_at + %s", timedelta(minutes=5))

    with pytest.raises(SealRefused, match="the clock shows"):
        seal(folder, key)


@pytest.mark.django_db(transaction=True)
def test_a_second_sealer_does_nothing(folder, key):
    make_entries(3)
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(6963, 0)")
        assert seal(folder, key) is None
        cursor.execute("SELECT pg_advisory_unlock(6963, 0)")
    other.close()

    assert seal(folder, key).size == 3


@pytest.mark.django_db(transaction=True)
def test_an_act_under_way_is_sealed_when_it_is_committed_and_not_before(folder, key, published):
    make_entry()
    other = connection.copy()
    with transaction.atomic():
        make_entry()
        with other.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM ledger_entry")
            assert cursor.fetchone() == (1,), "nobody sees it before the commit"
    other.close()

    seal(folder, key)

    assert published().size == 2


def test_publishing_the_same_checkpoint_again_writes_nothing(folder, key):
    make_entry()
    checkpoint = seal(folder, key)
    before = (folder / "checkpoint").stat().st_mtime_ns

    publish(folder, checkpoint, key)

    assert (folder / "checkpoint").stat().st_mtime_ns == before


def test_the_command_makes_a_key_seals_and_says_what_it_did(settings, folder):
    make_entries(3)
    output = StringIO()

    call_command("seal", once=True, stdout=output)

    assert output.getvalue() == "1 new checkpoints\n"
    assert Checkpoint.objects.latest().size == 3
    assert (folder / "vkey").read_text(encoding="utf-8").startswith("test.example/ledger2026+")


def test_the_command_ends_with_an_error_if_it_must_not_sign(settings, folder, key):
    make_entries(3)
    seal(folder, key)
    settings.LEDGER_KEY_FILE.unlink()

    with pytest.raises(CommandError, match="was signed before"):
        call_command("seal", once=True)


@pytest.mark.django_db(transaction=True)
def test_the_process_seals_what_comes_until_it_is_told_to_stop(folder, published, monkeypatch):
    monkeypatch.setattr(process, "PAUSE", 0.05)
    stop = Event()

    def act():
        try:
            for size in (1, 2):
                make_entry()
                wait_for(lambda size=size: Checkpoint.objects.filter(size=size).exists())
        finally:
            stop.set()
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        acting = thread.submit(act)
        process.run(folder, stop)
        acting.result()

    assert published().size == 2


@pytest.mark.django_db(transaction=True)
def test_the_process_outlives_trouble(settings, folder, key, published, monkeypatch, caplog):
    monkeypatch.setattr(process, "PAUSE_AFTER_TROUBLE", 0.05)
    make_entry()
    seal(folder, key)
    make_entry()
    content = settings.LEDGER_KEY_FILE.read_bytes()
    settings.LEDGER_KEY_FILE.unlink()
    stop = Event()

    def bring_the_key_back():
        try:
            wait_for(lambda: "The ledger is not sealed" in caplog.text)
            write_atomically(settings.LEDGER_KEY_FILE, content)
            wait_for(lambda: Checkpoint.objects.filter(size=2).exists())
        finally:
            stop.set()
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        helping = thread.submit(bring_the_key_back)
        process.run(folder, stop)
        helping.result()

    assert published().size == 2


def wait_for(condition):
    for _ in range(1200):
        if condition():
            return
        time.sleep(0.05)
    pytest.fail("it did not happen within a minute")
