"""Smaller forms of pictures, for small screens and slow lines. Each lies beside its picture, under its digest."""

import io

from PIL import Image

from publishing.output import file_of, name, write
from publishing.pages.files import PublicFile

QUALITY = 80


def write_smaller(public: PublicFile) -> None:
    """Write the smaller forms of a published picture that are missing."""
    missing = [(address, width) for address, width in public.smaller if not file_of(address).is_file()]
    for address, _width in public.smaller:
        name(address)
    if not missing:
        return
    with Image.open(file_of(public.address)) as picture:
        whole = picture.convert("RGBA" if picture.mode in {"RGBA", "LA", "P"} else "RGB")
    for address, width in missing:
        write(address, drawn(whole, width))


def drawn(whole: Image.Image, width: int) -> bytes:
    """Return a picture as WebP, so many pixels wide."""
    height = max(1, round(whole.height * width / whole.width))
    output = io.BytesIO()
    whole.resize((width, height), Image.Resampling.LANCZOS).save(output, "WEBP", quality=QUALITY)
    return output.getvalue()
