"""Reading a Word paper as a person does: its lines, its headers, what is highlighted."""

import io

import docx
from docx.oxml.ns import qn

from publishing.documents import generate
from tests.publishing.samples import MAKERS


def made(template, **changes):
    """Make a template's sample with changes, and return the text of its paper."""
    return text_of(generate(template, MAKERS[template](**changes).pk)[1])


def text_of(content):
    return "\n".join(lines_of(docx.Document(io.BytesIO(content))))


def lines_of(document):
    parts = [section.header.part.element for section in document.sections]
    parts += [document.element.body, *(section.footer.part.element for section in document.sections)]
    return [_line(p) for part in parts for p in part.iter(qn("w:p"))]


def _line(paragraph):
    signs = {qn("w:t"): lambda e: e.text or "", qn("w:br"): lambda e: "\n", qn("w:tab"): lambda e: "\t"}
    return "".join(signs[e.tag](e) for e in paragraph.iter(*signs) if e.getparent().tag == qn("w:r"))


def highlighted(content):
    body = docx.Document(io.BytesIO(content)).element.body
    return [
        "".join(t.text for t in r.iter(qn("w:t")))
        for r in body.iter(qn("w:r"))
        if r.find(f".//{qn('w:highlight')}") is not None
    ]
