"""Whatever is sent, the answer is a problem that a program can read, and nothing is written."""

import json

import pytest

from ledger.models import Entry
from lifecycle.steps import STEPS
from tenders.models import Comment
from tests.api.conftest import ApiClient
from tests.api.routes import address, address_of_step
from tests.factories import hall_on

pytestmark = pytest.mark.django_db

BODIES = {
    "no JSON": (b"{", 400),
    "nothing": (b"", 400),
    "null": (b"null", 400),
    "a list": (b"[]", 400),
    "a number": (b"1", 400),
    "a text": (b'"text"', 400),
    "no UTF-8": (b'{"text": "\xff"}', 400),
    "half a surrogate": (b'{"text": "\\ud800", "reason": "\\ud800"}', 400),
    "NaN": (b'{"text": NaN}', 400),
    "endless digits": (b'{"text": ' + b"9" * 5000 + b"}", 400),
    "a deep nest": (b"[" * 60_000, 400),
    "a deep nest that ends": (b"[" * 30_000 + b"]" * 30_000, 400),
    "two bytes too many": (json.dumps("x" * 64 * 1024).encode(), 413),
    "ten megabytes": (b'{"text": "' + b"x" * 10_000_000 + b'"}', 413),
}


@pytest.fixture
def hall(calendar):
    scene = hall_on("07-20 09:10")
    calendar(scene.at)
    return scene


def is_problem(answer):
    problem = answer.json()
    return (
        answer.headers["Content-Type"] == "application/problem+json"
        and problem["status"] == answer.status_code
        and {"type", "title", "detail"} <= problem.keys()
    )


def test_a_body_that_is_no_comment_is_a_problem_and_leaves_nothing(hall):
    for name, (body, status) in BODIES.items():
        answer = ApiClient().post(address("api-comments", hall.project), body, content_type="application/json")
        assert (name, answer.status_code) == (name, status)
        assert is_problem(answer), name
    assert not Comment.objects.exists()


def test_a_body_that_is_no_step_is_a_problem_and_leaves_nothing(hall):
    before = Entry.objects.count()
    for name, (body, status) in BODIES.items():
        client = ApiClient(hall.people.leader)
        answer = client.post(address_of_step(hall.project, STEPS["suspend"]), body, content_type="application/json")
        assert (name, answer.status_code) == (name, 409 if name == "nothing" else status)
        assert is_problem(answer), name
    assert Entry.objects.count() == before


def test_only_json_is_read(hall):
    client = ApiClient(enforce_csrf_checks=True)
    client.force_login(hall.people.leader)
    client.cookies["csrftoken"] = "a" * 32
    for path in (address("api-comments", hall.project), address_of_step(hall.project, STEPS["suspend"])):
        for content_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
            for body in (b"text=x", b"x" * 3_000_000):
                answer = client.post(path, body, content_type=content_type)
                assert answer.status_code == 415
                assert is_problem(answer)
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "path", ["nothing/", "projects", "projects/x/", "projects/2026-001/secrets/", "projects/2026-001/steps/"]
)
def test_an_address_that_leads_nowhere_is_a_problem(path, anyone):
    for answer in (anyone.get(f"/api/v1/{path}"), anyone.send(f"/api/v1/{path}")):
        assert answer.status_code == 404
        assert is_problem(answer)


def test_what_cannot_be_done_at_an_address_is_a_problem(hall, anyone):
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(anyone, method)(address("api-timeline", hall.project))
        assert answer.status_code == 405
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
        assert is_problem(answer)


def test_a_form_that_cannot_be_answered_is_a_problem(hall, anyone):
    answer = anyone.get("/api/v1/projects/", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert is_problem(answer)
