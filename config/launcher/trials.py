"""`test` and `bench`: the same engines in a folder that is thrown away."""

import contextlib
import os
import shutil
from collections.abc import Iterator

from database import remove_cluster
from engines import as_role, start_engines
from environment import PYTHON, ROOT, ensure_packages
from instance import throw_away
from processes import Children, run_step, stop_signals
from terminal import Failure

EVERYWHERE = ["-n", "auto", "--dist", "worksteal"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def test(arguments: list[str]) -> int:
    """
    Run pytest with the arguments given, or all tests on all cores, and return its code.

    :raises Failure: in CI, if there is no browser for the tests that need one
    """
    if os.environ.get("CI") and not any(map(shutil.which, BROWSERS)):
        raise Failure("CI 必须有 Chromium，浏览器测试不得跳过。", "apt install chromium")
    with stop_signals():
        ensure_packages("test")
        with trial_environment(fast=True) as environment:
            return run_step([str(PYTHON), "-m", "pytest", *(arguments or EVERYWHERE)], environment, ROOT)


def bench(arguments: list[str]) -> int:
    """Run the benchmarks, with writes as safe as in production."""
    with stop_signals():
        ensure_packages("test")
        with trial_environment(fast=False) as environment:
            return run_step([str(PYTHON), "-m", "benchmarks", *arguments], environment, ROOT)


@contextlib.contextmanager
def trial_environment(*, fast: bool) -> Iterator[dict[str, str]]:
    """
    The environment of a throw-away instance with running engines.

    DATABASE_URL is the superuser's: tests create databases, and try triggers that must stop even him.
    DATABASE_APP_URL, DATABASE_OWNER_URL and DATABASE_SEALER_URL name the real roles.
    """
    with throw_away() as instance:
        children = Children(instance.logs)
        try:
            environment = start_engines(instance, children, fast=fast)
            roles = {name: environment[name] for name in ("DATABASE_OWNER_URL", "DATABASE_SEALER_URL")}
            roles["DATABASE_APP_URL"] = environment["DATABASE_URL"]
            yield {**as_role(environment, "SUPERUSER"), **roles, "TEST_TMP": str(instance.folder)}
        finally:
            children.stop()
            remove_cluster(instance)
