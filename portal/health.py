"""
What an operator's monitor asks: ``/healthz`` (is this process alive?) and ``/readyz`` (is all there that it needs?).

The answers name parts and causes in a word; they hold no address, no version and no password.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.connection import Connection

from ledger import outbox
from ledger.clock import real_now
from ledger.keys import published_verifier
from ledger.models import Checkpoint, Entry, Task
from ledger.publication import published_at
from ledger.results import last_result, witness_states
from ledger.rotation import key_periods
from publishing.tasks import HEARTBEAT, HEARTBEAT_SECONDS

PATIENCE_SECONDS = 1
SEALED_WITHIN = timedelta(minutes=2)  # twice the longest time that a seal may take
PUBLISHED_WITHIN = timedelta(minutes=3)  # the published checkpoint is signed with the time every minute
CHECKED_WITHIN = timedelta(hours=3)  # the whole record is checked every hour

logger = logging.getLogger(__name__)


class NotReadyError(Exception):
    """Raised by a check. Its text is public."""


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    parts = {name: _state(name, check) for name, check in CHECKS.items()}
    is_ready = all(state == "ok" for state in parts.values())
    return JsonResponse({"ready": is_ready, "parts": parts}, status=200 if is_ready else 503)


def _state(name: str, check: Callable[[], None]) -> str:
    """Return "ok" or what is wrong. The cause in full stands in the log: it may hold addresses."""
    try:
        check()
    except NotReadyError as e:
        return str(e)
    except Exception:  # whatever it is, the part can't be reached
        logger.warning("Not ready: %s", name, exc_info=True)
        return "unreachable"
    return "ok"


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _broker() -> None:
    options = {"socket_connect_timeout": PATIENCE_SECONDS, "socket_timeout": PATIENCE_SECONDS}
    url = settings.BROKER_URL
    of_redis = options if url.startswith("redis") else {}
    with Connection(url, connect_timeout=PATIENCE_SECONDS, transport_options=of_redis) as broker:
        broker.ensure_connection(max_retries=0, interval_start=0, timeout=PATIENCE_SECONDS)


def _worker() -> None:
    beat = cache.get(HEARTBEAT)
    if beat is None:
        raise NotReadyError("no heartbeat")
    age = real_now().timestamp() - float(beat)
    if age > HEARTBEAT_SECONDS:
        raise NotReadyError(f"last heartbeat {age:.0f} s ago")


def _ledger() -> None:
    lag = unsealed_for()
    if lag > SEALED_WITHIN:
        raise NotReadyError(f"unsealed for {lag.total_seconds():.0f} s")
    age = published_for()
    if age > PUBLISHED_WITHIN:
        raise NotReadyError(f"checkpoint published {age.total_seconds():.0f} s ago")
    if objecting := [state["name"] for state in witness_states(folder()) if state["grave"]]:
        raise NotReadyError(f"{len(objecting)} witnesses object")


def _check() -> None:
    """The hourly check of the whole record, of which ``/ledger/check.json`` tells more."""
    result = last_result(folder())
    first = Checkpoint.objects.order_by("size").values_list("sealed_at", flat=True).first()
    if result and result.problems:
        raise NotReadyError(f"{result.problems} problems in the record")
    at = result.at if result else first
    if at and real_now() - at > CHECKED_WITHIN:
        raise NotReadyError("not checked for hours")


def _outbox() -> None:
    """A queue in which work is due and nobody takes it stands still, whatever the worker's heart says."""
    waits = {queue.value: outbox.stuck_for(queue) for queue in Task.Queue}
    if stuck := [queue for queue, waited in waits.items() if waited > outbox.STUCK_AFTER]:
        raise NotReadyError(", ".join(f"{queue} stuck for {waits[queue].total_seconds():.0f} s" for queue in stuck))


def unsealed_for() -> timedelta:
    """Return for how long the oldest entry has waited that no checkpoint covers yet."""
    sealed = Checkpoint.objects.order_by("size").values_list("size", flat=True).last() or 0
    waiting = Entry.objects.filter(seq=sealed).values_list("recorded_at", flat=True).first()
    return real_now() - waiting if waiting else timedelta()


def published_for() -> timedelta:
    """Return how old the time under the published checkpoint is, nothing if no checkpoint was signed yet."""
    last = Checkpoint.objects.order_by("-size").values_list("sealed_at", flat=True).first()
    if last is None:
        return timedelta()
    try:
        keys = [period.key for period in key_periods(published_verifier(folder()))]
    except (FileNotFoundError, ValueError):
        keys = []
    return real_now() - (published_at(folder(), keys) or last)


def folder() -> Path:
    return Path(settings.PUBLIC_ROOT) / "ledger"


CHECKS = {
    "database": _database,
    "broker": _broker,
    "worker": _worker,
    "outbox": _outbox,
    "ledger": _ledger,
    "check": _check,
}
