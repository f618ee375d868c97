"""Files that survive a power cut: complete or absent, never half written."""

import os
import secrets
import time
from pathlib import Path

# Writers that died leave a file of this prefix behind; no server shows names that begin with a dot.
UNFINISHED = ".unfinished-"


class FileChangedError(ValueError):
    """Raised if a file that never changes has other content than it should."""


def write_atomically(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Put ``content`` in place of what ``path`` held. On return it is on the disk; before, readers see the old file."""
    _make_folder(path.parent)
    unfinished = path.parent / f"{UNFINISHED}{secrets.token_hex(8)}"
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    _sync_folder(path.parent)


def write_once(path: Path, content: bytes) -> None:
    """
    Write a file that never changes. Doing it again with the same content does nothing.

    :raises FileChangedError: if the file is there with other content
    """
    if not path.exists():
        write_atomically(path, content)
    elif path.read_bytes() != content:
        raise FileChangedError(f"{path} is there already, with other content")


def sweep(folder: Path, older_than: float) -> int:
    """Delete what died writers left behind more than ``older_than`` seconds ago. Return the number of files."""
    limit = time.time() - older_than
    return sum(_remove_if_older(path, limit) for path in list(folder.rglob(f"{UNFINISHED}*")))


def _remove_if_older(path: Path, limit: float) -> bool:
    """Delete a file last written before ``limit``. One that its writer has finished meanwhile is gone already."""
    try:
        is_stray = path.stat().st_mtime < limit
    except FileNotFoundError:
        return False
    if is_stray:
        path.unlink(missing_ok=True)
    return is_stray


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    """Make a new name in a folder durable: fsync of the file alone does not."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
