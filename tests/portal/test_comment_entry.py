"""Comments that come on paper, by phone, in a box or at a meeting, entered by staff."""

import io
import zipfile
from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from ledger import clock
from ledger.models import Entry
from tenders.gates.report import every_comment_is_answered
from tenders.models import Comment, CommentScan
from tests.factories import cemetery_on, hall_on, moment
from tests.portal.desks import picture

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%%EOF"
END = moment("09-01 00:00")


def letter(**changes):
    said = {"channel": "letter", "received_at": "2026-08-12T09:00", "text": "请保留老柏树。", "topics": ["design"]}
    return said | {"stance": "", "name": "王大爷", "contact": ""} | changes


class Desk:
    """The form at the desk, filled in as it was given out."""

    def __init__(self, client, scene, desk):
        self.client, self.scene = client, scene
        self.address = f"{desk}/acts/receive-comment/{scene.consultation.pk}/"

    def enter(self, **changes):
        token = self.client.get(self.address).context["form"]["token"].value()
        return self.client.post(self.address, letter(**changes) | {"token": token})


@pytest.fixture
def desk(client, at_desk):
    scene = hall_on()
    return Desk(client, scene, at_desk(scene, "clerk"))


def entered():
    return Comment.objects.exclude(entered_at=None)


def test_a_letter_is_entered_with_its_day_its_pages_and_who_wrote_it(desk):
    pages = [SimpleUploadedFile("1.jpg", picture()), SimpleUploadedFile("2.pdf", PDF)]
    answer = desk.enter(scans=pages)

    comment = entered().get()
    assert (comment.channel, comment.received_at, comment.name) == ("letter", moment("08-12 09:00"), "王大爷")
    assert comment.entered_at > comment.received_at
    assert [scan.file.name.rpartition(".")[2] for scan in comment.scans.all()] == ["jpg", "pdf"]
    entry = Entry.objects.filter(kind="comment.received").last()
    assert entry.facts["received_at"].startswith("2026-08-12T09:00:00")
    assert entry.facts.keys() == {"number", "channel", "commitment", "received_at"}
    for private in ("王大爷", "老柏树", comment.code, comment.scans.first().sha256):
        assert private not in bytes(entry.body).decode()
    assert answer["Location"].endswith(f"/comments/{comment.consultation_id}/{comment.number}/slip/")


def test_the_slip_holds_the_code_and_neither_words_nor_name(client, desk):
    page = client.get(desk.enter()["Location"]).content.decode()
    comment = entered().get()

    assert comment.code in page
    assert "2026年8月12日" in page
    for private in ("老柏树", "王大爷"):
        assert private not in page


def test_the_code_of_what_a_resident_sent_is_shown_to_nobody(client, desk):
    sent = Comment.objects.filter(entered_at=None).first()
    address = desk.address.replace("acts/receive-comment", "comments") + f"{sent.number}/slip/"

    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"), [("manager", 200), ("reviewer", 404), ("leader", 404), ("discipline", 404)]
)
def test_slip_and_pages_are_for_those_who_handle_comments(client, desk, role, status):
    slip = desk.enter(scans=[SimpleUploadedFile("1.jpg", picture())])["Location"]
    scan = f"{slip.removesuffix('slip/')}scans/{CommentScan.objects.get().pk}/"

    client.force_login(getattr(desk.scene.people, role))
    answers = [client.get(slip), client.get(scan)]
    assert [answer.status_code for answer in answers] == [status, status]
    if status == 200:
        assert answers[1].getvalue()
    client.logout()
    assert [client.get(slip).status_code, client.get(scan).status_code] == [302, 302]


def test_a_page_comes_as_a_download_and_without_what_the_camera_wrote(client, desk):
    exif = Image.Exif()
    exif[0x010F] = "the maker of the phone"
    slip = desk.enter(scans=[SimpleUploadedFile("1.jpg", picture(exif=exif))])["Location"]
    scan = CommentScan.objects.get()

    answer = client.get(f"{slip.removesuffix('slip/')}scans/{scan.pk}/")

    assert answer["Content-Disposition"].startswith("attachment")
    content = answer.getvalue()
    assert b"the maker of the phone" not in content
    assert sha256(content).hexdigest() == scan.sha256
    assert "原件第1页" in client.get(desk.address.replace("acts/receive-comment", "registers/comments")).text


def bomb():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", b"\0" * 1_000_000)
    return content.getvalue()


