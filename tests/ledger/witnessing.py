"""A witness that runs beside a test, and the sealer's dealings with it."""

import threading
import time
from pathlib import Path

from ledger import witnesses
from ledger.management.commands.seal import seal_all, signer
from ledger.notes import SigningKey, VerifierKey
from ledger.witnessing import Witnessing
from tests.ports import lasting_port
from witness.server import make_server
from witness.store import Store


class RunningWitness:
    def __init__(self, folder: Path, log: SigningKey):
        self.store = Store.create(folder, "witness.example/w1")
        self.store.trust(log.verifier)
        self.vkey = VerifierKey.parse((folder / "vkey").read_text().strip())
        self.ahead, self.port = 0.0, lasting_port()  # the same after a restart
        self.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def clock(self):
        return time.time() + self.ahead

    def start(self):
        self.server = make_server(self.store.folder, "127.0.0.1", self.port, self.clock)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
        witnesses._pool.clear()  # a program that ends takes its open connections with it

    def evidence(self):
        return [path.read_text(encoding="utf-8") for path in (self.store.folder / "evidence").glob("*")]


def seal_with_witnesses(folder, *keys):
    """Seal what is new and have it confirmed, as the sealer process does. Return how it stands with the witnesses."""
    witnessing = Witnessing(folder)
    try:
        witnessing.ask_sizes(signer(list(keys)))
        seal_all(folder, list(keys), witnessing)
        witnessing.settle(signer(list(keys)))
        return witnessing
    finally:
        witnessing.close()
