"""The one clock: the database's. A demo instance has a calendar of its own, which only ever goes forward."""

import time
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from ledger.models import DemoClock


def now() -> datetime:
    """
    Return the moment by the database's clock, on a demo instance by its calendar.

    Faces ask it once and hand the answer down; nothing below them asks for the time. One query, on a demo two.
    """
    clock = DemoClock.objects.first() if settings.DEMO else None
    return real_now() + clock.ahead if clock else real_now()


def real_now() -> datetime:
    """Return the moment by the database's clock, on a demo instance too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def wait_until(moment: datetime, *, most: timedelta) -> None:
    """Wait for a moment that is near. One that is past, or farther off than ``most``, is not waited for."""
    rest = moment - now()
    if timedelta() < rest <= most:
        time.sleep(rest.total_seconds())


def advance(to: datetime) -> None:
    """
    Put the calendar of a demo instance forward. The first time sets where it begins, be it in the past.

    :raises ImproperlyConfigured: if this is no demo instance
    :raises ValueError: if ``to`` lies before the calendar's present moment
    """
    if not settings.DEMO:
        raise ImproperlyConfigured("Only the calendar of a demo instance can be moved.")
    with transaction.atomic():
        clock = DemoClock.objects.select_for_update().first()
        real = real_now()
        if clock and to < real + clock.ahead:
            raise ValueError(f"the calendar shows {real + clock.ahead} and cannot go back to {to}")
        DemoClock.objects.update_or_create(defaults={"ahead": to - real})
