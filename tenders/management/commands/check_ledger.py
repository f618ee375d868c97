"""For the hourly run of the sealer, after every restore, and for whoever does not believe it."""

from argparse import ArgumentParser
from base64 import b64encode
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ledger.check import Problem, Report, believed_periods, check_ledger
from ledger.clock import real_now
from ledger.keys import published_verifier
from ledger.models import Checkpoint
from ledger.notes import VerifierKey
from ledger.results import publish_result
from tenders.audit.arrivals import check_arrivals
from tenders.audit.boxes import check_boxes
from tenders.audit.ciphertexts import all_sealed_bids, check_ciphertexts, may_read
from tenders.audit.comments import check_comments
from tenders.audit.committees import check_committees
from tenders.audit.evaluations import check_evaluations
from tenders.audit.prequalified import check_prequalifications
from tenders.audit.receipts import GOOD, check_receipts, files_in
from tenders.audit.register import check_registers
from tenders.audit.trust import Trust


class Command(BaseCommand):
    help = (
        "Check every entry, public file and checkpoint of the ledger, every comment, line of a register, draw of a "
        "committee and evaluation report against its entry, every box of bids against its ticks, and receipts against "
        "the record. Ends with 1 if anything is wrong."
    )

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
        parser.add_argument(
            "--receipts", nargs="+", type=Path, default=[], metavar="PLACE", help="receipt files, or folders of them"
        )
        parser.add_argument("--receipt-key", type=Path, help="the public keys of receipts; else the published ones")

    def handle(self, *args: Any, vkey: str | None, publish: bool, receipts: list[Path], **options: Any) -> None:
        folder, at, keys = settings.PUBLIC_ROOT / "ledger", real_now(), self.keys(vkey)
        unsealed_for, within = (
            timedelta(seconds=options["unsealed_for"]),
            timedelta(seconds=options["published_within"]),
        )
        report = check_ledger(folder, settings.LEDGER_ORIGIN, keys, unsealed_for, within or None)
        comments, problems = check_comments()
        ticks, in_boxes = check_boxes()
        checks = (check_registers, check_arrivals, check_prequalifications, check_committees, check_evaluations)
        of_bids = [check() for check in checks]
        in_rows = [problem for _number, found in of_bids for problem in found]
        report = replace(report, problems=[*report.problems, *problems, *in_boxes, *in_rows])
        if publish:
            publish_result(folder, report, at)
        self.tell(report.problems)
        wrong = self.check_files(publish=publish)
        wrong += self.check_receipts(receipts, keys, options["receipt_key"] or folder / "receipt-vkey")
        self.summarise(report, comments, ticks)
        if count := len(report.problems) + wrong:
            raise CommandError(f"{count} 处问题 | problems: {count}")

    def keys(self, vkey: str | None) -> list[VerifierKey]:
        if vkey:
            return [VerifierKey.parse(vkey)]
        if not Checkpoint.objects.exists():
            return []
        try:
            return [published_verifier(settings.PUBLIC_ROOT / "ledger")]
        except (FileNotFoundError, ValueError) as e:
            raise CommandError(f"台账公钥缺失或损坏 | The published key is missing or damaged: {e}") from e

    def check_files(self, *, publish: bool) -> int:
        """
        Read the ciphertexts of sealed bids, if this is for the screen and not for everybody: before an opening it
        would tell that there are bids. Return how many are wrong. The sealer may see neither rows nor files.
        """
        if publish or not may_read():
            return 0
        found = list(check_ciphertexts(all_sealed_bids()))
        self.tell(found)
        return len(found)

    def check_receipts(self, places: list[Path], log_keys: list[VerifierKey], key_file: Path) -> int:
        """
        Say of each receipt what holds. Return how many do not. This is for the screen of whoever asks, and is never
        published: the names of the files may hold receipt codes.
        """
        if not places:
            return 0
        files = list(files_in(places))
        if not files:
            raise CommandError(f"没有找到回执文件 | There is no receipt in {', '.join(map(str, places))}")
        periods = believed_periods(log_keys)
        trust = Trust(settings.LEDGER_ORIGIN, self.receipt_keys(key_file), [period.key for period in periods])
        found = list(check_receipts(files, trust))
        self.tell(found)
        wrong = sum(problem.code not in GOOD for problem in found)
        self.stdout.write(
            f"核对回执 {len(found)} 份，不符 {wrong} 份\nReceipts checked {len(found)}, not right {wrong}"
        )
        return wrong

    def receipt_keys(self, file: Path) -> list[VerifierKey]:
        try:
            return [VerifierKey.parse(line) for line in file.read_text(encoding="utf-8").split()]
        except (OSError, ValueError) as e:
            raise CommandError(f"回执公钥缺失或损坏 | The key of receipts is missing or damaged: {e}") from e

    def tell(self, problems: list[Problem]) -> None:
        for problem in problems:
            self.stdout.write(f"{problem.zh}\n{problem.en}")

    def summarise(self, report: Report, comments: int, ticks: int) -> None:
        root = b64encode(report.root).decode()
        if comments:
            self.stdout.write(f"核对意见 {comments} 条\nComments checked against their entries: {comments}")
        if ticks:
            self.stdout.write(f"核对投标箱固定 {ticks} 次\nTicks of bid boxes replayed: {ticks}")
        self.stdout.write(
            f"已封存 {report.size} 条，检查点 {report.checkpoints} 个，未封存 {report.unsealed} 条，根哈希 {root}\n"
            f"Sealed {report.size}, checkpoints {report.checkpoints}, not sealed yet {report.unsealed}, root {root}"
        )
