"""The sheet for notice boards: one template, the notice's own words, the same bytes for everybody."""

import re
import shutil
import subprocess

import pytest

from publishing import notices
from publishing.channels import CHANNELS
from publishing.documents.board import SIZES, board_sheet, contents, last_day
from publishing.documents.typesetting import PAGE
from publishing.models import Delivery
from tests.factories import cemetery_on, hall_on
from tests.publishing.reading import path_of

pytestmark = pytest.mark.django_db

HOSTILE = '#panic("x") *强调* _斜_ $x$ @ref <label> [块] // 注 \\ #set text(red) “引号”\n    四格缩进\n\n末行'
TO_TEXT = shutil.which("pdftotext")


@pytest.fixture
def notice():
    return notices.issue(hall_on().entries("step.publish_plan")[0])


def words_of(pdf, tmp_path):
    (tmp_path / "sheet.pdf").write_bytes(pdf)
    done = subprocess.run(
        [TO_TEXT, "-layout", tmp_path / "sheet.pdf", "-"], check=True, capture_output=True, timeout=60
    )
    return done.stdout.decode()


@pytest.mark.parametrize("size", SIZES)
def test_the_same_notice_gives_the_same_sheet(notice, size):
    assert board_sheet(notice, size) == board_sheet(notice, size)


def test_a_sheet_is_accessible_and_names_itself(notice):
    pdf = board_sheet(notice, "a4")
    assert b"pdfuaid" in pdf
    assert b"/MarkInfo" in pdf
    assert b"/Lang (zh-CN)" in pdf or b"/Lang(zh" in pdf or re.search(rb"/Lang\s*\(zh", pdf)


def test_a_sheet_has_its_size(notice):
    a4, a3 = (float(re.search(rb"/MediaBox\s*\[0 0 ([\d.]+)", board_sheet(notice, size))[1]) for size in SIZES)
    assert (round(a4), round(a3)) == (595, 842)


def test_all_sheets_say_the_same_beside_the_words_of_the_notice(notice):
    said = contents(notice)
    assert said["number"] == f"公开第{notice.pk}号"
    assert said["period"] == "张贴期限：2026年7月20日至2026年8月31日"
    assert "".join(said["fingerprint"]).replace(" ", "") == notice.sha256
    assert len(said["places"]) == 3
    assert [notice.title, *said["lines"]] == notice.body.splitlines()


@pytest.mark.parametrize(("lines", "pages"), [(3, 1), (22, 1), (200, 6)])
def test_a_notice_is_set_so_that_it_fits_on_one_page_if_it_can(notice, lines, pages):
    notice.body = "\n".join([notice.title, *(["一行字" * 8] * lines)])
    for size in SIZES:
        assert len(PAGE.findall(board_sheet(notice, size))) == pages


def test_what_opens_no_period_hangs_for_ten_days():
    scene = cemetery_on("06-12 09:00")
    assert last_day(notices.issue(scene.entries("approval.published")[0])).isoformat() == "2026-05-18"


@pytest.mark.skipif(not TO_TEXT, reason="pdftotext is not installed")
def test_words_that_look_like_a_program_are_printed_as_they_are(notice, tmp_path):
    notice.body = f"{notice.title}\n{HOSTILE}\n"
    said = "".join(words_of(board_sheet(notice, "a4"), tmp_path).split())
    assert "".join(HOSTILE.split()) in said


@pytest.mark.skipif(not TO_TEXT, reason="pdftotext is not installed")
def test_a_long_notice_goes_on_over_pages_and_loses_nothing(notice, tmp_path):
    lines = [f"第{number}条　内容{'长' * 60}" for number in range(120)]
    notice.body = "\n".join([notice.title, *lines])
    said = re.sub(r"\s", "", words_of(board_sheet(notice, "a4"), tmp_path))
    assert all(f"第{number}条" in said for number in range(120))


def test_a_sheet_that_was_printed_is_never_made_anew(notice):
    CHANNELS["board"].deliver(notice)
    path = path_of(f"{notice.address}board-a4.pdf")
    path.write_bytes(b"%PDF as it was printed")

    CHANNELS["board"].deliver(notice)

    assert path.read_bytes() == b"%PDF as it was printed"
    assert path_of(f"{notice.address}board-a3.pdf").is_file()
    delivery = Delivery.objects.get(channel="board")
    assert (delivery.place, delivery.state, delivery.sha256) == ("", "sent", notice.sha256)
