"""The sealer process. It alone holds the log's key."""

import logging
import signal
from argparse import ArgumentParser
from pathlib import Path
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from ledger.keys import KeyLost, publish_verifier, signing_key
from ledger.models import Checkpoint
from ledger.notes import SigningKey
from ledger.sealer import SealRefused, clean, seal

PAUSE = 1.0  # seconds between looks at the ledger
PAUSE_AFTER_TROUBLE = 5.0

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Publish a signed checkpoint whenever there are new entries in the ledger."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="seal what there is and end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        folder = settings.PUBLIC_ROOT / "ledger"
        if once:
            self.seal_once(folder)
        else:
            run(folder, _stop_on_signals())

    def seal_once(self, folder: Path) -> None:
        try:
            sealed = seal_all(folder, prepare(folder))
        except (SealRefused, KeyLost) as e:
            raise CommandError(str(e)) from e
        self.stdout.write(f"{sealed} new checkpoints")


def prepare(folder: Path) -> SigningKey:
    """Return the key of the log after publishing its public half."""
    key = signing_key(settings.LEDGER_KEY_FILE, settings.LEDGER_ORIGIN, signed_before=Checkpoint.objects.exists())
    publish_verifier(folder, key)
    clean(folder)
    return key


def seal_all(folder: Path, key: SigningKey) -> int:
    """Seal until nothing is new. Return the number of checkpoints."""
    sealed = 0
    while checkpoint := seal(folder, key):
        logger.info("Sealed %s entries", checkpoint.size)
        sealed += 1
    return sealed


def run(folder: Path, stop: Event) -> None:
    """Seal until told to stop. Trouble is logged and tried again: it may pass, and pages show what is not sealed."""
    while not stop.is_set():
        try:
            key = prepare(folder)
            while not stop.is_set():
                seal_all(folder, key)
                stop.wait(PAUSE)
        except (SealRefused, KeyLost):
            logger.exception("The ledger is not sealed")
        except (OperationalError, OSError):
            logger.exception("The sealer lost its database or its disk")
            connection.close()
        stop.wait(PAUSE_AFTER_TROUBLE)


def _stop_on_signals() -> Event:
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
