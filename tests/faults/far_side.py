"""
Somebody else's servers: away, slow, or taking what they are given without an answer.

They live in the driver's process, and every process of the world, real or forked, finds them by their ports.
"""

import asyncio
import http.client
from collections import Counter
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep

from aiosmtpd.controller import Controller

from tests.ports import lasting_port

PATIENCE = 0.3  # seconds
MODES = ("away", "slow", "error", "silent")
MAIL_MODES = ("away", "slow", "busy", "silent")


class FarSide:
    """Takes calls, and counts them by key or webhook's id, as a receiver does that drops what it knows."""

    def __init__(self):
        self.mode, self.got = "up", Counter()
        side = self

        class Receiver(BaseHTTPRequestHandler):
            def do_POST(self):
                if side.mode in {"up", "silent"}:
                    side.got[self.headers["webhook-id"] or self.path] += 1
                if side.mode == "slow":
                    sleep(2 * PATIENCE)
                if side.mode in {"away", "silent", "slow"}:
                    self.close_connection = True
                    return
                self.send_response(500 if side.mode == "error" else 204)
                self.end_headers()

            def log_message(self, *words):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
        self.server.daemon_threads = True
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}/in"

    def call(self, entry, key):
        """The handler: raises what a channel would raise."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=PATIENCE)
        try:
            connection.request("POST", f"/{key}")
            if connection.getresponse().status != http.client.NO_CONTENT:
                raise ConnectionError("the far side is in trouble")
        finally:
            connection.close()


class MailServer:
    """Takes letters, and counts them by their Message-ID."""

    def __init__(self):
        self.mode, self.got, self.port = "up", Counter(), lasting_port()
        self._listen()

    def _listen(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def turn(self, mode):
        """Go over to another mode. One that is away does not listen at all."""
        if mode == self.mode:
            return
        if mode == "away":
            self.controller.stop()
        elif self.mode == "away":
            self._listen()
        self.mode = mode

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802, aiosmtpd's name
        if self.mode == "busy":
            return "421 too busy"
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.mode == "slow":
            await asyncio.sleep(PATIENCE)
        self.got[message_from_bytes(envelope.content)["Message-ID"]] += 1
        if self.mode == "silent":
            server.transport.abort()
        return "250 OK"


FAR_SIDE, MAIL_SERVER = FarSide(), MailServer()
