"""Serves the published site before Django, as nginx does in production, so that it is readable while the database is down."""

import mimetypes
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from wsgiref.handlers import format_date_time

WSGIApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
     "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"),
)
TYPES = {".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".atom": "application/atom+xml"}


class PublishedFiles:
    """
    WSGI middleware: a GET without a query for a file below ``root`` is answered from there, all else by ``application``.

    ``/projects/2026-001/`` means ``projects/2026-001/index.html``. Nothing outside of ``root`` is ever read.
    """

    def __init__(self, application: WSGIApplication, root: Path):
        self.application = application
        self.root = root.resolve()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        file = self.find(environ)
        if file is None:
            return self.application(environ, start_response)
        return self.answer(file, environ, start_response)

    def find(self, environ: dict[str, Any]) -> Path | None:
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or environ.get("QUERY_STRING"):
            return None
        path = unquote(environ.get("PATH_INFO", "/")).encode("latin-1", "replace").decode("utf-8", "replace")
        if "\0" in path or "/." in path:
            return None
        file = self.root / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))
        try:
            inside = file.resolve().is_relative_to(self.root)
        except OSError:
            return None
        return file if inside and file.is_file() else None

    def answer(self, file: Path, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        stat = file.stat()
        etag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
        headers = [*HEADERS, ("ETag", etag), ("Last-Modified", format_date_time(stat.st_mtime)), ("Vary", "Accept-Encoding"),
                   ("Cache-Control", "public, max-age=31536000, immutable" if "/documents/" in str(file) else "no-cache")]
        if environ.get("HTTP_IF_NONE_MATCH") == etag:
            start_response("304 Not Modified", headers)
            return []
        headers.append(("Content-Type", content_type(file)))
        packed = file.with_name(file.name + ".gz")
        if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "") and packed.is_file():
            headers.append(("Content-Encoding", "gzip"))
            file = packed
        body = file.read_bytes()
        start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def content_type(file: Path) -> str:
    kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    if file.name == "checkpoint" or kind.startswith("text/"):
        return f"{'text/plain' if file.name == 'checkpoint' else kind}; charset=utf-8"
    return kind
