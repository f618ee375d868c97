"""For whoever keeps the machine: how the follow-up work stands, and once more what was given up."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ledger.backlog import backlog
from ledger.models import Task
from ledger.outbox import try_again

LISTED = 50


class Command(BaseCommand):
    help = "Show how the follow-up work of acts stands, and what was given up. With --retry, let that be tried again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--retry", action="store_true", help="try again everything that was given up")

    def handle(self, *args: Any, retry: bool, **options: Any) -> None:
        for queue, state in backlog().items():
            self.stdout.write(
                f"{queue:<8} 未办 open {state.open}，放弃 failed {state.failed}，最久 oldest {state.oldest:.0f} s，"
                f"每秒 done/s {state.done_per_second:.2f}"
            )
        for task in Task.objects.failed().order_by("failed_at")[:LISTED]:
            self.stdout.write(f"  {task.pk} 账本 entry {task.entry_id} {task}：{task.attempts}× {task.last_error}")
        if retry:
            self.stdout.write(f"重新排队 tried again: {try_again(Task.objects.failed())}")
