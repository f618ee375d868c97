"""Posters: what hangs in the street says what the record says, can be printed and scanned, and is replaced in time."""

import io
import re
from datetime import date

import pytest
import zxingcpp
from django.core.files.base import ContentFile
from PIL import Image
from pypdf import PdfReader

from ledger.models import Task
from publishing import notices
from publishing.documents.poster import LONGEST_FACT, SIZES, Picture, Told, drawn, poster, shortened, words_of
from publishing.handlers import HANDLERS
from publishing.models import TakeDown
from publishing.operations import confirm_take_down, propose_take_down
from publishing.pages.posters import newest_posters, poster_address, posters_beside
from publishing.pages.record import Record
from publishing.posters import told_as_of, told_at_desk
from tenders.models import Consultation, Rendering
from tenders.operations.period import change_period
from tests.factories import cemetery_on, hall_on, moment
from tests.publishing.reading import path_of, publish, text
from tests.tenders.test_required_placements import DRAFTED, promise, prove, told

pytestmark = pytest.mark.django_db

COMMENT = "http://127.0.0.1:8000/projects/2026-001/comment/"
MILLIMETRES = {"a0": (841, 1189), "a1": (594, 841), "a3": (297, 420), "a4": (210, 297)}


def published(scene):
    (entry,) = scene.entries("step.publish_plan")
    return told_as_of(entry, scene.project)


def pictures_in(address):
    return len(PdfReader(path_of(address)).pages[0].images)


def put_up(entry):
    notice = notices.issue(entry)
    HANDLERS["posters"](entry)
    return notice


@pytest.fixture
def quick(monkeypatch):
    """Set one size instead of four, where the sheets themselves do not matter."""
    monkeypatch.setattr("publishing.posters.SIZES", ("a4",))


@pytest.mark.parametrize("size", SIZES)
def test_a_poster_is_one_accessible_page_of_its_size_with_its_font_inside(size):
    pdf = poster(published(hall_on()), size)
    reader = PdfReader(io.BytesIO(pdf))
    (page,) = reader.pages
    wide, high = (round(float(points) / 72 * 25.4) for points in (page.mediabox.width, page.mediabox.height))
    assert (wide, high) == MILLIMETRES[size]
    assert b"pdfuaid" in pdf
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert fonts
    assert all("/FontFile3" in f["/DescendantFonts"][0].get_object()["/FontDescriptor"] for f in fonts)
    assert len(pdf) < 8_000_000


def test_the_same_plan_gives_the_same_poster():
    plan = published(hall_on())
    assert poster(plan, "a3") == poster(plan, "a3")


def test_its_code_leads_to_the_comment_form():
    image = Image.open(io.BytesIO(drawn(published(hall_on()))))
    (code,) = zxingcpp.read_barcodes(image)
    assert code.text == COMMENT
    assert code.format == zxingcpp.BarcodeFormat.QRCode


def test_it_says_where_what_at_what_cost_until_when_and_who_answers_for_it():
    scene = cemetery_on("03-09 09:06")
    words = PdfReader(io.BytesIO(poster(published(scene), "a4"))).pages[0].extract_text()
    words = re.sub(r"\s", "", words)
    for said in (
        "陵园公园改扩建工程", "凤山镇凤山路北侧", "改造现有园区2.6公顷", "1800万元", "2026年3月9日（星期一）起",
        "2026年4月8日（星期三）24时止", "127.0.0.1:8000/projects/2026-001/", "0870-5550102", "文化路18号",
        "意见箱县民政局大门公开栏、凤山镇凤山村村务公开栏", "赵立新（副局长）", "监督电话：0870-12388", "扫一扫",
    ):  # fmt: skip
        assert said in words, said
    assert "预览" not in words


def test_a_draft_bears_the_mark_of_a_preview_whatever_is_missing_in_it():
    scene = hall_on(DRAFTED)
    Consultation.objects.update(opens_on=None, closes_on=None)
    scene.consultation.renderings.all().delete()
    preview = told_at_desk(scene.consultation, scene.at)
    assert preview.notice is None
    words = PdfReader(io.BytesIO(poster(preview, "a4"))).pages[0].extract_text()
    assert "预览" in words
    assert "待定" in words


