"""Charts in papers: bars with their figures, in the letters of our own font."""

import io
from collections.abc import Mapping

import pylopdf_fonts_zh_cn as fonts
from PIL import Image, ImageDraw, ImageFont

from publishing.documents.render import Picture

WIDTH_MM = 150
PIXELS = 1500
ROW, BAR, MARGIN = 84, 44, 12  # pixels
LABELS, FIGURES = 480, 130  # pixels left of the bars, and right of the longest
LETTERS = 40
LONGEST_LABEL = 11  # characters
INK, COLOUR = "#1b1b1b", "#1d4f91"


def bars(counts: Mapping[str, int], alt: str) -> Picture:
    """Return a chart with one bar for each count. ``alt`` says what it shows; the figures are added to it."""
    font = ImageFont.truetype(fonts.sans_path(), LETTERS)
    image = Image.new("RGB", (PIXELS, ROW * max(len(counts), 1) + 2 * MARGIN), "white")
    draw = ImageDraw.Draw(image)
    longest = max(counts.values(), default=1)
    for row, (label, n) in enumerate(counts.items()):
        middle = MARGIN + row * ROW + ROW // 2
        width = round((PIXELS - LABELS - FIGURES) * n / longest)
        draw.text((LABELS - 24, middle), _short(label), fill=INK, font=font, anchor="rm")
        draw.rectangle((LABELS, middle - BAR // 2, LABELS + width, middle + BAR // 2), fill=COLOUR)
        draw.text((LABELS + width + 20, middle), str(n), fill=INK, font=font, anchor="lm")
    output = io.BytesIO()
    image.save(output, "PNG", dpi=(254, 254), optimize=True)
    said = "，".join(f"{label}{n}条" for label, n in counts.items())
    return Picture(output.getvalue(), WIDTH_MM, f"{alt}：{said or '无'}")


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
