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


def fitted(file: FieldFile, pixels: int) -> tuple[bytes, float]:
    """
    Return a picture at most so many pixels wide, as JPEG without the data that a camera leaves, and its shape.

    It is never made larger than it is: what a picture does not have, no print can show. The shape is width by height.
    """
    with file.open() as content, Image.open(content) as image:
        image.draft("RGB", (pixels, pixels))
        upright = _on_white(ImageOps.exif_transpose(image))
    upright.thumbnail((pixels, pixels * 4), Image.Resampling.LANCZOS)
    output = io.BytesIO()
    upright.save(output, "JPEG", quality=88, optimize=True)
    return output.getvalue(), upright.width / upright.height


def _on_white(image: Image.Image) -> Image.Image:
    """Return a picture without transparency, as paper shows it."""
    if image.mode not in {"RGBA", "LA", "P"}:
        return image.convert("RGB")
    layered = image.convert("RGBA")
    white = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(white, layered).convert("RGB")


def qr_code(address: str, alt: str) -> Picture:
    """Return a code that survives a crease in the paper (level Q)."""
    output = io.BytesIO()
    segno.make_qr(address, error="q").save(output, kind="png", scale=8, border=4)
    return Picture(output.getvalue(), QR_MM, alt)
