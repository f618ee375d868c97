"""Keeps machines from flooding the one address at which the public writes."""

import logging
from ipaddress import ip_address, ip_network
from typing import Any

from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

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


def sender(request: Request) -> str:
    """
    Return what counts as one sender: an IPv4 address, or the /64 that an IPv6 household owns as a whole.

    Only our own proxy, which connects from a private address, is believed when it says whom it speaks for.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    try:
        is_proxy = not peer or ip_address(peer).is_private
        address = ip_address(forwarded if forwarded and is_proxy else peer)
    except ValueError:
        return peer
    return str(address) if address.version == 4 else str(ip_network(f"{address}/64", strict=False))
