"""The witness's service over HTTP. It asks nobody for a name: what counts is the log's signature."""

import logging
import re
import socket
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import time
from typing import Any

from witness.requests import LONGEST
from witness.rules import Answer, add_checkpoint
from witness.store import Store

QUIET_SECONDS = 30  # after which a silent connection is closed
COPY = re.compile("/([0-9a-f]{64})/checkpoint")

logger = logging.getLogger("witness")


class Handler(BaseHTTPRequestHandler):
    """``POST /add-checkpoint``, and ``GET /<SHA-256 of the origin>/checkpoint`` for whoever compares views."""

    protocol_version = "HTTP/1.1"
    server_version = "witness"
    sys_version = ""
    timeout = QUIET_SECONDS

    def __init__(self, store: Store, clock: Callable[[], float], *args: Any) -> None:
        self.store, self.clock = store, clock
        super().__init__(*args)

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not re.fullmatch("[0-9]{1,9}", length) or int(length) > LONGEST:
            self.close_connection = True  # the body stays unread
            self.answer(Answer(400, f"a request has a length, of at most {LONGEST} bytes\n"))
            return
        body = self.rfile.read(int(length))
        if self.path != "/add-checkpoint":
            self.answer(Answer(404, "not here\n"))
            return
        answer = add_checkpoint(self.store, body, self.clock)
        logger.info("%s %s", answer.status, "" if answer.status == 200 else answer.text.strip())
        self.answer(answer)

    def do_GET(self) -> None:
        self.answer(self.found())

    def do_HEAD(self) -> None:
        self.answer(self.found())

    def found(self) -> Answer:
        if not (match := COPY.fullmatch(self.path)):
            return Answer(404, "not here\n")
        origins = [origin for origin in self.store.origins() if sha256(origin.encode()).hexdigest() == match[1]]
        confirmed = self.store.latest(origins[0]) if origins else None
        return Answer(200, confirmed.note) if confirmed else Answer(404, "nothing confirmed of such a log\n")

    def answer(self, answer: Answer) -> None:
        content = answer.text.encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, the name is the library's
        """Say nothing of who asks."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def server_bind(self) -> None:
        """Bind without asking a name server for our own name, which takes long where there is none."""
        self.address_family = socket.AF_INET6 if ":" in str(self.server_address[0]) else socket.AF_INET
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])


def make_server(folder: Path, host: str, port: int, clock: Callable[[], float] = time) -> Server:
    """
    Return the service of the witness in a folder; ``serve_forever`` runs it.

    :raises FileNotFoundError: if there is none
    :raises OSError: if the port is taken
    """
    return Server((host, port), partial(Handler, Store(folder), clock))
