"""Drafts after the award: both contracts on one sheet, the start of works."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy

from contracts.models import Commencement, Contract
from integrity.models import IntegrityContract
from portal.staff.fields import draft_field
from portal.staff.forms import DraftForm, Group, names_in

SIGNATURES = ("owner_signed_by", "owner_signed_on", "contractor_signed_by", "contractor_signed_on")


CONTRACT: tuple[Group, ...] = (
    (
        gettext_lazy("双方"),
        (
            "number", "owner_agent", "contractor", "contractor_code", "contractor_representative",
            "contractor_address", "contractor_phone",
        ),
    ),
    (
        gettext_lazy("工程与工期"),
        ("scope", "duration_days", "planned_start_on", "planned_completion_on", "quality", "project_manager"),
    ),
    (
        gettext_lazy("价款与担保"),
        (
            "price_fen", "safety_fee_fen", "provisional_fen", "price_form", "payment_terms", "performance_bond_fen",
            "payment_guarantee",
        ),
    ),
    (gettext_lazy("其他"), ("warranty", "dispute_resolution", "signing_place", "copies")),
    (gettext_lazy("签字"), SIGNATURES),
)  # fmt: skip


class ContractForm(DraftForm):
    title = gettext_lazy("施工合同")
    groups: ClassVar = CONTRACT

    class Meta:
        model = Contract
        fields = names_in(CONTRACT)
        formfield_callback = draft_field


INTEGRITY_CONTRACT: tuple[Group, ...] = (
    (gettext_lazy("合同"), ("number", "copies")),
    (
        gettext_lazy("监督"),
        (
            "owner_supervision", "owner_supervision_phone", "contractor_supervision", "contractor_supervision_phone",
            "hotline", "hotline_address", "owner_liaison", "contractor_liaison",
        ),
    ),
    (gettext_lazy("条款"), ("further_terms", "deposit_fen")),
    (gettext_lazy("签字"), SIGNATURES),
)  # fmt: skip


class IntegrityContractForm(DraftForm):
    title = gettext_lazy("廉政合同")
    layout = "staff/parts/form.html"
    groups: ClassVar = INTEGRITY_CONTRACT

    class Meta:
        model = IntegrityContract
        fields = names_in(INTEGRITY_CONTRACT)
        formfield_callback = draft_field

    def __init__(self, data: Any = None, *, owner: Contract) -> None:
        super().__init__(data, prefix="integrity", instance=owner.integrity_contract)


class CommencementForm(DraftForm):
    class Meta:
        model = Commencement
        fields = ("permit_number", "permit_organ", "permit_on", "supervisor", "starts_on")
        formfield_callback = draft_field
