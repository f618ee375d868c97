"""Sealing a bid, as the page does it in the bidder's browser."""

from hashlib import sha256
from typing import NamedTuple

from tenders.sealing.content import Content
from tenders.sealing.envelopes import lock, new_identity, recipient_of
from tenders.sealing.head import PAIRS, Head, Keys, Wrap, pair_name
from tenders.sealing.padding import pad


class Sealed(NamedTuple):
    head: Head
    payload: bytes
    secret: str  # the bid key: the bidder's recovery key, which nobody else gets


def seal(content: Content, keys: Keys) -> Sealed:
    """
    Seal a bid to the keys of its tender, with a bid key made for it.

    :raises SealBroken: if it is too large, or a key is none
    """
    secret = new_identity()
    payload = lock(pad(content.to_bytes()), recipient_of(secret))
    head = Head(
        tender=content.tender,
        bid_key=recipient_of(secret),
        payload_sha256=sha256(payload).hexdigest(),
        size=len(payload),
        wraps=tuple(wrap(secret, outer, inner, keys) for outer, inner in PAIRS),
    )
    return Sealed(head, payload, secret)


def wrap(secret: str, outer: str, inner: str, keys: Keys) -> Wrap:
    """Lock a bid key for a pair of holders, so that the outer one must unlock it first."""
    data = lock(lock(secret.encode(), keys[inner]), keys[outer])
    return Wrap(pair_name(outer, inner), keys[outer], keys[inner], data)
