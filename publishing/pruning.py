"""Finds public files that nothing names any more: what workers left that died, and pages of past releases."""

import re
import time
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path

from django.conf import settings

from ledger.models import Entry
from publishing.output import file_of, remove

# Folders of pages, all of which a whole rebuild writes
PAGES = ("projects", "en/projects", "notices", "en/notices")
# Folders of files named after their content, which the record names; and of smaller forms of pictures
CONTENTS = ("documents", "media")
# A file is written before the act that names it is committed; a younger one may be about to be named.
YOUNG = 3600.0  # seconds
DIGEST = re.compile(rb"[0-9a-f]{64}")


def unnamed(named: AbstractSet[str]) -> list[str]:
    """
    Return the addresses of files that nothing names. ``named`` is what a whole rebuild has published.

    The ledger's own files and the feeds are not looked at.
    """
    known = {file_of(address) for address in named}
    on_record = digests_on_record()
    stale = [path for path in _old_files(PAGES) if path not in known]
    stale += [path for path in _old_files(CONTENTS) if path not in known and path.stem not in on_record]
    return sorted(f"/{path.relative_to(settings.PUBLIC_ROOT)}" for path in stale)


def missing() -> list[str]:
    """Return the addresses of papers that the record names and the folder has lost: only a backup has them."""
    published = Entry.objects.filter(kind="document.published").in_order()
    addresses = (f"/documents/{entry.facts['name']}" for entry in published)
    return [address for address in addresses if not file_of(address).is_file()]


def prune(addresses: list[str]) -> None:
    """Delete the files, their packed forms, and the folders that are empty then."""
    for address in addresses:
        remove(address)
        _remove_empty(file_of(address).parent)


def digests_on_record() -> set[str]:
    """Return every digest that any entry names."""
    bodies = Entry.objects.values_list("body", flat=True).iterator()
    return {digest.decode() for body in bodies for digest in DIGEST.findall(bytes(body))}


def _old_files(folders: tuple[str, ...]) -> Iterator[Path]:
    """Yield the files of these folders, but for hidden ones, packed forms of others and those that are young."""
    for folder in folders:
        for path in Path(settings.PUBLIC_ROOT, folder).rglob("*"):
            is_packed = path.suffix == ".gz" and path.with_suffix("").is_file()
            if path.is_file() and not path.name.startswith(".") and not is_packed and _is_old(path):
                yield path


def _is_old(path: Path) -> bool:
    return path.stat().st_mtime < time.time() - YOUNG


def _remove_empty(folder: Path) -> None:
    """Remove a folder in which nothing is left but marks, and its parents likewise."""
    while folder != Path(settings.PUBLIC_ROOT) and all(path.name == ".told" for path in folder.iterdir()):
        (folder / ".told").unlink(missing_ok=True)
        folder.rmdir()
        folder = folder.parent
