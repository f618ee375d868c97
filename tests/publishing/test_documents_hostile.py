"""What people type is text in a paper, whatever it looks like; and a template is no program."""

import io

import docx
import jinja2
import pytest

from publishing.documents import generate, render
from tests.publishing.papers import made, text_of
from tests.publishing.samples import make_consultation, make_opened_package, make_package, make_project


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "{{ 7 * 7 }}陵园",
        "{{ ''.__class__.__mro__ }}",
        "{% for x in range(10**9) %}陵园{% endfor %}",
        "{# 说明 #}陵园",
        "陵园<w:t>改</w:t> & “扩建”'工程'\"]]>",
        "Ａ－B——C……《陵园·公园》、；：？！",
        "𠮷野家\u3000陵园",
    ],
)
def test_what_is_typed_stays_text(name):
    package = make_package(make_project(name=name), name="施工")
    title, content = generate("tender-notice", package.pk)

    assert f"{name}已经有关部门批准建设" in text_of(content)
    assert docx.Document(io.BytesIO(content)).core_properties.title == title


@pytest.mark.django_db
def test_lines_become_paragraphs_and_no_space_is_left_at_their_ends():
    text = made("plan-notice", explanation="第一段。  \r\n\r\n\u3000\u3000第二段。\n\n\n第三段。")

    assert "\n第一段。\n第二段。\n第三段。\n" in text


@pytest.mark.django_db
@pytest.mark.parametrize("hidden", ["\x01", "\x07", "\x0b", "\x1f", "\u202e", "\u2066", "\u200b", "\ufeff"])
def test_characters_that_hide_or_reverse_are_left_out(hidden):
    text = made("plan-notice", explanation=f"格位已用{hidden}96%。")

    assert "格位已用96%。" in text.replace("\n", "")
    assert hidden not in text


@pytest.mark.django_db
def test_a_name_and_a_description_of_several_lines_do_no_harm():
    consultation = make_consultation(make_project(name="陵园\n公园\x07"))
    consultation.renderings.update(alt="左侧\n<右侧>\x1f")

    title, content = generate("plan-notice", consultation.pk)

    assert "\n" in title
    assert docx.Document(io.BytesIO(content)).core_properties.title == "关于陵园 公园建设方案公示并征求意见的公告"


@pytest.mark.django_db
def test_a_bidder_cannot_write_markup_into_the_table():
    package = make_opened_package()
    package.bids.filter(rank=1).update(bidder="</w:t></w:r></w:p><w:p>恒泰 & 子公司", price_fen=0)

    text = text_of(generate("candidate-notice", package.pk)[1])

    assert "</w:t></w:r></w:p><w:p>恒泰 & 子公司\n0.00" in text
    assert "人民币零元整" in text


@pytest.fixture
def edited(monkeypatch, tmp_path):
    """Put a template into the folder of templates, as a clerk could who edits one in Word."""
    monkeypatch.setattr(render, "TEMPLATES", tmp_path)

    def edit(text):
        document = docx.Document()
        document.add_paragraph(text)
        document.save(tmp_path / "edited.docx")

    return edit


def test_a_field_that_does_not_exist_is_refused_by_its_name(edited):
    edited("合同价：{{ 合同价 }}")

    with pytest.raises(jinja2.UndefinedError, match="合同价"):
        render.render("edited", {"签约合同价": "1.00元"})


@pytest.mark.parametrize(
    "text",
    [
        "{{ 名称.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ cycler.__init__.__globals__ }}",
    ],
)
def test_a_template_cannot_reach_into_the_program(edited, text):
    edited(text)

    with pytest.raises(jinja2.exceptions.SecurityError):
        render.render("edited", {"名称": "陵园"})


@pytest.mark.django_db
def test_a_picture_keeps_nothing_that_a_camera_left_in_it():
    content = generate("plan-notice", make_consultation().pk)[1]

    assert b"Exif" not in content
