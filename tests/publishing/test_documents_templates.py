"""The templates in the repository are those that the program writes, and name only what they are given."""

import docx
import pytest
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from publishing.documents.authoring.papers import PAPERS
from publishing.documents.letters import LETTERS
from publishing.documents.registry import REGISTRY
from publishing.documents.render import TEMPLATES
from tests.publishing.papers import lines_of
from tests.publishing.samples import MAKERS

CHINESE_FONTS = {"仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"}


def fields_of(template):
    """The fields that a template names, and those among them that it takes from the context."""
    return DocxTemplate(TEMPLATES / f"{template}.docx").get_undeclared_template_variables(SandboxedEnvironment())


def test_each_paper_has_its_template():
    assert set(PAPERS) == {*REGISTRY, *LETTERS} == {path.stem for path in TEMPLATES.glob("*.docx")}


@pytest.mark.parametrize("template", PAPERS)
def test_the_committed_template_is_the_one_that_the_program_writes(template):
    """If this fails after a change of wording: ``python manage.py write_templates``."""
    committed = docx.Document(str(TEMPLATES / f"{template}.docx"))

    assert lines_of(committed) == lines_of(PAPERS[template].document())


@pytest.mark.django_db
@pytest.mark.parametrize("template", REGISTRY)
def test_a_template_names_only_what_it_is_given(template):
    context = REGISTRY[template].context(MAKERS[template]())

    assert fields_of(template) - {"草稿"} <= set(context)


@pytest.mark.parametrize("template", REGISTRY)
def test_what_may_be_blank_is_named_by_the_template(template):
    assert {name.partition(".")[0] for name in REGISTRY[template].optional} <= fields_of(template)


@pytest.mark.parametrize("template", PAPERS)
def test_no_chinese_text_is_set_in_a_latin_font(template):
    document = docx.Document(str(TEMPLATES / f"{template}.docx"))
    parts = (document.styles.element, document.element.body, document.sections[0].header.part.element)
    fonts = [f for part in parts for f in part.iter(qn("w:rFonts"))]

    assert {f.get(qn("w:eastAsia")) for f in fonts} - {None} <= CHINESE_FONTS
    assert not [f for f in fonts if f.get(qn("w:asciiTheme")) or f.get(qn("w:eastAsiaTheme"))]
    assert all(f.get(qn("w:hint")) == "eastAsia" for f in fonts)


@pytest.mark.parametrize("template", PAPERS)
def test_a_table_that_grows_repeats_its_head_on_each_page(template):
    for table in docx.Document(str(TEMPLATES / f"{template}.docx")).tables:
        if "{%tr for" in "".join(cell.text for row in table.rows for cell in row.cells):
            assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


@pytest.mark.parametrize("template", PAPERS)
def test_a_table_is_as_wide_as_the_text(template):
    document = docx.Document(str(TEMPLATES / f"{template}.docx"))
    section = document.sections[0]
    text_width = section.page_width - section.left_margin - section.right_margin

    for table in document.tables:
        assert sum(column.width for column in table.columns) == pytest.approx(text_width, rel=0.01)
