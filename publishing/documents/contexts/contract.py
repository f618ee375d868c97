"""The business contract after the model text GF-2017-0201 (D29)."""

from contracts.models import Contract, Signed
from publishing.documents.contexts.project import Context, approvals_of, funding_of, listed
from publishing.documents.contexts.tender import full_name, titled
from publishing.documents.wording import amount, clause, count, day


def title(contract: Contract) -> str:
    return titled(contract.package, "施工合同")


def contract_paper(contract: Contract) -> Context:
    return {
        **_works(contract),
        **_terms(contract),
        **_parties(contract),
        **signing(contract),
        "合同编号": contract.number,
        "签订地点": contract.signing_place,
        **_copies(contract.copies),
    }


def _works(contract: Contract) -> Context:
    project = contract.project
    return {
        "工程名称": full_name(contract.package),
        "工程地点": clause(project.site),
        "批准文号": listed(approval["文号"] for approval in approvals_of(project)),
        "资金来源": listed(source["名称"] for source in funding_of(project)["资金来源"]),
        "工程内容": project.scale,
        "承包范围": contract.scope,
        "计划开工日期": day(contract.planned_start_on),
        "计划竣工日期": day(contract.planned_completion_on),
        "总日历天数": str(contract.duration_days or ""),
        "质量标准": clause(contract.quality),
    }


def _terms(contract: Contract) -> Context:
    return {
        "签约合同价": amount(contract.price_fen),
        "安全文明施工费": amount(contract.safety_fee_fen),
        "暂列金额": amount(contract.provisional_fen),
        "合同价格形式": contract.get_price_form_display(),
        "项目经理": contract.project_manager,
        "付款方式": contract.payment_terms,
        "履约担保": amount(contract.performance_bond_fen),
        "支付担保": contract.payment_guarantee,
        "质量保修": contract.warranty,
        "争议解决": contract.dispute_resolution,
    }


def _parties(contract: Contract) -> Context:
    owner = contract.owner
    return {
        "发包人": owner.name,
        "发包人代码": owner.credit_code,
        "发包人地址": owner.address,
        "发包人法定代表人": owner.representative,
        "发包人委托代理人": contract.owner_agent,
        "发包人电话": owner.phone,
        "承包人": contract.contractor,
        "承包人代码": contract.contractor_code,
        "承包人地址": contract.contractor_address,
        "承包人法定代表人": contract.contractor_representative,
        "承包人电话": contract.contractor_phone,
    }


def signing(signed: Signed) -> Context:
    """Who signed and when. The contract is concluded with the later signature (民法典 490)."""
    days = [d for d in (signed.owner_signed_on, signed.contractor_signed_on) if d]
    return {
        "发包人签字人": signed.owner_signed_by,
        "承包人签字人": signed.contractor_signed_by,
        "签订日期": day(max(days)) if len(days) == 2 else "",
    }


def _copies(number: int) -> Context:
    return {"份数": count(number), "发包人份数": count(number - number // 2), "承包人份数": count(number // 2)}
