"""An answer takes as many queries for a thousand rows as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.canonical import new_salt
from ledger.operations import record
from tenders.models import Answer, Bid, Comment
from tests.api.routes import OF_PROJECT, address
from tests.factories import cemetery_on

pytestmark = pytest.mark.django_db

MOST = 20  # clocks ask for each rule; all others take fewer than ten


def queries(client, project):
    counts = {}
    for route in OF_PROJECT:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address(route, project)).status_code == 200
        counts[route] = len(asked)
    return counts


def more_comments(consultation, at):
    given = {"consultation": consultation, "text": "又一条意见", "received_at": at, "visibility": "shown"}
    answer = {"consultation": consultation, "outcome": "explained", "text": "已说明", "answered_at": at}
    Comment.objects.bulk_create(
        Comment(number=number, salt=new_salt(), answer=Answer.objects.create(**answer), **given)
        for number in range(100, 140)
    )


def more_bids(package, clerk, at):
    given = {"package": package, "arrived_at": at, "received_by": clerk, "status": "accepted"}
    Bid.objects.bulk_create(
        Bid(number=number, bidder=f"第{number}家公司", credit_code=f"9153030000000{number:05}", **given)
        for number in range(100, 140)
    )


def test_no_answer_asks_more_for_more_comments_bids_and_entries(anyone):
    scene = cemetery_on("07-08 09:00")
    anyone.get(address("api-project", scene.project))
    before = queries(anyone, scene.project)
    more_comments(scene.consultation, scene.at)
    more_bids(scene.package, scene.people.clerk, scene.at)
    for n in range(20):
        record("note", subject=scene.package.path, actor=None, at=scene.at, facts={"n": n}, key=f"note:{n}")
    assert queries(anyone, scene.project) == before
    assert max(before.values()) <= MOST, before


def test_the_list_of_projects_takes_three_queries_at_most(anyone, django_assert_max_num_queries):
    project = cemetery_on("03-09 09:05").project
    for serial in range(2, 30):
        project.pk, project.number = None, f"2026-{serial:03}"
        project.save()
    with django_assert_max_num_queries(3):
        assert len(anyone.get("/api/v1/projects/").json()["results"]) == 29
