"""What keeps machines from flooding the public forms, without accounts, puzzles or a memory of addresses."""

import logging
import time
from datetime import UTC, datetime

from django.core.cache import cache
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from accounts.sender import sender

logger = logging.getLogger(__name__)

LONGEST_SECONDS = 24 * 3600  # a form is taken for a day
SHORTEST_SECONDS = 2  # nobody reads and writes faster
WINDOW_SECONDS = 3600
COMMENTS_PER_WINDOW = 30  # generous: a whole street may share one address

_signer = TimestampSigner(salt="comment-form")


class NotTakenError(Exception):
    """Raised if a form is not taken now. Its text says to the writer what to do, ``status`` says it to machines."""

    status = 400


class TooFastError(NotTakenError):
    """Raised if a form comes back sooner than a person could have filled it in."""

    def __init__(self) -> None:
        super().__init__(_("提交得太快了，像是机器操作。请检查一遍内容，再按一次提交的按钮。"))


class TooOldError(NotTakenError):
    """Raised if a form is older than a day, or its token is not ours."""

    def __init__(self) -> None:
        super().__init__(_("这一页打开已超过24小时。您写的内容都还在，请再按一次提交的按钮。"))


class TooManyError(NotTakenError):
    """Raised if too much came from one address."""

    status = 429

    def __init__(self, again_at: datetime) -> None:
        moment = date_format(timezone.localtime(again_at), "G:i")
        super().__init__(_("从您所在的网络收到的提交太多了，请在%(moment)s以后再提交。") % {"moment": moment})


def new_token() -> str:
    """Return a token for one form: it says when the form was given out, and under it the form is taken once."""
    return _signer.sign(get_random_string(22))


def check_age(token: str) -> None:
    """
    Check by its token that a form was filled in by a person, today.

    :raises TooFastError: if it is younger than two seconds
    :raises TooOldError: if it is older than a day, or the token is not ours
    """
    try:
        _signer.unsign(token, max_age=LONGEST_SECONDS)
    except (BadSignature, SignatureExpired) as e:
        raise TooOldError from e
    try:
        _signer.unsign(token, max_age=SHORTEST_SECONDS)
    except SignatureExpired:
        return
    raise TooFastError


def count(request: HttpRequest, form: str = "comment") -> None:
    """
    Count what is sent by a form against the address that it comes from. Each form has a count of its own.

    The cache knows the address only by a keyed hash that changes with each window.

    :raises TooManyError: if the address has used up its share of this hour
    """
    window = int(time.time() // WINDOW_SECONDS)
    name = salted_hmac(f"{form}-limit", f"{window}:{sender(request)}", algorithm="sha256")
    if _number(f"limit:{name.hexdigest()}") > COMMENTS_PER_WINDOW:
        raise TooManyError(datetime.fromtimestamp((window + 1) * WINDOW_SECONDS, UTC))


def _number(key: str) -> int:
    """Return how often this was asked. The counter is atomic; without the cache nobody is refused."""
    try:
        cache.add(key, 0, WINDOW_SECONDS)
        return cache.incr(key)
    except RedisError:
        logger.warning("The cache is away: nothing is counted", exc_info=True)
        return 0
    except ValueError:  # the window ended between the two calls
        return 1
