"""Reads bodies: JSON of a reasonable size and depth."""

from collections.abc import Mapping
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser

MAX_BYTES = 64 * 1024  # the longest comment has 2,000 characters


class TooLarge(APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = gettext_lazy("内容太大，最多64 KB。")
    default_code = "too_large"


class SmallJSONParser(JSONParser):
    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """
        Return what the body says.

        :raises TooLarge: before anything is read
        :raises ParseError: if it is no JSON, or nested deeper than the interpreter can follow
        """
        request = (parser_context or {})["request"]
        if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
            raise TooLarge
        try:
            return super().parse(stream, media_type, dict(parser_context or {}))
        except RecursionError as e:
            raise ParseError(_("JSON嵌套太深。")) from e
