"""Which pages there are, when they are written, and when not."""

import gzip
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger import clock, outbox
from ledger.keys import publish_verifier
from ledger.models import Entry
from ledger.notes import SigningKey
from ledger.sealer import seal
from lifecycle.operations import take
from lifecycle.steps import STEPS
from publishing import site
from publishing.handlers import HANDLERS
from publishing.pages import comments
from publishing.pages.project import project_page
from publishing.pages.record import Record
from tenders.models import Comment, Project, Rendering
from tests.factories import cemetery_on, hall_on
from tests.publishing.reading import every_file, path_of, publish, source, text

pytestmark = pytest.mark.django_db

HALL = "/projects/2026-001/"


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO = True  # so that a test can put the calendar where its story is


def test_a_project_is_nowhere_before_its_plan_is_published():
    scene = cemetery_on("03-02 15:00")
    publish(scene.at)

    assert "还没有公布过项目" in text("/projects/")
    assert not any("2026-001" in name or "陵园".encode() in content for name, content in every_file().items())


def test_the_page_of_an_open_plan_says_until_when_and_by_which_law_one_can_comment():
    publish(hall_on().at)

    page = text(HALL)
    assert "还剩 19 天" in page
    assert "截止 2026年8月31日（星期一）24时" in page
    assert "《重大行政决策程序暂行条例》第十五条" in page
    assert 'href="/projects/2026-001/comment/"' in source(HALL)
    assert 'href="/projects/2026-001/comment/"' in source("/")


def test_every_page_is_there_in_english_too():
    publish(hall_on().at)

    english = source(f"/en{HALL}")
    assert '<html lang="en">' in english
    assert "Funeral Service Centre: Renovation of the Farewell Halls" in english
    assert 'href="/en/projects/2026-001/comment/"' in english
    for address in ("/", "/projects/", "/ledger/", "/corrections/", "/verify/", f"{HALL}comments/"):
        assert path_of(f"/en{address}").is_file()


def test_of_comments_only_those_shown_can_be_read_and_all_are_counted():
    scene = hall_on()
    scene.acts.comment(scene.at, "请叫我张三，电话13800138000", name="张三", contact="13800138000")
    publish(scene.at)

    page = text(HALL)
    assert "大家的意见（4）" in page
    assert "坡道请做得缓一些，我母亲坐轮椅。" in page
    assert "坡度由1比10改为1比12。" in page
    assert "审核中 2" in page
    secrets = ("张三", "13800138000", "母婴台", *Comment.objects.values_list("code", flat=True))
    assert not [s for s in secrets for content in every_file().values() if s.encode() in content]


def test_a_comment_that_is_withheld_later_leaves_its_words_on_no_page(monkeypatch):
    monkeypatch.setattr(comments, "ON_ONE_PAGE", 1)
    scene = hall_on()
    publish(scene.at)
    assert "先修空调" in text(HALL)
    assert path_of(f"{HALL}comments/2/").is_file()
    monkeypatch.setattr(comments, "ON_ONE_PAGE", 100)

    scene.acts.withhold(Comment.objects.get(text__contains="空调"), scene.at, "privacy")
    site.rebuild()

    assert "依法不公开：涉及个人隐私 1" in text(HALL)
    assert not path_of(f"{HALL}comments/2/").exists()
    assert not path_of(f"{HALL}comments/2/index.html.gz").exists()
    assert not [name for name, content in every_file().items() if "先修空调".encode() in content]


def test_the_queries_of_a_page_do_not_grow_with_comments(django_assert_num_queries, django_assert_max_num_queries):
    scene = hall_on()
    with django_assert_max_num_queries(30) as few:
        project_page(scene.project, Record(scene.project), at=scene.at)
    for n in range(20):
        scene.acts.show(scene.acts.comment(scene.at, f"第{n}个建议"), scene.at)

    with django_assert_num_queries(len(few)):
        project_page(scene.project, Record(scene.project), at=scene.at)


def test_the_record_of_a_project_is_read_once_for_all_its_pages():
    scene = cemetery_on("08-10 10:00")
    with CaptureQueriesContext(connection) as asked:
        site.publish_project(scene.project)

    assert path_of(f"{HALL}opening/1/").is_file()
    assert len([query for query in asked.captured_queries if 'AND NOT ("ledger_entry"."kind" IN' in query["sql"]]) == 1


def test_writing_again_what_has_not_changed_touches_no_file():
    scene = hall_on()
    publish(scene.at)
    written = {name: path_of(name).stat().st_mtime_ns for name in every_file()}

    site.rebuild()

    assert {name: path_of(name).stat().st_mtime_ns for name in every_file()} == written


