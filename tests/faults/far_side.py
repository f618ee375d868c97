"""Somebody else's server, to which the outbox delivers: away, slow, or taking what it is given without an answer."""

import http.client
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep

PATIENCE = 0.3  # seconds
MODES = ("away", "slow", "error", "silent")


class FarSide:
    """Counts what it got by its key, as a receiver does that drops what it knows."""

    def __init__(self):
        self.mode, self.got = "up", Counter()
        side = self

        class Receiver(BaseHTTPRequestHandler):
            def do_POST(self):
                if side.mode in {"up", "silent"}:
                    side.got[self.path] += 1
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

    def call(self, entry, key):
        """The handler: raises what a channel would raise."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=PATIENCE)
        try:
            connection.request("POST", f"/{key}")
            if connection.getresponse().status != http.client.NO_CONTENT:
                raise ConnectionError("the far side is in trouble")
        finally:
            connection.close()
