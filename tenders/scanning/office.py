"""What a Word or Excel file holds, the parts that nobody sees included. Read as a ZIP of XML, part by part."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePath

from lxml import etree

from tenders.scanning.pictures import pieces_of_picture
from tenders.scanning.pieces import Budget, Piece, TooMuch, Where

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TARGET = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PEOPLE = {"creator", "lastModifiedBy", "Manager"}
# What programs write of themselves and count: it tells of nobody.
DULL = re.compile(
    "Application|AppVersion|DocSecurity|Template|TotalTime|Pages|Words|Characters(WithSpaces)?|Lines|Paragraphs"
    "|ScaleCrop|LinksUpToDate|SharedDoc|HyperlinksChanged|revision|created|modified|lastPrinted|language|version"
    "|vector|variant|lpstr|i4|HeadingPairs|TitlesOfParts"
)
PICTURES = {".jpg", ".jpeg", ".png", ".webp"}
LARGEST_PART = 100_000_000  # bytes, unpacked
MOST_PARTS = 5000
BY_PROGRAMS = {"python-docx", "openpyxl", "docx4j", "Apache POI", "WPS Office", "Microsoft Office User", "Un-named"}


def pieces_of_office(content: bytes, budget: Budget) -> Iterator[Piece]:
    """
    Yield what a .docx or .xlsx file holds.

    :raises zipfile.BadZipFile, etree.XMLSyntaxError: if it is damaged
    :raises TooMuch: if it unpacks to more than is read
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS:
            raise TooMuch
        shared = _shared_strings(archive, budget)
        hidden = _hidden_sheets(archive, budget)
        for part in parts:
            yield from _pieces_of_part(part, unpacked(archive, part, budget), shared, hidden)


def unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, budget: Budget) -> bytes:
    """
    Return a part, reading never more than is allowed, whatever the archive says of its size.

    :raises TooMuch: if there is more
    """
    with archive.open(part) as stream:
        content = stream.read(min(LARGEST_PART, budget.unpacked) + 1)
    budget.spend(unpacked=len(content))
    if len(content) > LARGEST_PART:
        raise TooMuch
    return content


def _pieces_of_part(part: zipfile.ZipInfo, content: bytes, shared: list[str], hidden: set[str]) -> Iterator[Piece]:
    name, path = part.filename, PurePath(part.filename)
    if path.suffix in PICTURES:
        yield from (p for p in pieces_of_picture(content) if p.is_person or p.is_position or p.text)
    elif "/embeddings/" in name or path.suffix == ".bin":
        yield Piece(Where.ATTACHED, at=path.name)
    elif path.suffix == ".rels":
        yield from _links(tree(content))
    elif path.suffix in {".xml", ".vml"} and name != "[Content_Types].xml":
        yield from _pieces_of_xml(name, path, tree(content), shared, hidden)


def _pieces_of_xml(
    name: str, path: PurePath, root: etree._Element, shared: list[str], hidden: set[str]
) -> Iterator[Piece]:
    if name.startswith(("docProps/", "customXml/")):
        yield from _properties(root, is_custom=name.startswith("customXml/") or path.stem == "custom")
    elif re.match(r"word/(comments|people)|xl/(comments|threadedComments|persons)", name):
        yield from _comments(root)
    elif name.startswith("word/"):
        yield from _paragraphs(root)
    elif name.startswith("xl/worksheets/"):
        yield from _cells(root, path.stem, shared, Where.HIDDEN if name in hidden else Where.BODY)
    elif name.startswith(("xl/drawings/", "xl/charts/")):
        yield Piece(Where.BODY, "\n".join(root.itertext()))


def tree(content: bytes) -> etree._Element:
    """Parse XML without fetching anything or expanding what it defines itself."""
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


# -- parts of both -----------------------------------------------------------------------------------------------------


def _properties(root: etree._Element, *, is_custom: bool) -> Iterator[Piece]:
    for element in root.iter(etree.Element):
        name, text = etree.QName(element).localname, (element.text or "").strip()
        if text and (is_custom or not DULL.fullmatch(name)):
            named = element.getparent().get("name", name) if element.getparent() is not None else name
            yield Piece(Where.PROPERTIES, text, named, is_person=name in PEOPLE and text not in BY_PROGRAMS)