def test_the_longest_words_stay_on_one_page_and_are_cut_between_parts():
    plan = {
        "round": 2, "opens_on": "2026-03-09", "closes_on": "2026-04-08", "renderings": [],
        "placements": [{"name": "某某村村务公开栏" * 5, "has_box": True}] * 10,
        "project": {
            "name": "长" * 120, "owner": "某" * 40, "site": "地" * 200, "scale": "建设内容，" * 200,
            "purpose": "为" * 900,
            "estimate_fen": 2**53 - 1, "funding": [{"name": "资金" * 40, "amount_fen": 1}] * 20,
            "contact_phone": "0870-5550102", "contact_name": "林" * 20, "contact_address": "址" * 120,
            "leader_name": "甲" * 20, "leader_post": "局长" * 20, "responsible_name": "乙", "responsible_post": "",
            "hotline": "0870-12388",
        },
    }  # fmt: skip
    reader = PdfReader(io.BytesIO(poster(Told("2026-001", plan, [], moment("03-09 09:00"), 7), "a4")))
    assert len(reader.pages) == 1
    assert shortened("建设内容，" * 200).endswith("建设内容……（全文请扫码）")
    assert len(shortened("为" * 900)) < LONGEST_FACT + 20


def test_what_is_written_into_a_plan_is_no_program():
    scene = hall_on()
    plan = published(scene)
    hostile = dict(plan.plan, project=dict(plan.project, scale='#panic("x") *强* $x$ @ref <label> \\ // 注'))
    words = PdfReader(io.BytesIO(poster(Told("2026-001", hostile, [], plan.at, 7), "a4"))).pages[0].extract_text()
    assert '#panic("x")' in words


def test_a_picture_is_never_made_larger_than_it_is_nor_sent_larger_than_it_is_printed():
    scene = hall_on()
    rendering = scene.consultation.renderings.get()
    widths = {}
    for size in ("a3", "a0"):
        pdf = poster(Told("2026-001", published(scene).plan, [Picture(rendering.image, "", "图")], scene.at, 7), size)
        (image,) = PdfReader(io.BytesIO(pdf)).pages[0].images
        widths[size] = image.image.width
    assert widths == {"a3": 1920, "a0": 1920}
    words = words_of(published(scene), "a4")
    assert words["qr_alt"].endswith(COMMENT)


def test_a_transparent_picture_stands_on_white(tmp_path, settings):
    scene = hall_on()
    rendering = scene.consultation.renderings.get()
    png = io.BytesIO()
    Image.new("RGBA", (400, 225), (0, 0, 0, 0)).save(png, "PNG")
    rendering.image.save("clear.png", ContentFile(png.getvalue()), save=False)
    pdf = poster(Told("2026-001", published(scene).plan, [Picture(rendering.image, "", "图")], scene.at, 7), "a4")
    (image,) = PdfReader(io.BytesIO(pdf)).pages[0].images
    assert image.image.convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_the_publicity_of_a_plan_has_its_posters_made_and_the_pages_lead_to_them():
    scene = hall_on()
    (entry,) = scene.entries("step.publish_plan")
    notice = notices.issue(entry)
    assert Task.objects.filter(entry=entry, name="posters").count() == 1
    assert newest_posters(Record(scene.project)) is None
    HANDLERS["posters"](entry)
    HANDLERS["posters"](entry)  # as after a dead worker
    for size in SIZES:
        address = poster_address(notice.pk, size)
        assert path_of(address).read_bytes().startswith(b"%PDF")
        for page in (notice.address, "/projects/2026-001/", "/en/projects/2026-001/"):
            assert f'href="{address}"' in path_of(page).read_text()


def test_an_act_without_a_plan_or_a_period_has_no_poster():
    scene = hall_on()
    (entry,) = scene.entries("step.open_comments")
    notices.issue(entry)
    assert not Task.objects.filter(entry=entry, name="posters").exists()


