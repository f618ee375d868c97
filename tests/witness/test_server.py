"""The witness as a service and as a program."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

from ledger.notes import open_note
from tests.launcher.observing import ROOT
from tests.witness.making import ORIGIN
from witness import rules
from witness.__main__ import main
from witness.server import make_server
from witness.store import Store

PURE = "import sys; sys.modules.update(django=None, celery=None, psycopg=None, urllib3=None); "


@pytest.fixture
def serve(store, clock):
    """Start the service, as often as the test restarts it, and return its address."""
    servers = []

    def start():
        server = make_server(store.folder, "127.0.0.1", 0, clock)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}"

    def stop():
        while servers:
            server, thread = servers.pop()
            server.shutdown()
            server.server_close()
            thread.join()

    start.stop = stop
    yield start
    stop()


def http(url, body=None):
    request = urllib.request.Request(url, data=body)
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read().decode()


def copy_of(origin=ORIGIN):
    return f"/{sha256(origin.encode()).hexdigest()}/checkpoint"


def test_it_confirms_and_shows_its_copy_with_both_signatures(serve, store, log):
    address = serve()
    assert http(address + copy_of())[0] == 404

    status, line = http(f"{address}/add-checkpoint", log.request(0, 5))
    assert status == 200

    status, note = http(address + copy_of())
    _, signers = open_note(note, [log.key.verifier, store.key().verifier.cosigner])
    assert (status, len(signers), note) == (200, 2, log.note(5) + line)


def test_refusals_come_with_their_status(serve, log):
    address = serve()
    http(f"{address}/add-checkpoint", log.request(0, 5))

    assert http(f"{address}/add-checkpoint", log.request(0, 8)) == (409, "5\n")
    assert http(f"{address}/add-checkpoint", b"nonsense")[0] == 400
    assert http(f"{address}/add-checkpoint", b"x" * 300_000)[0] == 400
    assert http(f"{address}/elsewhere", b"")[0] == 404
    assert http(f"{address}/")[0] == 404
    assert http(address + copy_of("other.example/log"))[0] == 404


def test_a_restart_keeps_everything(serve, log):
    http(f"{serve()}/add-checkpoint", log.request(0, 5))
    serve.stop()

    address = serve()

    assert http(f"{address}/add-checkpoint", log.request(0, 8)) == (409, "5\n")
    assert http(f"{address}/add-checkpoint", log.rewritten(1).request(5, 8))[0] == 422
    assert http(f"{address}/add-checkpoint", log.request(5, 8))[0] == 200


def test_of_two_branches_at_once_one_is_confirmed_and_never_both(serve, log, store):
    address = serve()
    for round_ in range(15):
        log.grown_to(20 + round_ * 3)
        known = store.latest(ORIGIN)
        old, new = (known.head.size if known else 0), len(log.leaves)
        branches = [log, log.rewritten(new - 1), log.rewritten(new - 2)]
        with ThreadPoolExecutor(3) as threads:
            asked = [threads.submit(http, f"{address}/add-checkpoint", b.request(old, new)) for b in branches]
        statuses = Counter(question.result()[0] for question in asked)
        assert statuses[200] == 1, statuses
        log = branches[[question.result()[0] for question in asked].index(200)]


def test_two_updates_at_once_never_roll_back(serve, log, store):
    address = serve()
    log.grown_to(200)
    http(f"{address}/add-checkpoint", log.request(0, 1))
    for old in range(1, 100, 5):
        known = store.latest(ORIGIN).head.size
        with ThreadPoolExecutor(4) as threads:
            sizes = [known + n for n in (1, 2, 3, 4)]
            asked = [threads.submit(http, f"{address}/add-checkpoint", log.request(known, s)) for s in sizes]
        confirmed = [size for size, question in zip(sizes, asked, strict=True) if question.result()[0] == 200]
        assert len(confirmed) == 1, old
        assert store.latest(ORIGIN).head.size == confirmed[0]


def test_nothing_is_confirmed_that_could_not_be_stored(store, clock, log, monkeypatch):
    def full(*_):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(rules, "keep", full)

    with pytest.raises(sqlite3.OperationalError):
        rules.add_checkpoint(store, log.request(0, 5), clock)
    assert store.latest(ORIGIN) is None


def test_a_witness_is_made_once_and_its_key_is_for_its_owner_only(store):
    assert (store.folder / "witness.key").stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        Store.create(store.folder, "witness.example/w1")


def test_without_a_witness_nothing_is_served(tmp_path):
    with pytest.raises(FileNotFoundError, match="run init first"):
        make_server(tmp_path, "127.0.0.1", 0)


def test_its_commands_in_the_order_of_the_manual(tmp_path, capsys, log, clock):
    folder = tmp_path / "w"

    assert main(["init", str(folder), "witness.example/w1"]) == 0
    assert main(["trust", str(folder), str(log.key.verifier)]) == 0
    rules.add_checkpoint(Store(folder), log.request(0, 5), clock)
    rules.add_checkpoint(Store(folder), log.rewritten(1).request(5, 8), clock)
    assert main(["show", str(folder)]) == 0

    said = capsys.readouterr().out
    assert (folder / "vkey").read_text().strip() in said
    assert f"{ORIGIN}：已确认前 5 条" in said
    assert "证据 1 份" in said
    assert main(["init", str(folder), "witness.example/w1"]) == 1
    assert main(["trust", str(folder), "nonsense"]) == 1


def test_it_runs_without_django_or_anything_else_of_ours():
    code = f"{PURE}import witness.__main__; print(sorted(m for m in sys.modules if m.startswith('ledger')))"

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(
        ["ledger", "ledger.files", "ledger.merkle", "ledger.notes", "ledger.proofs", "ledger.tiles"]
    )


def test_it_is_one_file_that_runs_anywhere(tmp_path):
    program = tmp_path / "witness.pyz"
    build = [sys.executable, str(ROOT / "config" / "launcher"), "witness", str(program)]
    assert subprocess.run(build, capture_output=True, check=False).returncode == 0

    away = {"PATH": os.defpath, "HOME": str(tmp_path)}
    init = [sys.executable, str(program), "init", str(tmp_path / "w"), "witness.example/w1"]
    done = subprocess.run(init, cwd=tmp_path, env=away, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert "witness.example/w1+" in done.stdout
    assert Path(tmp_path / "w" / "witness.key").exists()
    shutil.rmtree(tmp_path / "w")
