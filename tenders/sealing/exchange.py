"""The files that go between the server and the holders of keys on the day of the opening: JSON, read with distrust."""

import json
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ledger.canonical import timestamp
from tenders.sealing.envelopes import is_recipient
from tenders.sealing.head import LONGEST_WRAP, PAIRS, Holder, Wrap, pair_name

VERSION = 1
TENDER, WRAPS, PEELED, KEYS = (f"sealed-bids/{kind}" for kind in ("tender", "wraps", "peeled", "keys"))
LONGEST_FILE = 20_000_000  # bytes: 2,000 bids with a head of 10 KB
MOST_BIDS = 5_000
_PAIRS = {pair_name(outer, inner) for outer, inner in PAIRS}
_SECRET = re.compile("AGE-SECRET-KEY-1[0-9A-Z]{58}")
_FAULT = re.compile("[a-z-]{1,20}")


@dataclass(frozen=True)
class TenderFile:
    """What a bidder needs to seal his bid on a machine of his own: ``keys`` are recipients by their holders."""

    tender: str
    bidder: str  # unified social credit code
    keys: dict[str, str]

    def dump(self) -> str:
        return _dump(TENDER, vars(self))

    @classmethod
    def parse(cls, raw: str) -> "TenderFile":
        """:raises ValueError: if it is not in the format, or a key is missing"""
        return _parse(TENDER, raw, cls._parsed)

    @classmethod
    def _parsed(cls, *, tender: Any, bidder: Any, keys: Any) -> "TenderFile":
        return cls(_text(tender), _text(bidder), {holder.value: _recipient(keys[holder]) for holder in Holder})


@dataclass(frozen=True)
class WrappedBid:
    """``number`` is that of the bid in the register of the opening."""

    number: int
    bid_key: str
    wraps: tuple[Wrap, ...]


@dataclass(frozen=True)
class WrapsFile:
    """What the observer takes to his own machine. ``checkpoint`` is the newest one, cosigned by the witness."""

    tender: str
    due_at: datetime
    checkpoint: str
    bids: tuple[WrappedBid, ...]

    def dump(self) -> str:
        bids = [{**vars(bid), "wraps": [wrap.facts() for wrap in bid.wraps]} for bid in self.bids]
        return _dump(WRAPS, {**vars(self), "due_at": timestamp(self.due_at), "bids": bids})

    @classmethod
    def parse(cls, raw: str) -> "WrapsFile":
        """:raises ValueError: if it is not in the format"""
        return _parse(WRAPS, raw, cls._parsed)

    @classmethod
    def _parsed(cls, *, tender: Any, due_at: Any, checkpoint: Any, bids: Any) -> "WrapsFile":
        due = datetime.fromisoformat(due_at)
        if due.tzinfo is None:
            raise ValueError("due_at has no time zone")
        return cls(_text(tender), due, _text(checkpoint), tuple(_wrapped(**bid) for bid in _list(bids)))


@dataclass(frozen=True)
class Peeled:
    """One wrap without its outer layer: ``data`` is an age file for the holder of ``inner``."""

    number: int
    pair: str
    inner: str
    bid_key: str
    data: bytes


@dataclass(frozen=True)
class PeeledFile:
    """What the observer's tool leaves for the bureau or the escrow."""

    tender: str
    peeled: tuple[Peeled, ...]

    def dump(self) -> str:
        peeled = [{**vars(one), "data": b64encode(one.data).decode()} for one in self.peeled]
        return _dump(PEELED, {"tender": self.tender, "peeled": peeled})

    @classmethod
    def parse(cls, raw: str) -> "PeeledFile":
        """:raises ValueError: if it is not in the format, or names a bid twice for one pair"""
        return _parse(PEELED, raw, cls._parsed)

    @classmethod
    def _parsed(cls, *, tender: Any, peeled: Any) -> "PeeledFile":
        found = tuple(_peeled(**one) for one in _list(peeled))
        _once([(one.number, one.pair) for one in found])
        return cls(_text(tender), found)


