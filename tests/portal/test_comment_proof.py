"""Proof of work and shares: a flood ends somewhere, an honest person is put off at most."""

import base64
import json
import time
from contextlib import nullcontext
from threading import Thread
from uuid import uuid4

import pytest
import time_machine
from altcha import Challenge, Payload, solve_challenge
from django.db import connections

from accounts.sender import network
from portal.public import limits, proof
from tenders.models import Comment
from tests.portal.scenes import make_consultation, typed
from tests.portal.test_public_comments import URL

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cheap(settings, monkeypatch):
    """Challenges that a test solves in no time, and a cache that remembers nothing of another test."""
    settings.CACHES = {"default": settings.CACHES["default"] | {"KEY_PREFIX": uuid4().hex}}
    monkeypatch.setattr(proof, "ROUNDS", 1)
    monkeypatch.setattr(proof, "FEWEST_TRIES", 1)
    monkeypatch.setattr(proof, "MOST_TRIES", 5)


def solve(told):
    challenge = Challenge.from_dict(told)
    return Payload(challenge, solve_challenge(challenge)).to_base64()


@pytest.fixture
def answer():
    return solve(proof.new_challenge())


def rewritten(answer, change):
    told = json.loads(base64.b64decode(answer))
    change(told)
    return base64.b64encode(json.dumps(told).encode()).decode()


def test_a_challenge_is_given_to_anybody_and_its_solution_is_known_as_ours(client):
    response = client.get("/challenge/")

    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    assert proof.is_proven(solve(response.json()), "form")


def test_a_solution_serves_one_form_however_often_that_is_sent(answer):
    assert proof.is_proven(answer, "form")
    assert proof.is_proven(answer, "form")
    assert not proof.is_proven(answer, "another")


def test_a_solution_written_in_another_way_is_the_same_solution(answer):
    assert proof.is_proven(answer, "form")
    assert not proof.is_proven(rewritten(answer, lambda told: told["solution"].update(time=1.5)), "another")


def test_a_solution_expires_after_an_hour(answer):
    expires = json.loads(base64.b64decode(answer))["challenge"]["parameters"]["expiresAt"]
    assert abs(expires - proof.VALID_SECONDS - time.time()) < 60
    with time_machine.travel(expires - 2, tick=False):
        assert proof.is_proven(answer, "form")
    with time_machine.travel(expires + 2, tick=False):
        assert not proof.is_proven(answer, "form")


CHANGES = {
    "easier": lambda told: told["challenge"]["parameters"].update(cost=0),
    "later": lambda told: told["challenge"]["parameters"].update(expiresAt=2**40),
    "unsigned": lambda told: told["challenge"].pop("signature"),
    "signed by another": lambda told: told["challenge"].update(signature="0" * 64),
    "unsolved": lambda told: told["solution"].update(derivedKey="00" * 32),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_was_tampered_with_proves_nothing(answer, change):
    assert not proof.is_proven(rewritten(answer, change), "form")


@pytest.mark.parametrize("sent", ["", "e30=", "[]", "bm90IGpzb24=", "W10=", "x" * 5_000, "\x00", "停车"])
def test_rubbish_proves_nothing(sent):
    assert not proof.is_proven(sent, "form")


def test_without_the_cache_a_solution_counts(answer, settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}}
    assert proof.is_proven(answer, "form")


def test_who_brings_a_proof_has_a_larger_share_of_an_address(client, monkeypatch):
    monkeypatch.setattr(limits, "COMMENTS_PER_WINDOW", 1)
    monkeypatch.setattr(limits, "PROVEN_PER_WINDOW", 2)
    make_consultation()
    sent = [client.post(URL, typed(altcha=altcha)).status_code for altcha in ("", "", solve(proof.new_challenge()))]

    assert sent == [302, 429, 429], "each attempt is counted"
    monkeypatch.setattr(limits, "PROVEN_PER_WINDOW", 4)
    assert client.post(URL, typed(altcha=solve(proof.new_challenge()))).status_code == 302


def test_one_solution_does_not_open_the_larger_share_twice(client, monkeypatch, answer):
    monkeypatch.setattr(limits, "COMMENTS_PER_WINDOW", 0)
    make_consultation()

    assert client.post(URL, typed(altcha=answer)).status_code == 302
    assert client.post(URL, typed(altcha=answer)).status_code == 429


@pytest.mark.parametrize("share", ["NETWORK_PER_WINDOW", "ALL_UNPROVEN"])
def test_a_flood_from_many_addresses_ends_and_honest_phones_pass_on(client, monkeypatch, share):
    monkeypatch.setattr(limits, share, 3)
    make_consultation()
    flood = [client.post(URL, typed(), REMOTE_ADDR=f"203.0.113.{i}").status_code for i in range(5)]

    refused = client.post(URL, typed(text="请种柏树。"), REMOTE_ADDR="203.0.113.9")
    honest = client.post(URL, typed(altcha=solve(proof.new_challenge())), REMOTE_ADDR="203.0.113.10")

    assert flood == [302, 302, 302, 429, 429]
    assert refused.status_code == 429
    for said in ("以后再提交", "打电话、来信同样算数", "0000-1234567", "请种柏树。"):
        assert said in refused.content.decode()
    assert honest.status_code == 302


def test_a_neighbouring_network_has_a_share_of_its_own(client, monkeypatch):
    monkeypatch.setattr(limits, "NETWORK_PER_WINDOW", 1)
    make_consultation()
    addresses = ("203.0.113.1", "203.0.113.2", "203.0.114.1", "2001:db8:1::1", "2001:db8:1:2::1", "2001:db8:2::1")
    sent = [client.post(URL, typed(), REMOTE_ADDR=address).status_code for address in addresses]

    assert sent == [302, 429, 302, 302, 429, 302]


@pytest.mark.parametrize(
    ("peer", "expected"),
    [("203.0.113.7", "203.0.113.0/24"), ("2001:db8:1:2::5", "2001:db8:1::/48"), ("not-an-address", "not-an-address")],
)
def test_a_network_is_what_one_owner_of_many_addresses_cannot_leave(rf, peer, expected):
    assert network(rf.get("/", REMOTE_ADDR=peer)) == expected


@pytest.mark.parametrize(
    ("seconds", "proven", "refused"), [(7, False, True), (9, False, False), (1, True, True), (3, True, False)]
)
def test_without_a_proof_a_form_has_to_be_older(seconds, proven, refused):
    given_out = int(time.time())
    with time_machine.travel(given_out, tick=False):
        token = limits.new_token()
    with time_machine.travel(given_out + seconds, tick=False):
        outcome = pytest.raises(limits.TooFastError) if refused else nullcontext()
        with outcome:
            limits.check_age(token, proven=proven)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_with_one_proof_give_one_comment(client, monkeypatch, answer):
    monkeypatch.setattr(limits, "COMMENTS_PER_WINDOW", 0)
    make_consultation()
    form, places = typed(altcha=answer), []

    def click():
        places.append(client.post(URL, form).get("Location"))
        connections.close_all()

    clicks = [Thread(target=click) for _ in range(2)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()

    assert places[0] == places[1] is not None
    assert Comment.objects.count() == 1
