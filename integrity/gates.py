"""What the two contracts demand of each other, whom an opening must invite, and how an objection stops the clock."""

import re
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Organisation
from contracts.gates import contracts_of
from contracts.models import Contract
from integrity.models import IntegrityContract, Objection, Observation
from statutes.refusal import Refusal, rests_on
from tenders.gates import blank_labels, incomplete
from tenders.law import day, due_day, law, refuse
from tenders.models import Package, Project

INTEGRITY_FIELDS = (
    "owner_supervision", "owner_supervision_phone", "contractor_supervision", "contractor_supervision_phone", "hotline",
    "hotline_address", "owner_liaison", "contractor_liaison", "copies",
)  # fmt: skip
# Words by which a clause would settle what belongs into the business contract
PRICE_TERM = re.compile(r"价款|合同价|单价|总价|结算|预付款|进度款|工期|竣工日期|质量标准|[0-9０-９.,，]+\s*万?元")


def integrity_contract_of(contract: Contract) -> IntegrityContract | None:
    return getattr(contract, "integrity_contract", None)


@rests_on("AW-16")
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


@rests_on("AW-08")
def integrity_contract_has_no_price_term(contract: Contract, at: datetime) -> Refusal | None:
    integrity_contract = integrity_contract_of(contract)
    found = PRICE_TERM.search(integrity_contract.further_terms) if integrity_contract else None
    if found is None:
        return None
    message = _("廉政合同不得约定价款、工期、质量等实质性内容（见“%(term)s”）。") % {"term": found.group()}
    return refuse("AW-08", message, day(at))


# -- observers ---------------------------------------------------------------------------------------------------------


def every_institution_is_invited(package: Package, at: datetime) -> Refusal | None:
    invited = package.invitations.filter(sent_at__lte=at).values_list("institution_id", flat=True)
    missing = [o.name for o in Organisation.objects.to_be_invited() if o.pk not in set(invited)]
    if not missing:
        return None
    message = _("开标前须邀请监督单位，尚未邀请：%(missing)s。") % {"missing": "、".join(missing)}
    return Refusal("invitation", message, _("本局开标监督制度"))


def every_invitation_has_its_outcome(package: Package, at: datetime) -> Refusal | None:
    open_ones = [i.institution.name for i in package.invitations.filter(mode="").select_related("institution")]
    if not open_ones:
        return None
    message = _("还没有登记出席情况：%(names)s。到场由监督代表签到，未到场须写明原因。") % {
        "names": "、".join(open_ones)
    }
    return Refusal("attendance", message, _("本局开标监督制度"))


def every_concern_is_answered(package: Package, at: datetime) -> Refusal | None:
    concerns = Observation.objects.filter(
        attendance__invitation__package=package, finding=Observation.Finding.CONCERN, replied_at=None
    ).count()
    if not concerns:
        return None
    message = _("监督代表提出的%(n)d个异常情况还没有答复。") % {"n": concerns}
    return Refusal("concern", message, _("本局开标监督制度"))


# -- objections --------------------------------------------------------------------------------------------------------


@rests_on("OB-05")
def no_objection_is_open(package: Package, at: datetime) -> Refusal | None:
    waiting = package.objections.open().count()
    if not waiting:
        return None
    message = _("有%(n)d个异议尚未答复：答复之前应当暂停招标投标活动。") % {"n": waiting}
    return refuse("OB-05", message, day(at))


def objection_is_on_time(package: Package, at: datetime, kind: str) -> Refusal | None:
    window = OBJECTION_WINDOWS[Objection.Kind(kind)]
    return window(package, at)


@rests_on("OB-02")
def documents_can_be_objected_to(package: Package, at: datetime) -> Refusal | None:
    if package.state == Package.State.ANNOUNCED and package.bids_due_at:
        latest = due_day("OB-02", day(package.bids_due_at)).literal  # backwards, a holiday does not shorten it
        if day(at) <= latest:
            return None
    message = _("对招标文件的异议应当在投标截止%(n)s日前提出。") % {"n": law("OB-02", day(at)).amount}
    return refuse("OB-02", message, day(at))


@rests_on("OB-03")
def opening_can_be_objected_to(package: Package, at: datetime) -> Refusal | None:
    if package.state == Package.State.OPENING:
        return None
    return refuse("OB-03", _("对开标的异议应当在开标现场提出。"), day(at))


@rests_on("OB-04")
def result_can_be_objected_to(package: Package, at: datetime) -> Refusal | None:
    if package.state == Package.State.CANDIDATES:
        return None
    return refuse("OB-04", _("对评标结果的异议应当在中标候选人公示期间提出。"), day(at))


OBJECTION_WINDOWS = {
    Objection.Kind.DOCUMENTS: documents_can_be_objected_to,
    Objection.Kind.OPENING: opening_can_be_objected_to,
    Objection.Kind.RESULT: result_can_be_objected_to,
}


# -- start of works ----------------------------------------------------------------------------------------------------


@rests_on("AW-16")
def integrity_contract_is_in_force(project: Project, at: datetime) -> Refusal | None:
    contracts: list[Any] = [integrity_contract_of(contract) for contract in contracts_of(project)]
    if contracts and all(c is not None and c.state == IntegrityContract.State.SIGNED for c in contracts):
        return None
    return refuse("AW-16", _("廉政合同未与施工合同同时签订，不能开工。"), day(at))
