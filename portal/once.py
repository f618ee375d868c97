"""What a person sends twice is done once: the second click, and the reload, get the first one's answer."""

import logging
import time
from collections.abc import Callable

from django.core.cache import cache
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

BUSY = ""
BUSY_SECONDS = 60  # after which an attempt that never came back counts as dead
REMEMBERED_SECONDS = 25 * 3600  # longer than a form is taken
PATIENCE_SECONDS = 5


class StillBusyError(Exception):
    """Raised if the first attempt has not come to an end yet. Its text is for the person who waits."""

    def __init__(self) -> None:
        super().__init__(_("您的内容正在登记，请等几秒再按一次。"))


def once(token: str, act: Callable[[], str]) -> str:
    """
    Do ``act`` unless it was done under the same ``token``, and return what it returned the first time.

    While the cache is away everything is done: an opinion that arrives twice is better than one that is lost.

    :raises StillBusyError: if another request has been at it for longer than a person waits
    """
    key = f"once:{token}"
    if not _is_first(key):
        return _wait_for(key)
    try:
        result = act()
    except BaseException:
        _remember(key, None)
        raise
    _remember(key, result)
    return result


def _is_first(key: str) -> bool:
    try:
        return cache.add(key, BUSY, BUSY_SECONDS)
    except RedisError:
        logger.warning("The cache is away: a form sent twice would be taken twice", exc_info=True)
        return True


def _wait_for(key: str) -> str:
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up_at:
        if result := cache.get(key):
            return result
        time.sleep(0.1)
    raise StillBusyError


def _remember(key: str, result: str | None) -> None:
    try:
        cache.set(key, result, REMEMBERED_SECONDS) if result else cache.delete(key)
    except RedisError:
        logger.warning("The cache is away: a form sent twice would be taken twice", exc_info=True)
