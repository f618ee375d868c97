"""Hearings as the public knows them. A field is public only if it is named here: no name, no contact, no word said."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from tenders.models import Hearing, HearingGroup


class HearingGroupSerializer(serializers.ModelSerializer):
    class Meta:
        model = HearingGroup
        fields = ["name", "seats"]
        read_only_fields = fields


class StancesSerializer(serializers.Serializer):
    support = serializers.IntegerField()
    neutral = serializers.IntegerField()
    object = serializers.IntegerField()


class HearingOutcomeSerializer(serializers.Serializer):
    held_on = serializers.DateField()
    participants = serializers.IntegerField()
    attended = serializers.IntegerField()
    statements = StancesSerializer()


class HearingSerializer(serializers.ModelSerializer):
    """``outcome`` is null until the record of the hearing is published."""

    round = serializers.IntegerField(source="consultation.round", read_only=True)
    groups = HearingGroupSerializer(many=True, read_only=True)
    received = serializers.IntegerField(read_only=True)
    outcome = serializers.SerializerMethodField()

    class Meta:
        model = Hearing
        fields = [
            "number", "round", "kind", "state", "matter", "starts_at", "place", "applications_until", "selection",
            "selection_method", "draw_source", "groups", "received", "announced_at", "listed_at", "held_at",
            "recorded_at", "cancelled_at", "outcome",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(HearingOutcomeSerializer(allow_null=True))
    def get_outcome(self, hearing: Hearing) -> dict[str, Any] | None:
        return HearingOutcomeSerializer(hearing.summary()).data if hearing.recorded_at else None
