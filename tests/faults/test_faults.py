"""
The whole instance under faults. `FAULT_RUNS` says how many, `FAULT_SEED` draws the same ones again.

It is one program of its own, so that its servers can be killed without harm to the other tests.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUNS = int(os.environ.get("FAULT_RUNS", "200"))
SEED = os.environ.get("FAULT_SEED") or str(int.from_bytes(os.urandom(4), "big"))
OUTSIDE = ("DATABASE_", "BROKER_URL", "CACHE_URL", "DATA", "SECRET_KEY", "PYTEST_")

# Of two that are each a whole instance, one worker runs one after the other where pytest is asked for groups.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]


def run(*arguments):
    """Run the harness to its end, with its report on the terminal."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OUTSIDE)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_whatever_dies_no_act_is_lost_none_is_published_twice_and_the_record_is_whole(request):
    code, told = run("--runs", str(RUNS), "--seed", SEED)

    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        sys.stdout.write(f"\n{told}\n")
    assert code == 0, told
    assert f"{RUNS} runs," in told


def test_the_harness_notices_what_such_systems_commonly_do_wrong():
    code, told = run("--mutants", "--seed", SEED)

    assert code == 0, told
    assert told.count("✓") >= 8
