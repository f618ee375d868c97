"""
Tenders and their openings in public. A field is public only if it is named here, and after its moment.

Twice over: the queries of ``api.views.tenders`` don't load what is under embargo, and ``Revealed`` doesn't show it.
"""

from typing import Any, ClassVar

from rest_framework import serializers

from accounts.models import Organisation
from integrity.models import Attendance, Complaint, Invitation, Objection, Observation
from publishing.pages.files import PublicFile
from tenders.models import (
    CHECKED,
    Award,
    Bid,
    Clarification,
    Evaluation,
    Opening,
    Package,
    Prequalification,
    Suspension,
    TenderDocument,
)

OFFER = ["price_fen", "duration_days", "quality", "project_manager", "manager_certificate"]


class Shown(serializers.ModelSerializer):
    """Shows fields that nobody fills in here. The schema says of a choice left open that it may be blank."""

    def include_extra_kwargs(self, kwargs: Any, extra_kwargs: Any) -> Any:
        may_be_blank = "choices" in kwargs and kwargs.get("allow_blank", False)
        included = super().include_extra_kwargs(kwargs, extra_kwargs)
        return {**included, "allow_blank": True} if may_be_blank else included


class Revealed(Shown):
    """Shows a field as null until the moment, itself a field of the package, at which its embargo ends."""

    embargoes: ClassVar[dict[str, str]] = {}

    def to_representation(self, package: Package) -> dict[str, Any]:
        public = super().to_representation(package)
        secret = [name for name, moment in self.embargoes.items() if getattr(package, moment) is None]
        return public | dict.fromkeys(secret)


class TenderDocumentSerializer(Shown):
    url = serializers.SerializerMethodField()

    class Meta:
        model = TenderDocument
        fields = ["kind", "title", "sha256", "url"]
        read_only_fields = fields

    def get_url(self, document: TenderDocument) -> str:
        file = PublicFile(document.file, document.sha256, "documents", document.title, document)
        return self.context["request"].build_absolute_uri(file.address)


class ClarificationSerializer(Shown):
    class Meta:
        model = Clarification
        fields = [
            "number", "kind", "item", "question", "old_text", "new_text", "text", "affects_bids", "old_due_at",
            "new_due_at", "published_at",
        ]  # fmt: skip
        read_only_fields = fields


class ObjectionSerializer(Shown):
    """That there is an objection, and its result. Who objected, and with which words, is private."""

    class Meta:
        model = Objection
        fields = ["number", "kind", "received_at", "upheld", "outcome", "summary", "measures", "answered_at"]
        read_only_fields = fields


class ComplaintSerializer(Shown):
    """How far a complaint is, and what the supervisor has decided. Who complained, and with which words, is private."""

    objection: serializers.Field = serializers.SlugRelatedField("number", read_only=True, allow_null=True)

    class Meta:
        model = Complaint
        fields = [
            "number", "kind", "objection", "received_at", "handled_by", "accepted", "acceptance_reason",
            "acceptance_number", "acceptance_decided_on", "upheld", "result", "decision_number", "decided_on",
            "withdrawn_on",
        ]  # fmt: skip
        read_only_fields = fields


class SuspensionSerializer(Shown):
    class Meta:
        model = Suspension
        fields = [
            "number", "reason", "basis", "ordered_by", "order_number", "ends_on", "suspended_at", "old_due_at",
            "resumed_at", "resume_reason", "new_due_at",
        ]  # fmt: skip
        read_only_fields = fields


class BidSerializer(Shown):
    """A line of the register of bids, with what was read aloud."""

    class Meta:
        model = Bid
        fields = [
            "number", "bidder", "credit_code", "arrived_at", "envelopes", "sealed", "status", "refusal_reason",
            *OFFER, "bond_fen", "remark", "read_at",
        ]  # fmt: skip
        read_only_fields = fields


class CandidateSerializer(Shown):
    class Meta:
        model = Bid
        fields = ["rank", "bidder", "credit_code", *OFFER, "eligibility"]
        read_only_fields = fields


class RejectedSerializer(Shown):
    class Meta:
        model = Bid
        fields = ["bidder", "rejection_ground", "rejection_reason"]
        read_only_fields = fields


class EvaluationSerializer(Shown):
    class Meta:
        model = Evaluation
        fields = ["report_received_on", "summary", *CHECKED]
        read_only_fields = fields


class AwardSerializer(Shown):
    """``experts`` are named on the government-procurement track only, where the result has to name them."""

    winner = CandidateSerializer(read_only=True)
    experts = serializers.SerializerMethodField()

    class Meta:
        model = Award
        fields = ["determined_on", "ground", "reason", "winner_address", "items", "winner", "experts"]
        read_only_fields = fields

    def get_experts(self, award: Award) -> list[str]:
        return award.named_experts()


