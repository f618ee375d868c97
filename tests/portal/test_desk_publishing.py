"""At the desk: what hangs on walls is entered from a phone, what was wrong is corrected, what is unlawful leaves."""

import io

import docx
import pytest
from PIL import Image

from ledger import outbox
from publishing import notices
from publishing.handlers import HANDLERS
from publishing.models import Amendment, Delivery, Notice, TakeDown
from tenders.models import Placement, Rendering
from tests.factories import hall_on
from tests.portal.desks import picture
from tests.publishing.papers import text_of
from tests.publishing.reading import path_of, source, text

pytestmark = pytest.mark.django_db


def token_of(client, address):
    return client.get(address).context["form"]["token"].value()


def act(client, desk, name, pk, **answers):
    """Fill in the form of an act as it was given out, and send it."""
    address = f"{desk}/acts/{name}/{pk}/"
    return client.post(address, {"token": token_of(client, address)} | answers)


def work_off():
    for _round in range(3):
        for queue in ("render", "deliver"):
            outbox.drain(queue, HANDLERS)


@pytest.fixture
def hall(at_desk):
    scene = hall_on()
    return scene, at_desk(scene), notices.issue(scene.entries("step.publish_plan")[0])


def photo(name="IMG_0001.jpg"):
    exif = Image.Exif()
    exif[0x010F] = "Secret Phone"
    upload = io.BytesIO(picture(exif=exif))
    upload.name = name
    return upload


def posting(notice, **changes):
    return {
        "announced": notice.pk,
        "kind": "board",
        "place": "殡仪服务中心大门公开栏",
        "posted_at": "2026-07-21T10:00",
        "photo_alt": "大门右侧公开栏，中间是本公告",
        "own_print": "on",
        "until": "2026-08-31",
    } | changes


def test_a_posting_entered_with_a_photo_is_shown_to_the_public_and_counted_as_a_delivery(client, hall):
    scene, desk, notice = hall

    response = act(client, desk, "record-placement", scene.project.pk, **posting(notice), photos=[photo(), photo()])
    assert response.status_code == 302
    work_off()

    placement = Placement.objects.get()
    stored = placement.photos.first()
    with stored.image.open() as file:
        assert b"Secret Phone" not in file.read()
    for page in ("/projects/2026-001/", notice.address):
        assert "殡仪服务中心大门公开栏" in text(page)
        assert "补登" in text(page)
        assert f'src="/media/{stored.sha256}.jpg" alt="大门右侧公开栏，中间是本公告"' in source(page)
    assert path_of(f"/media/{stored.sha256}.jpg").is_file()
    delivery = Delivery.objects.get(channel="board", place=placement.place)
    assert (delivery.sha256, delivery.sent_at) == (notice.sha256, placement.posted_at)
    assert "经办人证明" in text(notice.address)


def test_what_a_newspaper_has_set_is_not_said_to_have_our_digest(client, hall):
    scene, desk, notice = hall
    answers = posting(notice, kind="newspaper", place="《清平报》", receipt="7月21日第2版", photo_alt="")
    answers.pop("own_print")
    act(client, desk, "record-placement", scene.project.pk, **answers)
    work_off()
    delivery = Delivery.objects.get(channel="newspaper")
    assert (delivery.sha256, delivery.receipt) == ("", "7月21日第2版")
    assert "正文未核对" in text(notice.address)


@pytest.mark.parametrize(("change", "state"), [("", "sent"), ("改动的一句。", "differs")])
def test_what_a_platform_prints_is_pasted_and_compared(client, hall, change, state):
    scene, desk, notice = hall
    answers = posting(
        notice, kind="platform", place="公共资源交易网", receipt="A-1", photo_alt="", text=notice.body + change
    )
    answers.pop("own_print")
    act(client, desk, "record-placement", scene.project.pk, **answers)
    work_off()
    delivery = Delivery.objects.get(channel="platform")
    assert (delivery.state, delivery.sha256 == notice.sha256) == (state, state == "sent")
    assert ("与公告正文不一致" if change else "核对，一致") in text(notice.address)


