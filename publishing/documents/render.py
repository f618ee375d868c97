"""Filling in a Word template: no value becomes program text, and no blank goes unseen."""

import io
import re
import zipfile
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _
from docx.document import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.run import Run
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from publishing.documents.way_to_check import with_way_to_check
from tenders.law import listed

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEMPLATES = Path(__file__).parent / "templates"
# Control characters that XML forbids, and marks that turn the direction of writing: a name may not reverse a figure.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
SHORT_ROW = 150  # characters: less than a page even in the narrowest column
PLACEHOLDER = re.compile(r"(【待填：[^】]*】)")
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


class BlankField(Exception):  # noqa: N818, it says what is missing
    """Raised if a paper would go out with something left blank. ``names`` are the Chinese names of all blank fields."""

    def __init__(self, template: str, names: list[str]) -> None:
        self.template = template
        self.names = names
        super().__init__(_("文书“%(template)s”有未填项：%(names)s") % {"template": template, "names": self.listed})

    @property
    def listed(self) -> str:
        """The names one after another, in a sentence of the reader's language."""
        return listed(self.names)


@dataclass(frozen=True)
class Picture:
    """A picture to be placed where a tag stands. ``alt`` says it in words."""

    content: bytes
    width_mm: int
    alt: str


def render(
    template: str,
    context: Mapping[str, Any],
    *,
    title: str = "",
    optional: Mapping[str, str] = MappingProxyType({}),
    draft: bool = False,
    on_record: bool = False,
) -> bytes:
    """
    Fill in a Word template. The same template and context give the same bytes.

    ``title`` is the file's own, for the programs that show it. ``optional`` names the fields that may be blank, and
    what is printed in their place; the fields of a list's items are written ``投标.备注``. What the template does not
    name may be anything. A draft says on each page that it is one, and shows its blanks instead of refusing them. What
    will be ``on_record`` says on each page where to check it.

    :raises BlankField: if any other field is blank, and it is not a draft
    :raises jinja2.UndefinedError: if the template names something that ``context`` lacks
    """
    document = DocxTemplate(TEMPLATES / f"{template}.docx")
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    named = document.get_undeclared_template_variables(environment)
    filling = _Filling(document, optional)
    values = filling.fill({name: value for name, value in context.items() if name in named})
    if filling.blanks and not draft:
        raise BlankField(template, filling.blanks)
    document.render({**values, "草稿": draft}, jinja_env=environment)
    document.docx.core_properties.title = _in_one_line(title)
    _highlight_placeholders(document.docx)
    _keep_short_rows_whole(document.docx)
    return pack(with_way_to_check(document.docx) if on_record and not draft else document.docx)


def pack(document: Document) -> bytes:
    """Return a document as bytes that depend on nothing but its content: the zip's times are fixed."""
    written, packed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, ZIP_EPOCH)
            target.writestr(member, source.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


@dataclass
class _Filling:
    """Makes a context printable, and notes what is blank in it."""

    document: DocxTemplate
    optional: Mapping[str, str]
    blanks: list[str] = field(default_factory=list)

    def fill(self, value: Any, name: str = "", key: str = "") -> Any:
        """Return ``value`` with all its texts printable. ``name`` is for people, ``key`` as ``optional`` writes it."""
        if isinstance(value, bool):
            return value
        if isinstance(value, Picture):
            return _Placed(self.document, value)
        if isinstance(value, Mapping):
            return {k: self.fill(v, f"{name}{k}", f"{key}.{k}" if key else k) for k, v in value.items()}
        if isinstance(value, list) and value:
            return [self.fill(item, f"{name}第{number}项", key) for number, item in enumerate(value, 1)]
        return self._printable(value, name, key)

    def _printable(self, value: Any, name: str, key: str) -> Any:
        text = "" if value in (None, []) else _clean(str(value))
        if not text and key in self.optional:
            return [] if value == [] else self.optional[key]
        if not text or PLACEHOLDER.search(text):
            self.blanks.append(name)
        return [] if value == [] else text or f"【待填：{name}】"


def _clean(text: str) -> str:
    r"""Return ``text`` without what Word cannot hold. Its lines become paragraphs: docxtpl makes one of each ``\a``."""
    lines = (UNPRINTABLE.sub("", line).replace("\t", " ").strip() for line in text.splitlines())
    return "\a".join(line for line in lines if line)


def _in_one_line(text: str) -> str:
    return _clean(text).replace("\a", " ")


@dataclass(frozen=True)
class _Placed:
    """A picture within a document, as the XML that stands in place of its tag."""

    document: DocxTemplate
    picture: Picture

    def __html__(self) -> str:
        inline = self.document.current_rendering_part.new_pic_inline(
            io.BytesIO(self.picture.content), Mm(self.picture.width_mm)
        )
        inline.docPr.set("descr", _in_one_line(self.picture.alt))
        return f'</w:t></w:r><w:r><w:drawing>{inline.xml}</w:drawing></w:r><w:r><w:t xml:space="preserve">'


def _highlight_placeholders(document: Document) -> None:
    parts = [document.element.body, *(section.header.part.element for section in document.sections)]
    for part in parts:
        for run in [r for r in part.iter(qn("w:r")) if PLACEHOLDER.search(r.text)]:
            for piece in PLACEHOLDER.split(run.text):
                _insert_piece(run, piece)
            run.getparent().remove(run)


def _keep_short_rows_whole(document: Document) -> None:
    """No price begins on one page and ends on the next. A row that is longer than a page has to part, or is cut off."""
    for table in document.tables:
        for row in table._tbl.tr_lst:  # noqa: SLF001, cells that are one would be counted often
            length = sum(len(text.text or "") for text in row.iter(qn("w:t")))
            if length <= SHORT_ROW:
                row.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def _insert_piece(run: Any, text: str) -> None:
    """Put a copy of ``run`` with ``text`` before it; a placeholder is highlighted."""
    piece = deepcopy(run)
    run.addprevious(piece)
    copy = Run(piece, None)  # type: ignore[arg-type]
    copy.text = text
    if PLACEHOLDER.fullmatch(text):
        copy.font.highlight_color = WD_COLOR_INDEX.YELLOW
