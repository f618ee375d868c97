"""One spelling for one content: RFC 8785 with the limits of this ledger. And commitments to what is not public."""

import json
import secrets
import unicodedata
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import rfc8785

MAX_BODY = 0xFFFF  # bytes: what fits into an entry bundle
MAX_INTEGER = 2**53 - 1  # what every reader of JSON holds exactly
SALT_SIZE = 16  # bytes

CHINA = timezone(timedelta(hours=8))


def canonical_bytes(content: dict[str, Any]) -> bytes:
    """
    Return the canonical JSON of ``content``. Text is put into Unicode's normal form C.

    :raises ValueError: if there is anything else in it than text, whole numbers up to 2**53 - 1, booleans, null, lists
        and dictionaries, if text has a NUL, or if the result has 64 KiB or more
    """
    body = rfc8785.dumps(normalised(content, "body"))
    if len(body) > MAX_BODY:
        raise ValueError(f"an entry may have {MAX_BODY} bytes, this one has {len(body)}")
    return body


def normalised(value: Any, where: str) -> Any:
    """
    Return ``value`` as canonical JSON will say it.

    :raises ValueError: naming the place, if it holds what an entry may not: floats, dates, bytes, too large numbers
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return _integer(value, where)
    if isinstance(value, str):
        return _text(value, where)
    if isinstance(value, list | tuple):
        return [normalised(item, f"{where}[{i}]") for i, item in enumerate(value)]
    if isinstance(value, dict):
        return _dictionary(value, where)
    raise ValueError(f"{where} is a {type(value).__name__}, which an entry cannot hold")


def parse(body: bytes) -> dict[str, Any]:
    """
    Return what a body says.

    :raises ValueError: if it is not a JSON object
    """
    content = json.loads(body)
    if not isinstance(content, dict):
        raise ValueError("the body of an entry is a JSON object")  # noqa: TRY004, the bytes are wrong, not a type
    return content


def timestamp(moment: datetime) -> str:
    """
    Return a moment in RFC 3339, in China's time: ``2026-03-02T09:00:00+08:00``.

    :raises ValueError: if it has no time zone
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(CHINA).isoformat()


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_SIZE)


def commitment(label: str, salt: bytes, text: str) -> str:
    """
    Return the hash, in hexadecimal, that binds us to ``text`` without showing it.

    Nobody can guess the text from it as long as the salt is kept with the text. ``label`` says what it is, with a
    version, as in ``comment-v1``; no label may be the beginning of another.

    :raises ValueError: if the salt has not 16 bytes
    """
    if len(salt) != SALT_SIZE:
        raise ValueError(f"a salt has {SALT_SIZE} bytes, this one has {len(salt)}")
    return sha256(label.encode() + salt + text.encode()).hexdigest()


def _integer(value: int, where: str) -> int:
    if abs(value) > MAX_INTEGER:
        raise ValueError(f"{where} is {value}: numbers end at {MAX_INTEGER}")
    return int(value)


def _text(value: str, where: str) -> str:
    if "\x00" in value:
        raise ValueError(f"{where} has a NUL character in it")
    try:
        value.encode()
    except UnicodeEncodeError as e:
        raise ValueError(f"{where} has half a character in it (a lone surrogate)") from e
    return unicodedata.normalize("NFC", value)


def _dictionary(value: dict[Any, Any], where: str) -> dict[str, Any]:
    if wrong := [key for key in value if not isinstance(key, str)]:
        raise ValueError(f"{where} has the key {wrong[0]!r}, which is not text")
    result = {_text(key, where): normalised(item, f"{where}.{key}") for key, item in value.items()}
    if len(result) < len(value):
        raise ValueError(f"{where} has two spellings of one key")
    return result
