"""The brokers that an instance may use: Valkey, which the launcher starts, and a throw-away node of RabbitMQ."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.ports import lasting_port

SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")  # Debian's wrapper on the path insists on its own user
STARTS_WITHIN = 180.0  # seconds
SETTINGS = """
listeners.tcp.local = 127.0.0.1:{port}
log.console = false
vm_memory_high_watermark.absolute = 256MB
disk_free_limit.absolute = 10MB
"""

needs_rabbitmq = pytest.mark.skipif(
    not SERVER.exists() and "CI" not in os.environ, reason="no RabbitMQ on this machine: apt install rabbitmq-server"
)


@contextmanager
def rabbitmq():
    """Start a node of its own on free ports, with nothing of it outside of a temporary folder. Give its address."""
    folder = Path(tempfile.mkdtemp(prefix="tracker-rabbit-"))
    port, distribution, names = lasting_port(), lasting_port(), lasting_port()
    (folder / "rabbitmq.conf").write_text(SETTINGS.format(port=port))
    (folder / "plugins").touch()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "ERL_EPMD_PORT": str(names),
        "RABBITMQ_NODENAME": "trial@localhost",
        "RABBITMQ_DIST_PORT": str(distribution),
        "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
        "RABBITMQ_CONF_ENV_FILE": os.devnull,
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 1:1 -kernel inet_dist_use_interface {127,0,0,1}",
    }
    started = [start(["epmd", "-port", str(names), "-address", "127.0.0.1"], environment, folder)]
    try:
        started.append(start([str(SERVER)], environment, folder))
        wait_until_it_listens(port, started[-1], folder / "output.log")
        yield f"amqp://guest:guest@127.0.0.1:{port}//"
    finally:
        for process in reversed(started):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def start(command, environment, folder):
    with (folder / "output.log").open("ab") as log:
        return subprocess.Popen(
            command,
            env=environment,
            cwd=folder,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )


def wait_until_it_listens(port, process, log):
    deadline = time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 0.5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"RabbitMQ did not come up:\n{log.read_text(errors='replace')[-2000:]}")
