"""Files as people make them, with something in each of the places where it is not seen."""

import io
import zipfile

from docx import Document
from openpyxl import Workbook
from openpyxl.comments import Comment
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, StreamObject, TextStringObject

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(thing, *args, **options):
    content = io.BytesIO()
    thing.save(content, *args, **options)
    return content.getvalue()


def with_parts(content, **parts):
    """Return a ZIP with parts added or replaced; two underscores stand for a slash, one before the ending for a dot."""
    result = io.BytesIO()
    new = {name: text.encode() for name, text in parts.items()}
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for info in old.infolist():
            if info.filename not in new:
                archive.writestr(info.filename, old.read(info))
        for name, text in new.items():
            archive.writestr(name, text)
    return result.getvalue()


def docx(*paragraphs, author="", cell="", **parts):
    word = Document()
    word.core_properties.author, word.core_properties.comments = author, ""
    for paragraph in paragraphs:
        word.add_paragraph(paragraph)
    if cell:
        word.add_table(1, 1).cell(0, 0).text = cell
    return with_parts(saved(word), **parts)


def changed_docx(inserted, deleted, author):
    """A Word file with tracked changes."""
    changes = (
        f'<w:document {W}><w:body><w:p><w:ins w:id="1" w:author="{author}"><w:r><w:t>{inserted}</w:t></w:r></w:ins>'
        f'<w:del w:id="2" w:author="{author}"><w:r><w:delText>{deleted}</w:delText></w:r></w:del></w:p></w:body>'
        "</w:document>"
    )
    return docx(**{"word/document.xml": changes})


def comments_of(author, text):
    """The part of a Word file that holds comments."""
    said = f'<w:comment w:author="{author}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:comment>'
    return f"<w:comments {W}>{said}</w:comments>"


def xlsx(value, *, hidden="", comment="", author=""):
    book = Workbook()
    book.properties.creator = author
    book.active["B2"] = value
    if comment:
        book.active["B3"].comment = Comment(comment, author or "李四")
    if hidden:
        sheet = book.create_sheet("底稿")
        sheet["A1"], sheet.sheet_state = hidden, "veryHidden"
    return saved(book)


def jpeg(*, comment=b"", artist="", gps=False, xmp=b""):
    exif = Image.Exif()
    if artist:
        exif[ExifTags.Base.Artist] = artist
    if gps:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (27.0, 20.0, 1.0), 3: "E", 4: (103.0, 43.0, 1.0)})
    return saved(Image.new("RGB", (8, 8), "green"), "JPEG", exif=exif, comment=comment, **({"xmp": xmp} if xmp else {}))


def png(**texts):
    info = PngInfo()
    for name, text in texts.items():
        info.add_itxt(name, text)
    return saved(Image.new("RGB", (8, 8), "green"), "PNG", pnginfo=info)


def pdf(*pages, info=None, xmp="", note="", attachment=b"", script="", password=""):
    writer = PdfWriter()
    for text in pages or ("",):
        write_page(writer, text)
    writer.metadata = {"/Producer": "test", **(info or {})}
    if xmp:
        stream = DecodedStreamObject()
        stream.set_data(xmp.encode())
        writer.root_object[NameObject("/Metadata")] = writer._add_object(stream)
    if note:
        writer.add_annotation(0, FreeText(text=note, rect=(50, 50, 200, 100)))
    if attachment:
        writer.add_attachment("list.txt", attachment)
    if script:
        action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(script)}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    if password:
        writer.encrypt(password)
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def write_page(writer, text):
    page = writer.add_blank_page(300, 300)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    drawing = StreamObject()
    lines = " T* ".join(f"({line}) Tj" for line in text.split("\n"))
    drawing.set_data(f"BT /F1 12 Tf 14 TL 20 250 Td {lines} ET".encode())
    page[NameObject("/Contents")] = writer._add_object(drawing)


def paper_scan():
    """A PDF whose page is a picture: no text to look through."""
    picture = Image.new("RGB", (40, 40), "white")
    return saved(picture, "PDF")


def bomb(name="word/document.xml", megabytes=400):
    """A small archive that unpacks to a very large part."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as part:
        for _ in range(megabytes):
            part.write(b" " * 1_000_000)
    return content.getvalue()


def archive(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name, file in files.items():
            packed.writestr(name, file)
    return content.getvalue()
