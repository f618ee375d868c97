"""Writes the files of the public site: whole or not at all, and only what has changed."""

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from ledger.files import write_atomically, write_once

LANGUAGES = {"zh-hans": "", "en": "/en"}
PACKAGE = Path(__file__).parent
PACKED = {".html", ".json", ".atom"}

_named: ContextVar[set[str] | None] = ContextVar("named", default=None)


@contextmanager
def naming() -> Iterator[set[str]]:
    """Collect the addresses under which something is published meanwhile, changed or not."""
    names: set[str] = set()
    token = _named.set(names)
    try:
        yield names
    finally:
        _named.reset(token)


def name(address: str) -> None:
    """Say that an address belongs to the site as it is now. Whoever publishes under it has said so."""
    names = _named.get()
    if names is not None:
        names.add(address)


@cache
def form() -> str:
    """Return a digest of templates, of what fills them, and of translations: of all that an upgrade changes."""
    sources = [*(PACKAGE / "templates").rglob("*.html"), *(PACKAGE / "pages").glob("*.py")]
    sources += [file for folder in settings.LOCALE_PATHS for file in Path(folder).rglob("*.mo")]
    return sha256(b"".join(sha256(file.read_bytes()).digest() for file in sorted(sources))).hexdigest()


def write(address: str, content: bytes) -> bool:
    """
    Publish a file under an address, ``/feeds/all.atom``, and its packed form beside it. Say whether it has changed.

    The packed form is in place first: a server never sends an old packed page for a new plain one.
    """
    name(address)
    path = file_of(address)
    if path.is_file() and path.read_bytes() == content:
        return False
    if path.suffix in PACKED:
        write_atomically(path.with_name(f"{path.name}.gz"), gzip.compress(content, compresslevel=9, mtime=0))
    write_atomically(path, content)
    return True


def write_page(address: str, template: str, build: Callable[[], dict[str, Any]]) -> None:
    """
    Publish a page in both languages: ``/projects/`` and ``/en/projects/``.

    ``build`` returns what the page says, in the language that is active when it is called.
    """
    for language, prefix in LANGUAGES.items():
        with translation.override(language):
            write(f"{prefix}{address}", render(template, address, build()).encode())


def render(template: str, address: str, context: dict[str, Any]) -> str:
    """Return a page in the active language. It knows of no reader: everybody gets the same."""
    frame = {"demo": settings.DEMO, "site": settings.SITE, "site_url": settings.SITE_URL, "page_path": address}
    return render_to_string(template, context | frame)


def write_forever(address: str, content: bytes) -> None:
    """
    Publish a file that is named after its content.

    :raises ledger.files.FileChangedError: if something else is there
    """
    name(address)
    write_once(file_of(address), content)


def remove_page(address: str) -> bool:
    """Take a page away in both languages. Say whether there was one."""
    there = [remove(f"{prefix}{address}") for prefix in LANGUAGES.values()]
    return any(there)


def remove(address: str) -> bool:
    """Take a file away, with its packed form. Say whether there was one."""
    path = file_of(address)
    there = path.is_file()
    path.unlink(missing_ok=True)
    path.with_name(f"{path.name}.gz").unlink(missing_ok=True)
    return there


def file_of(address: str) -> Path:
    return Path(settings.PUBLIC_ROOT) / f"{address}{'index.html' if address.endswith('/') else ''}".lstrip("/")
