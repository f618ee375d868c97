"""Ports of this machine that stay a test's own while nobody listens there: between two starts, or until the first."""

import os
import socket
from contextlib import suppress
from random import SystemRandom

# Below those that the system gives to whoever asks for any: no server and no connection of another test gets one.
FIRST, LAST = 20_000, 32_000


def lasting_port() -> int:
    """Return a free port of 127.0.0.1. The workers of a parallel run draw from ports of their own."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    ports = range(FIRST + worker, LAST, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))
    while True:
        port = SystemRandom().choice(ports)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
