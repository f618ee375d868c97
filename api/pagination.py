"""Pages that neither skip nor repeat while something is added: each begins after the last row of the page before."""

from collections.abc import Sequence
from typing import Any

from django.db import DataError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request


class OldestFirst(CursorPagination):
    ordering = "pk"
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200

    def paginate_queryset(
        self, queryset: QuerySet | Sequence[Any], request: Request, view: Any = None
    ) -> list[Any] | None:
        """
        Return the page that the cursor names.

        :raises NotFound: if the cursor is not one of ours, though it can be decoded
        """
        try:
            return super().paginate_queryset(queryset, request, view)
        except (ValueError, DataError) as e:
            raise NotFound(_("没有这一页。")) from e


class NewestProjectsFirst(OldestFirst):
    ordering = "-number"
