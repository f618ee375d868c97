"""
The ledger refuses to be emptied, whoever asks. Tests that commit must empty it all the same, and are open about it.

``conftest.py`` calls :func:`let_tests_flush` once, before any test.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test import TransactionTestCase

GUARDED = ("ledger_entry", "ledger_checkpoint", "ledger_cosignature")


@contextmanager
def unguarded() -> Iterator[None]:
    """Take the guards off the ledger's tables, as only the owner of the tables can."""
    _guards("DISABLE")
    try:
        yield
    finally:
        _guards("ENABLE ALWAYS")


def let_tests_flush() -> None:
    """Make the flush after a test that commits work, which truncates all tables."""
    teardown = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def unguarded_teardown(self: TransactionTestCase) -> None:
        with unguarded():
            teardown(self)

    TransactionTestCase._fixture_teardown = unguarded_teardown  # type: ignore[attr-defined]


def _guards(state: str) -> None:
    with connection.cursor() as cursor:
        # A thread that a test forgot must fail the test, not hang it.
        cursor.execute("SET lock_timeout = '10s'")
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE {table} {state} TRIGGER ledger_append_only")
        cursor.execute("RESET lock_timeout")
