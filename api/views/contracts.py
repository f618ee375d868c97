"""The contracts after their signing, and the register of papers."""

from typing import Any

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema

from api.pagination import OldestFirst
from api.serializers.contracts import ContractSerializer, DocumentSerializer
from api.serializers.problems import NOT_FOUND
from api.views.base import ListOfProject
from contracts.models import Commencement, Contract, Document
from publishing.models import TakeDown


@extend_schema(responses={200: ContractSerializer(many=True), **NOT_FOUND})
class Contracts(ListOfProject):
    """The signed contracts of a project, each with its integrity contract."""

    queryset = (
        Contract.objects.filter(state=Contract.State.SIGNED)
        .select_related("package__project", "owner", "integrity_contract__contract__package__project")
        .prefetch_related(
            Prefetch(
                "commencement",
                Commencement.objects.exclude(contract__package__project__started_at=None),
                to_attr="published_commencement",
            )
        )
        .order_by("package__number")
    )
    project_lookup = "package__project"
    serializer_class = ContractSerializer

    def get_serializer_context(self) -> dict[str, Any]:
        papers = Document.objects.filter(project__number=self.kwargs.get("number"))
        return {**super().get_serializer_context(), "papers": papers}


@extend_schema(responses={200: DocumentSerializer(many=True), **NOT_FOUND})
class Documents(ListOfProject):
    """
    The register of papers of a project. It only grows; the digest of each stands in the public record.

    A paper that was taken down by law is no longer listed here: see the register of corrections.
    """

    queryset = Document.objects.exclude(sha256__in=TakeDown.objects.done().values("sha256"))
    serializer_class = DocumentSerializer
    pagination_class = OldestFirst
