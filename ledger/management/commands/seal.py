"""The sealer process. It alone holds the log's keys. It also asks the witnesses and starts the full check."""

import logging
import signal
from argparse import ArgumentParser
from pathlib import Path
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from ledger.hourly import HourlyCheck
from ledger.keys import KeyLost, signing_keys
from ledger.models import Checkpoint
from ledger.notes import SigningKey
from ledger.rotation import held_by, key_periods, period_of
from ledger.sealer import SealRefused, clean, seal
from ledger.witnessing import Witnessing

PAUSE = 1.0  # seconds between looks at the ledger
PAUSE_AFTER_TROUBLE = 5.0

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Publish a signed checkpoint whenever there are new entries in the ledger."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="seal what there is, ask the witnesses once, and end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        folder = settings.PUBLIC_ROOT / "ledger"
        if once:
            self.seal_once(folder)
        else:
            run(folder, _stop_on_signals(), HourlyCheck())

    def seal_once(self, folder: Path) -> None:
        witnessing = Witnessing(folder)
        try:
            keys = prepare(folder)
            witnessing.ask_sizes(signer(keys))
            sealed = seal_all(folder, keys, witnessing)
            witnessing.settle(signer(keys))
        except (SealRefused, KeyLost) as e:
            raise CommandError(str(e)) from e
        finally:
            witnessing.close()
        self.stdout.write(f"{sealed} new checkpoints")


def prepare(folder: Path) -> list[SigningKey]:
    """Return the keys of the log, after sweeping the folder."""
    keys = signing_keys(settings.LEDGER_KEY_FILE, settings.LEDGER_ORIGIN, signed_before=Checkpoint.objects.exists())
    clean(folder)
    return keys


def signer(keys: list[SigningKey]) -> SigningKey:
    """Return the key that signs the next checkpoint."""
    size = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
    return held_by(keys, period_of(size + 1, key_periods(keys[0].verifier)))


def seal_all(folder: Path, keys: list[SigningKey], witnessing: Witnessing) -> int:
    """Seal until nothing is new, and hear the witnesses. Return the number of checkpoints."""
    sealed = 0
    while checkpoint := seal(folder, *keys, seen=witnessing.seen):
        logger.info("Sealed %s entries", checkpoint.size)
        sealed += 1
    witnessing.tend(signer(keys))
    return sealed


def run(folder: Path, stop: Event, hourly: HourlyCheck | None = None) -> None:
    """Seal until told to stop. Trouble is logged and tried again: it may pass, and pages show what is not sealed."""
    witnessing = Witnessing(folder)
    try:
        while not stop.is_set():
            work(folder, stop, witnessing, hourly)
            stop.wait(PAUSE_AFTER_TROUBLE)
    finally:
        witnessing.close()
        if hourly:
            hourly.stop()


def work(folder: Path, stop: Event, witnessing: Witnessing, hourly: HourlyCheck | None) -> None:
    """Seal until there is trouble. Before the first signature the witnesses are asked what they have confirmed."""
    if hourly:
        hourly.tend()
    try:
        keys = prepare(folder)
        witnessing.ask_sizes(signer(keys))
        while not stop.is_set():
            seal_all(folder, keys, witnessing)
            if hourly:
                hourly.tend()
            stop.wait(PAUSE)
    except (SealRefused, KeyLost):
        logger.exception("The ledger is not sealed")
    except (OperationalError, OSError):
        logger.exception("The sealer lost its database or its disk")
        connection.close()


def _stop_on_signals() -> Event:
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
