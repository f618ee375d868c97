"""Keeps machines from flooding the one address at which the public writes."""

import logging
from typing import Any

from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from accounts.sender import sender

logger = logging.getLogger(__name__)


class CommentThrottle(SimpleRateThrottle):
    """Thirty comments an hour from one network: a whole street may share one address. The address is not kept."""

    scope = "comments"
    rate = "30/hour"

    def get_cache_key(self, request: Request, view: Any) -> str:
        return "api-comments:" + salted_hmac("api-comments", sender(request), algorithm="sha256").hexdigest()

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count, and let pass while the cache is away: an opinion too many is better than one refused."""
        try:
            return super().allow_request(request, view)
        except RedisError:
            logger.warning("The cache is away: comments are not counted", exc_info=True)
            return True
