"""
The whole instance under faults. `FAULT_RUNS` says how many, `FAULT_SEED` draws the same ones again.

It is one program of its own, so that its servers can be killed without harm to the other tests.
"""

import faulthandler
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUNS = int(os.environ.get("FAULT_RUNS", "200"))
SEED = os.environ.get("FAULT_SEED") or str(int.from_bytes(os.urandom(4), "big"))
MUTANTS = 8
OUTSIDE = ("DATABASE_", "BROKER_URL", "CACHE_URL", "DATA", "SECRET_KEY", "PYTEST_")

pytestmark = pytest.mark.slow


def test_whatever_dies_no_act_is_lost_none_is_published_twice_and_the_record_is_whole(request):
    """In the same instance, at its end, the invariants have to notice what such systems commonly do wrong."""
    faulthandler.cancel_dump_traceback_later()  # it takes longer than a test that hangs
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OUTSIDE)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", "--runs", str(RUNS), "--seed", SEED, "--mutants"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )

    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        sys.stdout.write(f"\n{done.stdout}\n")
    assert done.returncode == 0, done.stdout
    assert f"{RUNS} runs," in done.stdout
    assert f"{MUTANTS} mutants, 0 missed" in done.stdout
