"""A ciphertext that is damaged on the disk is found within the hour; the alarm tells no number of bids."""

import json
from contextlib import suppress
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ledger.clock import real_now
from publishing import tasks
from publishing.ciphertexts import last_inspection
from tenders import sealed_files
from tenders.models import Package, SealedBid
from tests.bidding import company, deliver, open_tender, register_keys
from tests.factories import make_people
from tests.ledger.making import run_sql

pytestmark = pytest.mark.django_db


@pytest.fixture
def bids(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    people = make_people("a-password-of-tests")
    register_keys(people, real_now())
    tender = open_tender(people)
    bids = [deliver(company(serial), tender, real_now()) for serial in (1, 2, 3)]
    run_sql("SET CONSTRAINTS ALL IMMEDIATE")
    return bids


def path(bid):
    return sealed_files.path_of(SealedBid.objects.get(pk=bid.pk).upload.pk)


def flip(bid):
    content = bytearray(path(bid).read_bytes())
    content[-1] ^= 1
    path(bid).write_bytes(content)


def cut_off(bid):
    path(bid).write_bytes(path(bid).read_bytes()[:-1])


def lose(bid):
    path(bid).unlink()


def exchange(bid):
    path(bid).write_bytes(b"age-encryption.org/v1\n")


DAMAGES = {flip: "altered", cut_off: "altered", exchange: "altered", lose: "missing"}


def checked(*words):
    """Return what check_ledger says in English of ciphertexts."""
    output = StringIO()
    with suppress(CommandError):  # for what is not sealed yet, if for nothing else
        call_command("check_ledger", *words, published_within=0, stdout=output)
    return [line for line in output.getvalue().splitlines()[1::2] if "ciphertext" in line]


def metrics(client):
    lines = client.get("/metrics").content.decode().splitlines()
    return [line for line in lines if line.startswith("tracker_ciphertexts_wrong")]


def test_files_as_they_were_delivered_raise_no_alarm(bids, client, caplog):
    tasks.check_ciphertexts()
    assert (metrics(client), checked(), caplog.text) == (["tracker_ciphertexts_wrong 0.0"], [], "")


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_whatever_happens_to_a_file_the_bid_is_named_to_who_runs_the_machine(bids, damage):
    damage(bids[1])
    [line] = checked()
    assert str(bids[1].pk) in line
    assert ("was changed or damaged" in line) == (DAMAGES[damage] == "altered")


def test_the_hourly_alarm_is_the_same_for_one_and_for_all(bids, client, caplog):
    told = []
    for damaged in (bids[:1], bids):
        for bid in damaged:
            lose(bid) if path(bid).exists() else None
        caplog.clear()
        tasks.check_ciphertexts()
        told.append((metrics(client), caplog.messages))
    assert told[0] == told[1]
    assert told[0][0] == ["tracker_ciphertexts_wrong 1.0"]
    assert "2026-001" not in caplog.text


@pytest.mark.rule("EM-06")
def test_what_is_published_of_the_check_says_nothing_of_files(bids, settings):
    lose(bids[0])
    assert checked("--publish") == []
    published = json.loads((settings.PUBLIC_ROOT / "ledger" / "check.json").read_text())
    assert not any("ciphertext" in problem["en"] for problem in published["problems"])


def test_what_is_no_longer_needed_is_not_read_every_hour(bids):
    Package.objects.update(awarded_at=real_now())
    lose(bids[0])
    tasks.check_ciphertexts()
    assert last_inspection().is_wrong is False
    assert len(checked()) == 1


def test_a_monitor_sees_nothing_before_the_first_look(bids, client):
    assert metrics(client) == []
    assert last_inspection() is None
