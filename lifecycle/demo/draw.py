"""Draws the demonstration's architectural pictures; run by hand, its results lie in `lifecycle/demo/images`.

    python -m lifecycle.demo.draw [picture ...]

Every picture is our own work, drawn by the programs in `lifecycle/demo/drawing` as SVG, rasterised by a Chromium
(`CHROMIUM`, default /usr/bin/chromium) and saved as JPEG of 1920 x 1080 px and at most 250 kB. Nothing is fetched.
The site plan and the bird's-eye view are two projections of the same site, so they always agree. The words in the
pictures need the fonts Noto Sans CJK SC and Noto Serif CJK SC.
"""

import io
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from lifecycle.demo.drawing import aerial, board, courtyard, gate, hall, plan, street
from lifecycle.demo.drawing.camera import HEIGHT, WIDTH

IMAGES = Path(__file__).parent / "images"
OVERVIEW = Path(__file__).parents[2] / "docs" / "images" / "cemetery.jpg"
LIMIT = 250_000
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PICTURES: dict[str, Callable[[], str]] = {
    "cemetery-gate": gate.draw,
    "cemetery-plan": plan.draw,
    "cemetery-aerial": aerial.draw,
    "hall": hall.draw,
    "courtyard": courtyard.draw,
    "placed-street": street.draw,
    "placed-board": board.draw,
    "placed-village": partial(board.draw, "凤山村　村务公开栏"),
}


def jpeg(shot: bytes) -> bytes:
    """The screenshot as JPEG of the best quality that keeps to the limit; ValueError if none does."""
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    for quality in range(92, 58, -2):
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= LIMIT:
            return out.getvalue()
    raise ValueError("the picture does not fit into 250 kB")


def rasterise(page: Page, svg: str) -> bytes:
    page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{svg}")
    return page.screenshot(type="png")


def overview() -> bytes:
    """The three pictures of the cemetery park on one sheet, for the README; as PNG."""
    sheet = Image.new("RGB", (1576, 590), "#ffffff")
    places = {"cemetery-gate": (0, 0, 1050), "cemetery-plan": (1060, 0, 516), "cemetery-aerial": (1060, 300, 516)}
    for name, (x, y, wide) in places.items():
        with Image.open(IMAGES / f"{name}.jpg") as picture:
            sheet.paste(picture.resize((wide, wide * HEIGHT // WIDTH), Image.Resampling.LANCZOS), (x, y))
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def main(names: list[str]) -> None:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for name in names or PICTURES:
            (IMAGES / f"{name}.jpg").write_bytes(jpeg(rasterise(page, PICTURES[name]())))
        browser.close()
    OVERVIEW.write_bytes(jpeg(overview()))


if __name__ == "__main__":
    main(sys.argv[1:])
