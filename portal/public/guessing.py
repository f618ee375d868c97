"""
What keeps machines from trying receipt codes. A code has 60 random bits, so nobody finds one; nobody need try for long.

Who has a right code is never counted. The cache knows an address only by a keyed hash that changes with each window.
"""

import logging
import time
from datetime import UTC, datetime

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from accounts.sender import sender
from portal.public.limits import WINDOW_SECONDS, TooManyError

MISSES_PER_WINDOW = 30  # generous: old eyes, a creased slip, a whole street behind one address

logger = logging.getLogger(__name__)


def refuse_guesser(request: HttpRequest) -> None:
    """
    Let nobody look further who has come with too many codes that do not exist.

    :raises TooManyError: until the window is over
    """
    window = _window()
    try:
        misses = cache.get(_key(request, window), 0)
    except RedisError:
        logger.warning("The cache is away: nothing is counted", exc_info=True)
        return
    if misses >= MISSES_PER_WINDOW:
        raise TooManyError(datetime.fromtimestamp((window + 1) * WINDOW_SECONDS, UTC))


def note_miss(request: HttpRequest) -> None:
    """Count a code that does not exist against the address from which it came."""
    key = _key(request, _window())
    try:
        cache.add(key, 0, WINDOW_SECONDS)
        cache.incr(key)
    except (RedisError, ValueError):  # the cache is away, or the window ended between the two calls
        logger.warning("A wrong receipt code was not counted")


def _window() -> int:
    return int(time.time() // WINDOW_SECONDS)


def _key(request: HttpRequest, window: int) -> str:
    name = salted_hmac("receipt-misses", f"{window}:{sender(request)}", algorithm="sha256")
    return f"misses:{name.hexdigest()}"
