"""The head of a sealed bid: what is known of it from outside, and what the server can check of that."""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import rfc8785

from tenders.sealing.envelopes import inner_size, is_recipient
from tenders.sealing.faults import Fault, SealBroken
from tenders.sealing.padding import STEPS

VERSION = 1
LONGEST_HEAD = 32_000  # bytes
LONGEST_WRAP = 5_000  # bytes
DIGEST = re.compile("[0-9a-f]{64}")


class Holder(StrEnum):
    """Who holds a key of a tender."""

    OBSERVER = "observer"  # the discipline commission
    OBSERVER_SPARE = "observer-spare"  # in the commission's safe
    BUREAU = "bureau"
    ESCROW = "escrow"  # the procurement centre


# The pairs that open, the outer one first: no pair is without the observer.
PAIRS = (
    (Holder.OBSERVER, Holder.BUREAU),
    (Holder.OBSERVER, Holder.ESCROW),
    (Holder.OBSERVER_SPARE, Holder.BUREAU),
)
Keys = Mapping[str, str]  # holder -> recipient, ``age1…``


def pair_name(outer: str, inner: str) -> str:
    return f"{outer}+{inner}"


@dataclass(frozen=True)
class Wrap:
    """The bid key, locked for a pair: ``data`` is age(outer, age(inner, secret bid key))."""

    pair: str  # as in "observer+bureau"
    outer: str  # recipients
    inner: str
    data: bytes

    def facts(self) -> dict[str, str]:
        return {**vars(self), "data": b64encode(self.data).decode()}

    @classmethod
    def parse(cls, pair: Any, outer: Any, inner: Any, data: Any) -> "Wrap":
        if not all(isinstance(text, str) for text in (pair, outer, inner, data)):
            raise TypeError("a wrap is made of texts")
        return cls(pair, outer, inner, b64decode(data, validate=True))


@dataclass(frozen=True)
class Head:
    tender: str  # path of the package
    bid_key: str  # recipient
    payload_sha256: str
    size: int  # bytes of the payload, as it is uploaded
    wraps: tuple[Wrap, ...]

    def to_bytes(self) -> bytes:
        """Return it in canonical JSON (RFC 8785)."""
        return rfc8785.dumps({"v": VERSION, **vars(self), "wraps": [wrap.facts() for wrap in self.wraps]})

    @classmethod
    def parse(cls, raw: bytes) -> "Head":
        """:raises SealBroken: if it is not in the format, or not written in the canonical way"""
        if len(raw) > LONGEST_HEAD:
            raise SealBroken(Fault.HEAD, "too long")
        try:
            head = cls._parsed(**json.loads(raw))
            canonical = head.to_bytes()
        except (ValueError, TypeError, KeyError, RecursionError) as e:
            raise SealBroken(Fault.HEAD, f"not in the format: {type(e).__name__}") from e
        if canonical != raw:
            raise SealBroken(Fault.HEAD, "not in canonical JSON")
        return head

    @classmethod
    def _parsed(cls, *, v: Any, tender: Any, bid_key: Any, payload_sha256: Any, size: Any, wraps: Any) -> "Head":
        if v != VERSION or not isinstance(tender, str) or type(size) is not int or size < 0:
            raise ValueError("version, tender or size")
        if not is_recipient(bid_key) or not DIGEST.fullmatch(payload_sha256):
            raise ValueError("bid key or digest")
        return cls(tender, bid_key, payload_sha256, size, tuple(Wrap.parse(**wrap) for wrap in wraps))

    def wrap(self, pair: str) -> Wrap:
        """:raises LookupError: if there is none for that pair"""
        for wrap in self.wraps:
            if wrap.pair == pair:
                return wrap
        raise LookupError(pair)


def check_head(head: Head, *, tender: str, keys: Keys) -> None:
    """
    Check what a head says: the tender, and one wrap for each pair, locked for one key each.

    Nobody but its holder can see whether a wrap is locked for the key that it names: that shows at the opening.

    :raises SealBroken: at the first fault
    """
    if head.tender != tender:
        raise SealBroken(Fault.TENDER)
    expected = [(pair_name(outer, inner), keys[outer], keys[inner]) for outer, inner in PAIRS]
    if [(wrap.pair, wrap.outer, wrap.inner) for wrap in head.wraps] != expected:
        raise SealBroken(Fault.KEYS, "one wrap for each pair, in their order, for the announced keys")
    if head.bid_key in keys.values():
        raise SealBroken(Fault.KEYS, "the bid key is made for this bid")
    for wrap in head.wraps:
        if len(wrap.data) > LONGEST_WRAP:
            raise SealBroken(Fault.ENVELOPE, "a wrap holds one key")
        inner_size(wrap.data, len(wrap.data))


def check_payload(head: Head, *, beginning: bytes, size: int, sha256: str) -> None:
    """
    Check an uploaded payload against its head, by its first ``envelopes.LONGEST_HEADER`` bytes, its size and digest.

    :raises SealBroken: at the first fault
    """
    if size != head.size or inner_size(beginning, size) not in STEPS:
        raise SealBroken(Fault.SIZE)
    if sha256 != head.payload_sha256:
        raise SealBroken(Fault.DIGEST)