def _links(root: etree._Element) -> Iterator[Piece]:
    """Addresses outside of the file: an e-mail address may hide behind a word."""
    for element in root.iter(etree.Element):
        if element.get("TargetMode") == "External":
            yield Piece(Where.HIDDEN if "mailto:" in element.get("Target", "") else Where.BODY, element.get("Target"))


def _comments(root: etree._Element) -> Iterator[Piece]:
    authors = [value for element in root.iter(etree.Element) for value in _authors(element)]
    if text := " ".join(root.itertext()).strip():
        yield Piece(Where.COMMENT, text)
    for author in dict.fromkeys(authors):
        yield Piece(Where.COMMENT, author, is_person=True)


def _authors(element: etree._Element) -> list[str]:
    found = [element.get(f"{WORD}author"), element.get("displayName")]
    if etree.QName(element).localname == "author":
        found.append(element.text)
    return [author for author in found if author]


# -- Word --------------------------------------------------------------------------------------------------------------


def _paragraphs(root: etree._Element) -> Iterator[Piece]:
    """The text of each paragraph as it would be read with all changes accepted, and what was changed by whom."""
    for paragraph in root.iter(f"{WORD}p"):
        text = "".join(element.text or "" for element in paragraph.iter(f"{WORD}t", f"{WORD}instrText"))
        if text:
            yield Piece(Where.BODY, text)
    for tag, where in (("ins", Where.INSERTED), ("moveTo", Where.INSERTED), ("del", Where.DELETED)):
        for change in root.iter(f"{WORD}{tag}"):
            text = "".join(element.text or "" for element in change.iter(f"{WORD}t", f"{WORD}delText"))
            yield Piece(where, text)
            if author := change.get(f"{WORD}author"):
                yield Piece(where, author, is_person=True)
    for run in root.iter(f"{WORD}vanish"):
        yield Piece(Where.HIDDEN, "".join(run.getparent().getparent().itertext()))


# -- Excel -------------------------------------------------------------------------------------------------------------


def _shared_strings(archive: zipfile.ZipFile, budget: Budget) -> list[str]:
    """The texts that cells name by their number."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    root = tree(unpacked(archive, archive.getinfo("xl/sharedStrings.xml"), budget))
    return ["".join(t.text or "" for t in item.iter(f"{SHEET}t")) for item in root.iter(f"{SHEET}si")]


def _hidden_sheets(archive: zipfile.ZipFile, budget: Budget) -> set[str]:
    """Return the names of the parts that hold sheets which nobody sees."""
    names = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
    if not set(names) <= set(archive.namelist()):
        return set()
    book, links = (tree(unpacked(archive, archive.getinfo(name), budget)) for name in names)
    targets = {link.get("Id"): link.get("Target", "").removeprefix("/xl/") for link in links.iter(etree.Element)}
    hidden = [sheet for sheet in book.iter(f"{SHEET}sheet") if sheet.get("state", "visible") != "visible"]
    return {f"xl/{targets.get(sheet.get(TARGET))}" for sheet in hidden}


def _cells(root: etree._Element, sheet: str, shared: list[str], where: Where) -> Iterator[Piece]:
    for cell in root.iter(f"{SHEET}c"):
        text = _text_of_cell(cell, shared)
        if text:
            yield Piece(where, text, f"{sheet} {cell.get('r', '')}")
    for note in root.iter(f"{SHEET}oddHeader", f"{SHEET}oddFooter", f"{SHEET}formula1", f"{SHEET}hyperlink"):
        yield Piece(where, " ".join([note.text or "", *map(str, note.attrib.values())]), sheet)


def _text_of_cell(cell: etree._Element, shared: list[str]) -> str:
    """Return what a cell shows; a long number as it was typed, not as 1.387E10."""
    value = cell.findtext(f"{SHEET}v") or ""
    if cell.get("t") == "s" and value.isdecimal() and int(value) < len(shared):
        return shared[int(value)]
    inline = "".join(t.text or "" for t in cell.iter(f"{SHEET}t"))
    return inline or value.removesuffix(".0")
