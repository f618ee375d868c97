"""Pictures in papers: renderings, made small enough to be sent by mail, and codes that a telephone reads."""

import io

import segno
from django.db.models.fields.files import FieldFile
from PIL import Image, ImageOps

from publishing.documents.render import Picture

PIXELS = 1600  # 300 to the inch
WIDTH_MM, HEIGHT_MM = 112, 64  # two to a page, with their descriptions
QR_MM = 32


def scaled(file: FieldFile, alt: str) -> Picture:
    """Return a picture as large as its place on the page, without the data that a camera leaves in it."""
    with file.open() as content, Image.open(content) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((PIXELS, PIXELS))
    output = io.BytesIO()
    upright.save(output, "JPEG", quality=85)
    width_mm = min(WIDTH_MM, HEIGHT_MM * upright.width // upright.height)
    return Picture(output.getvalue(), width_mm, alt)


def qr_code(address: str, alt: str) -> Picture:
    """Return a code that survives a crease in the paper (level Q)."""
    output = io.BytesIO()
    segno.make_qr(address, error="q").save(output, kind="png", scale=8, border=4)
    return Picture(output.getvalue(), QR_MM, alt)
