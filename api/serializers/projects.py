"""The public view of projects. A field is public only if it is named here."""

from typing import Any

from rest_framework import serializers

from tenders.models import Approval, Decision, FundingSource, Project

SUMMARY = [
    "number", "name", "name_en", "site", "owner", "stage", "standing", "published_at", "decided_at", "started_at",
]  # fmt: skip
NOTICE = [
    "code", "scale", "purpose", "basis", "estimate_fen", "funding", "leader_name", "leader_post", "responsible_name",
    "responsible_post", "sanctions", "contact_name", "contact_phone", "contact_address", "contact_email", "hotline",
    "decision", "approvals",
]  # fmt: skip


class FundingSourceSerializer(serializers.ModelSerializer):
    class Meta:
        model = FundingSource
        fields = ["name", "amount_fen"]
        read_only_fields = fields


class ApprovalSerializer(serializers.ModelSerializer):
    class Meta:
        model = Approval
        fields = ["title", "number", "organ", "approved_on"]
        read_only_fields = fields


class DecisionSerializer(serializers.ModelSerializer):
    class Meta:
        model = Decision
        fields = ["decided_by", "decided_on", "text", "adoption", "risk_assessment"]
        read_only_fields = fields


class ProjectSerializer(serializers.ModelSerializer):
    owner: serializers.Field = serializers.SlugRelatedField("name", read_only=True)
    url = serializers.HyperlinkedIdentityField("api-project", lookup_field="number")

    class Meta:
        model = Project
        fields = [*SUMMARY, "url"]
        read_only_fields = fields


class ProjectDetailSerializer(serializers.ModelSerializer):
    owner: serializers.Field = serializers.SlugRelatedField("name", read_only=True)
    funding = FundingSourceSerializer(many=True, read_only=True)
    decision = DecisionSerializer(read_only=True, allow_null=True)
    approvals = ApprovalSerializer(many=True, read_only=True)

    class Meta:
        model = Project
        fields = [*SUMMARY, *NOTICE]
        read_only_fields = fields

    def to_representation(self, project: Project) -> dict[str, Any]:
        """Leave out the decision until it is published: before, it is a draft."""
        shown = super().to_representation(project)
        return shown if project.decided_at else shown | {"decision": None}
