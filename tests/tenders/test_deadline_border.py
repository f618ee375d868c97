"""Two thousand bids at the border of the deadline, by two workers: none late is accepted, none in time refused."""

import multiprocessing
import time
from datetime import timedelta

import pytest
from django.db import connections, transaction

from accounts.models import Organisation, User
from ledger.clock import real_now
from statutes.refusal import ActRefused
from tenders.models import BidUpload, Package, SealedBid
from tenders.operations.sealed_bids import deliver_sealed_bid
from tests.bidding import company, due_at, open_tender, register_keys, sealed_by
from tests.factories import make_people

BIDS, WORKERS = 2_000, 2


def uploads(package):
    """So many companies, each with a payload that has come and was checked: only the small request is still to do."""
    head = sealed_by(company(1), package).head.to_bytes().decode()
    kind = Organisation.Kind.COMPANY
    companies = Organisation.objects.bulk_create(
        Organisation(kind=kind, name=f"甲{n}建筑有限公司", credit_code=f"9153030000{n:08}") for n in range(BIDS)
    )
    users = User.objects.bulk_create(
        User(username=f"u{n}", name=f"甲{n}", role=User.Role.BIDDER, organisation=owner)
        for n, owner in enumerate(companies)
    )
    at = real_now()
    found = BidUpload.objects.bulk_create(
        BidUpload(
            package=package,
            organisation=user.organisation,
            user=user,
            head=head,
            size=1,
            received=1,
            begun_at=at,
            checked_at=at,
        )
        for user in users
    )
    return [(upload.pk, user) for upload, user in zip(found, users, strict=True)]


def work(share, start, answers):
    """Deliver one after the other. Tell of each when it was sent and answered, by the database's clock, and how."""
    connections.close_all()  # a forked process must not share one
    start.wait()
    told = []
    for upload, user in share:
        sent = real_now()
        try:
            outcome = deliver_sealed_bid(upload, actor=user, at=sent).received_at
        except ActRefused:
            outcome = None
        told.append((sent, real_now(), outcome))
    connections.close_all()
    answers.put(told)


@pytest.mark.rule("EV-02")
@pytest.mark.django_db(transaction=True)
def test_at_the_border_no_late_bid_is_accepted_and_none_in_time_refused():
    people = make_people("a-password-of-tests")
    register_keys(people, real_now())
    package = open_tender(people)
    waiting = uploads(package)
    context = multiprocessing.get_context("fork")
    start, answers = context.Event(), context.Queue()
    connections.close_all()
    workers = [
        context.Process(target=work, args=(waiting[n::WORKERS], start, answers), daemon=True) for n in range(WORKERS)
    ]
    for worker in workers:
        worker.start()
    due_at(package, real_now() + timedelta(hours=1))
    start.set()
    due = amid_them(package)
    told = [one for _ in workers for one in answers.get(timeout=300)]
    for worker in workers:
        worker.join(60)
    late = [outcome for sent, _, outcome in told if sent > due]
    in_time = [outcome for _, answered, outcome in told if answered <= due]
    assert len(told) == BIDS
    assert min(len(late), len(in_time)) > 100  # the deadline fell among them
    assert [outcome for outcome in late if outcome] == []
    assert [outcome for outcome in in_time if outcome is None] == []
    assert all(outcome <= due for _, _, outcome in told if outcome)
    assert SealedBid.objects.count() == sum(outcome is not None for _, _, outcome in told)


def amid_them(package):
    """
    Wait until a good part has come, and put the deadline into the next moment: however fast the machine is.

    Whoever comes while it is being put waits for it: on a slow machine that moment may be over before it is stored.
    """
    while SealedBid.objects.count() < BIDS // 4:
        time.sleep(0.05)
    with transaction.atomic():
        Package.objects.select_for_update().get(pk=package.pk)
        due = real_now() + timedelta(milliseconds=200)
        due_at(package, due)
    return due
