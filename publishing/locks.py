"""Locks of those who write or read over the public files. The numbers below 6970 are in ``ledger.locks``."""

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
