"""The integrity contract that is signed with the business contract (D30)."""

from integrity.models import IntegrityContract
from publishing.documents.contexts.contract import signing
from publishing.documents.contexts.project import Context
from publishing.documents.contexts.tender import full_name, titled
from publishing.documents.wording import count


def title(integrity_contract: IntegrityContract) -> str:
    contract = integrity_contract.contract
    return titled(contract.package, "廉政合同")


def integrity_contract_paper(integrity_contract: IntegrityContract) -> Context:
    contract = integrity_contract.contract
    return {
        **signing(integrity_contract),
        **_supervision(integrity_contract),
        "合同编号": integrity_contract.number,
        "主合同编号": contract.number,
        "项目编号": contract.project.number,
        "工程名称": full_name(contract.package),
        "发包人": contract.owner.name,
        "承包人": contract.contractor,
        "补充条款": integrity_contract.further_terms,
        "份数": count(integrity_contract.copies),
    }


def _supervision(integrity_contract: IntegrityContract) -> Context:
    return {
        "发包人监督单位": integrity_contract.owner_supervision,
        "发包人监督单位电话": integrity_contract.owner_supervision_phone,
        "承包人监督单位": integrity_contract.contractor_supervision,
        "承包人监督单位电话": integrity_contract.contractor_supervision_phone,
        "举报电话": integrity_contract.hotline,
        "举报来信地址": integrity_contract.hotline_address,
        "发包人廉政联络员": integrity_contract.owner_liaison,
        "承包人廉政联络员": integrity_contract.contractor_liaison,
    }
