"""
Sets a sheet: what it says comes as JSON on the standard input, the PDF or a picture of it goes to the standard output.

A program of its own, without Django: the threads of its compiler do not live through a fork, and a text that it cannot
set costs a worker a minute and never the whole worker.
"""

import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn as fonts
import typst

TEMPLATES = Path(__file__).parent
# Sizes of the text on A4: the largest with which it fits on one page, as A3 is the same sheet made larger
POINTS = (16, 14, 12.5, 11)
POINTS_OF_MANY_PAGES = 13
PAGE = re.compile(rb"/Type\s*/Page\b")


def sheet(words: dict[str, Any], timestamp: int) -> bytes:
    """Return the board sheet of these words, made at a moment (seconds since 1970), accessible by PDF/UA-1."""
    compiler = _compiler(TEMPLATES / "board.typ")
    for points in POINTS:
        pdf = _printed(compiler, words | {"points": points}, timestamp)
        if len(PAGE.findall(pdf)) == 1:
            return pdf
    return _printed(compiler, words | {"points": POINTS_OF_MANY_PAGES}, timestamp)


def poster(words: dict[str, Any], timestamp: int, folder: Path, pixels_per_inch: float) -> bytes:
    """Return the poster of these words, with the pictures that lie in ``folder``: as PDF/UA-1, or drawn as PNG."""
    compiler = _compiler(Path(shutil.copy(TEMPLATES / "poster.typ", folder)))
    if pixels_per_inch:
        drawn = compiler.compile(format="png", ppi=pixels_per_inch, sys_inputs=_said(words), timestamp=timestamp)
        return drawn if isinstance(drawn, bytes) else (drawn or [b""])[0]
    return _printed(compiler, words, timestamp)


def _compiler(template: Path) -> typst.Compiler:
    """Return a compiler that reads a template and what lies beside it, and nothing else of the machine."""
    # Our two fonts alone: what is installed on a machine must not change the sheet.
    found = typst.Fonts(include_system_fonts=False, font_paths=[str(fonts.sans_path().parent)])
    return typst.Compiler(template, root=template.parent, font_paths=found)


def _printed(compiler: typst.Compiler, words: dict[str, Any], timestamp: int) -> bytes:
    pdf = compiler.compile(format="pdf", sys_inputs=_said(words), pdf_standards=["ua-1"], timestamp=timestamp)
    if not isinstance(pdf, bytes):
        raise TypeError(f"typst made {type(pdf)}")
    return pdf


def _said(words: dict[str, Any]) -> dict[str, str]:
    return {"sheet": json.dumps(words, ensure_ascii=False)}


if __name__ == "__main__":
    asked = json.loads(sys.stdin.buffer.read())
    if "folder" in asked:
        made = poster(asked["words"], asked["timestamp"], Path(asked["folder"]), asked["pixels_per_inch"])
    else:
        made = sheet(asked["words"], asked["timestamp"])
    sys.stdout.buffer.write(made)
