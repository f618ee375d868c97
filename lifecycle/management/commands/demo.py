"""Fills an empty demo instance: three projects on a calendar of 2026, through the operations that people use."""

import secrets
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from ledger import clock
from ledger.models import Entry
from lifecycle.demo import cemetery, courtyard, hall
from lifecycle.demo.calendar import moment, tell
from lifecycle.demo.people import make_people
from lifecycle.demo.sealed import SealedBids

TODAY = moment("08-12 10:00")
ACCOUNTS_FILE = "demo-accounts.txt"  # in DATA
KEYS = "demo-keys"  # a folder in DATA: what in truth three houses keep, each on a machine without a network


@contextmanager
def whole_or_not_at_all() -> Iterator[None]:
    """
    Tell the stories in one transaction: a demo that dies half way leaves an empty instance, for the next start to fill.

    The operations insist on transactions of their own, and rightly so. Django knows one exception from that, the
    transaction around a test; a demonstration is another.
    """
    whole = transaction.atomic()
    whole._from_testcase = True  # type: ignore[attr-defined] # noqa: SLF001
    with whole:
        yield


class Command(BaseCommand):
    help = "在空的演示实例中，用同样的操作把三个项目从方案办到开工。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="已有内容时不做任何事，而不是报错")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("只能在演示实例（DEMO=1）中运行。")
        if Entry.objects.exists() or User.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("这个实例已有内容；演示只在空的实例中生成。")
        password = secrets.token_urlsafe(9)
        with whole_or_not_at_all():
            people = make_people(password)
            bids = SealedBids(people)
            tell([cemetery.story(people), bids.story(), courtyard.story(people), hall.story(people)])
            clock.advance(TODAY)
            bidders = bids.deliver(password, TODAY)
            self.write_accounts([*people.everyone(), *bidders], password)
            self.write_keys(bids)
        self.stdout.write(f"演示内容已生成：{Entry.objects.count()} 条记录。")

    def write_accounts(self, users: list[User], password: str) -> None:
        """Write down the accounts for the launcher to print; the password is made anew for each instance."""
        lines = [f"{user.username:<14} {user.get_role_display()}　{user.name}" for user in users]
        settings.DATA.mkdir(parents=True, exist_ok=True)
        _keep(settings.DATA / ACCOUNTS_FILE, "\n".join([f"密码（全部账号相同）：{password}", *lines, ""]))

    def write_keys(self, bids: SealedBids) -> None:
        """Leave the keys to whoever started the demo, to open its bids with when its calendar has come to the day."""
        (settings.DATA / KEYS).mkdir(exist_ok=True)
        for name, text in bids.key_files():
            _keep(settings.DATA / KEYS / name, text)


def _keep(file: Path, text: str) -> None:
    file.touch(mode=0o600)
    file.write_text(text)
