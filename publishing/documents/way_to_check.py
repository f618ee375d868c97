"""The way to the verifier on every page of a paper: its address under the page number, and a code in the corner."""

import io

import docx
import segno
from django.conf import settings
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.text.run import Run

from publishing.documents.authoring.page import write

SIDE = Mm(14)
EDGE = Mm(9)  # from the edges of the sheet: outside of what GB/T 9704 measures out for the text

ANCHOR = (
    "<wp:anchor {namespaces} distT='0' distB='0' distL='0' distR='0' simplePos='0' relativeHeight='1' behindDoc='1'"
    " locked='0' layoutInCell='1' allowOverlap='1'><wp:simplePos x='0' y='0'/>"
    "<wp:positionH relativeFrom='page'><wp:posOffset>{x}</wp:posOffset></wp:positionH>"
    "<wp:positionV relativeFrom='page'><wp:posOffset>{y}</wp:posOffset></wp:positionV>"
    "<wp:extent cx='{side}' cy='{side}'/><wp:wrapNone/></wp:anchor>"
)


def address() -> str:
    return f"{settings.SITE_URL}/verify/"


def with_way_to_check(filled: Document) -> Document:
    """
    Return a paper with address and code in its footers. The text of the pages stays where it is.

    Filling in has put new footers in place of those that the open document knows: so it is opened anew.
    """
    saved = io.BytesIO()
    filled.save(saved)
    document = docx.Document(saved)
    for section in document.sections:
        if section.footer.is_linked_to_previous:
            continue
        paragraph = section.footer.add_paragraph(style=section.footer.paragraphs[0].style)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.line_spacing = Pt(11)
        write(paragraph, f"核对这份文书：{address()}")
        for run in paragraph.runs:
            run.font.size = Pt(8)
        _float(paragraph.add_run(), section)
    return document


def _float(run: Run, section: Section) -> None:
    """Put the code into the corner of the sheet, out of the way of everything."""
    picture = io.BytesIO()
    segno.make(address(), error="m").save(picture, kind="png", scale=6, border=2)
    inline = run.add_picture(picture, width=SIDE)._inline  # noqa: SLF001, no public way to a floating picture
    inline.docPr.set("descr", f"核对这份文书的网址：{address()}")
    width, height = section.page_width or Length(0), section.page_height or Length(0)
    place = {"x": width - EDGE - SIDE, "y": height - EDGE - SIDE, "side": int(SIDE)}
    anchor = parse_xml(ANCHOR.format(namespaces=nsdecls("wp", "a", "pic"), **place))
    anchor.extend([inline.docPr, inline.find("{*}cNvGraphicFramePr"), inline.graphic])
    inline.getparent().replace(inline, anchor)
