"""
The code that is shown in the opening room, and nowhere else: who types it in is there.

It changes every five minutes and is made of the server's key, so that nothing of it is stored. That it can be told to
somebody outside by telephone is not prevented: it keeps out who would sign in from the office.
"""

from datetime import datetime
from hmac import compare_digest

from django.utils.crypto import salted_hmac

from tenders.models import Package

SECONDS = 300
DIGITS = 6


def room_code(package: Package, at: datetime) -> str:
    """Return the code that the room of a package shows at a moment."""
    return _code(package, int(at.timestamp()) // SECONDS)


def seconds_left(at: datetime) -> int:
    """Return for how long the code of this moment is still shown. It is taken for five minutes more."""
    return SECONDS - int(at.timestamp()) % SECONDS


def is_room_code(package: Package, typed: str, at: datetime) -> bool:
    """Whether somebody has read this from the screen: it may have changed while it was typed in."""
    window = int(at.timestamp()) // SECONDS
    typed = "".join(typed.split())
    return any(compare_digest(typed.encode(), _code(package, w).encode()) for w in (window, window - 1))


def _code(package: Package, window: int) -> str:
    drawn = salted_hmac("integrity.room", f"{package.pk}:{window}", algorithm="sha256").digest()
    return f"{int.from_bytes(drawn[:8]) % 10**DIGITS:0{DIGITS}}"
