"""Taking steps through the API."""

from contextlib import contextmanager
from threading import Barrier, Event, Thread

import pytest
from django.db import connection, connections, transaction

from ledger.models import Entry
from lifecycle.demo.drafts import fill
from lifecycle.steps import STEPS
from tenders.drafting import new_package
from tenders.models import Package, Project
from tests.api.conftest import ApiClient
from tests.api.routes import address_of_step
from tests.factories import cemetery_on, hall_on

PUBLISH = STEPS["publish_plan"]


@pytest.fixture
def ready(db, calendar):
    """A project whose plan is released and can be published."""
    scene = hall_on("07-16 09:00")
    scene.acts.release([scene.consultation], scene.at)
    calendar(scene.at)
    return scene


def stage():
    return Project.objects.get().stage


def test_a_token_takes_a_step_and_gets_its_entry(ready):
    answer = ApiClient(ready.people.manager).send(address_of_step(ready.project, PUBLISH))
    assert answer.status_code == 200
    entry = Entry.objects.get(kind="step.publish_plan")
    assert answer.json()["seq"] == entry.seq
    assert answer.json()["leaf"] == bytes(entry.leaf).hex()
    assert stage() == "consultation"


def test_the_same_step_twice_is_taken_once(ready):
    client = ApiClient(ready.people.manager)
    answers = [client.send(address_of_step(ready.project, PUBLISH)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 409]
    assert Entry.objects.filter(kind="step.publish_plan").count() == 1


def test_a_refusal_names_every_reason_with_its_article(ready):
    fill(ready.project, hotline="", estimate_fen=1)
    answer = ApiClient(ready.people.manager).send(address_of_step(ready.project, PUBLISH))
    problem = answer.json()
    assert answer.status_code == problem["status"] == 409
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert problem.keys() == {"type", "title", "status", "detail", "refusals"}
    assert [refusal["code"] for refusal in problem["refusals"]] == ["responsibility", "TH-12", "D03"]
    assert all(refusal.keys() == {"code", "message", "basis"} for refusal in problem["refusals"])
    assert "监督电话" in problem["refusals"][0]["message"]
    assert stage() == "preparation"
    assert not Entry.objects.filter(kind="step.publish_plan").exists()


def test_asking_says_the_same_and_changes_nothing(ready):
    client = ApiClient(ready.people.manager)
    free = client.get(address_of_step(ready.project, PUBLISH)).json()
    assert free == {
        "name": "publish_plan", "title": "公布方案", "role": "manager", "needs_reason": False,
        "subjects": [{"subject": ready.project.pk, "path": "project/2026-001", "offered": True, "refusals": []}],
    }  # fmt: skip
    later = client.get(address_of_step(ready.project, STEPS["decide"])).json()["subjects"][0]
    assert later["offered"] is False
    assert [refusal["code"] for refusal in later["refusals"]] == ["wrong-stage"]
    assert stage() == "preparation"


def test_nobody_acts_without_signing_in(ready, anyone):
    for client in (anyone, ApiClient(token="nonsense")):
        answer = client.send(address_of_step(ready.project, PUBLISH))
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Token"
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_person_who_has_left_cannot_act(ready):
    client = ApiClient(ready.people.manager)
    ready.people.manager.is_active = False
    ready.people.manager.save()
    assert client.send(address_of_step(ready.project, PUBLISH)).status_code == 401


def test_a_session_acts_only_with_its_csrf_token(ready):
    client = ApiClient(enforce_csrf_checks=True)
    client.force_login(ready.people.manager)
    assert client.get(address_of_step(ready.project, PUBLISH)).status_code == 200
    assert client.send(address_of_step(ready.project, PUBLISH)).status_code == 403
    client.cookies["csrftoken"] = token = "a" * 32
    answer = client.send(address_of_step(ready.project, PUBLISH), headers={"X-CSRFToken": token})
    assert answer.status_code == 200


def test_a_step_belongs_to_its_office(ready):
    for username, status in {
        "clerk": 403,
        "leader": 403,
        "reviewer": 403,
        "administrator": 403,
        "discipline": 404,
    }.items():
        answer = ApiClient(getattr(ready.people, username)).send(address_of_step(ready.project, PUBLISH))
        assert (username, answer.status_code) == (username, status)
        assert ("项目负责人" in answer.json()["detail"]) is (status == 403)
    assert stage() == "preparation"


def test_another_manager_finds_nothing(ready):
    stranger = ready.people.clerk
    stranger.role = "manager"
    stranger.save()
    client, address = ApiClient(stranger), address_of_step(ready.project, PUBLISH)
    assert client.get(address).status_code == client.send(address).status_code == 404


def test_an_unknown_step_is_no_address(ready):
    answer = ApiClient(ready.people.manager).send(f"/api/v1/projects/{ready.project.number}/steps/open_sesame/")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_step_for_something_that_is_not_there_is_refused(ready):
    answer = ApiClient(ready.people.manager).send(address_of_step(ready.project, STEPS["sign_contracts"]))
    assert answer.status_code == 409
    assert [refusal["code"] for refusal in answer.json()["refusals"]] == ["no-subject"]


def test_the_reason_of_a_step_is_published(ready):
    leader, suspend = ApiClient(ready.people.leader), address_of_step(ready.project, STEPS["suspend"])
    assert [r["code"] for r in leader.send(suspend).json()["refusals"]] == ["reason"]
    answer = leader.send(suspend, {"reason": "等待审计结果。"})
    assert answer.json()["facts"] == {"reason": "等待审计结果。"}


def test_of_several_packages_the_one_that_can_take_the_step_takes_it(db, calendar):
    scene = cemetery_on("06-12 09:00")
    second = new_package(scene.project.pk, name="监理", actor=scene.people.manager)
    first = Package.objects.get(number=1)
    client, announce = ApiClient(scene.people.manager), address_of_step(scene.project, STEPS["announce_tender"])

    ambiguous = client.send(announce)
    assert ambiguous.status_code == 400
    assert second.path in ambiguous.json()["errors"][0]["detail"]

    named = client.send(announce, {"subject": second.pk})
    assert named.status_code == 409
    assert "TB-01" in [refusal["code"] for refusal in named.json()["refusals"]]

    for wrong in (0, -1, 2**63, 10**9, "x", [first.pk]):
        assert client.send(announce, {"subject": wrong}).status_code == 400


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_take_a_step_once(calendar):
    scene = hall_on("07-16 09:00")
    scene.acts.release([scene.consultation], scene.at)
    calendar(scene.at)
    client, start, statuses = ApiClient(scene.people.manager), Barrier(2), []

    def click():
        start.wait(timeout=60)
        statuses.append(client.send(address_of_step(scene.project, PUBLISH)).status_code)
        connections.close_all()

    threads = [Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert sorted(statuses) == [200, 409]
    assert Entry.objects.filter(kind="step.publish_plan").count() == 1


@contextmanager
def somebody_else_in_the_ledger():
    """Hold the ledger's lock in another session."""
    is_held, let_go = Event(), Event()

    def hold():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT public.ledger_head()")
                is_held.set()
                let_go.wait(timeout=120)
        finally:
            connections.close_all()

    holder = Thread(target=hold)
    holder.start()
    try:
        assert is_held.wait(timeout=60)
        yield
    finally:
        let_go.set()
        holder.join(timeout=120)


@pytest.mark.django_db(transaction=True)
def test_a_busy_ledger_asks_to_come_again(calendar):
    scene = hall_on("07-16 09:00")
    scene.acts.release([scene.consultation], scene.at)
    calendar(scene.at)
    client, publish = ApiClient(scene.people.manager), address_of_step(scene.project, PUBLISH)
    with somebody_else_in_the_ledger():
        answer = client.send(publish)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "3"
    assert stage() == "preparation"
    assert client.send(publish).status_code == 200
