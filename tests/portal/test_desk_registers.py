import pytest

from ledger import clock
from ledger.models import Entry
from tenders.models import Bid, Comment, Package
from tests.factories import cemetery_on, hall_on, moment
from tests.portal.scenes import begin_opening

pytestmark = pytest.mark.django_db

LETTER = {
    "channel": "letter",
    "received_at": "2026-08-12T09:00",
    "text": "请保留老柏树。",
    "topics": ["design"],
    "stance": "",
}
ENVELOPE = {
    "bidder": "南盘江建筑有限公司",
    "credit_code": "91530300MA6K00004D",
    "envelopes": "2",
    "sealed": "on",
    "delivered_by": "周强",
}
READING = {
    "price_fen": "13,860,000.00",
    "duration_days": "90",
    "quality": "合格",
    "project_manager": "高峰",
    "manager_certificate": "云253202100318",
    "bond_fen": "200,000",
    "remark": "",
}


def act(client, desk, name, thing, **answers):
    """Fill in the form of an act as it was given out, and send it."""
    address = f"{desk}/acts/{name}/{thing.pk}/"
    token = client.get(address).context["form"]["token"].value()
    return client.post(address, {"token": token} | answers)


@pytest.fixture
def hall(at_desk):
    """A project with three comments: one answered, one shown, one that nobody has looked at."""
    scene = hall_on()
    return scene, at_desk(scene)


# -- comments ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({}, [1, 2, 3]),
        ({"unanswered": "1"}, [2, 3]),
        ({"visibility": "pending"}, [3]),
        ({"topic": "design"}, [1, 2]),
        ({"q": "空调"}, [2]),
        ({"q": "３"}, [3]),
        ({"q": "没有这样的话"}, []),
        ({"topic": "nonsense"}, []),
        ({"visibility": "pending", "q": "空调"}, []),
    ],
)
def test_comments_are_found_again(client, hall, query, numbers):
    scene, desk = hall

    page = client.get(f"{desk}/registers/comments/{scene.consultation.pk}/", query)

    assert [comment.number for comment in page.context["comments"]] == numbers


def test_ticked_comments_are_shown_each_by_an_act_of_its_own(client, hall):
    scene, desk = hall
    Comment.objects.filter(number=2).update(visibility="pending")
    before = len(scene.entries("comment.shown"))
    ticked = list(Comment.objects.filter(number__in=[2, 3]).values_list("pk", flat=True))

    address = f"{desk}/comments/{scene.consultation.pk}/show/"
    page = client.post(address, {"comment": ticked})
    assert "再看一遍" in page.text
    assert Comment.objects.shown().count() == 1
    client.post(address, {"comment": ticked, "confirmed": "1"})

    assert Comment.objects.shown().count() == 3
    assert len(scene.entries("comment.shown")) == before + 2


def test_ticking_nothing_shows_nothing(client, hall):
    scene, desk = hall

    page = client.post(f"{desk}/comments/{scene.consultation.pk}/show/", follow=True)

    assert "请先勾选要公开的意见" in page.text
    assert Comment.objects.shown().count() == 2


def test_a_comment_is_answered_with_its_outcome(client, hall):
    _scene, desk = hall
    comment = Comment.objects.get(number=2)

    response = act(
        client, desk, "answer-comment", comment, outcome="adopted", text="先修空调。", change="第一步改为空调。"
    )

    assert response.status_code == 302
    comment.refresh_from_db()
    assert (comment.answer.outcome, comment.answer.change) == ("adopted", "第一步改为空调。")


def test_a_refused_answer_keeps_what_was_typed(client, hall):
    _scene, desk = hall
    comment = Comment.objects.get(number=2)

    page = act(client, desk, "answer-comment", comment, outcome="adopted", text="先修空调。", change="")

    assert page.status_code == 409
    assert "采纳的意见须写明方案因此作出的改动" in page.text
    assert "先修空调。" in page.text
    assert Comment.objects.get(number=2).answer is None


def test_a_letter_counts_from_the_moment_it_was_received(client, hall):
    scene, desk = hall

    act(client, desk, "receive-comment", scene.consultation, **LETTER)

    letter = Comment.objects.get(channel="letter")
    assert letter.received_at.isoformat() == "2026-08-12T01:00:00+00:00"
    assert scene.entries("comment.received")[-1].facts["received_at"] == "2026-08-12T09:00:00+08:00"
    assert letter.entered_at >= scene.at


def test_a_letter_cannot_come_tomorrow(client, hall):
    scene, desk = hall

    page = act(client, desk, "receive-comment", scene.consultation, **LETTER | {"received_at": "2026-08-13T09:00"})

    assert page.status_code == 422
    assert not Comment.objects.filter(channel="letter").exists()


