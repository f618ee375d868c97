"""Reading the published site as anybody does: its files."""

import re
from datetime import datetime
from html import unescape
from pathlib import Path

from django.conf import settings

from ledger import clock
from publishing import site

TAG = re.compile(r"<[^>]+>")
PUNCTUATION = re.compile(r"\s*([，。：；（）])\s*")


def publish(at: datetime) -> None:
    """Write the whole site as it stands at a moment of the demo's calendar. The test has set ``DEMO``."""
    clock.advance(at)
    site.rebuild()


def path_of(address: str) -> Path:
    return Path(settings.PUBLIC_ROOT) / f"{address}{'index.html' if address.endswith('/') else ''}".lstrip("/")


def source(address: str) -> str:
    return path_of(address).read_text(encoding="utf-8")


def text(address: str) -> str:
    return words(source(address))


def words(page: str) -> str:
    """Return what a reader sees of a page, with single blanks, and none around Chinese punctuation."""
    return PUNCTUATION.sub(r"\1", " ".join(unescape(TAG.sub(" ", page)).split()))


def every_file() -> dict[str, bytes]:
    """Return what the public can get: no file whose name begins with a dot."""
    root = Path(settings.PUBLIC_ROOT)
    files = (path for path in root.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {str(path.relative_to(root)): path.read_bytes() for path in files}
