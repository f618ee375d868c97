"""What the business contract must hold before it is signed, and what must be in hand before works start."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from contracts.models import Contract
from statutes.refusal import Refusal, rests_on
from tenders.gates import blank_labels, incomplete, labels_of
from tenders.law import day, due_day, figure, law, listed, refuse, shown
from tenders.models import Package, Project

CONTRACT_FIELDS = (
    "contractor_address", "contractor_representative", "contractor_phone", "scope", "price_fen", "duration_days",
    "planned_start_on", "planned_completion_on", "quality", "project_manager", "payment_terms", "warranty",
    "dispute_resolution", "signing_place", "copies",
)  # fmt: skip
# Of the owner, who is an organisation that an administrator keeps
OWNER_FIELDS = ("credit_code", "address", "representative", "phone")
# What the award fixes, and the contract may not change: its field, the bid's field
FIXED_BY_AWARD = ("price_fen", "duration_days", "quality", "project_manager")


@rests_on("AW-07")
def contract_is_complete(contract: Contract, at: datetime) -> Refusal | None:
    blank = blank_labels(contract, CONTRACT_FIELDS)
    blank += [f"{contract.owner}{label}" for label in blank_labels(contract.owner, OWNER_FIELDS)]
    return incomplete("AW-07", _("施工合同"), blank, at)


@rests_on("AW-07")
def contract_is_signed_by_both(contract: Contract, at: datetime) -> Refusal | None:
    if contract.is_signed_by_both:
        return None
    return refuse("AW-07", _("施工合同还没有双方签字：签字人和签字日期须填全。"), day(at))


@rests_on("AW-04")
def package_is_awarded(contract: Contract, at: datetime) -> Refusal | None:
    if contract.package.state == Package.State.AWARDED:
        return None
    return refuse("AW-04", _("标段尚未定标，不能签订合同。"), day(at))


@rests_on("AW-13")
def award_can_be_revoked(package: Package, at: datetime) -> Refusal | None:
    """A signed contract ends the time in which a winner can lose the award."""
    signed = Contract.objects.filter(package=package).exclude(signed_at=None).exists()
    if package.state == Package.State.AWARDED and not signed:
        return None
    return refuse("AW-13", _("定标之后、合同签订之前，才能取消中标资格。"), day(at))


@rests_on("GP-15")
def result_was_public_long_enough(contract: Contract, at: datetime) -> Refusal | None:
    """The result of a government procurement stands for its time before anything is signed on it."""
    package = contract.package
    if not package.is_procurement or package.awarded_at is None:
        return None
    awarded = day(package.awarded_at)
    end = due_day("GP-15", awarded).strict
    if day(at) > end:
        return None
    figures = {"period": figure(law("GP-15", awarded)), "end": shown(end)}
    message = _("中标公告期限为%(period)s，到%(end)s24时；期满以后才能签订合同。") % figures
    return refuse("GP-15", message, awarded)


@rests_on("AW-08")
def contract_follows_the_award(contract: Contract, at: datetime) -> Refusal | None:
    winner = contract.package.result.winner
    changed = [name for name in FIXED_BY_AWARD if getattr(contract, name) != getattr(winner, name)]
    if contract.contractor_code != winner.credit_code:
        changed.append("contractor")
    if not changed:
        return None
    labels = listed(labels_of(contract, changed))
    message = _("合同的%(labels)s与中标结果不一致：不得另行订立背离合同实质性内容的协议。") % {"labels": labels}
    return refuse("AW-08", message, day(at))


@rests_on("AW-09", "GP-20")
def performance_bond_is_within_the_cap(contract: Contract, at: datetime) -> Refusal | None:
    rule = law("GP-20" if contract.package.is_procurement else "AW-09", day(at))
    cap = int(contract.price_fen * (rule.amount or 0))
    if contract.performance_bond_fen <= cap:
        return None
    figures = {"share": figure(rule), "cap": f"{cap / 100:,.2f}", "bond": f"{contract.performance_bond_fen / 100:,.2f}"}
    message = _("履约保证金不得超过中标合同金额的%(share)s，即%(cap)s元，现为%(bond)s元。") % figures
    return refuse(rule.id, message, day(at))


@rests_on("AW-12")
def payment_is_guaranteed(contract: Contract, at: datetime) -> Refusal | None:
    if contract.payment_guarantee:
        return None
    return refuse("AW-12", _("建设单位须向施工单位提供工程款支付担保。"), day(at))


# -- start of works ----------------------------------------------------------------------------------------------------


def contracts_of(project: Project) -> list[Contract]:
    return list(Contract.objects.filter(package__project=project).select_related("package"))


@rests_on("EX-03")
def contract_is_in_force(project: Project, at: datetime) -> Refusal | None:
    if any(contract.state == Contract.State.SIGNED for contract in contracts_of(project)):
        return None
    return refuse("EX-03", _("施工合同尚未签订，不能开工。"), day(at))


@rests_on("EX-03")
def construction_is_permitted(project: Project, at: datetime) -> Refusal | None:
    blank: list[str] = []
    for contract in contracts_of(project):
        commencement: Any = getattr(contract, "commencement", None)
        fields = ("permit_number", "permit_organ", "permit_on", "starts_on", "supervisor")
        blank += blank_labels(commencement, fields) if commencement else [_("开工材料")]
    return incomplete("EX-03", _("开工条件"), blank, at)


@rests_on("EX-03")
def start_day_has_come(project: Project, at: datetime) -> Refusal | None:
    days = [c.commencement.starts_on for c in contracts_of(project) if hasattr(c, "commencement")]
    early = [starts_on for starts_on in days if starts_on and starts_on > day(at)]
    if not early:
        return None
    return refuse("EX-03", _("开工日期%(day)s还没有到。") % {"day": shown(max(early))}, day(at))
