"""
Locks by number, beside those of rows. Each number stands here or in ``publishing.locks``, and nowhere else.

The ledger's own, 6962, is taken in its SQL (``sql/append.sql``) by the number alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

SEALER = 6963
PAGES = 6964  # of those who write the public pages
OUTBOX = 6965  # and the place of the queue


@contextmanager
def alone(what: int, which: int = 0) -> Iterator[bool]:
    """
    Say whether nobody else is at this work, and keep all others from it meanwhile.

    It is held outside of any transaction, and goes with the session: a process that dies leaves it free.
    """
    is_first = _ask("SELECT pg_try_advisory_lock(%s, %s)", what, which)
    try:
        yield is_first
    finally:
        if is_first:
            _ask("SELECT pg_advisory_unlock(%s, %s)", what, which)


def _ask(question: str, *numbers: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, numbers)
        return bool(cursor.fetchone()[0])
