"""Errors as RFC 9457 problem details, in the reader's language."""

from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from api.parsers import TooLarge
from ledger.operations import LedgerBusy
from statutes.refusal import ActRefused

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 3  # as long as an act waits for the ledger


def handle(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Answer 409 with every reason when the law refuses an act, 503 when the ledger is busy. DRF knows the rest."""
    if isinstance(exc, ActRefused):
        return refused(exc)
    if isinstance(exc, LedgerBusy):
        return problem(503, str(exc), headers={"Retry-After": str(RETRY_AFTER_SECONDS)})
    exc = _of_django(exc)
    response = exception_handler(exc, context)
    if response is None:
        return None
    headers = {name: response[name] for name in ("WWW-Authenticate", "Retry-After") if name in response}
    if isinstance(exc, ValidationError):
        return problem(400, _("填写的内容有误。"), headers, errors=list(_errors(exc.detail)))
    return problem(response.status_code, str(response.data["detail"]), headers)


def problem(status: int, detail: str, headers: dict[str, str] | None = None, **members: Any) -> Response:
    return Response(body(status, detail) | members, status, headers=headers, content_type=MEDIA_TYPE)


def body(status: int, detail: str) -> dict[str, Any]:
    return {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}


def refused(exc: ActRefused) -> Response:
    return problem(
        409,
        _("现在不能办理此事项，原因见refusals。"),
        type=f"{settings.SITE_URL}/api/v1/schema/#/components/schemas/Refused",
        title=_("依法不能办理"),
        refusals=[asdict(refusal) for refusal in exc.refusals],
    )


def _of_django(exc: Exception) -> Exception:
    """Return DRF's exception for those of Django's that a view, or a body before DRF reads it, can provoke."""
    if isinstance(exc, Http404):
        return NotFound()  # in the reader's words, not in those of the query
    if isinstance(exc, RequestDataTooBig):
        return TooLarge()
    return exc


def _errors(detail: Any, pointer: str = "#") -> Any:
    """Yield each error of a validation with the place in the body at which it stands."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _errors(inner, pointer if name == "non_field_errors" else f"{pointer}/{name}")
    elif isinstance(detail, list):
        for inner in detail:
            yield from _errors(inner, pointer)
    else:
        yield {"pointer": pointer, "detail": str(detail)}


@csrf_exempt
def unknown(request: HttpRequest) -> JsonResponse:
    """Answer for every address below the API that leads nowhere."""
    answer = body(404, _("没有这个地址。地址以“/”结尾，见/api/v1/schema/。"))
    return JsonResponse(answer, status=404, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False})
