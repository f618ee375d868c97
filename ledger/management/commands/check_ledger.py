"""For the hourly run of the sealer, after every restore, and for whoever does not believe it."""

from argparse import ArgumentParser
from base64 import b64encode
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ledger.check import Report, check_ledger
from ledger.clock import real_now
from ledger.keys import published_verifier
from ledger.models import Checkpoint
from ledger.notes import VerifierKey
from ledger.results import publish_result


class Command(BaseCommand):
    help = "Check every entry, public file and checkpoint of the ledger. Ends with 1 if anything is wrong."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--vkey", help="the log's public key, as you noted it; else the published one is believed")
        parser.add_argument("--unsealed-for", type=int, default=60, help="seconds that an entry may wait for its seal")

        parser.add_argument(
            "--published-within",
            type=int,
            default=300,
            help="seconds since the published checkpoint was signed with the time; 0, as after a restore, does not ask",
        )
        parser.add_argument("--publish", action="store_true", help="publish the result as /ledger/check.json")

    def handle(self, *args: Any, vkey: str | None, publish: bool, **options: Any) -> None:
        folder, at = settings.PUBLIC_ROOT / "ledger", real_now()
        unsealed_for, within = (
            timedelta(seconds=options["unsealed_for"]),
            timedelta(seconds=options["published_within"]),
        )
        report = check_ledger(folder, settings.LEDGER_ORIGIN, self.keys(vkey), unsealed_for, within or None)
        if publish:
            publish_result(folder, report, at)
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
