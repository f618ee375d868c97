"""Child processes: they never outlive the launcher, are stopped in order, and are started again if they die."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from terminal import Failure, say

PR_SET_PDEATHSIG = 1  # linux/prctl.h
PRIVATE_FILES = 0o027  # umask: what the application writes is not for every user of the machine
LOG_BYTES_KEPT = 10_000_000
LONGEST_PAUSE = 30.0  # seconds between two starts of a program that keeps dying
STEADY = 60.0  # seconds after which a program counts as healthy again


@dataclass(frozen=True)
class Program:
    """A long-running program and how it wishes to be stopped."""

    name: str
    command: list[str]
    environment: dict[str, str]
    folder: Path
    user: tuple[int, int] | None = None  # uid and gid to run as; None: as the launcher
    stop_signal: signal.Signals = signal.SIGTERM
    grace: float = 10.0  # seconds from the stop signal to SIGKILL
    engine: bool = False  # stopped after the programs that use it
    essential: bool = False  # nothing can go on without it, and starting it again would hide the damage


@dataclass
class Child:
    """A started program. ``pause`` is how long the next start would wait, ``due`` when it is to happen."""

    program: Program
    process: subprocess.Popen[bytes]
    started: float = field(default_factory=time.monotonic)
    pause: float = 0.5
    due: float | None = None


class Children:
    """The programs of one launcher, with their logs in ``logs``."""

    def __init__(self, logs: Path):
        self.logs = logs
        self.children: list[Child] = []

    def start(self, program: Program) -> None:
        self.children.append(Child(program, self.launch(program)))

    def launch(self, program: Program) -> subprocess.Popen[bytes]:
        uid, gid = program.user or (None, None)
        with self.log_file(program.name).open("ab") as log:
            return subprocess.Popen(
                program.command,
                env=program.environment,
                cwd=program.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches the launcher alone, which stops them in order
                umask=PRIVATE_FILES,
                user=uid,
                group=gid,
                extra_groups=[] if program.user else None,
                preexec_fn=die_with_parent(program.stop_signal),  # noqa: PLW1509, there are no threads
            )

    def log_file(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def tail(self, name: str, lines: int = 15) -> str:
        with contextlib.suppress(FileNotFoundError):
            return "\n".join(self.log_file(name).read_text(errors="replace").splitlines()[-lines:])
        return ""

    def alive(self, name: str) -> bool:
        return any(c.program.name == name and c.process.poll() is None for c in self.children)

    def tend(self) -> None:
        """
        Start again what has died, each time after a longer pause. To be called every second or so.

        :raises Failure: if an essential program has died
        """
        for child in self.children:
            if child.process.poll() is not None:
                self.revive(child)

    def revive(self, child: Child) -> None:
        program, now = child.program, time.monotonic()
        log = self.log_file(program.name)
        died = f"{program.name} 退出了（{child.process.returncode}）"
        if program.essential:
            raise Failure(f"{died}，全部停止。", f"看 {log}")
        if child.due is None:
            kill_group(child.process)
            child.pause = 1.0 if now - child.started > STEADY else min(child.pause * 2, LONGEST_PAUSE)
            child.due = now + child.pause
            say(f"· {died}，{child.pause:.0f} 秒后重新启动；日志 {log}")
        elif now >= child.due:
            child.process, child.started, child.due = self.launch(program), now, None

    def stop(self) -> None:
        """Stop the programs together, then the engines one by one, the last started first."""
        end([c for c in self.children if not c.program.engine])
        for child in reversed([c for c in self.children if c.program.engine]):
            end([child])
        self.children.clear()


def end(children: list[Child]) -> None:
    """Ask all to stop, give each its grace, and leave none of their own children behind."""
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            child.process.send_signal(child.program.stop_signal)
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.process.wait(child.program.grace)
        kill_group(child.process)
        child.process.wait()


def kill_group(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def load_prctl() -> Callable[..., int] | None:
    """Linux only. Looked up before any fork: a child that runs as another user may not be able to read our Python."""
    if sys.platform != "linux":
        return None
    return ctypes.CDLL(None).prctl


prctl = load_prctl()


def die_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    """Return what a new child has to call so that it gets ``number`` when the launcher dies, even by kill -9."""
    if prctl is None:
        return None
    call, launcher = prctl, os.getpid()

    def arrange() -> None:
        call(PR_SET_PDEATHSIG, int(number))
        if os.getppid() != launcher:  # it died before the call
            os.kill(os.getpid(), number)

    return arrange


def stop_with_parent() -> None:
    """Let the launcher itself end in order when its parent dies: under `make run`, make may be killed."""
    if prctl is not None:
        prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM))


def run_step(command: list[str], environment: dict[str, str], folder: Path, *, umask: int = -1) -> int:
    """Run a short program to its end, with its output on the terminal, and return its code."""
    die = die_with_parent(signal.SIGTERM)
    done = subprocess.run(
        command,
        env=environment,
        cwd=folder,
        check=False,
        umask=umask,
        preexec_fn=die,
    )
    return done.returncode


def rotate_logs(logs: Path) -> None:
    for log in logs.glob("*.log"):
        if log.stat().st_size > LOG_BYTES_KEPT:
            log.replace(log.with_suffix(".log.1"))


@contextlib.contextmanager
def stop_signals() -> Iterator[None]:
    """
    Within this block the first Ctrl-C, SIGTERM or SIGHUP raises ``SystemExit(0)``; later ones are ignored.

    So the clean-up in a ``finally`` runs once, undisturbed. What nohup or a background shell ignores stays ignored.
    """
    wanted = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    numbers = [n for n in wanted if signal.getsignal(n) is not signal.SIG_IGN]

    def leave(number: int, frame: object) -> None:
        for n in numbers:
            signal.signal(n, signal.SIG_IGN)
        raise SystemExit(0)

    before = {n: signal.signal(n, leave) for n in numbers}
    try:
        yield
    finally:
        for n, handler in before.items():
            signal.signal(n, handler)
