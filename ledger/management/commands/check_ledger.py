"""For the hourly run, after every restore, and for whoever does not believe it."""

from argparse import ArgumentParser
from base64 import b64encode
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ledger.check import Report, check_ledger
from ledger.keys import published_verifier
from ledger.models import Checkpoint
from ledger.notes import VerifierKey


class Command(BaseCommand):
    help = "Check every entry, public file and checkpoint of the ledger. Ends with 1 if anything is wrong."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--vkey", help="the log's public key, as you noted it; else the published one is believed")
        parser.add_argument("--unsealed-for", type=int, default=60, help="seconds that an entry may wait for its seal")

    def handle(self, *args: Any, vkey: str | None, unsealed_for: int, **options: Any) -> None:
        folder = settings.PUBLIC_ROOT / "ledger"
        report = check_ledger(folder, settings.LEDGER_ORIGIN, self.keys(vkey), timedelta(seconds=unsealed_for))
        for problem in report.problems:
            self.stdout.write(f"{problem.zh}\n{problem.en}")
        self.summarise(report)
        if report.problems:
            raise CommandError(f"{len(report.problems)} 处问题 | problems: {len(report.problems)}")

    def keys(self, vkey: str | None) -> list[VerifierKey]:
        if vkey:
            return [VerifierKey.parse(vkey)]
        if not Checkpoint.objects.exists():
            return []
        try:
            return [published_verifier(settings.PUBLIC_ROOT / "ledger")]
        except (FileNotFoundError, ValueError) as e:
            raise CommandError(f"台账公钥缺失或损坏 | The published key is missing or damaged: {e}") from e

    def summarise(self, report: Report) -> None:
        root = b64encode(report.root).decode()
        self.stdout.write(
            f"已封存 {report.size} 条，检查点 {report.checkpoints} 个，未封存 {report.unsealed} 条，根哈希 {root}\n"
            f"Sealed {report.size}, checkpoints {report.checkpoints}, not sealed yet {report.unsealed}, root {root}"
        )
