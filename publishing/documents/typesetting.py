"""
Sets a sheet: what it says comes as JSON on the standard input, the PDF goes to the standard output.

A program of its own, without Django: the threads of its compiler do not live through a fork, and a text that it cannot
set costs a worker a minute and never the whole worker.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn as fonts
import typst

TEMPLATE = Path(__file__).with_name("board.typ")
# Sizes of the text on A4: the largest with which it fits on one page, as A3 is the same sheet made larger
POINTS = (16, 14, 12.5, 11)
POINTS_OF_MANY_PAGES = 13
PAGE = re.compile(rb"/Type\s*/Page\b")


def sheet(words: dict[str, Any], timestamp: int) -> bytes:
    """Return the sheet of these words, made at a moment (seconds since 1970), accessible by PDF/UA-1."""
    # Our two fonts alone: what is installed on a machine must not change the sheet.
    found = typst.Fonts(include_system_fonts=False, font_paths=[str(fonts.sans_path().parent)])
    compiler = typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=found)
    for points in POINTS:
        pdf = _printed(compiler, words | {"points": points}, timestamp)
        if len(PAGE.findall(pdf)) == 1:
            return pdf
    return _printed(compiler, words | {"points": POINTS_OF_MANY_PAGES}, timestamp)


def _printed(compiler: typst.Compiler, words: dict[str, Any], timestamp: int) -> bytes:
    said = {"sheet": json.dumps(words, ensure_ascii=False)}
    pdf = compiler.compile(format="pdf", sys_inputs=said, pdf_standards=["ua-1"], timestamp=timestamp)
    if not isinstance(pdf, bytes):
        raise TypeError(f"typst made {type(pdf)}")
    return pdf


if __name__ == "__main__":
    asked = json.loads(sys.stdin.buffer.read())
    sys.stdout.buffer.write(sheet(asked["words"], asked["timestamp"]))
