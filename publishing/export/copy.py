"""Copies the public site into a folder or a ZIP, with all that a reader needs who has only that."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

from config.published_files import ADDRESS
from ledger.files import UNFINISHED
from ledger.proofs import TreeHead, read_head
from publishing.export.links import relative, relinked

README = "README.txt"
STYLES = ("site/", "portal/")  # folders of styles and scripts that public pages use
BESIDE = ("verify.py",)  # of the program, for whoever checks the copy
FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)  # of every file in a ZIP: the same site gives the same bytes


class NoExportError(ValueError):
    """Raised if something is in the way of an export."""


@dataclass(frozen=True)
class Stand:
    """Up to where a copy goes: the newest signed checkpoint, and when it was published."""

    head: TreeHead | None
    at: datetime | None


def export_folder(target: Path) -> int:
    """
    Write the site as a folder, in place of an earlier export. Return the number of files.

    :raises NoExportError: if something else is there
    """
    if target.exists() and not (target / README).is_file():
        raise NoExportError(f"{target} is there and is no export")
    unfinished = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=target.parent))
    try:
        unfinished.chmod(0o755)
        count = _write_all(unfinished)
        _take_the_place_of(target, unfinished)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return count


def export_zip(target: Path) -> int:
    """Write the site as a ZIP, in place of what was there. Return the number of files."""
    unfinished = target.with_name(f"{UNFINISHED}{target.name}")
    count = 0
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, content in exported():
                info = zipfile.ZipInfo(f"{target.stem}/{path}", FIRST_MOMENT)
                info.external_attr = 0o644 << 16
                archive.writestr(info, content, zipfile.ZIP_DEFLATED)
                count += 1
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def exported() -> Iterator[tuple[str, bytes]]:
    """
    Yield every file of the copy, in order, with its path.

    The checkpoint is read first: whatever it covers is in the files that are read after it.
    """
    stand = stand_now()
    checkpoint = _read("ledger/checkpoint")
    files: dict[str, Path] = {**_published(), **_static(), **_beside()}
    contents = {README: _readme(stand)} | ({"ledger/checkpoint": checkpoint} if checkpoint else {})
    for path in sorted({*files, *contents}):
        if path in contents:
            yield path, contents[path]
        elif path.endswith(".html"):
            yield path, _page(path, files[path], {**files, README: Path()}, stand)
        else:
            yield path, files[path].read_bytes()


def stand_now() -> Stand:
    """Return where the published record stands. The database is not asked: a copy can be made while it is away."""
    path = Path(settings.PUBLIC_ROOT, "ledger", "checkpoint")
    if not path.is_file():
        return Stand(None, None)
    zone = ZoneInfo(settings.TIME_ZONE)
    return Stand(read_head(path.read_text(encoding="utf-8")), datetime.fromtimestamp(path.stat().st_mtime, zone))


def _published() -> dict[str, Path]:
    """Return the files that the web server would serve, by their paths: nothing hidden, no links, no packed forms."""
    root = Path(settings.PUBLIC_ROOT)
    found = {str(path.relative_to(root)): path for path in root.rglob("*") if path.is_file() and not path.is_symlink()}
    return {
        name: path
        for name, path in found.items()
        if ADDRESS.fullmatch(f"/{name}") and not (name.endswith(".gz") and name.removesuffix(".gz") in found)
    }


def _static() -> dict[str, Path]:
    """Return the styles and scripts of the pages, as `collectstatic` would."""
    found: dict[str, Path] = {}
    for finder in finders.get_finders():
        for name, storage in finder.list(None):
            if name.startswith(STYLES):
                found.setdefault(f"static/{name}", Path(storage.path(name)))
    return found


def _beside() -> dict[str, Path]:
    files = {name: Path(settings.BASE_DIR, name) for name in BESIDE}
    return {name: path for name, path in files.items() if path.is_file()}


def _page(path: str, file: Path, files: Mapping[str, Path], stand: Stand) -> bytes:
    lead = partial(relative, page=path, files=files, site=settings.SITE_URL)
    with translation.override("en" if path.startswith("en/") else "zh-hans"):
        note = render_to_string("public/export_note.html", {"stand": stand, "site_url": settings.SITE_URL})
    return relinked(file.read_text(encoding="utf-8"), lead, note).encode()


def _readme(stand: Stand) -> bytes:
    context = {"stand": stand, "site_url": settings.SITE_URL, "has_verifier": bool(_beside())}
    return render_to_string("public/export_readme.txt", context).encode()


def _read(path: str) -> bytes | None:
    file = Path(settings.PUBLIC_ROOT, path)
    return file.read_bytes() if file.is_file() else None


def _write_all(folder: Path) -> int:
    count = 0
    for path, content in exported():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
        count += 1
    return count


def _take_the_place_of(target: Path, new: Path) -> None:
    """Put a folder where another may be. A reader sees the old one, for a moment none, then the new one."""
    if not target.exists():
        new.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=target.parent))
    target.rename(old / "old")
    new.rename(target)
    shutil.rmtree(old)
