"""The plan before the public: its publicity, and what people say of it."""

from typing import Any

from django.db.models import Count, Q
from django.http import Http404
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from api.filters import CommentFilter
from api.pagination import OldestFirst
from api.serializers.consultations import (
    CommentSerializer,
    ConsultationSerializer,
    NewCommentSerializer,
    ReceiptSerializer,
)
from api.serializers.problems import BAD_REQUEST, BUSY, NOT_FOUND, REFUSED, THROTTLED, UNREADABLE
from api.throttles import CommentThrottle
from api.views.base import ListOfProject
from ledger.clock import now
from tenders.models import Comment, Consultation
from tenders.operations.comments import receive_comment

PUBLISHED = Consultation.objects.exclude(state=Consultation.State.DRAFT)


@extend_schema(responses={200: ConsultationSerializer(many=True), **NOT_FOUND})
class Consultations(ListOfProject):
    """The rounds of publicity of a plan, with the numbers of comments."""

    queryset = (
        PUBLISHED.annotate(
            received=Count("comments"),
            shown=Count("comments", Q(comments__visibility=Comment.Visibility.SHOWN)),
            masked=Count("comments", Q(comments__visibility=Comment.Visibility.SHOWN) & ~Q(comments__masked_text="")),
            withheld=Count("comments", Q(comments__visibility=Comment.Visibility.WITHHELD)),
            answered=Count("comments__answer"),
        )
        .prefetch_related("plans", "renderings")
        .order_by("round")
    )
    serializer_class = ConsultationSerializer


class Comments(ListOfProject):
    """All comments on a project's plan. Those that are not shown are counted, with the ground."""

    queryset = Comment.objects.exclude(consultation__state=Consultation.State.DRAFT).select_related(
        "consultation", "answer"
    )
    project_lookup = "consultation__project"
    serializer_class = CommentSerializer
    pagination_class = OldestFirst
    filter_backends = (DjangoFilterBackend,)
    filterset_class = CommentFilter

    def get_throttles(self) -> list[BaseThrottle]:
        return [CommentThrottle()] if self.request.method == "POST" else []

    @extend_schema(responses={200: CommentSerializer(many=True), **BAD_REQUEST, **NOT_FOUND})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.list(request, *args, **kwargs)

    @extend_schema(
        request=NewCommentSerializer,
        responses={201: ReceiptSerializer, **UNREADABLE, **NOT_FOUND, **REFUSED, **THROTTLED, **BUSY},
    )
    def post(self, request: Request, number: str) -> Response:
        """Say something on the plan while the consultation is open. Needs no account."""
        consultation = PUBLISHED.filter(project=self.project).last()
        if consultation is None:
            raise Http404
        said = NewCommentSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        comment = receive_comment(consultation.pk, at=now(), **said.validated_data)
        return Response(ReceiptSerializer(comment).data, status=201)