def test_a_form_sent_twice_acts_once(client, hall):
    scene, desk = hall
    address = f"{desk}/acts/receive-comment/{scene.consultation.pk}/"
    sent = LETTER | {"token": client.get(address).context["form"]["token"].value()}

    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]

    assert Comment.objects.filter(channel="letter").count() == 1


def test_names_and_contacts_are_seen_by_those_who_handle_the_comments_only(client, hall):
    scene, desk = hall
    Comment.objects.filter(number=3).update(name="王阿姨", contact="13900000000")
    page = f"{desk}/registers/comments/{scene.consultation.pk}/"

    assert "13900000000" in client.get(page).text
    for person in (scene.people.leader, scene.people.reviewer):
        client.force_login(person)
        assert "王阿姨" not in client.get(page).text
        assert "13900000000" not in client.get(page).text


# -- bids --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def tender(at_desk):
    """Five minutes before the deadline, with three bids in the register."""
    scene = cemetery_on("07-06 09:25")
    return scene, at_desk(scene)


def test_an_envelope_is_registered_at_the_minute_it_arrives(client, tender):
    scene, desk = tender
    before = Entry.objects.count()

    act(client, desk, "register-bid", scene.package, **ENVELOPE)

    bid = Bid.objects.latest("pk")
    assert bid.status == Bid.Status.ACCEPTED
    assert abs((bid.arrived_at - scene.at).total_seconds()) < 60
    assert Entry.objects.count() == before  # the record says nothing of it yet


def test_an_open_envelope_is_refused_with_its_reason(client, tender):
    scene, desk = tender

    act(client, desk, "register-bid", scene.package, **{k: v for k, v in ENVELOPE.items() if k != "sealed"})

    assert Bid.objects.latest("pk").refusal_reason == "未按要求密封"


@pytest.mark.parametrize("role", ["leader", "reviewer", "administrator"])
def test_before_the_opening_nobody_else_learns_of_a_bid(client, tender, role):
    scene, desk = tender
    assert "云岭建设" in client.get(f"{desk}/registers/bids/{scene.package.pk}/").text

    client.force_login(getattr(scene.people, role))
    assert client.get(f"{desk}/registers/bids/{scene.package.pk}/").status_code == 404
    with_bids = everything(client, scene, desk)
    Bid.objects.all().delete()
    assert everything(client, scene, desk) == with_bids


def everything(client, scene, desk):
    """Return what the pages say that a member of the staff can open on a tender, without what changes by the minute."""
    package = scene.package
    pages = [
        "/desk/",
        f"{desk}/",
        f"{desk}/drafts/evaluation/{package.evaluation.pk}/",
        f"{desk}/drafts/award/{package.pk}/",
    ]
    pages += [f"{desk}/registers/record/{scene.project.pk}/", f"{desk}/steps/open_bids/{package.pk}/"]
    texts = [client.get(page).text for page in pages]
    assert all("云岭" not in text for text in texts)
    return [text[text.index("<main") :] for text in texts]


def test_prices_are_read_one_by_one_and_a_correction_says_why(client, at_desk):
    scene = cemetery_on("07-06 09:25")
    desk = at_desk(scene, "clerk")
    scene.package.opening.__class__.objects.update(chair="周明远", recorder="林晓", bid_supervisor="何静")
    scene.acts.step("open_bids", scene.package.bids_due_at, subject=scene.package)
    bid = scene.package.bids.first()

    act(client, desk, "check-seals", scene.package, seals_checker="bidders", seals_finding="全部完好")
    act(client, desk, "open-envelope", bid)
    act(client, desk, "read-bid", bid, **READING)
    assert Bid.objects.get(pk=bid.pk).price_fen == 1_386_000_000

    page = act(client, desk, "read-bid", bid, **READING | {"price_fen": "13860001"})
    assert page.status_code == 409
    assert "更正须在备注中写明理由" in page.text

    act(client, desk, "read-bid", bid, **READING | {"price_fen": "13860001", "remark": "看错一位"})
    first, second = scene.entries("bid.read")
    assert (second.corrects, second.facts["price_fen"]) == (first.seq, 1_386_000_100)


# -- observers, objections, clarifications, approvals ------------------------------------------------------------------


def test_each_institution_is_invited_once(client, at_desk):
    scene = cemetery_on("06-16 09:00")
    desk = at_desk(scene, "clerk")
    address = f"{desk}/acts/invite/{scene.package.pk}/"
    choices = [pk for pk, _name in client.get(address).context["form"].fields["institution_id"].choices]
    assert len(choices) == 3

    act(client, desk, "invite", scene.package, institution_id=str(choices[0]), means="letter")

    assert scene.package.invitations.get().institution_id == choices[0]
    left = client.get(address).context["form"].fields["institution_id"].choices
    assert [pk for pk, _name in left] == choices[1:]


