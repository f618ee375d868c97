"""The hearings on a plan."""

from django.db.models import Count
from drf_spectacular.utils import extend_schema

from api.serializers.hearings import HearingSerializer
from api.serializers.problems import NOT_FOUND
from api.views.base import ListOfProject
from tenders.models import Hearing


@extend_schema(responses={200: HearingSerializer(many=True), **NOT_FOUND})
class Hearings(ListOfProject):
    """The hearings of a project that have been announced, with the number of applications."""

    queryset = (
        Hearing.objects.exclude(announced_at=None)
        .annotate(received=Count("applications"))
        .select_related("consultation")
        .prefetch_related("groups")
        .order_by("number")
    )
    project_lookup = "consultation__project"
    serializer_class = HearingSerializer