def test_when_the_end_moves_a_new_poster_takes_the_place_of_the_old_one(quick):
    scene = hall_on()
    old = put_up(scene.entries("step.publish_plan")[0])
    before = path_of(poster_address(old.pk, "a4")).read_bytes()
    change_period(
        scene.consultation.pk, closes_on=date(2026, 9, 10), reason="应村民要求", actor=scene.people.manager, at=scene.at
    )
    new = put_up(scene.entries("period.extended")[0])
    said = PdfReader(path_of(poster_address(new.pk, "a4"))).pages[0].extract_text()
    assert "9 月10 日" in re.sub(" +", " ", said) or "9月10日" in re.sub(r"\s", "", said)
    assert path_of(poster_address(old.pk, "a4")).read_bytes() == before
    assert posters_beside(old).newer == new.pk
    assert posters_beside(new).newer is None
    assert newest_posters(Record(scene.project)).notice == new.pk
    assert "已经过期" in text(old.address)
    assert f"/notices/{new.pk}/#posters" in path_of(old.address).read_text()
    assert poster_address(old.pk, "a4") not in path_of("/projects/2026-001/").read_text()


def test_nobody_is_called_by_a_poster_after_the_period(quick):
    scene = hall_on()
    put_up(scene.entries("step.publish_plan")[0])
    scene.acts.step("close_comments", moment("09-01 09:00"), subject=scene.consultation)
    assert newest_posters(Record(scene.project)) is None


def test_a_picture_that_is_taken_down_leaves_the_posters_too(quick):
    scene = hall_on()
    entry = scene.entries("step.publish_plan")[0]
    notice = put_up(entry)
    address = poster_address(notice.pk, "a4")
    assert pictures_in(address) == 1
    rendering = Rendering.objects.get()
    asked = TakeDown(
        project=scene.project, what="picture", sha256=rendering.sha256, published_by=entry, ground="privacy",
        explanation="照片上有人",
    )  # fmt: skip
    down = propose_take_down(asked, actor=scene.people.clerk, at=scene.at)
    confirm_take_down(down.pk, actor=scene.people.leader, at=scene.at)
    HANDLERS["take-down"](scene.entries("content.taken-down")[0], pk=down.pk)
    assert pictures_in(address) == 0


def test_the_public_page_says_of_each_place_what_became_of_it(settings, quick):
    settings.DEMO = True
    scene, wall = told()
    promise(scene, "清平县广播电台", "radio")
    publish(moment("07-20 18:00"))
    page = text("/projects/2026-001/")
    assert "村务公开栏：城西村公开栏 计划中 计划最迟2026年7月20日（星期一）" in page
    prove(scene, wall, "07-22 08:00")
    publish(moment("07-24 10:00"))
    page = text("/projects/2026-001/")
    assert "晚了2天" in page
    assert "清平县广播电台" not in page  # it came after the publicity, so the record does not know it


def test_what_nobody_proves_is_missing_in_public_and_what_is_explained_is_said(settings, quick):
    settings.DEMO = True
    scene, _wall = told()
    publish(moment("07-22 10:00"))
    assert "还没有证据 计划最迟2026年7月20日（星期一），已过2天" in text("/projects/2026-001/")
    scene.acts.waive("城西村公开栏", moment("07-22 11:00"), "公开栏被洪水冲毁")
    publish(moment("07-22 12:00"))
    assert "没有张贴" in text("/projects/2026-001/")
    assert "原因：公开栏被洪水冲毁" in text("/projects/2026-001/")
    assert "城西村公开栏：公开栏被洪水冲毁" in text("/corrections/")


def test_a_proof_is_shown_with_its_photo(settings, quick):
    settings.DEMO = True
    scene = hall_on(DRAFTED)
    wall = promise(scene)
    scene.acts.step("publish_plan", moment("07-20 09:00"))
    proof = prove(scene, wall, "07-20 10:00")
    publish(moment("07-20 11:00"))
    page = path_of("/projects/2026-001/").read_text()
    assert "已张贴（刊播）" in page
    assert f'<a class="shot" href="/media/{proof.photos.get().sha256}.jpg">' in page
