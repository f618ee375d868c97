from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.models import User
from integrity.models import Attendance, Invitation, Observation
from integrity.operations.observers import reply, sign_in
from ledger.clock import advance, now
from ledger.models import Entry
from tenders.models import Bid, Package
from tests.portal.scenes import begin_opening, make_invitation, make_observer, make_package, make_project, make_user

pytestmark = pytest.mark.django_db

DECLARATIONS = {"remote": "", "no_conflict": "on", "keeps_confidential": "on"}


@pytest.fixture(autouse=True)
def _own_cache(settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"KEY_PREFIX": uuid4().hex}}


@pytest.fixture
def observer(client):
    observer = make_observer()
    client.force_login(observer)
    return observer


@pytest.fixture
def invitation(observer):
    return make_invitation(observer)


@pytest.fixture
def attendance(invitation, observer):
    return sign_in(invitation.pk, remote=True, no_conflict=True, keeps_confidential=True, actor=observer, at=now())


@pytest.fixture
def watching(attendance):
    """Signed in, and the bids are being opened: from now on what an observer writes is public."""
    begin_opening(attendance.invitation.package)
    return attendance


def room(invitation):
    return f"/observe/{invitation.pk}/"


def note(**fields):
    return {"item": "seals", "finding": "fine", "text": "", "token": uuid4().hex[:22]} | fields


def make_bid(package, bidder="甲建筑公司", **fields):
    return Bid.objects.create(
        **{"number": 1, "credit_code": "91530000000000000X", "delivered_by": "张三", "status": "accepted"} | fields,
        package=package,
        bidder=bidder,
        arrived_at=now(),
        received_by=package.project.manager,
    )


# -- invitations -------------------------------------------------------------------------------------------------------


def test_todays_opening_stands_on_top(client, observer, settings):
    settings.DEMO = True
    advance(now().replace(hour=1, minute=0) + timedelta(days=1))  # 09:00 in Shanghai
    project = make_project()
    packages = {
        name: make_package(project, number=n, due_in=due_in)
        for n, (name, due_in) in enumerate(
            {"past": timedelta(days=-9), "today": timedelta(hours=1), "upcoming": timedelta(days=2)}.items(), start=1
        )
    }
    for package in packages.values():
        make_invitation(observer, package)

    context = client.get("/observe/").context

    assert {name: [i.package for i in context[name]] for name in packages} == {n: [p] for n, p in packages.items()}


def test_the_list_takes_the_same_queries_however_long_it_is(client, observer, django_assert_max_num_queries):
    project = make_project()
    for number in range(1, 8):
        make_invitation(observer, make_package(project, number=number))

    with django_assert_max_num_queries(7):
        client.get("/observe/")


def test_nothing_to_watch_is_said_in_words(client, observer):
    page = client.get("/observe/").content.decode()

    assert "今天没有开标" in page
    assert "没有将要开标的邀请" in page


def test_an_invitation_is_for_its_own_institution_only(client, invitation):
    client.force_login(make_observer("stranger", "市检察院"))

    assert client.get(room(invitation)).status_code == 404
    assert client.post(f"{room(invitation)}sign-in/", DECLARATIONS).status_code == 404
    assert "施工标段" not in client.get("/observe/").content.decode()


@pytest.mark.parametrize("role", [User.Role.MANAGER, User.Role.LEADER, User.Role.BIDDER])
def test_other_roles_find_nothing_here(client, invitation, role):
    client.force_login(make_user(role, organisation=invitation.institution))

    assert client.get("/observe/").status_code == 404
    assert client.get(room(invitation)).status_code == 404


def test_who_has_not_signed_in_is_asked_to(client, invitation):
    client.logout()

    assert client.get(room(invitation))["Location"].startswith("/accounts/login/?next=")


# -- signing in and out ------------------------------------------------------------------------------------------------


def test_an_observer_signs_in_with_both_declarations(client, invitation, observer):
    response = client.post(f"{room(invitation)}sign-in/", DECLARATIONS | {"remote": "remote"})

    attendance = Attendance.objects.get()
    assert response["Location"] == room(invitation)
    assert (attendance.observer, attendance.remote, attendance.no_conflict) == (observer, True, True)
    assert Entry.objects.get().kind == "observer.signed-in"
    assert "已签到" in client.get(room(invitation)).content.decode()


@pytest.mark.parametrize("missing", ["no_conflict", "keeps_confidential"])
def test_without_a_declaration_nobody_signs_in(client, invitation, missing):
    response = client.post(f"{room(invitation)}sign-in/", {k: v for k, v in DECLARATIONS.items() if k != missing})

    assert response.status_code == 400
    assert response.context["sign_in"].errors
    assert not Attendance.objects.exists()


def test_signing_in_too_early_is_refused_with_the_reason_and_its_basis(client, observer):
    invitation = make_invitation(observer, make_package(due_in=timedelta(hours=3)))

    page = client.post(f"{room(invitation)}sign-in/", DECLARATIONS | {"remote": "remote"}).content.decode()

    assert "开标前两小时起可以签到。（本局开标监督制度）" in page
    assert not Attendance.objects.exists()


def test_the_form_to_sign_in_is_there_when_one_can(client, observer):
    project = make_project()
    early = make_invitation(observer, make_package(project, number=1, due_in=timedelta(hours=3)))
    now_open = make_invitation(observer, make_package(project, number=2, due_in=timedelta(hours=1)))
    over = make_invitation(observer, make_package(project, number=3, state=Package.State.OPENED))

    pages = {i: client.get(room(i)).content.decode() for i in (early, now_open, over)}

    assert "起可以签到" in pages[early]
    assert "我声明" in pages[now_open]
    assert "开标会已经结束" in pages[over]
    assert not any("我声明" in pages[i] for i in (early, over))


