"""The empty sheet: styles, fonts, margins, header and footer of an official document (GB/T 9704-2012)."""

from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import CONTENT_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RELATIONSHIP
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Emu, Length, Mm, Pt
from docx.text.paragraph import Paragraph

HERE = Path(__file__).parent
# What the library's own empty document brings along and no paper of ours needs.
SURPLUS = (
    RELATIONSHIP.CUSTOM_XML,
    RELATIONSHIP.FONT_TABLE,
    RELATIONSHIP.NUMBERING,
    RELATIONSHIP.THEME,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)
BODY_STYLES = ("Normal", "Subtitle", "Heading 1", "Heading 2", "Body Text", "顶格正文", "部分标题", "Closing")


def sheet(*, issuer: str, number: str, landscape: bool = False, compact: bool = False) -> Document:
    """
    Return an empty document that names its issuer and its number at the head of each page.

    ``compact`` sets the body in 四号 in place of 三号: for contracts and for wide tables.
    """
    document = docx.Document()
    _dress(document)
    if compact:
        _set_smaller(document)
    if landscape:
        document.styles["表格文字"].font.size = Pt(10.5)
    section = document.sections[0]
    _measure(section, landscape)
    _head(section, issuer, number)
    _number_pages(section)
    return document


def write(paragraph: Paragraph, text: str, *, font: str = "") -> None:
    """Add text whose quotation marks and dashes are Chinese: without the hint Word takes them from the Latin font."""
    fonts = paragraph.add_run(text)._r.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001, no public way
    fonts.set(qn("w:hint"), "eastAsia")
    if font:
        fonts.set(qn("w:eastAsia"), font)


def _dress(document: Document) -> None:
    styles = document.styles.element
    for style in list(styles):
        styles.remove(style)
    styles.extend(list(parse_xml((HERE / "styles.xml").read_bytes())))
    for relationship in [r for r in document.part.rels.values() if r.reltype in SURPLUS]:
        document.part.rels.pop(relationship.rId)
    package = document.part.package
    for relationship in [r for r in package.rels.values() if r.reltype == RELATIONSHIP.THUMBNAIL]:
        package.rels.pop(relationship.rId)
    fonts = Part(
        PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, (HERE / "fonts.xml").read_bytes(), package
    )
    document.part.relate_to(fonts, RELATIONSHIP.FONT_TABLE)
    properties = document.core_properties
    properties.author = properties.comments = properties.last_modified_by = ""
    properties.language = "zh-CN"


def _set_smaller(document: Document) -> None:
    for name in BODY_STYLES:
        style = document.styles[name]
        style.font.size = Pt(14)
        style.paragraph_format.line_spacing = Pt(25)


def _measure(section: Section, landscape: bool) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(20), Mm(24)
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
        section.top_margin, section.bottom_margin = Mm(32), Mm(26)
        section.left_margin, section.right_margin = Mm(20), Mm(20)
        section.footer_distance = Mm(15)


def _head(section: Section, issuer: str, number: str) -> None:
    header = section.header
    line = header.paragraphs[0]
    for text in ("{%p if 草稿 %}", "草　稿（未经签署或者公布，不产生效力）", "{%p endif %}"):
        write(line.insert_paragraph_before(style="草稿标记"), text)
    write(line, issuer)
    line.add_run("\t")
    write(line, number)
    line.paragraph_format.tab_stops.add_tab_stop(_text_width(section), WD_TAB_ALIGNMENT.RIGHT)


def _text_width(section: Section) -> Length:
    width, left, right = section.page_width or 0, section.left_margin or 0, section.right_margin or 0
    return Emu(width - left - right)


def _number_pages(section: Section) -> None:
    paragraph = section.footer.paragraphs[0]
    write(paragraph, "— ")
    _field(paragraph, "PAGE")
    write(paragraph, " —")


def _field(paragraph: Paragraph, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    run.append(OxmlElement("w:t"))
    run[0].text = "1"
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001, no public way
