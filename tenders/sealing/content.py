"""What lies in a sealed bid: the reading, the files, for which tender and by whom."""

import json
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from unicodedata import category

import rfc8785

from ledger.canonical import MAX_INTEGER, normalised
from tenders.sealing.faults import Fault, SealBroken

VERSION = 1
NONCE = re.compile("[0-9a-f]{64}")
MOST_FILES = 40
LONGEST_NAME = 120  # characters
LONGEST = {"quality": 100, "project_manager": 60, "manager_certificate": 60}  # characters of the reading
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # categories of Unicode: controls, formats, halves of letters, line ends
_NAME = re.compile(r"[^/\\]+")
_MEDIA_TYPE = re.compile(r"[a-z0-9]+/[a-z0-9.+-]+")


@dataclass(frozen=True)
class Reading:
    """What is read aloud at the opening (E20 29): the fields of ``Bid`` of the same names."""

    price_fen: int
    duration_days: int
    quality: str
    project_manager: str
    manager_certificate: str
    bond_fen: int

    def facts(self) -> dict[str, Any]:
        return dict(vars(self))


@dataclass(frozen=True)
class File:
    name: str
    media_type: str
    data: bytes

    def facts(self) -> dict[str, str]:
        digest = sha256(self.data).hexdigest()
        return {
            "name": self.name,
            "media_type": self.media_type,
            "sha256": digest,
            "data": b64encode(self.data).decode(),
        }


@dataclass(frozen=True)
class Content:
    """The content of a payload. ``tender`` is the path of the package, ``bidder`` the unified social credit code."""

    tender: str
    bidder: str
    nonce: str  # 64 hexadecimal digits
    reading: Reading
    files: tuple[File, ...]

    def to_bytes(self) -> bytes:
        """Return it in canonical JSON (RFC 8785)."""
        facts = {
            "v": VERSION,
            "tender": self.tender,
            "bidder": self.bidder,
            "nonce": self.nonce,
            "reading": self.reading.facts(),
            "files": [file.facts() for file in self.files],
        }
        return rfc8785.dumps(normalised(facts, "content"))

    @classmethod
    def parse(cls, raw: bytes) -> "Content":
        """:raises SealBroken: if it is not in the format"""
        try:
            return cls._parsed(**json.loads(raw))
        except SealBroken:
            raise
        except (ValueError, TypeError, KeyError, RecursionError) as e:
            raise SealBroken(Fault.CONTENT, f"the content is not in the format: {type(e).__name__}") from e

    @classmethod
    def _parsed(cls, *, v: Any, tender: Any, bidder: Any, nonce: Any, reading: Any, files: Any) -> "Content":
        if v != VERSION or not (isinstance(tender, str) and isinstance(bidder, str) and NONCE.fullmatch(nonce)):
            _wrong("version, tender, bidder or nonce")
        if not isinstance(files, list) or len(files) > MOST_FILES:
            _wrong("files")
        return cls(tender, bidder, nonce, _reading(**reading), tuple(_file(**file) for file in files))


def _reading(price_fen: Any, duration_days: Any, bond_fen: Any, **words: Any) -> Reading:
    figures = (price_fen, duration_days, bond_fen)
    if any(type(figure) is not int or not 0 <= figure <= MAX_INTEGER for figure in figures):
        _wrong("a figure of the reading")
    if price_fen == 0 or duration_days > 2**31 - 1:
        _wrong("price or duration")
    if any(not _is_short_text(words[name], most) for name, most in LONGEST.items()):
        _wrong("words of the reading")
    return Reading(price_fen, duration_days, bond_fen=bond_fen, **words)


def _is_short_text(text: Any, most: int) -> bool:
    """Whether it is a line of which nothing is unseen. A browser knows newer letters than we do: those pass."""
    return isinstance(text, str) and len(text) <= most and not any(category(letter) in UNSEEN for letter in text)


def _file(name: Any, media_type: Any, sha256: Any, data: Any) -> File:
    if not (_NAME.fullmatch(name) and _is_short_text(name, LONGEST_NAME) and _MEDIA_TYPE.fullmatch(media_type)):
        _wrong("name or type of a file")
    file = File(name, media_type, b64decode(data, validate=True))
    if file.facts()["sha256"] != sha256:
        _wrong("digest of a file")
    return file


def _wrong(what: str) -> Any:
    raise SealBroken(Fault.CONTENT, f"wrong in the content: {what}")
