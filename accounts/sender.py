"""Who sends a request, as far as anybody here needs to know: a network, never a person."""

from ipaddress import ip_address, ip_network

from django.http import HttpRequest


def sender(request: HttpRequest) -> str:
    """
    Return what counts as one sender: an IPv4 address, or the /64 that an IPv6 household owns as a whole.

    Only our own proxy, which connects from a private address or by a socket file, is believed when it says whom it
    speaks for.
    """
    return _network_of(_address_of(request), 32, 64)


def network(request: HttpRequest) -> str:
    """Return the network around a sender, which one owner of many addresses can't leave: a /24, or a /48 of IPv6."""
    return _network_of(_address_of(request), 24, 48)


def _address_of(request: HttpRequest) -> str:
    peer = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    return forwarded if forwarded and _is_private(peer) else peer


def _is_private(address: str) -> bool:
    try:
        return ip_address(address).is_private
    except ValueError:
        return True  # a socket file: only a proxy on this machine connects that way


def _network_of(address: str, bits: int, bits_of_v6: int) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    bits = bits if parsed.version == 4 else bits_of_v6
    return address if bits == parsed.max_prefixlen else str(ip_network(f"{address}/{bits}", strict=False))
