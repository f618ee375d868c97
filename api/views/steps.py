"""The steps of a project, for the bureau's staff: ask whether one can be taken, and take it."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from api.access import project_of
from api.serializers.problems import BUSY, NOT_FOUND, REFUSED, SIGN_IN, UNREADABLE
from api.serializers.record import EntrySerializer
from api.serializers.steps import StepRequestSerializer, StepSerializer
from api.views.base import StaffView
from ledger.clock import now
from ledger.models import Entry
from lifecycle.agenda import subjects_of
from lifecycle.operations import is_offered, refusals, take
from lifecycle.steps import STEPS, Step
from publishing.pages.record import newest_size
from statutes.refusal import ActRefused, Refusal

STEP = OpenApiParameter("step", str, OpenApiParameter.PATH, enum=list(STEPS))


@extend_schema(parameters=[STEP])
class TakeStep(StaffView):
    @extend_schema(responses={200: StepSerializer, **SIGN_IN, **NOT_FOUND})
    def get(self, request: Request, number: str, step: Step) -> Response:
        """Say what of the project could take the step now, with every reason against it. Changes nothing."""
        at = now()
        subjects = [
            {
                "pk": subject.pk,
                "path": subject.path,
                "offered": is_offered(step, subject),
                "refusals": refusals(subject, step, at=at),
            }
            for subject in subjects_of(project_of(request.user, number))[step.subject]
        ]
        about = {name: getattr(step, name) for name in ("name", "title", "role", "needs_reason")}
        return Response(StepSerializer(about | {"subjects": subjects}).data)

    @extend_schema(
        request=StepRequestSerializer,
        responses={200: EntrySerializer, **UNREADABLE, **SIGN_IN, **NOT_FOUND, **REFUSED, **BUSY},
    )
    def post(self, request: Request, number: str, step: Step) -> Response:
        """Take the step. The answer is its entry in the public record."""
        candidates = subjects_of(project_of(request.user, number))[step.subject]
        asked = StepRequestSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        subject = the_one(candidates, step, asked.validated_data.get("subject"))
        subject = take(step, subject.pk, actor=request.user, at=now(), reason=asked.validated_data.get("reason", ""))
        entry = Entry.objects.filter(kind=step.kind, subject=subject.path).in_order().last()
        return Response(EntrySerializer(entry, context={"sealed": newest_size()}).data)


def the_one(candidates: list[Any], step: Step, pk: int | None) -> Any:
    """
    Return the subject of a step: the one that is named, or the only one there is, or the only one that could take it.

    :raises ActRefused: if the project has nothing yet that could take the step
    :raises ValidationError: if it must be named, or the name is none of this project's
    """
    if not candidates:
        raise ActRefused([Refusal("no-subject", _("项目还没有可以办理此事项的对象。"), _("本局办事流程"))])
    if pk is not None:
        named = [subject for subject in candidates if subject.pk == pk]
    elif len(candidates) > 1:
        named = [subject for subject in candidates if is_offered(step, subject)]
    else:
        named = candidates
    if len(named) != 1:
        choice = "、".join(f"{subject.pk}（{subject.path}）" for subject in candidates)
        raise ValidationError({"subject": _("请指明对象：%(choice)s。") % {"choice": choice}})
    return named[0]
