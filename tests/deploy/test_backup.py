"""A backup is good if it has been restored: by the scripts, into a new database, to a record that checks."""

import os
import shutil
import subprocess
import sys

import psycopg
import pytest

from tests.launcher.observing import ROOT

pytestmark = pytest.mark.slow

RECORD = """
import django
django.setup()
from datetime import UTC, datetime
from django.db import transaction
from ledger.operations import record
for number in range(3):
    with transaction.atomic():
        at = datetime.now(UTC)
        record("notice.issued", subject=f"project/{number}", actor=None, at=at, facts={}, key=f"n:{number}")
"""


class Instance:
    """An instance to save and restore: its database's roles and its folder."""

    def __init__(self, database, data):
        self.database, self.data = database, data

    def run(self, role, *command):
        environment = {
            "PATH": f"{self.database.programs}{os.pathsep}{os.environ['PATH']}",
            "DATABASE_URL": self.database.url(role),
            "DATA": str(self.data),
            "BACKUPS": str(self.data.parent / "backups"),
            "SECRET_KEY": "a-key-for-the-tests-of-the-backup-only-0123456789",
            "LEDGER_KEY_FILE": str(self.data.parent / "ledger.key"),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        command = [str(part) for part in command]
        return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)

    def manage(self, role, *arguments):
        done = self.run(role, sys.executable, "manage.py", *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def backup(self):
        done = self.run("tracker_owner", ROOT / "deploy" / "backup.sh")
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def restore(self, backup):
        return self.run("tracker_owner", ROOT / "deploy" / "restore.sh", backup)


@pytest.fixture(scope="module")
def saved(database, tmp_path_factory):
    """An instance with three sealed entries and a document, and its backup."""
    folder = tmp_path_factory.mktemp("instance")
    (folder / "backups").mkdir()
    instance = Instance(database, folder / "data")
    instance.manage("tracker_owner", "migrate", "--verbosity", "0")
    done = instance.run("tracker_app", sys.executable, "-c", RECORD)
    assert done.returncode == 0, done.stderr
    instance.manage("tracker_sealer", "seal", "--once")
    (instance.data / "media").mkdir()
    (instance.data / "media" / "plan.pdf").write_bytes(b"%PDF")
    return instance, instance.backup()


@pytest.fixture
def empty(saved, tmp_path):
    """An empty database in the place of the saved one, which is put aside, and an empty folder."""
    instance, _ = saved
    database = instance.database
    shutil.copy(instance.data.parent / "ledger.key", tmp_path)  # it comes from its own safe place, not from the backup
    move(database, "tracker", "aside")
    database.apply_roles()
    yield Instance(database, tmp_path / "data")
    database.psql("-c", "DROP DATABASE tracker WITH (FORCE)")
    move(database, "aside", "tracker")


def move(database, old, new):
    done = database.psql("-c", f"ALTER DATABASE {old} RENAME TO {new}")
    assert done.returncode == 0, done.stderr


def test_what_was_saved_is_restored_and_checks(saved, empty):
    _, backup = saved
    (empty.data / "public" / "ledger").mkdir(parents=True)  # as the declared folders leave it

    done = empty.restore(backup)

    assert done.returncode == 0, done.stderr
    assert (empty.data / "media" / "plan.pdf").read_bytes() == b"%PDF"
    assert "Sealed 3" in empty.manage("tracker_app", "check_ledger")


def test_a_restored_ledger_still_refuses_to_be_changed(saved, empty):
    _, backup = saved
    empty.restore(backup)

    for role in ("tracker_app", "tracker_owner"):
        with psycopg.connect(empty.database.url(role)) as connection, pytest.raises(psycopg.Error):
            connection.execute("DELETE FROM ledger_entry")


def test_nothing_is_restored_over_what_is_there(saved):
    instance, backup = saved

    done = instance.restore(backup)

    assert done.returncode == 1
    assert "restore into an empty one" in done.stderr


def test_a_damaged_backup_is_refused(saved, empty, tmp_path):
    _, backup = saved
    damaged = shutil.copytree(backup, tmp_path / "damaged")
    with (damaged / "database.dump").open("r+b") as dump:
        dump.seek(1000)
        dump.write(b"damaged")

    assert empty.restore(damaged).returncode != 0
    assert not empty.data.exists()


def test_the_key_of_the_ledger_is_in_no_backup(saved):
    _, backup = saved
    files = subprocess.run(["tar", "-tzf", f"{backup}/files.tar.gz"], capture_output=True, text=True, check=True).stdout

    assert "public/ledger/checkpoint" in files
    assert ".key" not in files


def test_old_backups_make_room_for_new_ones(saved, tmp_path):
    instance, _ = saved
    backups = instance.data.parent / "backups"
    for day in range(10, 30):
        (backups / f"tracker-202601{day}T000000Z").mkdir()

    newest = instance.backup()

    names = sorted(folder.name for folder in backups.iterdir())
    assert len(names) == 14
    assert names[-1] in newest
