"""Tenders and their openings. What is under embargo is not even read from the database."""

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema

from api.serializers.problems import NOT_FOUND
from api.serializers.tenders import OpeningSerializer, PackageSerializer, PrequalificationSerializer
from api.views.base import ListOfProject
from integrity.models import Invitation
from tenders.models import Award, Bid, Evaluation, Opening, Package, Prequalification

ANNOUNCED = Package.objects.exclude(announced_at=None).order_by("number")
BIDS = Prefetch("bids", Bid.objects.exclude(package__opened_at=None), to_attr="revealed_bids")
OF_PUBLISHED_CANDIDATES = Bid.objects.exclude(package__candidates_published_at=None)


@extend_schema(responses={200: PackageSerializer(many=True), **NOT_FOUND})
class Packages(ListOfProject):
    """The announced tenders of a project. What is under embargo is null until its moment."""

    queryset = ANNOUNCED.select_related("retender_of").prefetch_related(
        "documents",
        "clarifications",
        "objections",
        "complaints__objection",
        "suspensions",
        BIDS,
        Prefetch("bids", OF_PUBLISHED_CANDIDATES.candidates(), to_attr="published_candidates"),
        Prefetch("bids", OF_PUBLISHED_CANDIDATES.rejected(), to_attr="published_rejections"),
        Prefetch(
            "evaluation",
            Evaluation.objects.exclude(package__candidates_published_at=None),
            to_attr="published_evaluation",
        ),
        Prefetch(
            "result",
            Award.objects.exclude(package__awarded_at=None).select_related("winner"),
            to_attr="published_award",
        ),
    )
    serializer_class = PackageSerializer


@extend_schema(responses={200: PrequalificationSerializer(many=True), **NOT_FOUND})
class Prequalifications(ListOfProject):
    """The prequalifications that were announced: their notice, and what binds their result until the opening."""

    queryset = Prequalification.objects.exclude(published_at=None).select_related("package").order_by("package__number")
    serializer_class = PrequalificationSerializer
    project_lookup = "package__project"


@extend_schema(responses={200: OpeningSerializer(many=True), **NOT_FOUND})
class Openings(ListOfProject):
    """The openings of the announced tenders: who was asked to watch, who came, what was read, what observers said."""

    queryset = ANNOUNCED.prefetch_related(
        BIDS,
        Prefetch(
            "opening",
            Opening.objects.exclude(package__opening_concluded_at=None),
            to_attr="published_session",
        ),
        Prefetch("invitations", Invitation.objects.select_related("institution")),
        "invitations__attendances__observations",
    )
    serializer_class = OpeningSerializer
