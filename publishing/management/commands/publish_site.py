"""Writes the public site anew: after an upgrade, or when its folder is lost."""

import os
from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand

from publishing import pruning, site
from publishing.proofs import publish_proofs


class Command(BaseCommand):
    help = "Write all pages, feeds and files of the public site anew. What has not changed stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes at work (default: cores)")
        parser.add_argument("--prune", action="store_true", help="delete files that nothing names any more")
        parser.add_argument("--dry-run", action="store_true", help="with --prune: only tell which these are")

    def handle(self, *args: Any, jobs: int, prune: bool, dry_run: bool, **options: Any) -> None:
        started = monotonic()
        named = site.rebuild(jobs=max(jobs, 1), report=self.report)
        proofs = publish_proofs()
        self.stdout.write(f"published {len(named)} addresses and {proofs} proofs in {monotonic() - started:.1f} s")
        for address in pruning.missing():
            self.stderr.write(f"missing, restore it from a backup: {address}")
        if prune:
            self.prune(pruning.unnamed(named), dry_run=dry_run)

    def report(self, done: int, of: int) -> None:
        """Tell how far it is: on a terminal in one line that grows, else in a line for each tenth."""
        if self.stdout.isatty():
            self.stdout.write(f"\r{done} of {of} parts", ending="" if done < of else "\n")
        elif done * 10 // of > (done - 1) * 10 // of:
            self.stdout.write(f"{done} of {of} parts")

    def prune(self, addresses: list[str], *, dry_run: bool) -> None:
        for address in addresses:
            self.stdout.write(f"{'would delete' if dry_run else 'deleted'} {address}")
        if not dry_run:
            pruning.prune(addresses)
        self.stdout.write(f"{len(addresses)} files that nothing names")
