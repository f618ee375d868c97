from collections.abc import Iterator

import pytest
import urllib3
from django.db import connection

from accounts.models import Organisation, User
from ledger import witnesses, witnessing
from ledger.keys import publish_verifier, signing_key
from tests.ledger.making import SQL
from tests.ledger.witnessing import RunningWitness

ROLES = ("tracker_app", "tracker_sealer")


@pytest.fixture
def folder(settings, tmp_path):
    """The folder that is served as ``/ledger/``."""
    settings.PUBLIC_ROOT = tmp_path / "public"
    settings.LEDGER_KEY_FILE = tmp_path / "keys" / "ledger.key"
    settings.LEDGER_ORIGIN = "test.example/ledger2026"
    return settings.PUBLIC_ROOT / "ledger"


@pytest.fixture
def key(settings, folder):
    key = signing_key(settings.LEDGER_KEY_FILE, settings.LEDGER_ORIGIN, signed_before=False)
    publish_verifier(folder, key)
    return key


@pytest.fixture
def patient(monkeypatch) -> None:
    """A witness that is there may take its time: the machine may be busy, and the disk too."""
    monkeypatch.setattr(witnesses, "_pool", urllib3.PoolManager(timeout=60.0, retries=False, maxsize=4))
    monkeypatch.setattr(witnessing, "PATIENCE", 90.0)


@pytest.fixture
def witness(settings, tmp_path, key, patient) -> Iterator["RunningWitness"]:
    """A witness of its own that knows the log, asked by the sealer of the test."""
    running = RunningWitness(tmp_path / "witness", key)
    settings.WITNESSES = f"纪委 {running.vkey} {running.url}"
    yield running
    running.stop()


@pytest.fixture
def manager(db) -> User:
    bureau = Organisation.objects.create(name="某县民政局", kind=Organisation.Kind.BUREAU)
    return User.objects.create(username="wang", name="王五", role=User.Role.MANAGER, organisation=bureau)


@pytest.fixture
def roles(db) -> Iterator[None]:
    """The roles as after deploy/roles.sql: the application may do everything that is not taken from it."""
    with connection.cursor() as cursor:
        for role in ROLES:
            cursor.execute(
                f"DO $$ BEGIN CREATE ROLE {role} NOLOGIN;"
                "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
            )
        cursor.execute("GRANT USAGE ON SCHEMA public TO tracker_app, tracker_sealer")
        cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO tracker_app")
        for name in ("grants.sql", "cosignature_grants.sql"):
            cursor.execute((SQL / name).read_text(encoding="utf-8"))
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
