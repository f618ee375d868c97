"""A throw-away instance with everything that `make run` starts, and a hand on each process. Needs no Django."""

import contextlib
import os
import signal
import subprocess
import time

from application import ask as look_at
from application import start_application
from database import remove_cluster
from engines import as_role, start_engines
from environment import PYTHON, ROOT
from instance import throw_away
from processes import Children
from tests.faults.far_side import MAIL_SERVER
from tests.launcher.observing import descendants
from tests.ports import lasting_port

OUTSIDE = ("DATABASE_URL", "BROKER_URL", "CACHE_URL", "DATABASE_OWNER_URL", "DATABASE_SEALER_URL", "DATABASE_APP_URL")
# The same machinery with shorter patience, so that a run takes seconds.
SHORT = {"OUTBOX_LEASE_SECONDS": "2", "OUTBOX_PAUSE_SECONDS": "0.3", "OUTBOX_SWEEP_SECONDS": "1"}
# The mail server and the machines that are called are the driver's own.
OTHERS = {"EMAIL_URL": f"smtp://127.0.0.1:{MAIL_SERVER.port}", "WEBHOOK_INTRANET": "127.0.0.1/32"}
PUBLIC_MEGABYTES = 256


class World:
    """The instance: its processes by name, and what kills, stops and starts them."""

    def __init__(self, instance, children):
        self.instance, self.children = instance, children
        for name in OUTSIDE:
            os.environ.pop(name, None)
        engines = start_engines(instance, children)
        self.port = lasting_port()
        self.environment = engines | SHORT | OTHERS | {"DEMO": "1", "SITE_URL": f"http://127.0.0.1:{self.port}"}
        self.manage("OWNER", "migrate", "--verbosity", "0")
        os.environ.update(as_role(self.environment, "SUPERUSER"))

    def manage(self, role, *arguments):
        command = [str(PYTHON), "manage.py", *arguments]
        subprocess.run(command, env=as_role(self.environment, role), cwd=ROOT, check=True)

    def start(self):
        start_application(self.environment, self.instance, self.children, self.port)
        self.wait_for_web()

    def wait_for_web(self, seconds=180):
        deadline = time.monotonic() + seconds
        while look_at(f"http://127.0.0.1:{self.port}/healthz")[0] != 200:
            assert time.monotonic() < deadline, f"the web did not come up: {self.children.tail('web')}"
            time.sleep(0.05)

    def child(self, name):
        return next(child for child in self.children.children if child.program.name == name)

    def pid(self, name):
        return self.child(name).process.pid

    def is_alive(self, name):
        return self.child(name).process.poll() is None

    def kill(self, name):
        """SIGKILL a program and all that descends from it; it is stopped first, lest it bear another one meanwhile."""
        process = self.child(name).process
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGSTOP)
        for pid in [*descendants(process.pid), process.pid]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()

    def start_again(self, name):
        child = self.child(name)
        child.process = self.children.launch(child.program)

    def also(self, name):
        """Start a second process of a program, and return it."""
        return self.children.launch(self.child(name).program)

    def stop_application(self):
        for child in self.children.children:
            if not child.program.engine:
                self.kill(child.program.name)


@contextlib.contextmanager
def world():
    """Give a running world, and leave nothing of it behind."""
    with throw_away() as instance:
        children = Children(instance.logs)
        public = instance.folder / "public"
        mounted = mount(public)
        try:
            there = World(instance, children)
            there.is_small = mounted
            yield there
        finally:
            children.stop()
            remove_cluster(instance)
            if mounted:
                subprocess.run(["umount", "-l", str(public)], check=False)


def mount(folder):
    """Give the public folder a small disk of its own, where this user may."""
    folder.mkdir(mode=0o755)
    options = ["mount", "-t", "tmpfs", "-o", f"size={PUBLIC_MEGABYTES}m,mode=0755", "tracker-trial", str(folder)]
    return os.geteuid() == 0 and subprocess.run(options, capture_output=True, check=False).returncode == 0
