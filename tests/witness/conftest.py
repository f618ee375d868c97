import pytest

from tests.witness.making import MemoryLog
from witness.rules import add_checkpoint
from witness.store import Store

NOON = 1_800_000_000


class Clock:
    def __init__(self):
        self.now = NOON

    def __call__(self):
        return float(self.now)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def log():
    return MemoryLog().grown_to(20)


@pytest.fixture
def store(tmp_path, log):
    store = Store.create(tmp_path / "witness", "witness.example/w1")
    store.trust(log.key.verifier)
    return store


@pytest.fixture
def ask(store, clock):
    """Send a request, and return status and text of the answer."""
    return lambda body: add_checkpoint(store, body, clock)[:2]


@pytest.fixture
def evidence(store):
    """What the witness has kept of what does not fit."""
    return lambda: sorted(path.read_text(encoding="utf-8") for path in (store.folder / "evidence").glob("*"))
