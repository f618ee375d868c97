"""What the integrity contract demands, and what the two contracts demand of each other."""

import re
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from contracts.gates import contracts_of
from contracts.models import Contract
from integrity.models import IntegrityContract
from statutes.refusal import Refusal, rests_on
from tenders.gates import blank_labels, incomplete
from tenders.law import day, refuse
from tenders.models import Project

INTEGRITY_FIELDS = (
    "owner_supervision", "owner_supervision_phone", "contractor_supervision", "contractor_supervision_phone", "hotline",
    "hotline_address", "owner_liaison", "contractor_liaison", "copies",
)  # fmt: skip
# Words by which a clause would settle what belongs into the business contract
PRICE_TERM = re.compile(r"价款|合同价|单价|总价|结算|预付款|进度款|工期|竣工日期|质量标准|[0-9０-９.,，]+\s*万?元")


def integrity_contract_of(contract: Contract) -> IntegrityContract | None:
    return getattr(contract, "integrity_contract", None)


@rests_on("AW-16", "G2")
def integrity_contract_is_complete(contract: Contract, at: datetime) -> Refusal | None:
    integrity_contract = integrity_contract_of(contract)
    if integrity_contract is None:
        return refuse("AW-16", _("还没有起草廉政合同：两份合同须同时签订。"), day(at))
    return incomplete("AW-16", _("廉政合同"), blank_labels(integrity_contract, INTEGRITY_FIELDS), at)


@rests_on("AW-16")
def integrity_contract_is_signed_by_both(contract: Contract, at: datetime) -> Refusal | None:
    integrity_contract = integrity_contract_of(contract)
    if integrity_contract and integrity_contract.is_signed_by_both:
        return None
    message = _("廉政合同还没有双方签字：廉政合同与施工合同须同时签订，只签一份不生效。")
    return refuse("AW-16", message, day(at))


@rests_on("AW-16")
def both_contracts_are_signed_on_one_day(contract: Contract, at: datetime) -> Refusal | None:
    integrity_contract = integrity_contract_of(contract)
    signings = [c for c in (contract, integrity_contract) if c and c.is_signed_by_both]
    days = {d for c in signings for d in (c.owner_signed_on, c.contractor_signed_on)}
    if len(days) <= 1:
        return None
    return refuse("AW-16", _("施工合同与廉政合同的双方签字须在同一天。"), day(at))


@rests_on("AW-16")
def signing_day_is_today(contract: Contract, at: datetime) -> Refusal | None:
    if contract.owner_signed_on in (None, day(at)):
        return None
    return refuse("AW-16", _("签字日期须是办理签约的当天。"), day(at))


@rests_on("EX-11")
def no_integrity_deposit_is_taken(contract: Contract, at: datetime) -> Refusal | None:
    integrity_contract = integrity_contract_of(contract)
    if integrity_contract is None or not integrity_contract.deposit_fen:
        return None
    message = _("不得收取廉政保证金：除投标、履约、工程质量、农民工工资保证金外，不得收取其他保证金。")
    return refuse("EX-11", message, day(at))


@rests_on("AW-08", "G3")
def integrity_contract_has_no_price_term(contract: Contract, at: datetime) -> Refusal | None:
    integrity_contract = integrity_contract_of(contract)
    found = PRICE_TERM.search(integrity_contract.further_terms) if integrity_contract else None
    if found is None:
        return None
    message = _("廉政合同不得约定价款、工期、质量等实质性内容（见“%(term)s”）。") % {"term": found.group()}
    return refuse("AW-08", message, day(at))


@rests_on("AW-16")
def integrity_contract_is_in_force(project: Project, at: datetime) -> Refusal | None:
    contracts: list[Any] = [integrity_contract_of(contract) for contract in contracts_of(project)]
    if contracts and all(c is not None and c.state == IntegrityContract.State.SIGNED for c in contracts):
        return None
    return refuse("AW-16", _("廉政合同未与施工合同同时签订，不能开工。"), day(at))
