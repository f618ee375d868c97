"""
The ciphertexts of sealed bids, in a folder that no web server shows. Each is known by the random key of its upload.

They are written piece by piece, and each piece is on the disk before the row says so: a crash loses no more than a
piece, which the bidder's browser sends again.
"""

import os
from hashlib import file_digest
from pathlib import Path
from uuid import UUID

from django.conf import settings

from tenders.sealing.envelopes import LONGEST_HEADER

FOLDER = "sealed-bids"


def path_of(upload: UUID) -> Path:
    return Path(settings.MEDIA_ROOT) / FOLDER / upload.hex


def write_piece(upload: UUID, offset: int, piece: bytes) -> None:
    """Put a piece where it belongs. What lies behind it, of an attempt that failed, goes."""
    path = path_of(upload)
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    path.touch(mode=0o640)
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(piece)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())


def beginning_of(upload: UUID) -> bytes:
    with path_of(upload).open("rb") as file:
        return file.read(LONGEST_HEADER)


def digest_of(upload: UUID) -> str:
    with path_of(upload).open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def read(upload: UUID) -> bytes:
    """:raises OSError: if it is not there any more"""
    return path_of(upload).read_bytes()


def forget(upload: UUID) -> None:
    path_of(upload).unlink(missing_ok=True)
