"""Four hundred sealed bids: the box ticks, the tender is opened though no entry holds them all, and is audited."""

import json
from datetime import timedelta
from hashlib import sha256

import pytest
import rfc8785
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation, User
from ledger.canonical import MAX_BODY
from ledger.clock import real_now
from ledger.models import Entry
from publishing.output import file_of
from publishing.pages.record import Record
from publishing.site import publish_openings
from publishing.texts import tender as texts
from publishing.texts.case import Case
from tenders import revealing
from tenders.audit.boxes import check_boxes
from tenders.audit.register import check_registers
from tenders.models import BidBox, SealedBid
from tenders.operations import bid_boxes
from tenders.operations.bid_boxes import tick_boxes
from tenders.revealing import bids_in
from tenders.ticks import Lying, replay
from tests.bidding import facts_of_entry, let_the_deadline_pass, open_bids, open_tender, register_keys
from tests.factories import make_people
from tests.tenders.test_boxes_tampered import superuser

pytestmark = pytest.mark.django_db
MANY = 400


@pytest.fixture
def people():
    people = make_people("a-password-of-tests")
    register_keys(people, real_now())
    return people


def plant(package, number, first=0):
    """So many bids as their rows are after the delivery. What is in them is nobody's concern here."""
    serials = range(first, first + number)
    kind = Organisation.Kind.COMPANY
    companies = Organisation.objects.bulk_create(
        Organisation(kind=kind, name=f"甲{n}建筑工程有限公司", credit_code=f"9153030000{n:08}") for n in serials
    )
    user = User.objects.filter(role=User.Role.MANAGER).first()
    SealedBid.objects.bulk_create(
        SealedBid(
            package=package, organisation=company, submitted_by=user, bidder=company.name,
            credit_code=company.credit_code, head=str(n), head_sha256=sha256(str(n).encode()).hexdigest(),
            bid_key=f"age1{n:058}", payload_sha256=f"{n:064x}",
        )
        for n, company in zip(serials, companies, strict=True)
    )  # fmt: skip


def opened(package):
    let_the_deadline_pass(package)
    tick_boxes(at=real_now())
    open_bids(package)
    return Entry.objects.get(kind="step.open_bids", subject=package.path)


def ticked(people, number, project=1):
    """A tender in whose box so many bids lie, half of them since the second tick."""
    package = open_tender(people, project)
    start, first = real_now(), 1000 * project
    plant(package, number - number // 2, first=first)
    tick_boxes(at=start)
    plant(package, number // 2, first=first + number)
    tick_boxes(at=start + timedelta(minutes=5))
    return package


def test_four_hundred_bids_are_bound_opened_published_and_audited(people):
    package = ticked(people, MANY)
    entry = opened(package)
    facts = facts_of_entry(entry)
    assert len(bytes(entry.body)) < MAX_BODY
    assert (facts["bids"], facts["bid_count"], "digests" in facts["box"]) == ([], MANY, False)
    assert [bid["number"] for bid in bids_in(entry)] == list(range(1, MANY + 1))
    assert check_boxes() == (3, [])
    assert check_registers() == (0, [])

    publish_openings(package.project, Record(package.project), real_now())
    content = file_of(f"/projects/2026-001/opening/{package.number}/lists.json").read_bytes()
    assert facts["lists"] == {"sha256": sha256(content).hexdigest(), "size": len(content)}
    digests = json.loads(content)["digests"]
    assert facts["box"]["digests_sha256"] == sha256(rfc8785.dumps(digests)).hexdigest()
    lying = [Lying(one["sha256"], one["since"], one["until"]) for one in digests]
    values = [v.hex() for v in replay(bytes.fromhex(facts["box"]["secret"]), facts["box"]["last_tick"], lying)]
    assert values[-1] == facts["box"]["last_value"]
    page = file_of(f"/projects/2026-001/opening/{package.number}/").read_text(encoding="utf-8")
    assert page.count("建筑工程有限公司") >= MANY
    assert "lists.json" in page


def test_among_four_hundred_the_one_that_was_changed_is_named(people):
    package = ticked(people, MANY)
    opened(package)
    with superuser():
        bid = SealedBid.objects.order_by("pk")[137]
        SealedBid.objects.filter(pk=bid.pk).update(payload_sha256="ff" * 32)
        assert [p.code for p in check_boxes()[1]] == ["sealed-altered"]
        assert str(bid.pk) in check_boxes()[1][0].en


@pytest.mark.parametrize("change", [lambda lists: lists.replace("甲1001建筑", "甲八建筑"), lambda lists: ""])
def test_lists_that_were_changed_or_dropped_are_named(people, change, monkeypatch):
    monkeypatch.setattr(revealing, "ROOM", 1000)
    package = ticked(people, 10)
    opened(package)
    box = BidBox.objects.get()
    BidBox.objects.update(lists=change(box.lists))
    assert [p.code for p in check_registers()[1]] == ["lists-altered"]


@pytest.mark.parametrize("too_little", [0, 1])
def test_at_the_border_everything_is_in_the_entry_or_in_the_file(people, too_little, monkeypatch):
    size = len(rfc8785.dumps(facts_of_entry(opened(ticked(people, 4)))))
    monkeypatch.setattr(revealing, "ROOM", size - too_little)
    entry = opened(ticked(people, 4, project=2))
    facts = facts_of_entry(entry)
    assert ("lists" in facts) == bool(too_little)
    assert (len(facts["bids"]), "digests" in facts["box"]) == ((0, False) if too_little else (4, True))
    assert [bool(box.lists) for box in BidBox.objects.order_by("pk")] == [False, bool(too_little)]
    assert len(bids_in(entry)) == 4
    assert (check_boxes()[1], check_registers()[1]) == ([], [])


def test_the_notice_lists_them_all_and_names_the_file(people, monkeypatch):
    monkeypatch.setattr(revealing, "ROOM", 1000)
    entry = opened(ticked(people, 12))
    said = str(texts.register_of_bids(Case(entry, {}, {"name": "一标段"})))
    assert said.count("建筑工程有限公司") == 12
    assert entry.facts["lists"]["sha256"] in said


def test_any_number_of_boxes_ticks_with_the_same_number_of_queries(people):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert tick_boxes(at=start) is not None
        return len(queries)

    start = real_now()
    plant(open_tender(people, 1), 3)
    few = asked()
    start += timedelta(minutes=5)
    for number in range(2, 8):
        plant(open_tender(people, number), 3, first=10 * number)
    assert asked() == few
    with CaptureQueriesContext(connection) as queries:
        assert tick_boxes(at=start + timedelta(seconds=5)) is None
    assert len([q for q in queries if "SAVEPOINT" not in q["sql"]]) == 1


def test_more_boxes_than_an_entry_holds_are_told_of_by_the_next(people, monkeypatch):
    monkeypatch.setattr(bid_boxes, "MOST_BOXES", 2)
    for number in (1, 2, 3):
        open_tender(people, number)
    at = real_now()
    told = [len(facts_of_entry(entry)["ticks"]) for entry in iter(lambda: tick_boxes(at=at), None)]
    assert told == [2, 1]
    assert check_boxes() == (3, [])