def test_the_room_takes_the_same_queries_however_much_was_logged(
    client, invitation, attendance, django_assert_max_num_queries
):
    for _ in range(12):
        client.post(f"/observe/attendances/{attendance.pk}/note/", note())

    with django_assert_max_num_queries(7):
        client.get(room(invitation))


def test_after_signing_out_nothing_can_be_added(client, invitation, attendance):
    client.post(f"/observe/attendances/{attendance.pk}/sign-out/")

    refused = client.post(f"/observe/attendances/{attendance.pk}/note/", note()).content.decode()

    assert "您已经签退" in refused
    assert "已签退" in client.get(room(invitation)).content.decode()
    assert not Observation.objects.exists()


def test_nobody_acts_in_the_name_of_a_colleague(client, attendance):
    client.force_login(make_observer("colleague"))

    assert client.post(f"/observe/attendances/{attendance.pk}/note/", note()).status_code == 404
    assert client.post(f"/observe/attendances/{attendance.pk}/sign-out/").status_code == 404
    assert not Observation.objects.exists()


# -- the checklist -----------------------------------------------------------------------------------------------------


def test_one_button_logs_that_all_is_well(client, invitation, watching):
    client.post(f"/observe/attendances/{watching.pk}/note/", note(), follow=True)

    observation = Observation.objects.get()
    assert (observation.item, observation.finding, observation.text) == ("seals", "fine", "")
    assert "密封情况" in client.get(room(invitation)).content.decode()


def test_a_button_pressed_twice_logs_once(client, watching):
    pressed = note()

    for _ in range(2):
        client.post(f"/observe/attendances/{watching.pk}/note/", pressed)

    assert Observation.objects.count() == 1


@pytest.mark.parametrize("finding", ["note", "concern"])
def test_a_concern_needs_words(client, watching, finding):
    response = client.post(f"/observe/attendances/{watching.pk}/note/", note(finding=finding))

    assert response.status_code == 400
    assert "请写下您看到的情况" in response.content.decode()
    assert not Observation.objects.exists()


def test_a_concern_waits_for_the_chair_and_then_shows_the_reply(client, invitation, watching):
    client.post(f"/observe/attendances/{watching.pk}/note/", note(finding="concern", text="一个封套有裂口"))
    assert "等待主持人答复" in client.get(room(invitation)).content.decode()

    manager = invitation.package.project.manager
    reply(Observation.objects.get().pk, text="已当众检查，封条完好。", actor=manager, at=now())

    page = client.get(room(invitation)).content.decode()
    assert "已当众检查，封条完好。" in page
    assert "等待主持人答复" not in page


@pytest.mark.parametrize("fields", [{"item": "nothing"}, {"item": ""}])
def test_an_item_that_does_not_exist_is_not_found(client, attendance, fields):
    assert client.post(f"/observe/attendances/{attendance.pk}/note/", note(**fields)).status_code == 404


def test_typed_text_is_kept_when_it_is_refused(client, watching):
    text = "长" * 1001

    response = client.post(f"/observe/attendances/{watching.pk}/note/", note(finding="note", text=text))

    returned = next(line["form"] for line in response.context["checklist"] if line["item"] == "seals")
    assert returned["text"].value() == text
    assert "最多1000字，现有1001字" in response.content.decode()


# -- the opinion -------------------------------------------------------------------------------------------------------


def test_an_opinion_is_stated_once_for_ever(client, watching):
    url = f"/observe/attendances/{watching.pk}/opinion/"
    client.post(url, {"text": "程序合规。", "is_final": "on", "token": "a"})

    page = client.post(url, {"text": "改主意了。", "is_final": "on", "token": "b"}).content.decode()

    watching.refresh_from_db()
    assert watching.opinion == "程序合规。"
    assert "不能改动" in page


def test_an_opinion_needs_the_confirmation_that_it_is_final(client, watching):
    url = f"/observe/attendances/{watching.pk}/opinion/"

    response = client.post(url, {"text": "程序合规。", "token": "a"})

    watching.refresh_from_db()
    assert response.status_code == 400
    assert response.context["opinion"]["text"].value() == "程序合规。"
    assert watching.opinion == ""


# -- the embargo -------------------------------------------------------------------------------------------------------


def test_before_the_opening_nothing_is_seen_of_the_bids(client, invitation, attendance):
    empty = client.get(room(invitation))
    make_bid(invitation.package, remark="秘密")

    page = client.get(room(invitation))

    assert page.context["bids"] is None
    assert "甲建筑公司" not in page.content.decode()
    assert len(page.content) == len(empty.content)


def test_from_the_opening_on_the_register_is_shown_and_prices_when_they_are_read(client, invitation, attendance):
    package = invitation.package
    make_bid(package, price_fen=1_480_000_000, read_at=now())
    make_bid(package, "乙建筑公司", number=2, credit_code="91530000000000001X", price_fen=1_500_000_000)
    Package.objects.filter(pk=package.pk).update(state=Package.State.OPENING, opened_at=now())

    page = client.get(room(invitation)).content.decode()

    assert "甲建筑公司" in page
    assert "14,800,000.00" in page
    assert "乙建筑公司" in page
    assert "15,000,000.00" not in page


def test_an_institution_that_was_not_represented_sees_why(client, observer):
    invitation = make_invitation(observer)
    Invitation.objects.filter(pk=invitation.pk).update(mode="declined", reason="另有会议")

    assert "谢绝：另有会议" in client.get(room(invitation)).content.decode()
