"""What the public reads of a plan that changes: versions, differences, the moved end, pictures for small screens."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from lifecycle.demo.drafts import fill
from publishing.export.links import relinked
from publishing.output import file_of
from publishing.pages.files import SMALLER
from publishing.pages.plan import changes_of
from publishing.pages.record import Record
from publishing.retracting import remove_files
from publishing.site import publish_project
from tenders.models import PlanVersion, Rendering
from tenders.operations.period import change_period
from tenders.operations.rounds import begin_next_round, draft_revision
from tests.factories import cemetery_on, hall_on, moment

pytestmark = pytest.mark.django_db


def page_of(scene, path=""):
    publish_project(scene.project)
    return file_of(f"/projects/{scene.project.number}/{path}").read_text(encoding="utf-8")


def test_the_page_shows_the_newest_version_and_what_became_of_the_first():
    scene = cemetery_on("04-10 16:00")
    page = page_of(scene)
    assert "停车场出口设在东侧支路" in page
    assert "方案改过几次" in page
    assert "第1轮公示第2版" in page
    assert "因这些意见而改：第1号、第2号、第3号、第5号、第6号" in page
    assert "不属于实质改动，期限不变：" in page


def test_two_versions_stand_side_by_side_with_their_differences():
    scene = cemetery_on("04-10 16:00")
    page = page_of(scene, "plan/1-2/")
    newest = changes_of(scene.project, Record(scene.project))[0]
    assert [pair.is_changed for pair in newest.text] == [True, True, True, False, False, False]
    assert "<ins>；壁葬区全部加设连廊雨棚320米</ins>" in page
    assert "<del>" in page
    assert 'href="/projects/2026-001/plan/1-1/"' in page
    first = page_of(scene, "plan/1-1/")
    assert "主出入口设在凤山路" in first
    assert "与前一版对照" not in first


def test_the_first_end_stays_beside_the_moved_one():
    scene = hall_on("08-12 10:00")
    change_period(
        scene.consultation.pk, closes_on=date(2026, 9, 10), reason="应家属要求", actor=scene.people.manager, at=scene.at
    )
    page = page_of(scene)
    assert "最初公布的截止日期是2026年8月31日（星期一），现在是2026年9月10日（星期四）24时。" in page
    assert "应家属要求" in page


def test_a_superseded_round_says_so_until_the_next_one_is_published():
    scene = hall_on("08-12 10:00")
    following = begin_next_round(
        scene.consultation.pk, reason="改为两厅", actor=scene.people.manager, at=moment("08-12 11:00")
    )
    following.plans.update(text="一、只修两厅。", change_note="改为两厅")
    page = page_of(scene)
    assert "方案有实质改动，准备重新公示" in page
    assert "将重新公示、重新征求意见" in page
    assert "只修两厅" not in page
    fill(following, opens_on=date(2026, 8, 17), closes_on=date(2026, 9, 30))
    scene.acts.step("publish_again", moment("08-17 09:00"))
    page = page_of(scene)
    assert "一、只修两厅。" in page
    assert "将重新公示、重新征求意见" not in page
    assert "属于实质改动，重新公示：" in page
    assert "还没有人提意见" not in page  # the comments of the first round stay


def test_a_draft_of_a_version_is_nowhere_in_public():
    scene = hall_on("08-12 10:00")
    version = draft_revision(scene.consultation.pk, minor_reason="局部调整", actor=scene.people.manager, at=scene.at)
    fill(version, text="未公布的正文", change_note="未公布的说明")
    page = page_of(scene)
    assert "未公布" not in page
    assert not file_of("/projects/2026-001/plan/1-2/").exists()


def test_a_long_text_is_shown_if_it_is_the_very_text_on_record():
    scene = hall_on("07-16 09:00")
    long = "甲" * 1600
    PlanVersion.objects.update(text=long)
    scene.acts.step("publish_plan", moment("07-20 09:00"))
    assert long in page_of(scene)
    PlanVersion.objects.update(text="乙" * 1600)
    page = page_of(scene)
    assert "乙乙" not in page
    assert "全文指纹（SHA-256）" in page


def test_a_picture_goes_out_in_sizes_for_small_screens():
    scene = hall_on("07-20 09:10")
    page = page_of(scene)
    picture = Rendering.objects.get()
    for width in SMALLER:
        address = f"/media/{picture.sha256}.{width}.webp"
        assert f"{address} {width}w" in page
        with Image.open(BytesIO(file_of(address).read_bytes())) as small:
            assert (small.format, small.width) == ("WEBP", width)
            assert abs(small.height - picture.height * width / picture.width) <= 1
    assert f'width="{picture.width}" height="{picture.height}"' in page


def test_an_exported_page_finds_its_smaller_pictures():
    page = '<source srcset="/media/a.480.webp 480w, /media/a.1200.webp 1200w">'
    told = relinked(page, lambda link: f"..{link}", "")
    assert told == '<source srcset="../media/a.480.webp 480w, ../media/a.1200.webp 1200w">'


def test_a_picture_is_never_enlarged():
    scene = hall_on("07-20 09:10")
    Rendering.objects.update(width=480)
    [change] = changes_of(scene.project, Record(scene.project))
    assert change.version.pictures[0].smaller == []


def test_a_picture_that_is_taken_down_goes_in_every_size():
    scene = hall_on("07-20 09:10")
    page_of(scene)
    digest = Rendering.objects.get().sha256
    remove_files({digest})
    assert not list(file_of("/media/x").parent.glob(f"{digest}*"))


def test_versions_cost_the_same_queries_however_many(django_assert_max_num_queries):
    scene = cemetery_on("04-10 16:00")
    with django_assert_max_num_queries(9):
        changes_of(scene.project, Record(scene.project))
