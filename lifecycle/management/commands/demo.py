"""Fills an empty demo instance: three projects on a calendar of 2026, through the operations that people use."""

import secrets
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from ledger import clock
from ledger.models import Entry
from lifecycle.demo import cemetery, courtyard, hall
from lifecycle.demo.calendar import moment, tell
from lifecycle.demo.people import People, make_people

TODAY = moment("08-12 10:00")
ACCOUNTS_FILE = "demo-accounts.txt"  # in DATA


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
            self.write_accounts(people, password)
            tell([cemetery.story(people), courtyard.story(people), hall.story(people)])
            clock.advance(TODAY)
        self.stdout.write(f"演示内容已生成：{Entry.objects.count()} 条记录。")

    def write_accounts(self, people: People, password: str) -> None:
        """Write down the accounts for the launcher to print; the password is made anew for each instance."""
        lines = [f"{user.username:<14} {user.get_role_display()}　{user.name}" for user in people.everyone()]
        settings.DATA.mkdir(parents=True, exist_ok=True)
        file = settings.DATA / ACCOUNTS_FILE
        file.touch(mode=0o600)
        file.write_text("\n".join([f"密码（全部账号相同）：{password}", *lines, ""]))
