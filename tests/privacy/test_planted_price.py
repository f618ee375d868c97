"""
A price planted in a sealed bid of each of fifty tenders, and looked for before the opening wherever anybody could look.

Every role and another bidder on the pages, the API, the published site, every table of the database by the rights of
the application, the files of the database itself and its log, what the broker and the cache hold, a backup as it is
made every night, all uploads and temporary files, and what was logged. Beside the price, on pages also who bids, and
that somebody does.
"""

import logging
import os
import re
import tempfile
from base64 import b64encode
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import redis
from django.db import connection
from django.test import Client

from config.celery import app as celery_app
from ledger import outbox
from ledger.clock import real_now
from ledger.models import Entry, Task
from publishing import site
from publishing.handlers import HANDLERS
from publishing.money import in_capitals
from tenders.operations.bid_boxes import tick_boxes
from tenders.operations.sealed_bids import PIECE
from tests.api.routes import OF_PROJECT, address, all_addresses
from tests.bidding import READING, company, deliver, due_at, open_tender, register_keys, sealed_by
from tests.factories import courtyard_on, make_people
from tests.ledger.making import role
from tests.privacy.addresses import addresses
from tests.privacy.seeking import (
    as_numbers,
    backup,
    broker_and_cache,
    files_in,
    files_of_tables,
    found,
    kept_log,
    logs,
    tables,
    write_ahead_log,
)

