"""Channels that are files: what stands in them, as a visitor gets it."""

import gzip
import zlib
from collections.abc import Iterable
from datetime import timedelta

from publishing.channels.channel import Copy
from publishing.models import Notice
from publishing.output import file_of, remove

# Published within seconds. A restart for an upgrade takes a minute or two, and lateness stands on record for ever.
WITHIN = timedelta(minutes=5)


def standing(address: str) -> list[bytes]:
    """Return what visitors get under an address: the file, and its packed form if that says something else."""
    path = file_of(address)
    if not path.is_file():
        return []
    plain = path.read_bytes()
    packed = path.with_name(f"{path.name}.gz")
    if not packed.is_file() or (unpacked := _unpacked(packed.read_bytes())) == plain:
        return [plain]
    return [plain, unpacked]


def clear(address: str) -> None:
    """Take a file away whose packed form says something else, so that both are written anew."""
    if len(standing(address)) > 1:
        remove(address)


def choose(notice: Notice, copies: Iterable[Copy]) -> Copy | None:
    """Return of several copies of a notice one that differs, if any does, else the last. None if there is none."""
    copies = list(copies)
    wrong = [copy for copy in copies if copy.text != notice.body]
    found = wrong or copies
    return found[-1] if found else None


def _unpacked(packed: bytes) -> bytes:
    """Unpack what a browser would. What cannot be unpacked says nothing."""
    try:
        return gzip.decompress(packed)
    except (OSError, EOFError, zlib.error):
        return b""
