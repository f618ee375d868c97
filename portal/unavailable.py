"""What a visitor gets when something fails or is too much: while the database is away, what can be done without it."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views import defaults

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
RETRY_AFTER_SECONDS = 60
DETAIL = "系统暂时不可用，请稍后再试。 Not available at the moment, please try again later."


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a request whose exception is being handled. Any but the loss of the database is a fault of ours."""
    if not lost_the_database(sys.exc_info()[1]):
        return defaults.server_error(request)
    answer = for_machines() if request.path.startswith("/api/") else for_people()
    answer["Retry-After"] = str(RETRY_AFTER_SECONDS)
    answer["Cache-Control"] = "no-store"
    return answer


def lost_the_database(error: BaseException | None) -> bool:
    """Say whether the loss of the database is behind an error: what is tried on a dead line later fails otherwise."""
    while error is not None and not isinstance(error, OperationalError | InterfaceError):
        error = error.__cause__ or error.__context__
    return error is not None


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what can't be read. Too much at once is told apart: it can be cut down and sent again."""
    if isinstance(exception, TOO_MUCH):
        return HttpResponse(render_to_string("413.html"), status=413)
    return defaults.bad_request(request, exception)


def for_people() -> HttpResponse:
    """Return a page that needs neither the database nor to know who asks."""
    return HttpResponse(render_to_string("503.html"), status=503)


def for_machines() -> HttpResponse:
    told = {"type": "about:blank", "title": "Service Unavailable", "status": 503, "detail": DETAIL}
    return JsonResponse(told, status=503, content_type="application/problem+json")