def test_a_refused_posting_says_all_reasons_and_keeps_what_was_typed(client, hall):
    scene, desk, notice = hall
    response = act(
        client,
        desk,
        "record-placement",
        scene.project.pk,
        **posting(notice, posted_at="2026-07-20T08:59", place="某处", text="平台上的一句话"),
    )
    assert response.status_code == 409
    page = response.content.decode()
    assert "早于该事项的公布时间" in page
    assert "须附现场照片" in page
    assert 'value="某处"' in page
    assert "平台上的一句话" in page


@pytest.mark.parametrize("content", [b"no picture", picture("GIF")])
def test_what_is_no_photo_is_not_taken(client, hall, content):
    scene, desk, notice = hall
    upload = io.BytesIO(content)
    upload.name = "photo.jpg"
    response = act(client, desk, "record-placement", scene.project.pk, **posting(notice), photos=upload)
    assert response.status_code == 422
    assert not Placement.objects.exists()


def test_at_most_three_photos_come_at_once(client, hall):
    scene, desk, notice = hall
    photos = [photo() for _number in range(4)]
    response = act(client, desk, "record-placement", scene.project.pk, **posting(notice), photos=photos)
    assert response.status_code == 422
    assert "最多上传3张" in response.content.decode()


def test_a_posting_is_entered_as_taken_down(client, hall):
    scene, desk, notice = hall
    act(client, desk, "record-placement", scene.project.pk, **posting(notice), photos=photo())
    placement = Placement.objects.get()
    assert "登记撤下" in client.get(f"{desk}/registers/placements/{scene.project.pk}/").content.decode()

    act(client, desk, "end-placement", placement.pk, ended_at="2026-08-01T09:00", reason="被雨淋湿，已换新的")
    work_off()

    assert "2026年8月1日（星期六）撤下：被雨淋湿，已换新的" in text("/projects/2026-001/")


def test_a_second_click_enters_one_posting(client, hall):
    scene, desk, notice = hall
    address = f"{desk}/acts/record-placement/{scene.project.pk}/"
    token = token_of(client, address)
    for _click in range(2):
        client.post(address, {"token": token, **posting(notice), "photos": photo()})
    assert Placement.objects.count() == 1


def test_a_notice_is_corrected_from_its_row_in_the_register(client, hall):
    scene, desk, notice = hall
    register = client.get(f"{desk}/registers/published/{scene.project.pk}/").content.decode()
    assert f"{desk}/acts/correct-notice/{notice.pk}/" in register
    address = f"{desk}/acts/correct-notice/{notice.pk}/"
    old = client.get(address).context["form"]["text"].value()
    assert "陵园" not in old

    response = act(
        client, desk, "correct-notice", notice.pk,
        text=f"{old}补充：施工期间告别厅照常开放。\r\n", reason="漏了一句。", effective_on="2026-07-20",
    )  # fmt: skip
    assert response.status_code == 302
    work_off()

    amendment = Amendment.objects.get()
    new = Notice.objects.get(pk=amendment.pk)
    assert new.sha256 == amendment.entry.facts["new_sha256"]
    assert "补充：施工期间告别厅照常开放。" in text(new.address)
    assert {d.channel for d in new.deliveries.all()} >= {"website", "board"}
    assert {d.state for d in new.deliveries.all()} == {"sent"}
    assert "追溯：生效日期早于更正之日" in text("/corrections/")
    assert "已更正" in client.get(f"{desk}/registers/published/{scene.project.pk}/").content.decode()


def test_a_notice_whose_period_runs_cannot_be_withdrawn_at_the_desk(client, hall):
    _scene, desk, notice = hall
    response = act(client, desk, "withdraw-notice", notice.pk, reason="弄错了。")
    assert response.status_code == 409
    assert "第十五条" in response.content.decode()


def test_a_withdrawal_is_announced_and_the_old_text_stays(client, at_desk):
    scene = hall_on("08-12 10:00")
    type(scene.project).objects.update(standing="cancelled")
    desk, notice = at_desk(scene), notices.issue(scene.entries("step.publish_plan")[0])
    assert act(client, desk, "withdraw-notice", notice.pk, reason="项目已取消。").status_code == 302
    work_off()
    assert "已撤回" in text(notice.address)
    assert notice.body.splitlines()[0] in text(notice.address)


