"""What a PDF holds: its pages, properties, annotations, fields, attachments and scripts."""

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

from tenders.scanning.pieces import Piece, TooMuch, Where

MOST_PAGES = 3000
PEOPLE = {"/Author", "/Manager"}
DULL = {"/Producer", "/Creator", "/CreationDate", "/ModDate", "/Trapped"}  # programs and moments
SCRIPTS = ("/OpenAction", "/AA")
MARKUP = re.compile(r"<[^<>]*>")
OF_A_PERSON = re.compile(r"<dc:creator>(.*?)</dc:creator>|<xmp:CreatorName>(.*?)</xmp:CreatorName>", re.DOTALL)


def pieces_of_pdf(content: bytes) -> Iterator[Piece]:
    """
    Yield what a PDF holds.

    :raises pypdf.errors.PyPdfError: if it is damaged
    :raises TooMuch: if it has more pages than are read
    """
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        yield Piece(Where.NOTHING_READ)
        return
    yield from _properties(reader)
    yield from _catalogue(reader)
    if len(reader.pages) > MOST_PAGES:
        raise TooMuch
    for number, page in enumerate(reader.pages, 1):
        yield from _page(page, str(number))


def _properties(reader: PdfReader) -> Iterator[Piece]:
    for name, value in (reader.metadata or {}).items():
        if name not in DULL and (text := str(value).strip()):
            yield Piece(Where.PROPERTIES, text, name.strip("/"), is_person=name in PEOPLE)
    stream = reader.root_object.get("/Metadata")
    if stream is not None:
        xmp = stream.get_object().get_data().decode("utf-8", "replace")
        for person in OF_A_PERSON.finditer(xmp):
            if name := MARKUP.sub(" ", person.group()).strip():
                yield Piece(Where.PROPERTIES, name, "creator", is_person=True)
        yield Piece(Where.PROPERTIES, MARKUP.sub(_attributes, xmp), "XMP", is_position="GPS" in xmp)


def _attributes(tag: re.Match[str]) -> str:
    """Return what stands in the quotes of a tag: XMP may say everything there."""
    return " ".join(re.findall(r'[A-Za-z]="([^"]*)"', tag.group())) if "xmlns" not in tag.group() else " "


def _catalogue(reader: PdfReader) -> Iterator[Piece]:
    root = reader.root_object
    for name, contents in reader.attachments.items():
        text = b" ".join(contents).decode("utf-8", "ignore") if contents else ""
        yield Piece(Where.ATTACHED, text, name)
    for name, field in (reader.get_fields() or {}).items():
        if value := field.get("/V"):
            yield Piece(Where.BODY, str(value), name)
    names = _resolved(root.get("/Names"))
    if any(key in root for key in SCRIPTS if _is_script(root.get(key))) or "/JavaScript" in names:
        yield Piece(Where.SCRIPT)


def _is_script(action: Any) -> bool:
    found = _resolved(action)
    return found.get("/S") in {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData"} or "/JS" in found


def _resolved(value: Any) -> Any:
    found = value.get_object() if hasattr(value, "get_object") else value
    return found if isinstance(found, DictionaryObject) else {}


def _page(page: PageObject, number: str) -> Iterator[Piece]:
    text = page.extract_text()
    yield Piece(Where.BODY, text, number)
    if not text.strip() and "/XObject" in _resolved(page.get("/Resources")):
        yield Piece(Where.NOTHING_READ, at=number)  # scanned paper: a person must look at it
    if "/AA" in page:
        yield Piece(Where.SCRIPT, at=number)
    for reference in page.get("/Annots") or []:
        yield from _annotation(_resolved(reference), number)


def _annotation(annotation: Any, number: str) -> Iterator[Piece]:
    if author := annotation.get("/T"):
        is_field = annotation.get("/Subtype") == "/Widget"
        yield Piece(Where.COMMENT if not is_field else Where.BODY, str(author), number, is_person=not is_field)
    if contents := annotation.get("/Contents"):
        yield Piece(Where.COMMENT, str(contents), number)
    if annotation.get("/Subtype") == "/FileAttachment":
        yield Piece(Where.ATTACHED, at=number)
    action = _resolved(annotation.get("/A"))
    if "/URI" in action:
        yield Piece(Where.BODY, str(action["/URI"]), number)
    if _is_script(action) or "/AA" in annotation:
        yield Piece(Where.SCRIPT, at=number)