pytestmark = pytest.mark.django_db
TENDERS = 50
MANY = 300  # addresses, steps and acts and registers among them
PRICE = 738_291_046_500  # fen; each bid some more
# How every planted price, manager, certificate begins: what is looked for in all that is large
BEGINNINGS = [
    "7382910465",
    "7,382,910,465",
    "738291.04",
    in_capitals(PRICE // 100 * 100)[:-2],
    "埋名经理",
    "PLANTED-CERT-",
]
NAMES = ["埋名投标单位", "91530300MA00"]
CHANGING = re.compile(r'value="[\w.:-]{22,}"|csrfmiddlewaretoken.*?>|\d{1,2}:\d\d(:\d\d)?|data-[a-z]+="[^"]{22,}"')


def planted(n):
    """What bidder ``n`` writes to be read aloud, and how any of it would look in a text."""
    price = PRICE + n
    reading = replace(
        READING, price_fen=price, project_manager=f"埋名经理{n}号", manager_certificate=f"PLANTED-CERT-{n}"
    )
    yuan = f"{price // 100:,}.{price % 100:02}"
    return reading, [str(price), yuan, yuan.replace(",", ""), reading.project_manager, reading.manager_certificate]


def desk_pages(package):
    at = f"/desk/projects/{package.project.number}/"
    return [
        at,
        f"{at}registers/bids/{package.pk}/",
        f"{at}registers/record/{package.project.pk}/",
        f"{at}steps/open_bids/{package.pk}/",
        f"{at}sealed/{package.pk}/",
        f"/bid/tenders/{package.project.number}/{package.number}/",
    ]


def said_to(user, package):
    client = Client()
    if user:
        client.force_login(user)
    api = [address(route, package.project) for route in OF_PROJECT]
    answers = [client.get(place) for place in (*desk_pages(package), *api, "/bid/", "/my/")]
    return [b"".join(a) if a.streaming else a.content for a in answers]


def hand_in(bidder, package, reading):
    """Upload and deliver a bid by the bidder's own pages, as its browser does."""
    sealed, client = sealed_by(bidder, package, reading), Client()
    client.force_login(bidder)
    page = f"/bid/tenders/{package.project.number}/{package.number}/"
    head = sealed.head.to_bytes().decode()
    begun = client.post(f"{page}uploads/", head, content_type="application/json").json()
    for offset in range(0, len(sealed.payload), PIECE):
        piece, at = sealed.payload[offset : offset + PIECE], {"Upload-Offset": str(offset)}
        client.put(begun["address"], piece, content_type="application/octet-stream", headers=at)
    assert client.post(f"{page}deliver/", {"upload": begun["upload"]}).status_code == 302


def test_the_search_finds_what_is_there_to_be_found():
    word = "埋名经理1号"
    for lead in range(3):
        assert found([word], b64encode(bytes(lead) + word.encode() + b"more")) == [word]
    for coded in (word.encode("utf-16-le"), word.encode("gb18030"), word.encode().hex().encode(), ascii(word).encode()):
        assert found([word], b"before" + coded) == [word]
    assert found(["738291"], "金额７３８２９１元".encode()) == ["738291"]
    assert found(as_numbers(PRICE), (PRICE + 9).to_bytes(8, "little")) == as_numbers(PRICE)[:1]
    assert all(any(word.startswith(beginning) for beginning in BEGINNINGS) for word in planted(9)[1])


@pytest.fixture
def watched(transactional_db, monkeypatch, tmp_path):
    """
    Let messages go to the real broker, in a database of their own there, and temporary files to a folder of ours.

    Gives the place in the write-ahead log at which all that begins.
    """
    aside = urlsplit(os.environ["BROKER_URL"])._replace(path="/9").geturl()
    monkeypatch.setattr(celery_app.conf, "broker_url", aside)
    monkeypatch.setattr(celery_app, "_pool", None)  # the ways to the broker of other tests
    monkeypatch.setattr(celery_app.amqp, "_producer_pool", None)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    with kept_log() as since:
        yield since
    celery_app.pool.force_close_all()
    with redis.Redis.from_url(aside) as broker:
        broker.flushdb()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("roles")
def test_a_planted_price_is_read_nowhere_before_the_opening(watched, caplog, capfd, tmp_path, tmp_path_factory):
    caplog.set_level(logging.DEBUG)
    people = make_people("a-password-of-tests")
    register_keys(people, real_now())
    rival = company(9_000, name="对手建筑有限公司")
    tenders, secret = [open_tender(people, n) for n in range(1, TENDERS + 1)], []
    for n, package in enumerate(tenders):
        reading, words = planted(n)
        bidder = company(n + 1, name=f"埋名投标单位{n}")
        hand_in(bidder, package, reading)
        secret.append((words, [bidder.organisation.name, bidder.organisation.credit_code]))
    tick_boxes(at=real_now())
    for queue in outbox.due_queues():
        outbox.drain(queue, HANDLERS)
    everybody = [None, rival, *people.everyone()]
    for n, package in enumerate(tenders):
        words, names = secret[n]
        assert found([*words, *names], *said_to(everybody[n % len(everybody)], package)) == [], package

    looked_for, there = [*BEGINNINGS, *as_numbers(PRICE)], [tenders[7].name]
    of_database = {
        "tables": tables(role("tracker_app")),
        "files of the tables": files_of_tables(),
        "write-ahead log": write_ahead_log(watched),
        "backup": backup(tmp_path_factory.mktemp("saved")),
    }
    for place, content in of_database.items():
        everything = b"\n".join(content)
        assert found(there, everything) == there, place  # so that we know where we look
        assert found(looked_for, everything) == [], place
    elsewhere = [*files_in(tmp_path), *broker_and_cache(), *logs()]
    assert any(b"publishing.drain" in kept for kept in elsewhere)
    logged = [caplog.text.encode(), *(said.encode() for said in capfd.readouterr())]
    assert found(looked_for, *elsewhere, *logged) == []
    entries = b"\n".join(bytes(body) for body in Entry.objects.values_list("body", flat=True))
    published = files_in(tmp_path / "public")
    assert found(NAMES, entries, *published, *broker_and_cache(), *logged) == []


def test_no_address_of_the_site_tells_anybody_of_a_planted_price_or_of_who_bids():
    people = make_people("a-password-of-tests")
    register_keys(people, real_now())
    package, rival = open_tender(people), company(9_000, name="对手建筑有限公司")
    reading, words = planted(0)
    bidder = company(1, name="埋名投标单位0")
    hand_in(bidder, package, reading)
    tick_boxes(at=real_now())
    sealed = package.sealed_bids.get()
    places = addresses(package, [sealed.pk, sealed.upload.pk])
    assert len(places) > MANY
    secret, told = [*words, bidder.organisation.name, bidder.organisation.credit_code], {}
    for user in (None, rival, *people.everyone()):
        client = Client(raise_request_exception=False)
        if user:
            client.force_login(user)
        for place in places:
            answer = client.get(place)
            content = b"".join(answer) if answer.streaming else answer.content
            if answer.status_code == 500 or found(secret, content, str(answer.headers).encode()):
                told[place, user and user.role] = answer.status_code
    assert told == {}
    client.force_login(bidder)
    assert found(secret[-2:], client.get(f"/bid/bids/{sealed.pk}/").content)  # so that we know where we look


def test_no_page_changes_with_a_bid_before_the_opening():
    people = make_people("a-password-of-tests")
    register_keys(people, real_now())
    package, rival = open_tender(people), company(9_000)
    everybody = [None, rival, *people.everyone()]

    def said():
        return [CHANGING.sub("", page.decode()) for user in everybody for page in said_to(user, package)]

    before = said()
    for serial in range(1, 4):
        deliver(company(serial), package, real_now())
    assert said() == before


def seen_from_outside(package):
    """Return each answer to nobody in particular: its status, its headers, its size and its words, but for tokens."""
    client, project = Client(), package.project
    places = ["/", "/projects/", "/bid/", "/notices/", "/ledger/", "/sealed-bids/", "/corrections/", "/healthz"]
    places += [f"/projects/{project.number}/", f"/projects/{project.number}/opening/{package.number}/"]
    for place in [*places, *(f"/en{place}" for place in places[:-3]), *all_addresses(project)]:
        answer = client.get(place)
        content = b"".join(answer) if answer.streaming else answer.content
        headers = {name: CHANGING.sub("", value) for name, value in answer.headers.items()}
        yield place, answer.status_code, headers, len(content), CHANGING.sub("", content.decode())


def counted():
    """Return what counts by itself: entries, work to follow, and the numbers that the database has given out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'")
        numbers = dict(cursor.fetchall())
    return numbers, Entry.objects.count(), Task.objects.count()


def test_no_size_number_tag_or_count_differs_between_a_tender_with_bids_and_one_without(tmp_path):
    scene = courtyard_on()
    package, bidders = scene.package, [company(serial) for serial in range(1, 4)]
    package.bid_box.keys.set(register_keys(scene.people, real_now()))
    due_at(package, real_now() + timedelta(days=1))  # the database judges by the real clock
    site.rebuild()

    def written():
        return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in (tmp_path / "public").rglob("*.*")}

    before, numbers, files = list(seen_from_outside(package)), counted(), written()
    for bidder in bidders:
        deliver(bidder, package, real_now())
    assert counted() == numbers
    assert list(seen_from_outside(package)) == before
    assert written() == files
    site.rebuild()
    assert {path: content for path, (_, content) in written().items()} == {
        path: content for path, (_, content) in files.items()
    }