def test_a_picture_is_proposed_by_one_and_confirmed_by_another(client, hall):
    scene, desk, _notice = hall
    work_off()
    digest = Rendering.objects.get().sha256

    act(client, desk, "take-down", scene.project.pk, sha256=digest, ground="privacy", explanation="拍到了家属面部。")
    take_down = TakeDown.objects.get()
    assert client.get(f"{desk}/acts/confirm-take-down/{take_down.pk}/").status_code == 404  # the proposer's office
    assert path_of(f"/media/{digest}.jpg").is_file()

    client.force_login(scene.people.reviewer)
    register = client.get(f"{desk}/registers/published/{scene.project.pk}/").content.decode()
    assert f"{desk}/acts/confirm-take-down/{take_down.pk}/" in register
    assert act(client, desk, "confirm-take-down", take_down.pk).status_code == 302
    work_off()

    assert not path_of(f"/media/{digest}.jpg").exists()
    assert "拍到了家属面部。" in text("/corrections/")


def test_a_second_person_may_disagree(client, hall):
    scene, desk, _notice = hall
    work_off()
    digest = Rendering.objects.get().sha256
    act(client, desk, "take-down", scene.project.pk, sha256=digest, ground="privacy", explanation="拍到了家属面部。")
    client.force_login(scene.people.leader)
    act(client, desk, "drop-take-down", TakeDown.objects.get().pk)
    work_off()
    assert TakeDown.objects.get().state == "dropped"
    assert path_of(f"/media/{digest}.jpg").is_file()


def test_what_is_not_public_cannot_be_chosen(client, hall):
    scene, desk, _notice = hall
    response = act(client, desk, "take-down", scene.project.pk, sha256="0" * 64, ground="privacy", explanation="无。")
    assert response.status_code == 422


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("record-placement", {"manager", "clerk"}),
        ("correct-notice", {"manager"}),
        ("withdraw-notice", {"manager"}),
        ("take-down", {"manager", "clerk", "reviewer"}),
    ],
)
def test_each_office_finds_its_own_acts_and_no_others(client, hall, name, roles):
    scene, desk, notice = hall
    pk = notice.pk if name.endswith("notice") else scene.project.pk
    for role in ("manager", "clerk", "reviewer", "leader", "administrator", "discipline"):
        client.force_login(getattr(scene.people, role))
        found = client.get(f"{desk}/acts/{name}/{pk}/").status_code
        assert (found == 200) == (role in roles), role


def test_what_belongs_to_another_project_is_not_found(client, hall):
    _scene, desk, notice = hall
    other = desk.replace("2026-001", "2026-002")
    assert client.get(f"{other}/acts/correct-notice/{notice.pk}/").status_code == 404
    assert client.get(f"{other}/notices/{notice.pk}/letter/").status_code == 404


def test_a_letter_to_the_press_holds_the_whole_notice_and_a_slip_to_come_back(client, hall):
    _scene, desk, notice = hall
    address = f"{desk}/notices/{notice.pk}/letter/"
    assert client.get(address).status_code == 200
    wish = {"medium": "清平日报社", "means": "刊登", "start": "2026-08-13", "end": "2026-08-14", "times": "2"}

    response = client.get(address, wish)

    assert response["Content-Disposition"].startswith("attachment")
    words = text_of(response.content)
    for line in notice.body.splitlines():
        assert line.strip() in words
    for said in ("清平日报社：", "共二次", "2026年8月13日至2026年8月14日", "0870-5550102", "刊播回执", notice.sha256):
        assert said in words
    assert docx.Document(io.BytesIO(response.content)).core_properties.title.startswith("新闻媒体刊播函")


def test_a_letter_that_ends_before_it_begins_is_not_written(client, hall):
    _scene, desk, notice = hall
    wish = {"medium": "清平日报社", "means": "播出", "start": "2026-08-14", "end": "2026-08-13", "times": "1"}
    response = client.get(f"{desk}/notices/{notice.pk}/letter/", wish)
    assert response.status_code == 422
    assert "结束的日期早于开始的日期" in response.content.decode()
