"""A step: asked for, and how it stands."""

from rest_framework import serializers

from accounts.models import User
from api.serializers.problems import RefusalSerializer

MAX_ID = 2**63 - 1


class StepRequestSerializer(serializers.Serializer):
    """``subject`` may be left out where only one thing of the project can take the step."""

    subject = serializers.IntegerField(min_value=1, max_value=MAX_ID, required=False)
    reason = serializers.CharField(required=False, allow_blank=True)


class CandidateSubjectSerializer(serializers.Serializer):
    """Something of the project that takes such a step. ``offered``: it is at the stage for it."""

    subject = serializers.IntegerField(source="pk")
    path = serializers.CharField()
    offered = serializers.BooleanField()
    refusals = RefusalSerializer(many=True)


class StepSerializer(serializers.Serializer):
    name = serializers.CharField()
    title = serializers.CharField()
    role = serializers.ChoiceField(User.Role.choices)
    needs_reason = serializers.BooleanField()
    subjects = CandidateSubjectSerializer(many=True)
