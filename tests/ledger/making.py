"""Entries and roles for the tests of the ledger."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from ledger import merkle
from ledger.models import Entry
from ledger.notes import VerifierKey
from ledger.operations import record
from ledger.proofs import TreeHead, open_checkpoint
from ledger.tiles import Log

SQL = Path(apps.get_app_config("ledger").path) / "sql"
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

APPEND_MANY = """
DO $$
DECLARE
  head record;
  body text;
BEGIN
  FOR i IN 1..NUMBER LOOP
    SELECT * INTO head FROM ledger_head();
    body := format(
      '{"at":"2026-03-02T09:00:00+08:00","by":{"role":"public"},"facts":{"名称":"公墓扩建"},"kind":"project.announced",'
      '"recorded_at":"%s","seq":%s,"subject":"project/2026-001","v":1}',
      to_char(head.recorded_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS.US"+08:00"'), head.seq
    );
    PERFORM ledger_append(
      'project.announced', 'project/2026-001', 'many:' || head.seq, NULL, '2026-03-02T09:00:00+08:00',
      convert_to(body, 'UTF8')
    );
  END LOOP;
END
$$
"""

_numbers = count()


def make_entry(subject: str = "project/2026-001", **changes: Any) -> Entry:
    act: dict[str, Any] = {"actor": None, "at": AT, "facts": {"名称": "公墓扩建"}, "key": f"act:{next(_numbers)}"}
    with transaction.atomic():
        return record("project.announced", subject=subject, **act | changes)


def make_entries(number: int, subject: str = "project/2026-001") -> list[Entry]:
    return [make_entry(subject) for _ in range(number)]


def make_many(number: int) -> None:
    """Append entries without follow-up work, many times faster: for tests that need full tiles."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(APPEND_MANY.replace("NUMBER", str(number)))


@contextmanager
def role(name: str) -> Iterator[None]:
    """Do something with the rights of a role of the database."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {name}")
        try:
            yield
        finally:
            cursor.execute("RESET ROLE")


def run_sql(statement: str, *values: Any) -> None:
    """Run a statement that may fail without spoiling the test's own transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def audit(folder: Path, vkey: VerifierKey) -> TreeHead:
    """Verify the whole public log from its files alone, as a stranger would. Return its signed tree head."""
    note = (folder / "checkpoint").read_text(encoding="utf-8")
    head, _ = open_checkpoint(note, vkey.name, [vkey])
    log = Log(folder, head.size)
    bodies = [body for bundle in range(-(-head.size // 256)) for body in log.entries(bundle)]
    assert len(bodies) == head.size
    assert merkle.root([merkle.leaf_hash(body) for body in bodies]) == log.root == head.root
    assert [json.loads(body)["seq"] for body in bodies] == list(range(head.size))
    return head
