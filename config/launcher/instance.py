"""An instance is a folder, DATA: the secrets, the clusters, the logs and what the application writes."""

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from environment import ROOT
from terminal import Failure

SECRETS = ("secret_key", "postgres", "tracker_owner", "tracker_app", "tracker_sealer", "valkey")
THROW_AWAY = "tracker-trial-"


@dataclass(frozen=True)
class Instance:
    folder: Path

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def running_file(self) -> Path:
        """Holds the environment of the processes while they run; readable by the owner only."""
        return self.folder / "secrets" / "running.json"

    @property
    def key(self) -> str:
        """A short name for this folder, for what must lie elsewhere."""
        return hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]

    def prepare(self) -> None:
        """Make the folder, once. Its secrets are made by who holds it."""
        # As root, the database runs as another user, who must be able to pass through.
        self.folder.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        self.logs.mkdir(exist_ok=True)
        (self.folder / "secrets").mkdir(mode=0o700, exist_ok=True)

    def make_secrets(self) -> None:
        """Make what is missing. A secret once made stays: the cluster knows it."""
        for name in SECRETS:
            file = self.secret_file(name)
            if not file.exists():
                file.touch(mode=0o600)
                file.write_text(secrets.token_urlsafe(48))

    def secret_file(self, name: str) -> Path:
        return self.folder / "secrets" / name

    def secret(self, name: str) -> str:
        return self.secret_file(name).read_text()

    def remember(self, environment: dict[str, str]) -> None:
        """Let `exec` and a second `run` know the running instance."""
        self.running_file.touch(mode=0o600)
        self.running_file.write_text(json.dumps(environment))

    def forget(self) -> None:
        self.running_file.unlink(missing_ok=True)

    def remembered(self) -> dict[str, str]:
        """Return the environment of the running instance, or nothing while it is still starting."""
        try:
            return dict(json.loads(self.running_file.read_text()))
        except (FileNotFoundError, json.JSONDecodeError):
            return {}

    def hold(self) -> IO[str] | None:
        """
        Take hold of the instance, if no other launcher has it.

        :returns: a file to close at the end; the lock goes with the process, however that ends
        """
        file = (self.folder / "instance.lock").open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return None
        return file

    def is_held(self) -> bool:
        """
        Tell whether a launcher is running this instance.

        :raises FileNotFoundError: if the folder is no instance
        """
        if not (self.folder / "instance.lock").exists():
            raise FileNotFoundError(self.folder)
        if held := self.hold():
            held.close()
        return held is None


def named_by_environment() -> Instance:
    """Return the instance that DATA names; a relative path is one below the checkout."""
    return Instance((ROOT / os.environ.get("DATA", ".data")).resolve())


@contextlib.contextmanager
def throw_away() -> Iterator[Instance]:
    """An instance in a temporary folder, removed at the end, as are those of launchers that were killed."""
    sweep()
    instance = Instance(Path(tempfile.mkdtemp(prefix=THROW_AWAY)).resolve())
    instance.folder.chmod(0o711)
    try:
        instance.prepare()
        with instance.hold() or contextlib.nullcontext():
            instance.make_secrets()
            yield instance
    finally:
        shutil.rmtree(instance.folder, ignore_errors=True)


def sweep() -> None:
    a_minute_ago = time.time() - 60  # a younger one may not be locked yet
    for folder in Path(tempfile.gettempdir()).glob(f"{THROW_AWAY}*"):
        with contextlib.suppress(OSError):
            status = folder.stat()
            ours = status.st_uid == os.geteuid() and status.st_mtime < a_minute_ago
            if ours and not Instance(folder).is_held():
                shutil.rmtree(folder)


def refuse_unless_instance(instance: Instance) -> None:
    """
    Guard a deletion.

    :raises Failure: if the folder was not made by the launcher, or a launcher is running it
    """
    try:
        held = instance.is_held()
    except FileNotFoundError:
        raise Failure(f"{instance.folder} 不是本系统的数据目录，不予删除。") from None
    if held:
        raise Failure(f"{instance.folder} 正在运行，不予删除。", "先在运行它的终端按 Ctrl-C")
