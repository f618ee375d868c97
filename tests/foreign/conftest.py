"""A demo record as bytes, and programs by others that judge its proofs."""

import fcntl
import os
import shutil
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from subprocess import CalledProcessError

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from ledger import merkle
from ledger.models import Entry
from ledger.tiles import WIDTH
from tests.foreign import judges
from tests.ledger.making import make_many

HERE = Path(__file__).parent
INSTALLED = HERE / ".installed"


@pytest.fixture(scope="session")
def bodies(django_db_setup, django_db_blocker, tmp_path_factory):
    """
    The entries of the whole demo, as often continued as is needed to pass a full tile. The database is as before.

    Made once for all tests, so outside of the fixtures that give each test a database of its own.
    """
    before = settings.DEMO, settings.DATA
    settings.DEMO, settings.DATA = True, tmp_path_factory.mktemp("demo")
    outer = transaction.atomic()
    outer._from_testcase = True  # as Django's own tests do: the acts inside may be durable
    try:
        with django_db_blocker.unblock(), outer:
            call_command("demo", verbosity=0)
            make_many(max(0, WIDTH + 45 - Entry.objects.count()))
            found = [bytes(body) for body in Entry.objects.in_order().values_list("body", flat=True)]
            transaction.set_rollback(True)
    finally:
        settings.DEMO, settings.DATA = before
    return found


@pytest.fixture(scope="session")
def leaves(bodies):
    return [merkle.leaf_hash(body) for body in bodies]


@pytest.fixture(scope="session")
def by_leaf(bodies):
    return {merkle.leaf_hash(body): body for body in bodies}


@pytest.fixture(scope="session")
def go_program():
    if not (shutil.which("go") and Path(judges.SUMDB_SOURCE, "src/golang.org/x/mod/sumdb").is_dir()):
        _missing("golang-go and golang-golang-x-mod-dev are not installed")
    with _made_once("go", "sumdb/main.go", "judges.py") as (folder, is_new):
        return judges.build_go(folder) if is_new else folder / "sumdb"


@pytest.fixture(scope="session")
def packages():
    """A folder with the Python packages by others."""
    try:
        with _made_once("python", "requirements.txt") as (folder, is_new):
            if is_new:
                judges.install(folder)
    except CalledProcessError:
        _missing("the packages of tests/foreign/requirements.txt cannot be had")
    return folder


@contextmanager
def _made_once(name, *sources):
    """Give a folder, and whether it has yet to be filled: when a source has changed. One process at a time."""
    stamp = sha256(b"".join((HERE / source).read_bytes() for source in sources)).hexdigest()[:16]
    folder = INSTALLED / f"{name}-{stamp}"
    INSTALLED.mkdir(exist_ok=True)
    with (INSTALLED / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        is_new = not folder.exists()
        folder.mkdir(exist_ok=True)
        try:
            yield folder, is_new
        except BaseException:
            shutil.rmtree(folder)
            raise


def _missing(what):
    """Skip a test for want of a program, but never in CI."""
    if "CI" in os.environ:
        pytest.fail(what)
    pytest.skip(what)
