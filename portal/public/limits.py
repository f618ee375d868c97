"""What keeps machines from flooding the public forms, without accounts, pictures to guess or a memory of addresses."""

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

from accounts.sender import network, sender

logger = logging.getLogger(__name__)

LONGEST_SECONDS = 24 * 3600  # a form is taken for a day
SHORTEST_SECONDS = 2  # nobody reads and writes faster
UNPROVEN_SHORTEST_SECONDS = 8  # without a proof of work
WINDOW_SECONDS = 3600
COMMENTS_PER_WINDOW = 30  # generous: a whole street may share one address
PROVEN_PER_WINDOW = 120  # each has cost a second of work; a mobile network shares few addresses
NETWORK_PER_WINDOW = 240
ALL_SECONDS = 600
ALL_UNPROVEN = 600  # of everybody together: a flood ends here, and those with a proof pass on

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
        too_many = _("从您所在的网络收到的提交太多了，请在%(moment)s以后再提交。") % {"moment": moment}
        super().__init__(too_many + _("您写的内容都还在；打电话、来信同样算数。"))


def new_token() -> str:
    """Return a token for one form: it says when the form was given out, and under it the form is taken once."""
    return _signer.sign(get_random_string(22))


def renewed(token: str) -> str:
    """Return the token if it can still be sent, or will be old enough in a moment; a new one if it is too old."""
    try:
        check_age(token)
    except TooOldError:
        return new_token()
    except TooFastError:
        pass
    return token


def check_age(token: str, *, proven: bool = True) -> None:
    """
    Check by its token that a form was filled in by a person, today.

    :raises TooFastError: if it is younger than two seconds, or than eight without a proof of work
    :raises TooOldError: if it is older than a day, or the token is not ours
    """
    try:
        _signer.unsign(token, max_age=LONGEST_SECONDS)
    except (BadSignature, SignatureExpired) as e:
        raise TooOldError from e
    try:
        _signer.unsign(token, max_age=SHORTEST_SECONDS if proven else UNPROVEN_SHORTEST_SECONDS)
    except SignatureExpired:
        return
    raise TooFastError


def count(request: HttpRequest, form: str = "comment", *, proven: bool = False) -> None:
    """
    Count what is sent by a form against the address that it comes from. Each form has a count of its own.

    :raises TooManyError: if the address has used up its share of this hour
    """
    _count_share(form, sender(request), PROVEN_PER_WINDOW if proven else COMMENTS_PER_WINDOW, WINDOW_SECONDS)


def count_flood(request: HttpRequest, form: str = "comment") -> None:
    """
    Count what comes without a proof of work also against its network (/24, /48) and against all that come so.

    :raises TooManyError: if a flood has used up what there is; who brings a proof is not counted here
    """
    _count_share(f"{form}-network", network(request), NETWORK_PER_WINDOW, WINDOW_SECONDS)
    _count_share(f"{form}-all", "all", ALL_UNPROVEN, ALL_SECONDS)


def _count_share(form: str, who: str, most: int, seconds: int) -> None:
    key, again_at = share(form, who, seconds)
    if count_one(key, seconds) > most:
        raise TooManyError(again_at)


def share(form: str, who: str, seconds: int = WINDOW_SECONDS) -> tuple[str, datetime]:
    """
    Return under what name the cache counts a sender's share of this window, and when the next one begins.

    The cache knows the sender only by a keyed hash that changes with each window.
    """
    window = int(time.time() // seconds)
    name = salted_hmac(f"{form}-limit", f"{window}:{who}", algorithm="sha256")
    return f"limit:{name.hexdigest()}", datetime.fromtimestamp((window + 1) * seconds, UTC)


def count_one(key: str, seconds: int = WINDOW_SECONDS) -> int:
    """Return how often this was asked. The counter is atomic; without the cache nobody is refused."""
    try:
        cache.add(key, 0, seconds)
        return cache.incr(key)
    except RedisError:
        logger.warning("The cache is away: nothing is counted", exc_info=True)
        return 0
    except ValueError:  # the window ended between the two calls
        return 1


def counted(key: str) -> int:
    """Return how often it was counted so far, and count nothing."""
    try:
        return int(cache.get(key, 0))
    except RedisError:
        logger.warning("The cache is away: nothing is counted", exc_info=True)
        return 0
