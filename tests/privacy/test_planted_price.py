"""
A price planted in a sealed bid of each of fifty tenders, and looked for before the opening wherever anybody could look.

Every role and another bidder on the pages, the API, the published site, every table of the database by the rights of
the application, all files that a backup holds, and the log. Beside the price, on pages also who bids, and that
somebody does.
"""

import logging
import re
from base64 import b64encode
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from psycopg import sql

from ledger.clock import real_now
from ledger.models import Entry
from tenders.operations.bid_boxes import tick_boxes
from tests.api.routes import OF_PROJECT, address
from tests.bidding import READING, company, deliver, open_tender, register_keys, sealed_by
from tests.factories import make_people
from tests.ledger.making import role

pytestmark = pytest.mark.django_db
TENDERS = 50
CHANGING = re.compile(r'value="[\w.:-]{22,}"|csrfmiddlewaretoken.*?>|\d{1,2}:\d\d(:\d\d)?|data-[a-z]+="[^"]{22,}"')


def planted(n):
    """What bidder ``n`` writes to be read aloud, and how any of it would look in a text."""
    price = 1_387_654_321 + 10_007 * n
    reading = replace(READING, price_fen=price, project_manager=f"埋名经理{n}号", manager_certificate=f"SECRET-{n:05}")
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


def every_table():
    """Return what a dump holds of the tables, each as the role of the application reads it: it may read them all."""
    with role("tracker_app"), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            with cursor.copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))) as rows:
                yield b"".join(rows)


def every_file():
    for root in (settings.MEDIA_ROOT, settings.PUBLIC_ROOT):
        yield from (path.read_bytes() for path in Path(root).rglob("*") if path.is_file())


def forms(word):
    """Return how a word may stand in bytes: plainly, in hexadecimal, in base64 wherever it begins."""
    plain = word.encode()
    whole_groups = [b64encode(bytes(before) + plain)[4 * (before > 0) : -4] for before in range(3)]
    return [plain, plain.hex().encode(), *whole_groups]


def found(words, *haystacks):
    """Return which of the words stand in any of the haystacks, in whatever form."""
    return [word for word in words for form in forms(word) for hay in haystacks if form in hay]


def test_the_search_finds_what_is_there_to_be_found():
    for lead in range(3):
        assert found(["埋名经理1号"], b64encode(bytes(lead) + "埋名经理1号".encode() + b"more")) == ["埋名经理1号"]


@pytest.mark.usefixtures("roles")
def test_a_planted_price_is_read_nowhere_before_the_opening(caplog, capfd):
    caplog.set_level(logging.DEBUG)
    people = make_people("a-password-of-tests")
    register_keys(people, real_now())
    rival = company(9_000, name="对手建筑有限公司")
    tenders, secret = [open_tender(people, n) for n in range(1, TENDERS + 1)], []
    for n, package in enumerate(tenders):
        reading, words = planted(n)
        bidder = company(n + 1, name=f"埋名{n}建筑有限公司")
        deliver(bidder, package, real_now(), sealed=sealed_by(bidder, package, reading))
        secret.append((words, [bidder.organisation.name, bidder.organisation.credit_code]))
    tick_boxes(at=real_now())
    everybody = [None, rival, *people.everyone()]
    for n, package in enumerate(tenders):
        words, names = secret[n]
        assert found([*words, *names], *said_to(everybody[n % len(everybody)], package)) == [], package
    logged = [caplog.text.encode(), *(said.encode() for said in capfd.readouterr())]
    prices = [word for words, _ in secret for word in words]
    everything = b"\n".join([*every_table(), *every_file()])
    assert len(everything) > 100_000
    assert found(prices, everything, *logged) == []
    names = [name for _, both in secret for name in both]
    entries = b"\n".join(bytes(body) for body in Entry.objects.values_list("body", flat=True))
    assert found(names, entries, *logged) == []


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
