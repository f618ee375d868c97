import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from processes import Children, Program
from terminal import Failure
from tests.launcher.observing import LAUNCHER, gone, start_of, wait_for


@pytest.fixture
def children(tmp_path):
    children = Children(tmp_path)
    yield children
    children.stop()


def shell(name, script, **options):
    return Program(name, ["/bin/sh", "-c", script], {"PATH": os.defpath}, folder=Path("/"), **options)


def tend_until(children, condition):
    def tended():
        children.tend()
        return condition()

    wait_for(tended)


def test_what_a_program_prints_goes_to_its_log(children):
    children.start(shell("web", "echo out; echo err >&2"))

    wait_for(lambda: children.tail("web") == "out\nerr")


def test_a_program_that_dies_is_started_again(children, tmp_path):
    children.start(shell("worker", "echo started; sleep 0.1; exit 3"))

    tend_until(children, lambda: children.tail("worker").count("started") == 2)


def test_a_program_that_keeps_dying_is_started_ever_more_rarely(children):
    children.start(shell("worker", "exit 3"))

    tend_until(children, lambda: children.children[0].pause == 2)
    child = children.children[0]
    assert child.due - child.started >= 2


def test_when_an_essential_program_dies_all_is_to_stop(children):
    children.start(shell("postgres", "exit 1", essential=True))

    with pytest.raises(Failure, match="postgres 退出了（1）"):
        tend_until(children, lambda: False)


def test_stopping_leaves_no_grandchildren(children, tmp_path):
    children.start(shell("worker", "sleep 1000 & echo $!; trap 'exit 0' TERM; wait"))
    wait_for(lambda: children.tail("worker"))
    grandchild = int(children.tail("worker"))

    children.stop()

    wait_for(lambda: gone(grandchild))


def test_who_does_not_stop_in_his_grace_is_killed(children):
    children.start(shell("worker", "trap '' TERM; echo deaf; while true; do sleep 1; done", grace=0.2))
    wait_for(lambda: children.tail("worker"))
    pid = children.children[0].process.pid

    children.stop()

    assert gone(pid)


def test_engines_stop_after_the_programs_that_use_them(children, tmp_path):
    order = tmp_path / "order"
    say_on_term = "trap 'echo {0} >> {1}; exit' TERM; echo up; while true; do sleep 0.05; done"
    children.start(shell("valkey", say_on_term.format("engine", order), engine=True))
    children.start(shell("web", say_on_term.format("program", order)))
    wait_for(lambda: children.tail("valkey") and children.tail("web"))

    children.stop()

    assert order.read_text().split() == ["program", "engine"]


def test_children_die_with_a_launcher_that_is_killed(tmp_path):
    script = f"""
import os, sys, time
from pathlib import Path
sys.path.insert(0, {str(LAUNCHER)!r})
from processes import Children, Program
children = Children(Path({str(tmp_path)!r}))
children.start(Program("web", ["/bin/sleep", "1000"], dict(os.environ), folder=Path("/")))
print(children.children[0].process.pid, flush=True)
time.sleep(1000)
"""
    launcher = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    child = int(launcher.stdout.readline())
    born = start_of(child)

    launcher.send_signal(signal.SIGKILL)
    launcher.communicate()

    wait_for(lambda: gone(child, born))
