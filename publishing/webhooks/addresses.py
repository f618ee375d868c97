"""
Where we may call: public addresses only, and what the operator lists of the intranet.

Who enters an address must not reach through us what only we can reach: this machine, the network around it, the
cloud's own services. A name is looked up once for each call, every address that it has must be fit, and the call goes
to one of those that were looked at: a second look-up could answer differently.
"""

import re
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

LONGEST_URL = 500
PORTS = {"https": 443, "http": 80}
FIT = re.compile(r"[!-\[\]-~]+")  # printable ASCII without blank and backslash
NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))+")
DOTTED = re.compile(r"(0|[1-9][0-9]{0,2})(\.(0|[1-9][0-9]{0,2})){3}")
# The last label of what a resolver would take for a number: 2130706433, 0x7f.1, 127.0.0.0x1
NUMERIC = re.compile(r"(^|\.)(0x[0-9a-f]*|[0-9]+)$")
GLOBAL_IPV6 = ip_network("2000::/3")
# Global by their registry, but they lead on to an address within them, or to nobody: 6to4, its relays, NAT64 lies
# outside of 2000::/3, documentation (RFC 9637).
NOT_PUBLIC = tuple(ip_network(n) for n in ("2002::/16", "2001::/23", "3fff::/20", "192.88.99.0/24", "192.0.0.0/24"))


class UnfitAddressError(ValueError):
    """Raised if we do not call an address. Its text says why, to the staff who entered it."""


@dataclass(frozen=True)
class Target:
    """Where a call goes: the name, for the certificate and the Host header, and the addresses that were looked at."""

    scheme: str
    host: str
    port: int
    path: str  # with the query
    addresses: tuple[str, ...]


def target(url: str) -> Target:
    """
    Return where a URL leads, after looking at all addresses of its name.

    :raises UnfitAddressError: if it is not written plainly, its name has no address, or any address is not public
    """
    parts = parse(url)
    host = parts.hostname or ""
    port = parts.port or PORTS[parts.scheme]
    addresses = look_up(host, port)
    if not addresses:
        raise UnfitAddressError(_("查不到“%(host)s”的地址。") % {"host": host})
    for address in addresses:
        check_address(address, parts.scheme)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, path, tuple(addresses))


def parse(url: str) -> SplitResult:
    """
    Return the parts of a URL that is written so plainly that everybody reads the same in it.

    :raises UnfitAddressError: if it is not
    """
    if len(url) > LONGEST_URL or not FIT.fullmatch(url):
        raise UnfitAddressError(_("网址只能由英文字母、数字和常用符号组成，最多500个字符。"))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as e:
        raise UnfitAddressError(_("网址写得不对。")) from e
    if parts.scheme not in PORTS:
        raise UnfitAddressError(_("网址须以 https:// 开头。"))
    if "@" in parts.netloc or parts.fragment or url.endswith("#") or port == 0 or parts.netloc.endswith(":"):
        raise UnfitAddressError(_("网址里不能有用户名、密码和井号，端口须写明白。"))
    _check_host(parts.hostname or "")
    return parts


def _check_host(host: str) -> None:
    if ":" in host:
        _parsed(host)
    elif NUMERIC.search(host):
        if not DOTTED.fullmatch(host):
            raise UnfitAddressError(_("IP地址须写成四段十进制数。"))
        _parsed(host)
    elif not NAME.fullmatch(host) or len(host) > 253:
        raise UnfitAddressError(_("网址里的域名写得不对。"))


def _parsed(address: str) -> IPv4Address | IPv6Address:
    try:
        return ip_address(address)
    except ValueError as e:
        raise UnfitAddressError(_("网址里的IP地址写得不对。")) from e


def look_up(host: str, port: int) -> list[str]:
    """Return all addresses of a host, in the system's order; none if it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(sockaddr[0]) for *_kind, sockaddr in found))


def check_address(address: str, scheme: str) -> None:
    """
    Check one address that a name has.

    :raises UnfitAddressError: if it is not public and not in the intranet that the operator lists, or if it is to be
        called without encryption from outside of that
    """
    parsed = _parsed(address)
    if _is_listed(parsed):
        return
    if scheme != "https":
        raise UnfitAddressError(_("网址须以 https:// 开头。"))
    if not is_public(parsed):
        raise UnfitAddressError(_("“%(address)s”不是公网地址，不予推送。") % {"address": address})


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address belongs to somebody on the public Internet, and leads to nobody else."""
    if address.is_multicast or address.is_reserved or not address.is_global:
        return False
    if isinstance(address, IPv6Address) and address not in GLOBAL_IPV6:
        return False
    return not any(address in network for network in NOT_PUBLIC if network.version == address.version)


def _is_listed(address: IPv4Address | IPv6Address) -> bool:
    networks = (ip_network(network) for network in settings.WEBHOOK_INTRANET)
    return any(address in network for network in networks if network.version == address.version)
