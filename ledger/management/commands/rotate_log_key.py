"""Gives the log a new key. What to do before and after it stands in deploy/README.md."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from ledger import clock
from ledger.keys import KeyLost, add_key, published_verifier
from ledger.notes import VerifierKey
from ledger.rotation import rotate


class Command(BaseCommand):
    help = "Put on record that the log gets a new key. The old one signs over that act, then the new one signs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("actor", help="user name of the administrator who does it")
        parser.add_argument(
            "--vkey", help="the public half of a key that is in the sealer's key file; else one is made"
        )
        parser.add_argument("--lost", action="store_true", help="the old key is gone and cannot sign over the act")

    def handle(self, *args: Any, actor: str, vkey: str | None, lost: bool, **options: Any) -> None:
        user = get_user_model().objects.filter(username=actor, role="administrator").first()
        if user is None:
            raise CommandError(f"{actor} is no administrator")
        try:
            old = published_verifier(settings.PUBLIC_ROOT / "ledger")
            new = VerifierKey.parse(vkey) if vkey else self.made(lost=lost)
            with transaction.atomic():
                entry = rotate(old, new, actor=user, at=clock.now(), lost=lost)
        except (ValueError, KeyLost, OSError) as e:
            raise CommandError(str(e)) from e
        self.stdout.write(f"{entry.seq} {new}")

    def made(self, *, lost: bool) -> VerifierKey:
        if lost:
            raise CommandError("make the new key where the sealer reads it, and name it with --vkey")
        return add_key(settings.LEDGER_KEY_FILE, settings.LEDGER_ORIGIN).verifier
