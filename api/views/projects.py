"""The projects, and one of them."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from api.filters import ProjectFilter
from api.pagination import NewestProjectsFirst
from api.serializers.problems import BAD_REQUEST, NOT_FOUND
from api.serializers.projects import ProjectDetailSerializer, ProjectSerializer
from api.views.base import PublicView
from tenders.models import Project


@extend_schema(exclude=True)
class Root(PublicView):
    def get(self, request: Request) -> Response:
        names = {"projects": "api-projects", "schema": "api-schema"}
        return Response({key: reverse(name, request=request) for key, name in names.items()})


@extend_schema(responses={200: ProjectSerializer(many=True), **BAD_REQUEST, **NOT_FOUND})
class ProjectList(PublicView, ListAPIView):
    """The projects whose plan has been published, the newest first."""

    queryset = Project.objects.public().select_related("owner")
    serializer_class = ProjectSerializer
    pagination_class = NewestProjectsFirst
    filterset_class = ProjectFilter


@extend_schema(responses={200: ProjectDetailSerializer, **NOT_FOUND})
class ProjectDetail(PublicView, RetrieveAPIView):
    """A project as its notices describe it."""

    queryset = Project.objects.public().select_related("owner", "decision").prefetch_related("funding", "approvals")
    serializer_class = ProjectDetailSerializer
    lookup_field = "number"

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.retrieve(request, *args, **kwargs)
