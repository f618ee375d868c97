"""The full check runs by itself, beside the sealing, and its result is public."""

import json
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ledger import hourly
from ledger.hourly import HourlyCheck
from ledger.results import last_result
from ledger.sealer import seal
from tests.ledger.making import make_entries, run_sql
from tests.ledger.test_sealer import tamper


@pytest.fixture
def started(monkeypatch):
    """What the sealer would start; in its place a program that ends with a code."""
    commands, codes, start = [], [0], subprocess.Popen

    def instead(command, **options):
        commands.append(command[1:])
        return start([sys.executable, "-c", f"import sys; sys.exit({codes[-1]})"])

    monkeypatch.setattr(hourly.subprocess, "Popen", instead)
    instead.commands, instead.codes = commands, codes
    return instead


def test_it_is_started_at_once_and_again_after_an_hour_never_twice_at_a_time(started, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(hourly.time, "monotonic", lambda: now[0])
    check = HourlyCheck()

    check.tend()
    check.process.wait()
    check.tend()
    assert started.commands == [["manage.py", "check_ledger", "--publish"]]
    now[0] += hourly.EVERY
    check.tend()
    assert len(started.commands) == 2
    check.stop()


def test_a_check_that_fails_is_said_in_the_log(started, caplog):
    started.codes.append(1)
    check = HourlyCheck()
    check.tend()
    check.process.wait()

    check.tend()

    assert "The check of the whole record failed" in caplog.text
    check.stop()


@pytest.mark.django_db
def test_the_command_publishes_what_it_found(folder, key):
    make_entries(3)
    seal(folder, key)
    call_command("check_ledger", publish=True, stdout=StringIO())
    assert (last_result(folder).size, last_result(folder).problems) == (3, 0)

    tamper("DELETE FROM ledger_task")
    tamper("DELETE FROM ledger_entry WHERE seq = 1")
    with pytest.raises(CommandError):
        call_command("check_ledger", publish=True, stdout=StringIO())

    told = json.loads((folder / "check.json").read_bytes())
    assert "第 1 条缺失" in [problem["zh"] for problem in told["problems"]]
    assert last_result(folder).problems == told["problem_count"]
    run_sql("SET CONSTRAINTS ALL IMMEDIATE")


def test_before_the_first_check_there_is_no_result(tmp_path):
    assert last_result(tmp_path) is None
