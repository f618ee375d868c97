"""The queue in which comments are looked at: what was found, what is done, and what only two persons can do."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.models import Entry
from tenders.models import Comment, Inquiry, Withholding
from tenders.operations.comments import receive_comment
from tests.factories import hall_on, moment
from tests.portal.test_desk_registers import act

pytestmark = pytest.mark.django_db

TEXT = "请打13812345678找王大爷，坡道要缓，扶手要两层。"
MASKED = "请打138****5678找███，坡道要缓，扶手要两层。"


@pytest.fixture
def hall(at_desk):
    """Two comments are shown; 3 waits since the day before; 4, with a telephone number, and 5 since now."""
    scene = hall_on()
    scene.acts.comment(scene.at, TEXT, stance="object", topics=["cost"])
    scene.acts.comment(scene.at, "量大从优，专业刻碑。")
    return scene, at_desk(scene, "clerk")


def queue(client, scene, **query):
    address = f"/desk/projects/{scene.project.number}/registers/moderation/{scene.consultation.pk}/"
    return client.get(address, query)


def numbers(client, scene, **query):
    return [case.comment.number for case in queue(client, scene, **query).context["cases"]]


def comment(number):
    return Comment.objects.get(number=number)


NARROWED: tuple = (
    ({"q": ""}, [3, 4, 5]),
    ({"finding": "yes"}, [4]),
    ({"finding": "no"}, [3, 5]),
    ({"stance": "object"}, [4]),
    ({"topic": "cost"}, [4]),
    ({"q": "坡道"}, [4]),
    ({"q": "４"}, [4]),
    ({"state": "shown"}, [1, 2]),
    ({"state": "all"}, [1, 2, 3, 4, 5]),
    ({"state": "withheld"}, []),
    ({"state": "nonsense", "finding": "nonsense"}, [3, 4, 5]),
)


def test_those_that_wait_longest_come_first_and_can_be_narrowed_down(client, hall):
    scene, _desk = hall
    for query, expected in NARROWED:
        assert numbers(client, scene, **query) == expected, query


def test_what_the_detectors_find_is_marked_and_named(client, hall):
    scene, _desk = hall
    page = queue(client, scene).text
    assert "请打<mark>13812345678</mark>找王大爷" in page
    assert "手机号" in page


@pytest.mark.parametrize(("day", "is_overdue"), [("09-08 23:59", False), ("09-09 00:01", True)])
def test_the_queue_says_until_when_and_what_is_late(client, at_desk, day, is_overdue):
    scene = hall_on("08-11 21:15")
    at_desk(type(scene)(scene.people, moment(day)), "clerk")
    page = queue(client, scene)
    assert [case.is_overdue for case in page.context["cases"]] == [is_overdue]
    assert "最迟2026年9月8日（星期二）" in page.text
    assert ("超期" in client.get("/desk/").text) is is_overdue


def test_all_without_findings_are_shown_at_once_after_a_second_look(client, hall):
    scene, desk = hall
    before = Entry.objects.count()
    address = f"{desk}/comments/{scene.consultation.pk}/show/"
    listed = [case.comment.pk for case in queue(client, scene).context["cases"] if case.may_be_ticked]

    page = client.post(address, {"every": "1", "listed": listed})
    assert [c.number for c in page.context["comments"]] == [3, 5]
    assert Entry.objects.count() == before

    client.post(address, {"comment": listed, "confirmed": "1"})
    assert numbers(client, scene) == [4]


def test_one_with_findings_is_not_shown_by_ticking_it_anyway(client, hall):
    scene, desk = hall
    sent = {"comment": [comment(4).pk, comment(5).pk], "confirmed": "1"}
    page = client.post(f"{desk}/comments/{scene.consultation.pk}/show/", sent, follow=True)
    assert "第4号没有公开" in page.text
    assert "请先遮盖，再公开这条意见" in page.text
    assert "已公开所选意见：1条" in page.text
    assert comment(4).visibility == "pending"


def test_the_editor_offers_what_the_detectors_suggest(client, hall):
    _scene, desk = hall
    page = client.get(f"{desk}/acts/mask-comment/{comment(4).pk}/")
    assert page.context["form"]["text"].value() == "请打138****5678找王大爷，坡道要缓，扶手要两层。"
    assert "意见尖锐不是理由" in page.text


def test_a_masking_is_done_in_the_editor(client, hall):
    _scene, desk = hall
    assert act(client, desk, "mask-comment", comment(4), text=MASKED, ground="privacy").status_code == 302
    assert comment(4).public_text == MASKED


def test_a_masking_that_rewrites_is_answered_beside_the_field_and_keeps_what_was_typed(client, hall):
    _scene, desk = hall
    typed = MASKED.replace("要缓", "太陡")
    page = act(client, desk, "mask-comment", comment(4), text=typed, ground="privacy")
    assert page.status_code == 422
    assert "其余一个字都不能改" in page.text
    assert typed in page.text


def test_line_ends_of_a_browser_are_no_rewriting(client, hall):
    scene, desk = hall
    lines = scene.acts.comment(scene.at, "第一行：王大爷\n第二行：坡道要缓")
    assert (
        act(client, desk, "mask-comment", lines, text="第一行：███\r\n第二行：坡道要缓", ground="privacy").status_code
        == 302
    )


def test_withholding_goes_through_two_persons(client, hall):
    scene, desk = hall
    spam = comment(5)
    sent = {"ground": "spam", "insufficient": "通篇广告", "attempt": spam.text}
    assert act(client, desk, "propose-withholding", spam, **sent).status_code == 302
    proposed = Withholding.objects.get()
    assert proposed.attempt == ""
    assert numbers(client, scene) == [3, 4]
    assert numbers(client, scene, state="proposed") == [5]
    assert client.get(f"{desk}/acts/confirm-withholding/{proposed.pk}/").status_code == 404

    client.force_login(scene.people.leader)
    assert "等第二人复核1条" in client.get("/desk/").text
    assert "通篇广告" in client.get(f"{desk}/acts/confirm-withholding/{proposed.pk}/").text
    assert act(client, desk, "confirm-withholding", proposed).status_code == 302
    assert (comment(5).visibility, comment(5).withheld_ground) == ("withheld", "spam")


def test_a_proposer_does_not_confirm_at_the_desk_either(client, hall):
    scene, desk = hall
    client.force_login(scene.people.reviewer)
    act(client, desk, "propose-withholding", comment(5), ground="spam", insufficient="通篇广告", attempt="")
    proposed = Withholding.objects.get()
    assert "同意不公开" not in queue(client, scene, state="proposed").text
    page = act(client, desk, "confirm-withholding", proposed)
    assert page.status_code == 409
    assert "须由提出人以外的第二人复核" in page.text


def test_a_refused_proposal_keeps_what_was_typed_and_names_the_article(client, hall):
    _scene, desk = hall
    page = act(
        client, desk, "propose-withholding", comment(4), ground="privacy", insufficient="都是隐私", attempt=MASKED
    )
    assert page.status_code == 409
    assert "应当遮盖后公开其余部分" in page.text
    assert "第三十七条" in page.text
    assert "都是隐私" in page.text


@pytest.mark.parametrize("missing", ["ground", "insufficient"])
def test_a_withholding_needs_a_ground_and_a_reason(client, hall, missing):
    _scene, desk = hall
    sent = {"ground": "spam", "insufficient": "通篇广告", "attempt": ""} | {missing: ""}
    assert act(client, desk, "propose-withholding", comment(5), **sent).status_code == 422
    assert not Withholding.objects.exists()


def test_being_critical_cannot_be_chosen(client, hall):
    _scene, desk = hall
    sent = {"ground": "critical", "insufficient": "太尖锐", "attempt": ""}
    assert act(client, desk, "propose-withholding", comment(5), **sent).status_code == 422


def test_an_authority_is_asked_and_its_answer_noted(client, hall):
    scene, desk = hall
    act(client, desk, "ask-authority", comment(3), authority="县国家保密局", question="是否涉密")
    assert numbers(client, scene) == [4, 5]
    assert numbers(client, scene, state="asked") == [3]
    act(client, desk, "note-reply", Inquiry.objects.get(), reply="不涉密")
    assert numbers(client, scene) == [3, 4, 5]


def test_a_comment_of_another_project_is_not_found(client, hall):
    _scene, desk = hall
    for name in ("mask-comment", "propose-withholding", "ask-authority", "show-comment"):
        assert client.get(f"{desk}/acts/{name}/{comment(4).pk + 1000}/").status_code == 404


def test_who_does_not_handle_comments_only_looks(client, hall):
    scene, desk = hall
    client.force_login(scene.people.leader)
    page = queue(client, scene)
    assert "遮盖后公开</" not in page.text.partition('id="form-queue"')[2]
    assert client.get(f"{desk}/acts/mask-comment/{comment(4).pk}/").status_code == 404
    client.force_login(scene.people.discipline)
    assert queue(client, scene).status_code == 404


def test_the_queue_takes_the_same_queries_for_any_number(client, hall):
    scene, _desk = hall
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            queue(client, scene)
            client.get("/desk/")
        counts.append(len(asked))
        for n in range(12):
            receive_comment(scene.consultation.pk, text=f"第{n}条", at=scene.at)
    assert counts[0] == counts[1]


def test_an_empty_queue_says_so(client, hall):
    scene, _desk = hall
    Comment.objects.update(visibility="shown")
    assert "没有等待审核的意见。" in queue(client, scene).text
