"""Serves the published site before Django, as nginx does in production: it is readable while the database is down."""

import mimetypes
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from os import stat_result
from pathlib import Path
from stat import S_ISREG
from typing import Any
from wsgiref.handlers import format_date_time

WSGIApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    (
        "Content-Security-Policy",
        (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
    ),
)
TYPES = {
    ".atom": "application/atom+xml",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".gz": "application/gzip",
    ".tlog-proof": "text/plain",
    ".webp": "image/webp",
}
TEXTS = {"checkpoint", "vkey"}  # of the ledger, without a suffix
# Names that publishing gives: no name begins with a dot, so neither a hidden file nor ".." can be asked for.
ADDRESS = re.compile(r"(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/?")
# Below these folders a name stands for its content, which therefore never changes.
FOR_EVER = ("/documents/", "/media/", "/ledger/tile/")
# What the bureau's and everybody else's scripts may read from another site: everyone is to check it.
FOR_EVERYONE = ("/ledger/checkpoint", "/ledger/vkey", "/ledger/tile/", "/ledger/entries/", "/opendata/")
# The switch to large type is a matter of the reader's script; the page is the same.
SAME_PAGE = {"", "mode=", "mode=elder"}
# gzip is named, and not with the quality 0
GZIP = re.compile(r"(?:^|,)\s*(?:gzip|\*)\s*(?!;\s*q=0(?:\.0*)?\s*(?:,|$))(?:;|,|$)", re.IGNORECASE)
CACHED_FILES = 256
CACHED_BYTES = 512_000  # a larger file is read from the disk each time


@dataclass(frozen=True)
class Content:
    """A file as it was at one moment, with its packed form if there is one beside it."""

    plain: bytes
    packed: bytes | None


class PublishedFiles:
    """
    WSGI middleware: a GET without a query for a file below ``root`` is answered from there, all else by Django.

    ``/projects/2026-001/`` means ``projects/2026-001/index.html``. Nothing outside of ``root`` is ever read.
    """

    def __init__(self, application: WSGIApplication, root: Path) -> None:
        self.application = application
        self.root = root.resolve()
        # A new version of a file is a new key; the old one falls out in time.
        self.recent = lru_cache(maxsize=CACHED_FILES)(self.read)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if found := self.find(environ):
            return self.answer(*found, environ, start_response)
        return self.application(environ, start_response)

    def find(self, environ: dict[str, Any]) -> tuple[Path, stat_result] | None:
        path = environ.get("PATH_INFO", "")
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or environ.get("QUERY_STRING", "") not in SAME_PAGE:
            return None
        if not ADDRESS.fullmatch(path):
            return None
        file = self.root / f"{path}{'index.html' if path.endswith('/') else ''}".lstrip("/")
        try:
            state = file.stat()
        except OSError:
            return None
        return (file, state) if S_ISREG(state.st_mode) else None

    def answer(
        self, file: Path, state: stat_result, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        etag = f'W/"{state.st_mtime_ns:x}-{state.st_size:x}"'
        headers = [*headers_of(environ["PATH_INFO"]), ("ETag", etag)]
        if names(environ.get("HTTP_IF_NONE_MATCH", ""), etag):
            start_response("304 Not Modified", headers)
            return []
        try:
            content = self.content(file, state)
        except OSError:  # replaced or taken away this very moment, or a link that leads out of the folder
            return self.application(environ, start_response)

        body = content.plain
        if content.packed is not None and GZIP.search(environ.get("HTTP_ACCEPT_ENCODING", "")):
            headers.append(("Content-Encoding", "gzip"))
            body = content.packed
        headers += [
            ("Last-Modified", format_date_time(state.st_mtime)),
            ("Content-Type", content_type(file)),
            ("Content-Length", str(len(body))),
        ]
        start_response("200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def content(self, file: Path, state: stat_result) -> Content:
        version = (state.st_ino, state.st_mtime_ns, state.st_size)
        return self.recent(file, version) if state.st_size <= CACHED_BYTES else self.read(file, version)

    def read(self, file: Path, version: tuple[int, int, int]) -> Content:
        """
        Read a file. ``version`` only tells one content of it from the next in the memory of recent ones.

        :raises OSError: if the file is not there, or not below the root
        """
        if not file.resolve().is_relative_to(self.root):
            raise FileNotFoundError(file)
        plain = file.read_bytes()
        packed = file.with_name(f"{file.name}.gz")
        return Content(plain, packed.read_bytes() if packed.is_file() else None)


def headers_of(path: str) -> list[tuple[str, str]]:
    return [
        *HEADERS,
        ("Cache-Control", "public, max-age=31536000, immutable" if path.startswith(FOR_EVER) else "no-cache"),
        ("Vary", "Accept-Encoding"),
        *([("Access-Control-Allow-Origin", "*")] if path.startswith(FOR_EVERYONE) else []),
    ]


def names(condition: str, etag: str) -> bool:
    """Whether an If-None-Match names this version (RFC 9110, 13.1.2: compared weakly)."""
    known = {tag.strip().removeprefix("W/") for tag in condition.split(",")}
    return "*" in known or etag.removeprefix("W/") in known


def content_type(file: Path) -> str:
    kind = "text/plain" if file.name in TEXTS else TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0]
    if kind is None:
        return "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind.endswith(("json", "xml")) else kind