def test_beside_each_page_lies_its_packed_form():
    publish(hall_on().at)

    assert gzip.decompress(path_of(f"{HALL}index.html.gz").read_bytes()) == path_of(HALL).read_bytes()


def test_work_that_is_done_already_is_passed_over(django_assert_max_num_queries):
    publish(hall_on().at)

    for entry in Entry.objects.in_order():
        with django_assert_max_num_queries(1):  # which project?
            site.publish_subject(entry, entry.subject)


def test_an_act_touches_its_project_and_the_common_pages():
    scene = hall_on()
    publish(scene.at)
    entry = Entry.objects.order_by("seq").last()
    scene.acts.show(Comment.objects.get(text__contains="母婴台"), scene.at)

    site.publish_subject(Entry.objects.get(kind="comment.shown", seq__gt=entry.seq), "project/2026-001/consultation/1")

    assert "母婴台" in text(HALL)
    assert "母婴台" in text(f"{HALL}comments/")
    assert f"账本第{entry.seq + 1}条" in text("/ledger/")


def test_days_left_are_counted_anew_each_day_and_only_then():
    scene = hall_on()
    publish(scene.at)
    page = path_of(HALL)
    before = page.stat().st_mtime_ns

    site.keep_current()
    assert page.stat().st_mtime_ns == before

    clock.advance(scene.at + timedelta(days=1))
    site.keep_current()
    assert "还剩 18 天" in text(HALL)


def test_after_an_upgrade_the_pages_are_written_in_their_new_form():
    publish(hall_on().at)
    mark = path_of("/.told")
    mark.write_text(json.dumps(json.loads(mark.read_text()) | {"form": "of the last release"}))
    page = path_of("/")
    page.write_text("as the last release wrote it")

    site.keep_current()

    assert "我要提意见" in text("/")


def test_a_page_says_as_soon_as_its_acts_are_sealed(settings):
    scene = hall_on()
    publish(scene.at)
    assert "待收录" in text(HALL)
    assert "已收录" not in text(HALL)

    key = SigningKey.generate(settings.LEDGER_ORIGIN)
    publish_verifier(settings.PUBLIC_ROOT / "ledger", key)
    checkpoint = seal(settings.PUBLIC_ROOT / "ledger", key)
    outbox.drain("render", HANDLERS)

    sealed_part = text(HALL).partition("办理记录")[2]
    assert "已收录" in sealed_part
    assert f"签署的检查点已包含账本的前{checkpoint.size}条" in sealed_part
    assert str(key.verifier) in text("/ledger/")
    assert bytes(checkpoint.root).hex() in text("/ledger/")


def test_pictures_are_published_under_their_digest_with_words_for_those_who_cannot_see():
    scene = hall_on()
    publish(scene.at)

    picture = Rendering.objects.get()
    assert path_of(f"/media/{picture.sha256}.jpg").is_file()
    assert f'alt="{picture.alt}"' in source(HALL)


def test_a_picture_that_was_exchanged_is_not_published():
    hall_on()
    picture = Rendering.objects.get()
    with picture.image.storage.open(picture.image.name, "wb") as file:
        file.write(b"another picture")

    with pytest.raises(ValueError, match=picture.sha256):
        site.rebuild()


def test_a_cancelled_project_stays_public_with_the_reason():
    scene = hall_on()
    take(STEPS["cancel"], scene.project.pk, actor=scene.people.leader, at=scene.at, reason="改为与新馆一并建设。")
    publish(scene.at)

    page = text(HALL)
    assert "已取消 项目编号" in page
    assert "改为与新馆一并建设。" in page
    assert "我要提意见" not in page
    assert "改为与新馆一并建设。" in text("/corrections/")


def test_the_list_of_acts_for_machines_names_each_with_its_leaf():
    scene = hall_on()
    publish(scene.at)

    listed = json.loads(source(f"{HALL}record.json"))["entries"]
    assert [entry["seq"] for entry in listed] == [e.seq for e in Entry.objects.about("project/2026-001").in_order()]
    assert listed[0]["leaf"] == bytes(Entry.objects.get(seq=listed[0]["seq"]).leaf).hex()


def test_a_draft_that_is_edited_after_publication_changes_nothing_in_public():
    scene = hall_on()
    publish(scene.at)
    before = every_file()

    Project.objects.update(leader_name="别人", estimate_fen=1, purpose="别的")
    scene.consultation.plans.update(text="另一个方案")
    site.rebuild()

    assert every_file() == before
