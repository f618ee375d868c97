"""The scripts that seal bids: the page names their digests, the browser runs no other ones, and anybody can compare."""

import re
from base64 import b64decode
from hashlib import sha256
from pathlib import Path

import pytest

from ledger.clock import real_now
from publishing.key_page import SEALING
from tests.bidding import company, open_tender, register_keys
from tests.factories import make_people

GUIDE = Path(__file__).parents[2] / "docs" / "sealed-bids.md"
ADDRESS = "/bid/tenders/2026-001/1/"


@pytest.fixture
def bidder(client):
    people = make_people("a-password-of-tests")
    register_keys(people, real_now())
    open_tender(people)
    client.force_login(company(1))


def served(client, name):
    return sha256(b"".join(client.get(f"/static/{name}").streaming_content)).hexdigest()


@pytest.mark.django_db
def test_the_page_names_the_digest_of_each_script_as_it_is_served(client, bidder):
    page = client.get(ADDRESS).content.decode()
    named = re.findall(r'<script src="/static/([^"]+)" integrity="sha256-([^"]+)" defer>', page)
    assert {name: b64decode(digest).hex() for name, digest in named} == {name: served(client, name) for name in SEALING}
    assert [name for name, _digest in named] == list(SEALING)
    assert len(re.findall(r'<script src="/static/(?:sealing|vendor)', page)) == len(SEALING)


def test_the_guide_names_the_same_digests(client):
    guide = GUIDE.read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `([^`]+\.js)` \| `([0-9a-f]{64})` \|$", guide, re.MULTILINE))
    assert told == {name: served(client, name) for name in SEALING}