@dataclass(frozen=True)
class BidKey:
    """The secret key of a bid, for the server to open it with. ``repr`` does not show it."""

    number: int
    bid_key: str
    secret: str = field(repr=False)


@dataclass(frozen=True)
class Failed:
    """A wrap that gave no key: ``fault`` as in :class:`tenders.sealing.faults.Fault`."""

    number: int
    pair: str
    fault: str


@dataclass(frozen=True)
class KeysFile:
    """What the bureau's or the escrow's tool gives to the server."""

    tender: str
    keys: tuple[BidKey, ...]
    failed: tuple[Failed, ...] = ()

    def dump(self) -> str:
        keys, failed = [vars(key) for key in self.keys], [vars(one) for one in self.failed]
        return _dump(KEYS, {"tender": self.tender, "keys": keys, "failed": failed})

    @classmethod
    def parse(cls, raw: str) -> "KeysFile":
        """:raises ValueError: if it is not in the format, or names a bid twice"""
        return _parse(KEYS, raw, cls._parsed)

    @classmethod
    def _parsed(cls, *, tender: Any, keys: Any, failed: Any) -> "KeysFile":
        found = tuple(_bid_key(**key) for key in _list(keys))
        _once([key.number for key in found])
        return cls(_text(tender), found, tuple(_failed(**one) for one in _list(failed)))


def _dump(kind: str, content: dict[str, Any]) -> str:
    return json.dumps({"v": VERSION, "kind": kind, **content}, ensure_ascii=False, indent=1) + "\n"


def _parse(kind: str, raw: str, parsed: Any) -> Any:
    try:
        return parsed(**_said(kind, raw))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as e:
        raise ValueError(f"the file is not in the format {kind}: {type(e).__name__} {e}") from e


def _said(kind: str, raw: str) -> dict[str, Any]:
    if len(raw) > LONGEST_FILE:
        raise ValueError("too long")
    said: dict[str, Any] = json.loads(raw)
    if (said.pop("v"), said.pop("kind")) != (VERSION, kind):
        raise ValueError("another kind of file")
    return said


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) > MOST_BIDS:
        raise TypeError("not a list, or too long a one")
    return value


def _number(value: Any) -> int:
    if type(value) is not int or not 0 < value <= MOST_BIDS:
        raise ValueError("no number of a bid")
    return value


def _recipient(value: Any) -> str:
    if not is_recipient(value):
        raise ValueError("no public key")
    return str(value)


def _pair(value: Any) -> str:
    if value not in _PAIRS:
        raise ValueError("no pair of holders")
    return str(value)


def _once(names: list[Any]) -> None:
    if len(set(names)) < len(names):
        raise ValueError("a bid is named twice")


def _wrapped(number: Any, bid_key: Any, wraps: Any) -> WrappedBid:
    found = tuple(Wrap.parse(**wrap) for wrap in _list(wraps))
    if any(wrap.pair not in _PAIRS or len(wrap.data) > LONGEST_WRAP for wrap in found):
        raise ValueError("no wrap of ours")
    return WrappedBid(_number(number), _recipient(bid_key), found)


def _peeled(number: Any, pair: Any, inner: Any, bid_key: Any, data: Any) -> Peeled:
    raw = b64decode(data, validate=True)
    if len(raw) > LONGEST_WRAP:
        raise ValueError("too long for a wrap")
    return Peeled(_number(number), _pair(pair), _recipient(inner), _recipient(bid_key), raw)


def _bid_key(number: Any, bid_key: Any, secret: Any) -> BidKey:
    if not _SECRET.fullmatch(secret):
        raise ValueError("no secret key of a bid")
    return BidKey(_number(number), _recipient(bid_key), secret)


def _failed(number: Any, pair: Any, fault: Any) -> Failed:
    if not _FAULT.fullmatch(fault):
        raise ValueError("no fault")
    return Failed(_number(number), _pair(pair), fault)
