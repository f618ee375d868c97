"""Locks of those who write or read over the public files; the ledger's is 6962, the sealer's 6963, the site's 6964."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

FEEDS = 6970
CALENDARS = 6971
NOTICES = 6972
INSPECTION = 6973
MAIL = 6974  # of who talks to the mail server
WEBHOOKS = 6975
PROOFS = 6976


@contextmanager
def writing(what: int, which: int = 0) -> Iterator[None]:
    """Hold a lock, and a transaction, while files are made of the newest state: no older one overwrites them."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [what, which])
        yield


@contextmanager
def alone(what: int) -> Iterator[bool]:
    """
    Say whether nobody else is at this work, and keep all others from it meanwhile.

    It is held outside of any transaction, and goes with the session: a process that dies leaves it free.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, 0)", [what])
        is_first = cursor.fetchone()[0]
    try:
        yield is_first
    finally:
        if is_first:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, 0)", [what])
