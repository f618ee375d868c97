"""Contracts and papers in public. A field is public only if it is named here."""

from rest_framework import serializers

from contracts.models import Commencement, Contract, Document
from integrity.models import IntegrityContract

SIGNATURES = ["owner_signed_by", "owner_signed_on", "contractor_signed_by", "contractor_signed_on", "signed_at"]


class DocumentSerializer(serializers.ModelSerializer):
    entry = serializers.IntegerField(source="caused_by_id", read_only=True)
    url = serializers.SerializerMethodField()

    class Meta:
        model = Document
        fields = ["title", "template", "subject", "entry", "sha256", "size", "published_at", "url"]
        read_only_fields = fields

    def get_url(self, document: Document) -> str:
        return self.context["request"].build_absolute_uri(f"/documents/{document.file_name}")


class IntegrityContractSerializer(serializers.ModelSerializer):
    class Meta:
        model = IntegrityContract
        fields = [
            "number", "owner_supervision", "owner_supervision_phone", "contractor_supervision",
            "contractor_supervision_phone", "hotline", "hotline_address", "owner_liaison", "contractor_liaison",
            "further_terms", "deposit_fen", "copies", *SIGNATURES,
        ]  # fmt: skip
        read_only_fields = fields


class CommencementSerializer(serializers.ModelSerializer):
    class Meta:
        model = Commencement
        fields = ["permit_number", "permit_organ", "permit_on", "starts_on", "supervisor"]
        read_only_fields = fields


class ContractSerializer(serializers.ModelSerializer):
    package: serializers.Field = serializers.SlugRelatedField("number", read_only=True)
    owner: serializers.Field = serializers.SlugRelatedField("name", read_only=True)
    integrity_contract = IntegrityContractSerializer(read_only=True)
    commencement = CommencementSerializer(source="published_commencement", read_only=True, allow_null=True)
    documents = serializers.SerializerMethodField()

    class Meta:
        model = Contract
        fields = [
            "package", "number", "owner", "contractor", "contractor_code", "scope", "price_fen", "safety_fee_fen",
            "provisional_fen", "price_form", "duration_days", "planned_start_on", "planned_completion_on", "quality",
            "project_manager", "payment_terms", "performance_bond_fen", "payment_guarantee", "warranty",
            "dispute_resolution", "signing_place", "copies", *SIGNATURES, "bonds_returned_on", "integrity_contract",
            "commencement", "documents",
        ]  # fmt: skip
        read_only_fields = fields

    def get_documents(self, contract: Contract) -> list[str]:
        """The digests of the papers of both contracts, as the register of documents lists them."""
        subjects = {contract.path, contract.integrity_contract.path}
        return [document.sha256 for document in self.context["papers"] if document.subject in subjects]
