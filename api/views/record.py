"""What the public record says of a project, and the periods that run."""

from typing import Any

from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.filters import EntryFilter
from api.pagination import OldestFirst
from api.serializers.problems import BAD_REQUEST, NOT_FOUND
from api.serializers.record import ClockSerializer, EntrySerializer
from api.views.base import ListOfProject, OfProject
from ledger.clock import now
from ledger.models import Entry
from lifecycle.clocks import clocks
from publishing.pages.record import newest_size
from tenders.law import day


@extend_schema(responses={200: EntrySerializer(many=True), **BAD_REQUEST, **NOT_FOUND})
class Timeline(ListOfProject):
    """The entries of the public record about a project, in their order."""

    queryset = Entry.objects.all()
    serializer_class = EntrySerializer
    pagination_class = OldestFirst
    filter_backends = (DjangoFilterBackend,)
    filterset_class = EntryFilter

    def get_queryset(self) -> QuerySet[Entry]:
        return Entry.objects.about(self.project.path)

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "sealed": newest_size()}


class Clocks(OfProject):
    """The windows that protect the public, and the duties of the bureau with their latest day."""

    serializer_class = ClockSerializer

    @extend_schema(operation_id="projects_clocks_list", responses={200: ClockSerializer(many=True), **NOT_FOUND})
    def get(self, request: Request, number: str) -> Response:
        at = now()
        found = clocks(self.project, at=at)
        return Response(ClockSerializer(found, many=True, context={"on": day(at)}).data)
