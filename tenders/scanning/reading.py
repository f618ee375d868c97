"""What in a file is worth a look before it goes public: personal data, who wrote it, where, what nobody sees."""

import io
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

from lxml import etree
from PIL import Image
from pypdf.errors import PyPdfError

from tenders.personal import excerpts, masked
from tenders.scanning.office import pieces_of_office, unpacked
from tenders.scanning.pdf import pieces_of_pdf
from tenders.scanning.pictures import pieces_of_picture
from tenders.scanning.pieces import UNSEEN, Budget, Piece, Trace, Where, spending

VERSION = 1  # goes up when more is found than before: what was read is then read again
MOST_TRACES = 100
DEEPEST = 2  # archives in archives
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
# How the readers say that something is no file of its kind
DAMAGED = (
    OSError,
    ValueError,  # a text that is none, a picture too large
    LookupError,
    TypeError,
    AttributeError,  # a part that is of another form than its name says
    RuntimeError,  # an archive with a password
    SyntaxError,  # Pillow's word for a broken PNG
    EOFError,
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
    PyPdfError,
    Image.DecompressionBombError,
)


@dataclass(frozen=True)
class Hit:
    """
    Something found in a file: its kind, where it stands, and a masked excerpt.

    ``datum`` tells two hits apart, and is never shown or kept.
    """

    kind: str
    where: str
    at: str
    excerpt: str = ""
    datum: str = ""
    count: int = 1


def hits(content: bytes, allowed: Collection[str], budget: Budget) -> Iterator[Hit]:
    """
    Yield all hits in a file, as they come. ``allowed`` are numbers of offices, and names that are public anyway.

    :raises TooMuch: if there is more in it than is read
    """
    try:
        for piece in spending(budget, pieces_of(content, budget)):
            yield from _hits_in(piece, allowed)
    except DAMAGED:
        yield Hit(Trace.UNREAD, Where.NOTHING_READ, "")


def _hits_in(piece: Piece, allowed: Collection[str]) -> Iterator[Hit]:
    piece = replace(piece, at=masked(piece.at))
    if piece.is_position:
        yield Hit(Trace.POSITION, piece.where, piece.at)
    elif piece.is_person and piece.text not in allowed:
        yield Hit(Trace.AUTHOR, piece.where, piece.at, f"{piece.text[:1]}**", piece.text)
    elif not piece.is_person and piece.where in {*UNSEEN, Where.PICTURE}:
        yield Hit(_kind_of_unseen(piece.where), piece.where, piece.at, masked(piece.text[:500], allowed)[:40])
    for found in excerpts(piece.text, allowed):
        yield Hit(found.found.kind, piece.where, piece.at, found.shown, found.number)


def _kind_of_unseen(where: Where) -> Trace:
    return {Where.SCRIPT: Trace.SCRIPT, Where.NOTHING_READ: Trace.UNREAD}.get(where, Trace.UNSEEN)


def gathered(found: Iterable[Hit]) -> list[Hit]:
    """Return hits without repetitions, each at its first place; of very many the first, and that there are more."""
    first: dict[tuple[str, str, str], Hit] = {}
    for hit in found:
        key = (hit.kind, hit.where, hit.datum)
        first[key] = replace(first[key], count=first[key].count + 1) if key in first else hit
        if len(first) >= MOST_TRACES:
            return [*first.values(), Hit(Trace.UNREAD, Where.NOTHING_READ, "", datum="more")]
    return list(first.values())


# -- what kind of file it is -------------------------------------------------------------------------------------------


def pieces_of(content: bytes, budget: Budget, depth: int = 0) -> Iterator[Piece]:
    """Yield what a file holds, whatever its name says it is."""
    if content.startswith(PICTURES):
        yield from pieces_of_picture(content)
    elif is_pdf(content):
        yield from pieces_of_pdf(content)
    elif content.startswith(b"PK\x03\x04"):
        yield from _pieces_of_zip(content, budget, depth)
    elif (text := _plain_text(content)) is not None:
        yield Piece(Where.BODY, text)
    else:
        yield Piece(Where.NOTHING_READ)


def is_pdf(content: bytes) -> bool:
    return b"%PDF-" in content[:1024]


def _plain_text(content: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _pieces_of_zip(content: bytes, budget: Budget, depth: int) -> Iterator[Piece]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        if names & {"word/document.xml", "xl/workbook.xml"}:
            yield from pieces_of_office(content, budget)
            return
        if depth >= DEEPEST:
            yield Piece(Where.NOTHING_READ)
            return
        for part in archive.infolist():
            if not part.is_dir():
                yield Piece(Where.BODY, PurePath(part.filename).name, part.filename)
                yield from _within(part.filename, unpacked(archive, part, budget), budget, depth)


def _within(name: str, content: bytes, budget: Budget, depth: int) -> Iterator[Piece]:
    """Yield what a file in an archive holds. A damaged one does not hide its neighbours."""
    try:
        for piece in pieces_of(content, budget, depth + 1):
            yield replace(piece, at=f"{name} {piece.at}".strip())
    except DAMAGED:
        yield Piece(Where.NOTHING_READ, at=name)