def test_an_absence_is_entered_from_the_hour_of_the_opening_on_with_its_reason(client, tender):
    scene, desk = tender
    register = f"{desk}/registers/observers/{scene.package.pk}/"
    assert "record-absence" not in client.get(register).text
    clock.advance(moment("07-06 09:30"))
    assert "record-absence" in client.get(register).text
    invitation = scene.package.invitations.get(institution=scene.people.procurator.organisation)

    assert act(client, desk, "record-absence", invitation, mode="absent", reason="").status_code == 422
    act(client, desk, "record-absence", invitation, mode="absent", reason="当日有出庭任务")

    invitation.refresh_from_db()
    assert invitation.reason == "当日有出庭任务"


def test_a_concern_is_answered_and_the_answer_seen(client, tender):
    scene, desk = tender
    attendance = scene.package.invitations.get(institution=scene.people.discipline.organisation).attendances.get()
    begin_opening(scene.package)
    concern = scene.acts.observe(attendance, scene.at, "recording", "concern", "摄像机没有录像指示。")

    act(client, desk, "reply", concern, text="已恢复录像。")

    assert "已恢复录像。" in client.get(f"{desk}/registers/observers/{scene.package.pk}/").text
    assert scene.entries("observation.answered")


def test_an_objection_is_received_and_answered_by_its_office(client, at_desk):
    scene = cemetery_on("06-16 09:00")
    desk = at_desk(scene, "clerk")
    party = {"objector": "滇东市政", "capacity": "potential", "channel": "letter"}
    act(client, desk, "receive-objection", scene.package, kind="documents", text="资格要求过严。", **party)
    objection = scene.package.objections.get()
    assert client.get(f"{desk}/acts/answer-objection/{objection.pk}/").status_code == 404  # the manager's

    client.force_login(scene.people.manager)
    act(client, desk, "answer-objection", objection, answer="维持原条款。", upheld="False")

    objection.refresh_from_db()
    assert objection.upheld is False


def test_a_clarification_moves_the_deadline(client, at_desk):
    scene = cemetery_on("06-16 09:00")
    desk = at_desk(scene)

    page = act(
        client,
        desk,
        "publish-clarification",
        scene.package,
        text="改图。",
        affects_bids="on",
        new_due_at="2026-06-20T09:30",
    )
    assert page.status_code == 409

    act(
        client,
        desk,
        "publish-clarification",
        scene.package,
        text="改图。",
        affects_bids="on",
        new_due_at="2026-07-10T09:30",
    )
    assert scene.package.bids_due_at.isoformat() == "2026-07-10T01:30:00+00:00"


def test_an_approval_is_published(client, at_desk):
    scene = cemetery_on("04-24 09:00")
    desk = at_desk(scene)
    approval = {"title": "可研批复", "number": "清发改〔2026〕1号", "organ": "发改局", "approved_on": "2026-04-20"}

    act(client, desk, "publish-approval", scene.project, **approval)

    assert "清发改〔2026〕1号" in client.get(f"{desk}/registers/approvals/{scene.project.pk}/").text


def test_a_failed_tender_is_repeated(client, at_desk):
    scene = cemetery_on("06-16 09:00")
    desk = at_desk(scene)
    client.post(f"{desk}/steps/fail_tender/{scene.package.pk}/", {"reason": "投标人不足三个"})
    failed = scene.package

    act(client, desk, "retender", failed)

    assert Package.objects.get(retender_of=failed).state == Package.State.DRAFT


def test_contracts_are_drafted_and_the_bonds_returned(client, at_desk):
    scene = cemetery_on("07-14 09:00")
    desk = at_desk(scene, "clerk")

    act(client, desk, "draft-contracts", scene.package)
    assert scene.contract.integrity_contract.number

    page = act(client, desk, "return-bonds", scene.contract, returned_on="2026-07-14")
    assert page.status_code == 409  # not signed yet


# -- reviews -----------------------------------------------------------------------------------------------------------


def test_the_reviewer_reads_all_that_is_to_be_released_and_decides(client, at_desk):
    scene = cemetery_on("06-12 09:00")
    desk = at_desk(scene, "reviewer")
    address = f"{desk}/acts/review-tender/{scene.package.pk}/"

    page = client.get(address)
    assert scene.package.scope in page.text
    assert "2026年7月6日（星期一）9:30" in page.text
    files = client.get(page.context["files_url"])
    assert all(document.title in files.text for document in scene.package.documents.all())

    act(client, desk, "review-tender", scene.package, released="False", remark="")
    assert not scene.project.reviews.filter(notice="tender").exists()

    act(client, desk, "review-tender", scene.package, released="True", remark="不涉密")
    assert scene.project.reviews.get(notice="tender").released


def test_only_the_reviewer_reviews(client, at_desk):
    scene = cemetery_on("06-12 09:00")
    desk = at_desk(scene)

    assert client.get(f"{desk}/acts/review-tender/{scene.package.pk}/").status_code == 404
