"""The description of the API is true: what it allows is answered as it says, and nothing breaks the server."""

from io import StringIO

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.wsgi import application
from tests.api.conftest import ApiClient, new_network
from tests.factories import cemetery_on

CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]


QUICK = settings(deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))


def test_the_schema_is_valid_and_leaves_nothing_to_guesses():
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=StringIO())


@pytest.mark.django_db
def test_the_schema_is_served(anyone):
    answer = anyone.get("/api/v1/schema/", headers={"Accept": "application/vnd.oai.openapi+json"})
    assert answer.json()["openapi"].startswith("3.1")
    assert "/api/v1/projects/{number}/steps/{step}/" in answer.json()["paths"]


@pytest.fixture
def one_connection(db):
    """Let requests leave the test's connection open, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_whatever_the_schema_allows_is_answered_as_it_says(one_connection, calendar):
    scene = cemetery_on("07-06 10:10")
    calendar(scene.at)
    token = ApiClient(scene.people.manager).defaults["HTTP_AUTHORIZATION"]
    headers = {"Authorization": token, "X-Forwarded-For": f"{new_network()}::1"}
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", application)
    answered = {}
    for operation in (found.ok() for found in schema.get_all_operations()):
        varies = bool(operation.body or operation.query) or "step" in operation.label

        @settings(QUICK, max_examples=20 if varies else 1)
        @given(case=operation.as_strategy())
        def answers_as_described(case):
            if case.path_parameters:
                case.path_parameters["number"] = scene.project.number
            response = case.call(headers=headers)
            answered.setdefault(case.operation.label, set()).add(response.status_code)
            case.validate_response(response, checks=CHECKS)

        answers_as_described()
    assert [label for label, statuses in answered.items() if not statuses & {200, 409}] == []