class PackageSerializer(Revealed):
    embargoes = {
        "bids": "opened_at",
        "candidates": "candidates_published_at",
        "rejected": "candidates_published_at",
        "evaluation": "candidates_published_at",
        "award": "awarded_at",
    }

    retender_of: serializers.Field = serializers.SlugRelatedField("number", read_only=True, allow_null=True)
    documents = TenderDocumentSerializer(many=True, read_only=True)
    clarifications = ClarificationSerializer(many=True, read_only=True)
    objections = ObjectionSerializer(many=True, read_only=True)
    complaints = ComplaintSerializer(many=True, read_only=True)
    suspensions = SuspensionSerializer(many=True, read_only=True)
    bids = BidSerializer(source="revealed_bids", many=True, read_only=True, allow_null=True)
    candidates = CandidateSerializer(source="published_candidates", many=True, read_only=True, allow_null=True)
    rejected = RejectedSerializer(source="published_rejections", many=True, read_only=True, allow_null=True)
    evaluation = EvaluationSerializer(source="published_evaluation", read_only=True, allow_null=True)
    award = AwardSerializer(source="published_award", read_only=True, allow_null=True)

    class Meta:
        model = Package
        fields = [
            "number", "name", "state", "category", "track", "method", "method_ground", "method_reason",
            "approval_number", "tender_number", "estimate_fen", "limit_price_fen", "scope", "standard_text",
            "technical", "price_terms", "qualification", "consortium_allowed", "duration_days", "quality",
            "evaluation_method", "bid_validity_days", "bid_bond_fen", "documents_from", "documents_issued_on",
            "documents_until", "bids_due_at", "submission", "platform", "opening_place", "agency", "agency_contact",
            "self_filing", "objection_contact", "supervisor", "fairness_channel", "media", "planned_at", "retender_of",
            "announced_at", "opened_at", "opening_concluded_at", "evaluated_at",
            "candidates_published_at", "awarded_at", "failed_at", "documents", "clarifications", "objections",
            "complaints", "suspensions", "bids",
            "candidates", "rejected", "evaluation", "award",
        ]  # fmt: skip
        read_only_fields = fields


class PrequalificationSerializer(Shown):
    """The result is told by ``enough`` alone; ``digest`` binds who applied and who passed until the opening."""

    package = serializers.IntegerField(source="package.number", read_only=True)

    class Meta:
        model = Prequalification
        fields = [
            "package", "state", "mode", "most", "standard", "documents_from", "documents_issued_on", "documents_until",
            "due_at", "submission", "place", "published_at", "concluded_at", "enough", "digest",
        ]  # fmt: skip
        read_only_fields = fields


# -- openings ----------------------------------------------------------------------------------------------------------


class ObservationSerializer(Shown):
    class Meta:
        model = Observation
        fields = ["number", "item", "finding", "text", "observed_at", "reply", "replied_at"]
        read_only_fields = fields


class AttendanceSerializer(Shown):
    """One observer in the room, by office and not by name."""

    observations = ObservationSerializer(many=True, read_only=True)

    class Meta:
        model = Attendance
        fields = ["remote", "signed_in_at", "signed_out_at", "opinion", "opinion_at", "observations"]
        read_only_fields = fields


class InvitationSerializer(Shown):
    institution: serializers.Field = serializers.SlugRelatedField("name", read_only=True)
    institution_kind = serializers.ChoiceField(Organisation.Kind.choices, source="institution.kind", read_only=True)
    attendances = AttendanceSerializer(many=True, read_only=True)

    class Meta:
        model = Invitation
        fields = ["institution", "institution_kind", "means", "sent_at", "mode", "reason", "attendances"]
        read_only_fields = fields


class SessionSerializer(Shown):
    class Meta:
        model = Opening
        fields = ["chair", "recorder", "bid_supervisor", "seals_checked_by", "seals_finding", "recording", "notes"]
        read_only_fields = fields


class OpeningSerializer(Revealed):
    """The opening of a package: when and where, who watched, what was read, and the record once it is published."""

    embargoes = {"bids": "opened_at", "record": "opening_concluded_at"}

    package = serializers.IntegerField(source="number", read_only=True)
    place = serializers.CharField(source="opening_place", read_only=True)
    observers = InvitationSerializer(source="invitations", many=True, read_only=True)
    bids = BidSerializer(source="revealed_bids", many=True, read_only=True, allow_null=True)
    record = SessionSerializer(source="published_session", read_only=True, allow_null=True)

    class Meta:
        model = Package
        fields = ["package", "place", "bids_due_at", "opened_at", "opening_concluded_at", "observers", "bids", "record"]
        read_only_fields = fields
