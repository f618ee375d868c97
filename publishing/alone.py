"""Work that only one process at a time shall do, whichever comes first."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

MAIL = 6965  # of who talks to the mail server; the ledger's locks are 6962 and 6963, the site's is 6964
WEBHOOKS = 6966


@contextmanager
def alone(lock: int) -> Iterator[bool]:
    """
    Hold a lock of the database, if no other session has it. Say whether it is held.

    It is held outside of any transaction, and goes with the session: a process that dies leaves it free.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [lock])
        is_held = cursor.fetchone()[0]
    try:
        yield is_held
    finally:
        if is_held:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [lock])