FILES = {
    "twenty pictures": ([("a.jpg", picture())] * 20, "一次最多上传6张"),
    "SVG": ([("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")], "这不是可以识别的图片"),
    "SVG named as a picture": ([("a.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")], "这不是可以识别的图片"),
    "a page": ([("a.html", b"<script>alert(1)</script>")], "这不是可以识别的图片"),
    "half a picture": ([("a.jpg", picture()[:200])], "这不是可以识别的图片"),
    "a picture of a sheep's size": ([("a.png", picture("PNG", (9_000, 9_000)))], "像素太多"),
    "an archive": ([("a.zip", bomb())], "这不是可以识别的图片"),
    "a PDF named otherwise": ([("a.jpg", PDF)], "文件名的后缀与内容不符"),
    "a moving picture": ([("a.gif", picture("GIF"))], "这不是可以识别的图片"),
}


@pytest.mark.parametrize(("files", "reason"), FILES.values(), ids=FILES)
def test_a_page_is_judged_by_its_content_and_what_was_typed_is_kept(desk, settings, tmp_path, files, reason):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    answer = desk.enter(scans=[SimpleUploadedFile(*file) for file in files])

    assert answer.status_code == 422
    assert reason in answer.text
    assert "请保留老柏树。" in answer.text
    assert not entered().exists()
    assert not list(tmp_path.glob("uploads/**/*"))


def test_a_picture_with_a_page_behind_it_is_refused(desk):
    page = desk.enter(scans=[SimpleUploadedFile("a.jpg", picture() + b"<html><script>alert(1)</script>")])

    assert "除了图片还含有别的内容" in page.text
    assert not CommentScan.objects.exists()


BORDERS = {
    "as the period begins": ("07-20 00:00", 0, ""),
    "a second before it": ("07-20 00:00", -1, "征求意见从2026年7月20日开始"),
    "in its last second": ("09-01 00:00", -1, ""),
    "as it ends": ("09-01 00:00", 0, "已于2026年8月31日24时截止"),
    "a second late": ("09-01 00:00", 1, "已于2026年8月31日24时截止"),
}


@pytest.mark.parametrize(("when", "seconds", "reason"), BORDERS.values(), ids=BORDERS)
def test_what_counts_is_when_it_was_received(desk, when, seconds, reason):
    clock.advance(END + timedelta(days=2))
    received_at = moment(when) + timedelta(seconds=seconds)
    answer = desk.enter(received_at=received_at.strftime("%Y-%m-%dT%H:%M:%S"))

    if not reason:
        assert answer.status_code == 302
        assert entered().get().received_at == received_at
        return
    assert answer.status_code == 409
    assert reason in answer.text
    assert "第十五条" in answer.text
    assert "请保留老柏树。" in answer.text
    assert not entered().exists()


def test_nothing_is_received_in_the_future(desk):
    answer = desk.enter(received_at="2026-08-20T09:00")

    assert answer.status_code == 422
    assert "收到时间不能晚于现在" in answer.text
    assert not entered().exists()


def test_what_came_in_time_is_entered_after_the_closing_and_the_decision_waits_for_its_answer(client, at_desk):
    scene = cemetery_on("04-24 08:59")
    assert every_comment_is_answered(scene.project, scene.at) is None

    assert Desk(client, scene, at_desk(scene)).enter(received_at="2026-04-08T17:00").status_code == 302

    assert "还有1条意见没有答复" in every_comment_is_answered(scene.project, scene.at).message


def test_after_the_decision_nothing_is_entered_any_more(client, at_desk):
    scene = cemetery_on("04-24 10:00")
    answer = Desk(client, scene, at_desk(scene)).enter(received_at="2026-04-08T17:00")

    assert answer.status_code == 409
    assert "已于2026年4月24日 9:00公布决策" in answer.text
    assert "第十八条" in answer.text


def test_name_and_contact_are_deleted_when_their_owner_asks_and_the_record_stays_as_it_is(client, desk):
    desk.enter(contact="0870-5550100")
    comment, entries = entered().get(), Entry.objects.count()
    address = desk.address.replace(f"receive-comment/{comment.consultation_id}", f"forget-author/{comment.pk}")

    client.post(address, {"token": client.get(address).context["form"]["token"].value()})

    comment.refresh_from_db()
    assert (comment.name, comment.contact, comment.text) == ("", "", "请保留老柏树。")
    assert Entry.objects.count() == entries
    client.force_login(desk.scene.people.reviewer)
    assert client.get(address).status_code == 404


def test_a_second_click_enters_nothing_twice(client, desk):
    token = client.get(desk.address).context["form"]["token"].value()
    form = letter() | {"token": token}

    places = [client.post(desk.address, form)["Location"] for _ in range(2)]

    assert places[0] == places[1]
    assert entered().count() == 1


def test_the_desk_reads_full_width_digits(desk):
    desk.enter(channel="phone", contact="０８７０－５５５０１００")

    assert entered().get().contact == "0870-5550100"
