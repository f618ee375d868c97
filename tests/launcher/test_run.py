"""`make run` as a newcomer does it: a whole life in one test, for each start takes its time."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from database import free_port, remove_cluster
from instance import Instance
from tests.launcher.observing import LAUNCHER, ROOT, command_of, descendants, gone, hear_interrupts, wait_for
from tests.ports import lasting_port

pytestmark = pytest.mark.slow
READY = re.compile(r"公众首页\s+(http://127\.0\.0\.1:\d+)/")
# What a launcher under `make test` hands down and one of a newcomer's would not have
OUTSIDE = {
    "STOP_WITH_PARENT",
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "DATABASE_SEALER_URL",
    "BROKER_URL",
    "CACHE_URL",
    "SECRET_KEY",
    "DEMO",
}
WITNESS = "— demo.localhost/witness "  # how its signatures begin
COUNT = "import django; django.setup(); from tenders.models import Project; print(Project.objects.count())"


class Run:
    """A running `make run` on a folder of data."""

    def __init__(self, data, port):
        inherited = {name: value for name, value in os.environ.items() if name not in OUTSIDE}
        self.environment = inherited | {
            "DATA": str(data),
            "PORT": str(port),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        self.process = self.launcher("run")
        self.said, self.processes = "", {}
        while not READY.search(self.said):
            line = self.process.stdout.readline()
            if not line:
                code = self.end(signal.SIGTERM)
                pytest.fail(f"it ended with {code}: {self.said}")
            self.said += line
        self.address = READY.search(self.said)[1]
        while "make clean" not in self.said:
            self.said += self.process.stdout.readline()

    def launcher(self, *arguments):
        command = [sys.executable, str(LAUNCHER), *arguments]
        pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        return subprocess.Popen(command, env=self.environment, cwd=ROOT, preexec_fn=hear_interrupts, **pipe)

    def said_by(self, *arguments):
        """Run another command of the launcher beside it. Return its code and what it said."""
        process = self.launcher(*arguments)
        said, _ = process.communicate(timeout=180)
        return process.returncode, said.strip()

    def get(self, path):
        with urllib.request.urlopen(f"{self.address}{path}", timeout=60) as answer:
            return answer.read().decode()

    def answers(self):
        try:
            return bool(self.get("/healthz"))
        except OSError:
            return False

    def web_processes(self):
        return [pid for pid in descendants(self.process.pid) if b"granian" in command_of(pid)]

    def end(self, number):
        """End it by a signal and see that nothing runs on. Return the code."""
        self.processes |= descendants(self.process.pid)
        self.process.send_signal(number)
        said, _ = self.process.communicate(timeout=180)
        self.said += said
        wait_for(lambda: all(gone(pid, born) for pid, born in self.processes.items()), seconds=120)
        return self.process.returncode


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run") / "data"
    yield folder
    remove_cluster(Instance(folder))
    shutil.rmtree(folder, ignore_errors=True)


def test_a_newcomer_starts_uses_kills_and_starts_again(data):
    first = Run(data, lasting_port())
    try:
        assert (data / "demo-accounts.txt").read_text().strip() in first.said
        assert '"ready": true' in first.get("/readyz")
        wait_for(lambda: WITNESS in first.get("/ledger/checkpoint"), seconds=120)
        projects = first.said_by("exec", "--", "python", "-c", COUNT)
        assert projects[0] == 0
        assert int(projects[1]) > 0
        assert first.said_by("run") == (0, f"已经在运行：{first.address}/")
        assert "正在运行，不予删除" in first.said_by("clean")[1]

        for pid in first.web_processes():
            os.kill(pid, signal.SIGKILL)
        wait_for(first.answers, seconds=120)
    finally:
        first.end(signal.SIGKILL)

    second = Run(data, lasting_port())
    try:
        assert second.said_by("exec", "--", "python", "-c", COUNT) == projects, "the demonstration was played again"
    finally:
        code = second.end(signal.SIGINT)
    assert code == 0
    assert "已停止" in second.said
    assert "没有在运行" in second.said_by("exec", "--", "true")[1]


def test_a_taken_port_gives_way_to_the_next_free_one():
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = server.getsockname()[1]

        assert taken < free_port(taken) <= taken + 50
