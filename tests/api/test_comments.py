"""Saying something on a plan through the API."""

import pytest
from django.core.cache import caches
from redis.exceptions import ConnectionError as NoRedis

from ledger.models import Entry
from tenders.models import Comment, Consultation
from tests.api.conftest import ApiClient, new_network
from tests.api.routes import address
from tests.factories import cemetery_on, hall_on

pytestmark = pytest.mark.django_db

SAID = {
    "text": "希望多留几个停车位。",
    "stance": "support",
    "topics": ["traffic", "cost"],
    "name": "李四",
    "contact": "13800000000",
}


@pytest.fixture
def hall(calendar):
    scene = hall_on("07-20 09:10")
    calendar(scene.at)
    return address("api-comments", scene.project)


def test_a_comment_gets_a_receipt_and_stands_in_the_record(hall, anyone):
    answer = anyone.send(hall, SAID)
    comment = Comment.objects.get()
    assert answer.status_code == 201
    receipt = answer.json()
    assert receipt | {"received_at": ""} == {"round": 1, "number": 1, "code": comment.code, "received_at": ""}
    kept = (comment.text, comment.stance, comment.topics, comment.name, comment.contact, comment.channel)
    assert kept == (*SAID.values(), "web")
    entry = Entry.objects.get(kind="comment.received")
    assert entry.by == {"role": "public"}
    assert entry.facts.keys() == {"number", "channel", "commitment"}


def test_only_the_words_are_needed(hall, anyone):
    assert anyone.send(hall, {"text": "支持。"}).status_code == 201
    assert Comment.objects.get().topics == ["other"]


def test_a_signed_in_person_comments_as_a_member_of_the_public(hall, calendar):
    manager = Consultation.objects.get().project.manager
    client = ApiClient(enforce_csrf_checks=True)
    client.force_login(manager)
    assert client.send(hall, SAID).status_code == 201
    assert Entry.objects.get(kind="comment.received").by == {"role": "public"}


WRONG = (
    ({"text": ""}, "#/text"),
    ({"text": "  \u200b "}, "#/text"),
    ({"text": "字" * 2001}, "#/text"),
    ({"text": "\u202eabc"}, "#/text"),
    ({"text": "a\0b"}, "#/text"),
    ({"text": ["a"]}, "#/text"),
    ({"text": None}, "#/text"),
    ({"stance": "angry"}, "#/stance"),
    ({"topics": []}, "#/topics"),
    ({"topics": ["site", "design", "graves", "cost"]}, "#/topics"),
    ({"topics": "site"}, "#/topics"),
    ({"topics": ["moon"]}, "#/topics/0"),
    ({"name": "名" * 61}, "#/name"),
    ({"contact": {"phone": "1"}}, "#/contact"),
)


def test_what_cannot_be_kept_is_refused_with_its_place(hall, anyone):
    for wrong, pointer in WRONG:
        answer = anyone.send(hall, SAID | wrong)
        assert answer.status_code == 400
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert not Comment.objects.exists()


def test_after_the_last_day_the_law_refuses(calendar, anyone):
    scene = cemetery_on("04-10 10:00")
    calendar(scene.at)
    answer = anyone.send(address("api-comments", scene.project), SAID)
    assert answer.status_code == 409
    assert [refusal["code"] for refusal in answer.json()["refusals"]] == ["PD-03"]
    assert not Comment.objects.filter(text=SAID["text"]).exists()


def test_one_network_has_thirty_comments_an_hour_and_no_more(hall):
    client, neighbour = ApiClient(), ApiClient()
    answers = [client.send(hall, {"text": ""}) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [400] * 30 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 3000
    assert answers[-1].headers["Content-Type"] == "application/problem+json"
    assert neighbour.send(hall, SAID).status_code == 201


def test_a_forged_forwarding_header_does_not_make_a_new_sender(hall):
    client = ApiClient()
    answers = [client.send(hall, {"text": ""}, headers={"X-Forwarded-For": f"203.0.113.{i}"}) for i in range(31)]
    assert answers[-1].status_code == 429


def test_behind_our_proxy_the_address_that_the_proxy_saw_counts(hall):
    proxy = ApiClient()
    proxy.defaults["REMOTE_ADDR"] = "127.0.0.1"
    forged = [f"1.2.3.4, {new_network()}::1" for _ in range(31)]
    assert {proxy.send(hall, {"text": ""}, headers={"X-Forwarded-For": f}).status_code for f in forged} == {400}
    house = new_network()
    one_house = [f"{house}::{i:x}" for i in range(31)]
    last = [proxy.send(hall, {"text": ""}, headers={"X-Forwarded-For": f}).status_code for f in one_house][-1]
    assert last == 429


def test_without_the_cache_a_comment_is_still_taken(hall, anyone, settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}}
    with pytest.raises(NoRedis):
        caches["default"].get("x")
    assert anyone.send(hall, SAID).status_code == 201
