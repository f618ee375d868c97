"""What a picture says beside what it shows: the place, the device, the person, and what follows its end."""

import io
import re
from collections.abc import Iterator
from typing import Any

from PIL import ExifTags, Image

from tenders.scanning.pieces import Piece, Where

FORMATS = ("JPEG", "PNG", "WEBP")
PEOPLE = {"Artist", "Copyright", "XPAuthor", "CameraOwnerName", "Author", "creator"}
# How a picture is kept and laid out tells of nobody.
TECHNICAL = re.compile(
    "jfif.*|dpi|gamma|icc_profile|srgb|aspect|progressi.*|adobe.*|transparency|interlace|chromaticity|loop|duration"
    "|timestamp|background|exif|bits|blend|disposal|default_image"
)
POINTERS = {0x8769, 0x8825, 0xA005}
LAYOUT = re.compile(
    "Orientation|[XY]Resolution|ResolutionUnit|YCbCrPositioning|ExifVersion|ComponentsConfiguration|FlashPixVersion"
    "|ColorSpace|ExifImage(Width|Height)|Image(Width|Length)"
)


def pieces_of_picture(content: bytes) -> Iterator[Piece]:
    """
    Yield what a JPEG, PNG or WebP picture says beside what it shows. Its pixels are not decoded.

    :raises OSError: if it is none
    """
    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        yield from _exif(picture.getexif())
        if hasattr(picture, "text"):
            picture.load()  # a PNG may say something after its pixels
        for name, value in {**picture.info, **getattr(picture, "text", {})}.items():
            if not TECHNICAL.fullmatch(str(name).lower()) and value not in (None, "", b""):
                yield _property(str(name), value)


def _exif(exif: Image.Exif) -> Iterator[Piece]:
    for tag, value in exif.items():
        if tag not in POINTERS:
            yield from _tag(ExifTags.TAGS.get(tag, str(tag)), value)
    for tag, value in exif.get_ifd(ExifTags.IFD.Exif).items():
        yield from _tag(ExifTags.TAGS.get(tag, str(tag)), value)
    if exif.get_ifd(ExifTags.IFD.GPSInfo):
        yield Piece(Where.PICTURE, at="GPS", is_position=True)


def _tag(name: str, value: Any) -> Iterator[Piece]:
    if not LAYOUT.fullmatch(name):
        yield _property(name, value)


def _property(name: str, value: Any) -> Piece:
    text = _words(value)
    return Piece(Where.PICTURE, text, name, is_person=name in PEOPLE and bool(text.strip()), is_position="GPS" in text)


def _words(value: Any) -> str:
    """Return a value as text. Windows writes its own tags in UTF-16."""
    if isinstance(value, dict):
        return " ".join(_words(part) for part in value.values())
    if not isinstance(value, bytes):
        return str(value)
    wide = value.count(b"\0") * 3 > len(value)
    return value.decode("utf-16-le" if wide else "utf-8", "replace").replace("\0", "")
