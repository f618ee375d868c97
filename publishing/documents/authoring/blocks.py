"""The building blocks of a paper. Each adds itself to the end of a document; its texts hold tags to be filled in."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import cycle
from typing import Protocol

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row

from publishing.documents.authoring.page import write

LABEL_MM, VALUE_MM = 38, 118
AFTER_TABLE = "表后间距"  # the style of the gap below a table
ALIGNMENTS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


class Block(Protocol):
    def add_to(self, document: Document) -> None: ...


def add_all(blocks: Iterable[Block], document: Document) -> None:
    for block in blocks:
        block.add_to(document)


@dataclass(frozen=True)
class Text:
    """A paragraph. Where a value in it has several lines, each becomes a paragraph of the same kind."""

    text: str
    style: str = "Body Text"
    on_new_page: bool = False
    with_next: bool = False  # never alone at the foot of a page
    lead: str = ""  # in 黑体, before the text

    def add_to(self, document: Document) -> None:
        paragraph = document.add_paragraph(style=self.style)
        if self.lead:
            write(paragraph, self.lead, font="黑体")
        write(paragraph, self.text)
        if self.on_new_page:
            paragraph.paragraph_format.page_break_before = True
        if self.with_next:
            paragraph.paragraph_format.keep_with_next = True


def title(*lines: str, on_new_page: bool = False) -> Block:
    return Text("\n".join(lines), "Title", on_new_page)


def numbered(text: str) -> Block:
    """The number of a paper, under its title."""
    return Text(text, "Subtitle")


def part(text: str, *, on_new_page: bool = False) -> Block:
    return Text(text, "部分标题", on_new_page)


def heading(text: str) -> Block:
    return Text(text, "Heading 1")


def subheading(text: str) -> Block:
    return Text(text, "Heading 2")


def closing(last_words: str, unit: str, day: str) -> tuple[Block, ...]:
    """Who issues the paper, and when: never parted, nor on a page without text of the paper itself."""
    signed = Text(unit, "Closing", with_next=True), Text(day, "Closing")
    return _KeepTableWithNext(), Text(last_words, with_next=True), *signed


@dataclass(frozen=True)
class _KeepTableWithNext:
    """If a table stands before this, its end goes to the next page with what follows."""

    def add_to(self, document: Document) -> None:
        before = document.paragraphs[-1]
        if before.style and before.style.name == AFTER_TABLE:
            last_row = [paragraph for cell in document.tables[-1].rows[-1].cells for paragraph in cell.paragraphs]
            for paragraph in (*last_row, before):
                paragraph.paragraph_format.keep_with_next = True


@dataclass(frozen=True)
class When:
    """Blocks that appear only under a condition."""

    condition: str
    blocks: tuple[Block, ...]

    def add_to(self, document: Document) -> None:
        _enclose(document, f"if {self.condition}", self.blocks, "endif")


@dataclass(frozen=True)
class Each:
    """Blocks that appear once for each item of a list: ``Each("图 in 效果图", ...)``."""

    item: str
    blocks: tuple[Block, ...]

    def add_to(self, document: Document) -> None:
        _enclose(document, f"for {self.item}", self.blocks, "endfor")


def _enclose(document: Document, opening: str, blocks: Iterable[Block], closing: str) -> None:
    Text(f"{{%p {opening} %}}", "顶格正文").add_to(document)
    add_all(blocks, document)
    Text(f"{{%p {closing} %}}", "顶格正文").add_to(document)


@dataclass(frozen=True)
class Facts:
    """A table of names and values, in one pair of columns or in several."""

    rows: tuple[tuple[str, ...], ...]
    widths_mm: tuple[int, ...] = (LABEL_MM, VALUE_MM)

    def add_to(self, document: Document) -> None:
        table = _table(document, len(self.widths_mm))
        for number, row in enumerate(self.rows):
            keep = number in {0, len(self.rows) - 2}  # neither the first row nor the last stands alone on its page
            for cell, text, style in zip(table.add_row().cells, row, cycle(("表头文字", "表格文字")), strict=False):
                _fill(cell, text, style=style, keep=keep)
        _finish(table, self.widths_mm, document)


@dataclass(frozen=True)
class Column:
    name: str
    width_mm: int
    value: str
    align: str = "center"


@dataclass(frozen=True)
class Rows:
    """
    A table with a row for each item of a list: ``Rows("投标 in 投标名单", ...)``. Its head is repeated on each page.

    ``empty`` stands in the only row if there is no item: left out where the list may not be empty.
    """

    item: str
    columns: tuple[Column, ...]
    empty: str = ""
    total: tuple[str, ...] = ()

    def add_to(self, document: Document) -> None:
        table = _table(document, len(self.columns))
        head = table.add_row()
        _mark(head, "w:tblHeader")
        self._write(head, [column.name for column in self.columns], head=True)
        self._control(table, f"for {self.item}")
        self._write(table.add_row(), [column.value for column in self.columns])
        self._control(table, "else")
        self._write_empty(table)
        self._control(table, "endfor")
        if self.total:
            self._write(table.add_row(), self.total)
            for cell in table.rows[-1].cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = False
        _finish(table, [column.width_mm for column in self.columns], document)

    def _write(self, row: _Row, texts: Iterable[str], *, head: bool = False) -> None:
        for cell, text, column in zip(row.cells, texts, self.columns, strict=True):
            style = "表头文字" if head else "表格文字"
            _fill(cell, text, style=style, align="center" if head else column.align, keep=head or bool(self.total))

    def _write_empty(self, table: Table) -> None:
        cells = table.add_row().cells
        name = self.item.partition(" in ")[2]
        _fill(cells[0].merge(cells[-1]), self.empty or f"【待填：{name}】", align="center")

    def _control(self, table: Table, tag: str) -> None:
        _fill(table.add_row().cells[0], f"{{%tr {tag} %}}")


def _table(document: Document, columns: int) -> Table:
    before = document.paragraphs[-1]
    before.paragraph_format.keep_with_next = True
    if before.style and before.style.name == "Body Text":
        before.paragraph_format.space_after = Pt(6)
    table = document.add_table(0, columns, "Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    return table


def _finish(table: Table, widths_mm: Iterable[int], document: Document) -> None:
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            if cell.width is None or cell.grid_span == 1:
                cell.width = Mm(width)
    document.add_paragraph(style=AFTER_TABLE)


def _fill(cell: _Cell, text: str, *, style: str = "表格文字", align: str = "", keep: bool = False) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    write(paragraph, text)
    if align:
        paragraph.alignment = ALIGNMENTS[align]
    if keep:
        paragraph.paragraph_format.keep_with_next = True


def _mark(row: _Row, property_name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(property_name))  # noqa: SLF001, no public way
