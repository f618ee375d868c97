"""
What a story left in the database and in the uploads, kept to be put there again: replaying it costs seconds each time.

Rows are put back as they were, entries with their hashes, so nothing tells a remembered story from a told one. Only an
empty database is filled so; the guards of the ledger let rows in, and foreign keys are looked at when all are there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from psycopg import sql

from accounts.models import User

ALWAYS_THERE = {"django_content_type", "auth_permission"}  # filled by the migrations


@dataclass
class Memory:
    """The rows of each table in PostgreSQL's text form, the last numbers given out, and what was uploaded."""

    rows: dict[str, bytes] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    uploads: dict[Path, bytes] = field(default_factory=dict)


def nothing_is_there() -> bool:
    """Say whether no story has been told here: no person is known, and nothing was uploaded."""
    return not User.objects.exists() and not Path(settings.MEDIA_ROOT).exists()


def remember() -> Memory:
    memory = Memory()
    with connection.cursor() as cursor:
        for table in _tables():
            with cursor.copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))) as out:
                if rows := b"".join(out):
                    memory.rows[table] = rows
        for name in _sequences():
            cursor.execute(sql.SQL("SELECT last_value FROM {}").format(sql.Identifier(name)))
            memory.numbers[name] = cursor.fetchone()[0]
    root = Path(settings.MEDIA_ROOT)
    memory.uploads = {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    return memory


def recall(memory: Memory) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE tenders_sealedbid DISABLE TRIGGER tenders_sealedbid_comes")  # they came long ago
        for table, rows in memory.rows.items():
            with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))) as into:
                into.write(rows)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("ALTER TABLE tenders_sealedbid ENABLE ALWAYS TRIGGER tenders_sealedbid_comes")
        for name, last in memory.numbers.items():
            cursor.execute("SELECT setval(%s, greatest(%s, nextval(%s)))", [name, last, name])
    for place, content in memory.uploads.items():
        path = settings.MEDIA_ROOT / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    ContentType.objects.clear_cache()


def _tables() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in ALWAYS_THERE:
            yield model._meta.db_table


def _sequences() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'")
        return [name for (name,) in cursor.fetchall()]
