"""`check`: style, types, layers, migrations, and the deployment files, each by its own tool."""

import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from environment import BIN, PYTHON, ROOT, ensure_packages
from processes import stop_signals
from staging import find_tool, stage_gixy, stage_nginx, stage_systemd
from terminal import say
from trials import trial_environment

DEPLOY = ROOT / "deploy"
COMPOSE = (BIN / "docker-compose", "-f", DEPLOY / "compose.yaml", "--env-file", DEPLOY / ".env.example")


@dataclass(frozen=True)
class Check:
    """A command that must end with 0. ``command`` may first lay out what it looks at in the folder given to it."""

    name: str
    command: Callable[[Path], list[str]]
    tool: str = ""  # a program that the machine may lack
    package: str = ""  # the Debian package that has it


def plain(name: str, *command: object) -> Check:
    return Check(name, lambda _: [str(part) for part in command])


CHECKS = (
    plain("ruff check", BIN / "ruff", "check", "--quiet"),
    plain("ruff format", BIN / "ruff", "format", "--check", "--quiet"),
    plain("mypy", BIN / "mypy"),
    plain("lint-imports", BIN / "lint-imports", "--no-cache"),
    plain("migrations", PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"),
    plain("system checks", PYTHON, "manage.py", "check", "--fail-level", "WARNING"),
    plain("vendored files", PYTHON, ROOT / "config" / "launcher" / "vendored.py"),
    Check("nginx", stage_nginx, tool="nginx", package="nginx-light"),
    Check("nginx security", stage_gixy),
    Check("systemd", stage_systemd, tool="systemd-analyze", package="systemd"),
    plain(
        "compose",
        BIN / "docker-compose",
        "-f",
        DEPLOY / "compose.yaml",
        "--env-file",
        DEPLOY / ".env.example",
        "config",
        "-q",
    ),
    plain("Dockerfile", BIN / "hadolint", DEPLOY / "Dockerfile"),
    plain("shell scripts", "bash", "-n", DEPLOY / "backup.sh", DEPLOY / "restore.sh"),
)


def check(arguments: list[str]) -> int:
    """Run every check, or those whose names begin with an argument, and tell which failed. Return 1 if any did."""
    chosen = [c for c in CHECKS if not arguments or any(c.name.startswith(a) for a in arguments)]
    with stop_signals():
        ensure_packages("test")
        with trial_environment(fast=True) as environment:
            failed = [c.name for c in chosen if not passes(c, environment)]
    say(f"✗ {len(failed)} / {len(chosen)}：{'、'.join(failed)}" if failed else f"✓ {len(chosen)} 项检查全部通过")
    return 1 if failed else 0


def passes(check: Check, environment: dict[str, str]) -> bool:
    """Run one check and show what it printed if it fails. A missing tool fails in CI only."""
    if check.tool and not find_tool(check.tool):
        must_have = bool(os.environ.get("CI"))
        say(f"{'✗' if must_have else '-'} {check.name}：没有 {check.tool}（apt install {check.package}）")
        return not must_have
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="tracker-check-") as folder:
        done = subprocess.run(
            check.command(Path(folder)), env=environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
    say(f"{'✗' if done.returncode else '✓'} {check.name}（{time.monotonic() - started:.1f} 秒）")
    if done.returncode:
        say(f"{done.stdout}{done.stderr}")
    return done.returncode == 0
