"""
Ratios, each measured in one run, its contestants in turn: `make bench`.

Absolute figures depend on the machine and on what else it does; only the ratios are worth keeping.
"""

import io
import os
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from statistics import median
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["DATA"] = os.environ.get("TEST_TMP", os.environ.get("DATA", ".data"))
os.environ["DEMO"] = "1"
django.setup()

from django.conf import settings  # noqa: E402, they need Django set up
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from config.wsgi import application  # noqa: E402
from ledger.clock import now  # noqa: E402
from ledger.models import Entry  # noqa: E402
from ledger.operations import record  # noqa: E402
from ledger.proofs import prove  # noqa: E402
from ledger.tiles import Log  # noqa: E402
from publishing import site  # noqa: E402
from tenders.models import Comment, Consultation  # noqa: E402
from tenders.operations import receive_comment  # noqa: E402

ROUNDS = 5
PAGE = "/projects/2026-001/"


def rates(contestants: dict[str, Callable[[], Any]], *, seconds: float = 1.0) -> dict[str, float]:
    """Return how often a second each contestant is done, the median of rounds in which all take turns."""
    found: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(ROUNDS):
        for name, act in contestants.items():
            start, times = time.perf_counter(), 0
            while time.perf_counter() - start < seconds:
                act()
                times += 1
            found[name].append(times / (time.perf_counter() - start))
    return {name: median(values) for name, values in found.items()}


def show(title: str, found: dict[str, float]) -> None:
    """Print rates, and each as a ratio to the first."""
    limit = next(iter(found.values()))
    print(f"\n{title}")
    for name, rate in found.items():
        print(f"  {name:<48} {rate:>12,.1f} /s   {rate / limit:>8.4f}")


def get(path: str, query: str = "") -> bytes:
    """Ask the web application for a page, without a network."""
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "HTTP_HOST": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
    }
    statuses: list[str] = []
    body = b"".join(application(environ, lambda status, headers, error=None: statuses.append(status)))
    if not statuses[0].startswith("200"):
        raise RuntimeError(f"{path}: {statuses[0]}")
    return body


def public_page() -> None:
    file = settings.PUBLIC_ROOT / PAGE.strip("/") / "index.html"
    contestants = {
        "read the file (limit)": file.read_bytes,
        "published page through the application": lambda: get(PAGE),
        "the same page rendered by Django": lambda: get(PAGE, "fresh=1"),
    }
    show("Public page", rates(contestants))


def comments() -> None:
    consultation = Consultation.objects.get(project__number="2026-003")
    numbers = iter(range(1_000_000, 10_000_000))

    def bare_row() -> None:
        Comment.objects.create(
            consultation=consultation, number=next(numbers), salt=b"0" * 16, text="意见", received_at=now()
        )

    contestants = {
        "a bare row, committed (limit)": bare_row,
        "a comment with its entry and its work": lambda: receive_comment(consultation.pk, text="意见", at=now()),
    }
    show("Comment", rates(contestants))


def ledger() -> None:
    keys = (f"benchmark:{n}" for n in range(10**9))

    @transaction.atomic
    def append() -> None:
        record("benchmark", subject="benchmark", actor=None, at=now(), facts={"n": 1}, key=next(keys))

    entry = bytes(Entry.objects.in_order()[0].body)
    show("Entry", rates({"hash of the body (limit)": lambda: sha256(b"\0" + entry).digest(), "recorded": append}))


def proofs() -> None:
    """An entry's proof from the published files, for as many entries as the benchmarks before have left."""
    call_command("seal", once=True)
    size = Entry.objects.count()
    folder = settings.PUBLIC_ROOT / "ledger"
    note = (folder / "checkpoint").read_text(encoding="utf-8")
    indexes: Iterator[int] = (n * 7919 % size for n in range(10**9))
    contestants = {
        "read the checkpoint (limit)": (folder / "checkpoint").read_bytes,
        f"prove one of {size} entries": lambda: prove(Log(folder, size), next(indexes), note),
    }
    show("Proof", rates(contestants))


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("demo")
    site.rebuild()
    for benchmark in (public_page, comments, ledger, proofs):
        benchmark()


if __name__ == "__main__":
    main()
