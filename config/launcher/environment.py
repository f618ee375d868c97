"""The virtual environment: made once, brought up to date when a lock file changes. Needs neither ensurepip nor uv."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from terminal import Failure, say

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
STAMP = VENV / "installed-locks"  # digests of the lock files whose packages are in it
REQUIREMENTS = ROOT / "requirements"
MEGABYTES_NEEDED = {"run": 700, "test": 1300}
PIP_OPTIONS = ("-q", "--disable-pip-version-check", "--no-warn-script-location")


def ensure_packages(purpose: str) -> None:
    """
    Make the virtual environment hold everything that ``purpose``, "run" or "test", needs.

    test.lock holds every line of run.lock, so an environment for tests is good for running too.

    :raises Failure: if the disk is full, there is no pip, or the packages cannot be had
    """
    with one_at_a_time():
        if digest(f"{purpose}.lock") in installed() and works():
            return
        started = time.monotonic()
        say("· 首次准备或依赖有更新：建立虚拟环境并安装依赖（通常不到一分钟）")
        make_room(purpose)
        if not works():
            create()
        install(REQUIREMENTS / f"{purpose}.lock")
        locks = ["run.lock"] if purpose == "run" else ["test.lock", "run.lock"]
        STAMP.write_text("".join(f"{digest(lock)}\n" for lock in locks))
        say(f"· 依赖就绪（{time.monotonic() - started:.0f} 秒）")


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait until no other launcher of this checkout is installing packages."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def digest(lock: str) -> str:
    return hashlib.sha256((REQUIREMENTS / lock).read_bytes()).hexdigest()


def installed() -> set[str]:
    return set(STAMP.read_text().split()) if STAMP.exists() else set()


def works() -> bool:
    """Tell whether the environment's own Python runs: the one it was made from may be gone or replaced since."""
    version_it_was_made_for = VENV / "lib" / "python{0}.{1}"
    code = f"import os, sys; sys.exit(not os.path.isdir({str(version_it_was_made_for)!r}.format(*sys.version_info)))"
    return PYTHON.exists() and succeeds(PYTHON, "-c", code)


def make_room(purpose: str) -> None:
    free = shutil.disk_usage(ROOT).free >> 20
    needed = MEGABYTES_NEEDED[purpose]
    if free < needed:
        raise Failure(f"磁盘只剩 {free} MB，安装依赖需要约 {needed} MB。", "清理磁盘后再试")


def create() -> None:
    """Debian splits ensurepip off into python3-venv; without it the environment is made bare."""
    shutil.rmtree(VENV, ignore_errors=True)
    if succeeds(sys.executable, "-m", "venv", VENV):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(VENV)], check=True)


def install(lock: Path) -> None:
    """uv takes seconds where pip takes a minute, but is only a speed-up: pip does the same if uv fails."""
    uv = find_uv()
    if uv and succeeds(uv, "pip", "install", "--system-certs", "--python", PYTHON, "--require-hashes", "-r", lock):
        return
    if subprocess.run([*pip(), "install", *PIP_OPTIONS, "--require-hashes", "-r", str(lock)], check=False).returncode:
        raise Failure("安装依赖失败，多半是网络问题。", "可换镜像再试：PIP_INDEX_URL=… UV_INDEX_URL=… make run")


def find_uv() -> str | None:
    """Return the path of uv, taken from its own lock file if the environment lacks it."""
    own = BIN / "uv"
    if own.exists():
        return str(own)
    if on_path := shutil.which("uv"):
        return on_path
    command = [*pip(), "install", *PIP_OPTIONS, "--require-hashes", "-r", REQUIREMENTS / "uv.lock"]
    return str(own) if succeeds(*command) else None


def pip() -> list[str]:
    """
    Return the command of a pip that installs into the environment.

    :raises Failure: if neither the environment nor this Python has one
    """
    if succeeds(PYTHON, "-m", "pip", "--version"):
        return [str(PYTHON), "-m", "pip"]
    if succeeds(sys.executable, "-m", "pip", "--version"):
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    raise Failure("这台机器的 Python 没有 pip。", "Debian、Ubuntu：apt install python3-venv")


def succeeds(*command: object) -> bool:
    return subprocess.run([str(part) for part in command], capture_output=True, check=False).returncode == 0


def wheel_folder(name: str) -> Path:
    """
    Return where a package lies in the environment.

    :raises Failure: if it is not there
    """
    for folder in VENV.glob(f"lib/python*/site-packages/{name}"):
        return folder
    raise Failure(f"虚拟环境里没有 {name}。", "删除 .venv 后再试一次")
