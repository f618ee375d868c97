"""
What keeps machines from trying receipt codes. A code has 60 random bits, so nobody finds one; nobody need try for long.

Who has a right code is never counted.
"""

from django.http import HttpRequest

from accounts.sender import sender
from portal.public.limits import TooManyError, count_one, counted, share

MISSES_PER_WINDOW = 30  # generous: old eyes, a creased slip, a whole street behind one address
NAME = "receipt-miss"


def refuse_guesser(request: HttpRequest) -> None:
    """
    Let nobody look further who has come with too many codes that do not exist.

    :raises TooManyError: until the window is over
    """
    key, again_at = share(NAME, sender(request))
    if counted(key) >= MISSES_PER_WINDOW:
        raise TooManyError(again_at)


def note_miss(request: HttpRequest) -> None:
    """Count a code that does not exist against the address from which it came."""
    key, _again_at = share(NAME, sender(request))
    count_one(key)
