"""What all views share: the reader's language, problem details, and for the public no question who asks."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import activate, get_language_from_request
from rest_framework.authentication import SessionAuthentication, TokenAuthentication
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request

from api.access import public_project
from api.parsers import SmallJSONParser
from tenders.models import Project


class View(GenericAPIView):
    parser_classes = [SmallJSONParser]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Answer in the language that the client accepts: Chinese, or English if it asks for it."""
        activate(get_language_from_request(request))
        super().initial(request, *args, **kwargs)


class PublicView(View):
    """Answers everybody alike: nobody is asked who he is, so nobody can be told more."""

    authentication_classes = []
    permission_classes = [AllowAny]


class StaffView(View):
    # The first one says how to sign in: 401, not 403
    authentication_classes = [TokenAuthentication, SessionAuthentication]
    permission_classes = [IsAuthenticated]


class OfProject(PublicView):
    """Something of a public project."""

    @cached_property
    def project(self) -> Project:
        return public_project(self.kwargs["number"])


class ListOfProject(OfProject, ListAPIView):
    """The rows of ``queryset`` that belong to a public project, found by ``project_lookup``. Few, unless paged."""

    project_lookup = "project"
    pagination_class: Any = None
    filter_backends: Any = ()

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().filter(**{self.project_lookup: self.project})
