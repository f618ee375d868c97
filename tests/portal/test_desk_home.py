from datetime import timedelta

import pytest

from accounts.models import User
from ledger import clock
from ledger.models import Entry, Task
from tenders.models import Project
from tests.factories import cemetery_on, moment
from tests.portal.scenes import make_user

pytestmark = pytest.mark.django_db


def test_the_desk_says_what_is_next_and_how_long_it_has(client, at_desk):
    scene = cemetery_on("03-20 09:00")
    at_desk(scene)

    page = client.get("/desk/")

    [line] = page.context["lines"]
    assert (line.next.step.name, line.clock.title, line.days_left) == ("close_comments", "征求意见", 19)
    assert "2026年4月8日（星期三）24时" in page.text


def test_a_manager_opens_a_project(client, at_desk):
    scene = cemetery_on("03-20 09:00")
    at_desk(scene)

    response = client.post("/desk/", {"name": "殡仪馆改造"})

    created = Project.objects.get(name="殡仪馆改造")
    assert (response.url, created.manager) == (f"/desk/projects/{created.number}/", scene.people.manager)
    assert client.get(response.url).status_code == 200


def test_a_project_without_a_name_is_not_opened(client, at_desk):
    at_desk(cemetery_on("03-20 09:00"))

    assert client.post("/desk/", {"name": " "}).status_code == 422
    assert Project.objects.count() == 1


def test_only_a_manager_opens_a_project(client, at_desk):
    at_desk(cemetery_on("03-20 09:00"), "clerk")

    page = client.post("/desk/", {"name": "殡仪馆改造"})

    assert "只有项目负责人可以新建项目" in page.text
    assert Project.objects.count() == 1


def test_a_manager_sees_the_own_projects_only(client, at_desk):
    scene = cemetery_on("03-20 09:00")
    desk = at_desk(scene)
    client.force_login(make_user(User.Role.MANAGER, "another", scene.people.manager.organisation))

    assert client.get("/desk/").context["lines"] == []
    assert client.get(f"{desk}/").status_code == 404


@pytest.mark.parametrize("role", ["discipline", "procurement"])
def test_the_desk_is_the_bureaus(client, at_desk, role):
    at_desk(cemetery_on("03-20 09:00"), role)

    assert client.get("/desk/").status_code == 404


def test_whoever_has_not_signed_in_is_asked_to(client):
    assert client.get("/desk/").url.startswith("/accounts/login/")


def test_the_reviewer_sees_what_waits(client, at_desk):
    scene = cemetery_on("06-12 09:00")
    at_desk(scene, "reviewer")

    page = client.get("/desk/")

    assert f"/desk/projects/{scene.project.number}/acts/review-tender/{scene.package.pk}/" in page.text


def test_what_is_late_is_on_top(client, at_desk):
    scene = cemetery_on("07-14 09:00")
    desk = at_desk(scene, "leader")
    assert client.get("/desk/").context["late"] == []

    clock.advance(scene.at + timedelta(days=31))  # the report is due after 15, the contract after 30

    page = client.get("/desk/")
    assert [late.title for _project, late in page.context["late"]] == ["报送招标投标情况书面报告", "签订合同"]
    assert "超期" in client.get(f"{desk}/").text


def test_the_desk_counts_the_work_that_was_given_up(client, at_desk):
    scene = cemetery_on("03-20 09:00")
    at_desk(scene)
    assert "failed-work" not in client.get("/desk/").text

    Task.objects.create(entry=Entry.objects.first(), name="document", queue="render", failed_at=scene.at)

    page = client.get("/desk/")
    assert page.context["failed_count"] == 1
    assert 'href="/desk/failed/"' in page.text


# -- the calendar of a demo --------------------------------------------------------------------------------------------


def test_the_calendar_of_a_demo_is_put_forward_by_hand(client, at_desk):
    scene = cemetery_on("03-20 09:00")
    desk = at_desk(scene)

    response = client.post("/desk/clock/", {"to": "2026-04-09T08:30", "back": f"{desk}/"})

    assert response.url == f"{desk}/"
    assert moment("04-09 08:30") <= clock.now() < moment("04-09 08:31")
    page = client.get(f"{desk}/")
    assert "2026年4月9日（星期四）8:30" in page.text
    assert page.context["cards"][0].is_free  # the period is over: the comments can be closed


def test_the_calendar_never_goes_back(client, at_desk):
    at_desk(cemetery_on("03-20 09:00"))

    response = client.post("/desk/clock/", {"to": "2026-03-01T00:00"})

    assert response.status_code == 422
    assert "不能倒回去" in response.text
    assert clock.now() >= moment("03-20 09:00")


def test_the_calendar_leads_back_to_our_own_pages_only(client, at_desk):
    at_desk(cemetery_on("03-20 09:00"))

    response = client.post("/desk/clock/", {"to": "2026-04-09T08:30", "back": "https://example.com/"})

    assert response.url == "/desk/"


def test_a_real_instance_has_no_calendar_to_move(client, settings):
    settings.DEMO = False
    client.force_login(make_user(User.Role.MANAGER))

    assert "desk/clock" not in client.get("/desk/").text
    assert client.post("/desk/clock/", {"to": "2036-04-09T08:30"}).status_code == 404
