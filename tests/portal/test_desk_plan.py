"""Changing a published plan and its period by hand, on the desk."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tenders.models import Consultation, PlanVersion
from tests.factories import cemetery_on, hall_on
from tests.portal.desks import picture, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_round(at_desk):
    scene = hall_on("08-12 10:00")
    return scene, at_desk(scene)


def test_the_end_is_moved_with_a_reason_and_what_is_wrong_stays_typed(client, open_round):
    scene, desk = open_round
    address = f"{desk}/acts/change-period/{scene.consultation.pk}/"
    assert "最早可截止于2026年8月19日" in client.get(address).text

    form = {"token": "a", "closes_on": "2026-08-18", "reason": "抢修屋面", "shortened_reason": ""}
    refused = client.post(address, form)
    assert refused.status_code == 409
    assert "不少于30日" in refused.text
    assert "抢修屋面" in refused.text

    assert client.post(address, form | {"closes_on": "2026-09-10"}).url == f"{desk}/"
    assert scene.consultation.closes_on == date(2026, 9, 10)


def test_the_page_says_what_a_change_in_substance_means(client, open_round):
    scene, desk = open_round
    page = client.get(f"{desk}/acts/change-plan/{scene.consultation.pk}/").text
    assert "本轮公示立即结束" in page
    assert "期限不变" in page


def test_a_minor_change_is_drafted_illustrated_reviewed_and_published(client, open_round):
    scene, desk = open_round
    round_pk = scene.consultation.pk
    form = {"token": "a", "is_substantial": "no", "reason": "局部调整"}
    assert client.post(f"{desk}/acts/change-plan/{round_pk}/", form).url == f"{desk}/"
    version = PlanVersion.objects.get(number=2)

    sheet = f"{desk}/drafts/plan-version/{version.pk}/"
    assert "第1号意见：坡度由1比10改为1比12。" in client.get(sheet).text
    answer = scene.consultation.comments.get(number=1).answer.pk
    sent = typed("plan-version", version, text="坡度1比12", change_note="坡道改缓", answers=[answer])
    assert client.post(sheet, sent).status_code == 302

    files = f"{desk}/files/renderings/{round_pk}/"
    laid = {"picture": SimpleUploadedFile("a.jpg", picture()), "kind": "drawing", "caption": "坡道", "position": "1"}
    assert client.post(files, laid | {"alt": "a.jpg"}).status_code == 422
    laid["picture"] = SimpleUploadedFile("a.jpg", picture())
    assert client.post(files, laid | {"alt": "坡道平面，两侧双层扶手"}).status_code == 302

    client.force_login(scene.people.reviewer)
    released = {"token": "b", "released": "True", "remark": "不涉密"}
    assert client.post(f"{desk}/acts/review-plan-version/{version.pk}/", released).status_code == 302
    client.force_login(scene.people.manager)
    step = f"{desk}/steps/revise_plan/{version.pk}/"
    assert "坡道改缓" in client.get(step).text
    assert client.post(step).status_code == 302

    facts = scene.entries("step.revise_plan")[0].facts
    assert (facts["text"], facts["comments"]) == ("坡度1比12", [1])
    assert [picture["kind"] for picture in facts["renderings"]] == ["rendering", "drawing"]
    assert client.post(sheet, sent).status_code == 409


def test_a_change_in_substance_ends_the_round_at_once(client, open_round):
    scene, desk = open_round
    form = {"token": "a", "is_substantial": "yes", "reason": "改为两厅"}
    address = f"{desk}/acts/change-plan/{scene.consultation.pk}/"
    assert client.post(address, form).url == f"{desk}/"
    client.post(address, form)  # the second click of the same form
    assert [c.state for c in Consultation.objects.all()] == ["superseded", "draft"]
    page = client.get(f"{desk}/").text
    assert "方案公示（第2轮）" in page
    assert "重新公示方案" in page


def test_a_revision_is_dropped(client, open_round):
    scene, desk = open_round
    form = {"token": "a", "is_substantial": "no", "reason": "局部调整"}
    client.post(f"{desk}/acts/change-plan/{scene.consultation.pk}/", form)
    version = PlanVersion.objects.get(number=2)
    client.post(f"{desk}/acts/discard-revision/{version.pk}/", {"token": "c"})
    assert not PlanVersion.objects.filter(number=2).exists()


def test_the_desk_does_not_ask_anybody_to_close_a_round(client, at_desk):
    at_desk(cemetery_on("03-20 09:00"))
    page = client.get("/desk/").text
    assert "到时自动办理，不需要动手" in page
    assert "还差1项" not in page
