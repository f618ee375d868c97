"""Files that come from outside: judged by their content, never by their name."""

import io
import re
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MEGABYTE = 1_000_000
MAX_DOCUMENT_BYTES = 50 * MEGABYTE
PICTURES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
KINDS = {"MPO": "JPEG"}  # a JPEG in which a telephone keeps a second picture: the first one is drawn
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
# What makes a picture readable as something else as well. No camera writes it; a picture drawn anew has lost it.
FOREIGN = re.compile(rb"<(?:script|!doctype|html|\?php|iframe|svg[\s>])", re.IGNORECASE)
QUALITY = 90
DWG = re.compile(rb"AC10[0-9]{2}")  # AutoCAD R14 and later
OFFICE = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx"}
MACROS = ("word/vbaProject.bin", "xl/vbaProject.bin")


@dataclass(frozen=True)
class Kept:
    """A file as it is stored: under its digest, with the ending that its content gives it."""

    file: ContentFile
    sha256: str


def keep(content: bytes, ending: str) -> Kept:
    digest = sha256(content).hexdigest()
    return Kept(ContentFile(content, name=f"{digest}{ending}"), digest)


def clean_picture(upload: UploadedFile) -> Kept:
    """
    Return a picture drawn anew: what a camera wrote beside it (place, device, person) is gone.

    :raises ValidationError: if it is too large, moves, is something else as well, or is no JPEG, PNG or WebP picture
    """
    if (upload.size or 0) > settings.MAX_IMAGE_BYTES:
        raise ValidationError(_("图片不能超过%(most)d MB。") % {"most": settings.MAX_IMAGE_BYTES // MEGABYTE})
    content = upload.read()
    try:
        with Image.open(io.BytesIO(content), formats=list(PICTURES)) as picture:
            if picture.width * picture.height > settings.MAX_IMAGE_PIXELS:
                raise ValidationError(_("图片的像素太多，请缩小后再上传。"))
            kind = KINDS.get(str(picture.format), str(picture.format))
            if kind == picture.format and getattr(picture, "is_animated", False):
                raise ValidationError(_("不能用会动的图片，请上传静止的图片。"))
            if _is_something_else(content):
                raise ValidationError(_("这个文件除了图片还含有别的内容，请另存为普通图片再上传。"))
            return keep(_drawn_anew(picture, kind), PICTURES[kind])
    except (OSError, SyntaxError, ValueError, *BOMBS) as e:
        raise ValidationError(_("这不是可以识别的图片：请上传 JPEG、PNG 或 WebP 文件。")) from e


def _is_something_else(content: bytes) -> bool:
    """Say whether a program for archives, documents or web pages would take the picture for one of its own."""
    return zipfile.is_zipfile(io.BytesIO(content)) or b"%PDF-" in content[:1024] or bool(FOREIGN.search(content))


def _drawn_anew(picture: Image.Image, kind: str) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    if kind == "JPEG" and upright.mode not in {"RGB", "L"}:
        upright = upright.convert("RGB")
    bare = Image.new(upright.mode, upright.size)
    if upright.mode == "P":
        upright = upright.convert("RGBA")
        bare = Image.new("RGBA", upright.size)
    bare.paste(upright)
    drawn = io.BytesIO()
    bare.save(drawn, kind, quality=QUALITY)
    return drawn.getvalue()


def clean_document(upload: UploadedFile) -> Kept:
    """
    Return a document as it came, with the ending that its content gives it.

    :raises ValidationError: if it is too large, no known kind of document, or carries macros
    """
    if (upload.size or 0) > MAX_DOCUMENT_BYTES:
        raise ValidationError(_("文件不能超过%(most)d MB。") % {"most": MAX_DOCUMENT_BYTES // MEGABYTE})
    content = upload.read()
    ending = ending_of(content)
    if not ending:
        raise ValidationError(_("只能上传 PDF、Word（.docx）、Excel（.xlsx）、ZIP 或 DWG 文件。"))
    if PurePath(str(upload.name)).suffix.lower() != ending:
        raise ValidationError(_("文件名的后缀与内容不符：内容是 %(ending)s 文件。") % {"ending": ending})
    return keep(content, ending)


def ending_of(content: bytes) -> str:
    """Return the ending that fits the content, or nothing if it is no kind that is taken."""
    if content.startswith(b"%PDF-"):
        return ".pdf"
    if DWG.match(content):
        return ".dwg"
    return _ending_of_archive(content) if content.startswith(b"PK\x03\x04") else ""


def _ending_of_archive(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return ""
    if names.intersection(MACROS):
        raise ValidationError(_("文件里有宏程序，请另存为不带宏的文件再上传。"))
    return next((ending for part, ending in OFFICE.items() if part in names), ".zip")


class PictureField(forms.FileField):
    def clean(self, data: Any, initial: Any = None) -> Kept:
        return clean_picture(super().clean(data, initial))


class PicturesInput(forms.FileInput):
    allow_multiple_selected = True


class PicturesField(PictureField):
    """Several pictures at once, at most ``most``; each is checked and drawn anew."""

    def __init__(self, *, most: int, **options: Any) -> None:
        accepted = {"accept": "image/jpeg,image/png,image/webp"}
        super().__init__(widget=PicturesInput(attrs=accepted), **options)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = [file for file in data or [] if file]
        if len(files) > self.most:
            raise ValidationError(_("一次最多上传%(most)d张。") % {"most": self.most})
        if self.required and not files:
            raise ValidationError(self.error_messages["required"], code="required")
        return [clean_picture(forms.FileField.clean(self, file)) for file in files]


class DocumentField(forms.FileField):
    def clean(self, data: Any, initial: Any = None) -> Kept:
        return clean_document(super().clean(data, initial))
