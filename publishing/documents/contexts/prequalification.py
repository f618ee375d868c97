"""The papers of a prequalification: its notice (D13), and the letters to those who applied, which are never public."""

from publishing.documents.contexts.project import Context, approvals_of, funding_of, listed
from publishing.documents.contexts.tender import full_name, of_package, titled
from publishing.documents.wording import amount, clause, count, day, days, moment
from tenders.models import Applicant, Package, Prequalification


def title(prequalification: Prequalification) -> str:
    return titled(prequalification.package, "资格预审公告")


def notice(prequalification: Prequalification) -> Context:
    package = prequalification.package
    return {
        **of_package(package),
        **_subject(package),
        **_review(prequalification),
        "文件发出日期": day(prequalification.documents_issued_on),
        "文件截止日期": day(prequalification.documents_until),
        "文件获取方式": prequalification.documents_from,
        "资格预审文件": [{"名称": d.title, "指纹": d.sha256} for d in prequalification.documents],
        "申请截止时间": moment(prequalification.due_at),
        "递交方式": prequalification.submission,
        "递交地点": prequalification.place,
        "公布日期": day(prequalification.documents_issued_on),
    }


def _subject(package: Package) -> Context:
    return {
        "类别": package.get_category_display(),
        "核准文号": package.approval_number,
        "招标范围": package.scope,
        "估算价": amount(package.estimate_fen),
        "计划工期": days(package.duration_days),
        "质量要求": package.quality,
        "资格要求": package.qualification,
        "联合体": "接受" if package.consortium_allowed else "不接受",
        "资金来源": listed(source["名称"] for source in funding_of(package.project)["资金来源"]),
        "审批": approvals_of(package.project),
        "政府采购": package.is_procurement,
        "发布媒介": clause(package.media),
        "代理机构": package.agency,
        "代理机构联系": package.agency_contact,
        "自行招标备案": package.self_filing,
        "举报渠道": clause(package.fairness_channel),
        "招标人地址": package.project.owner.address or package.project.contact_address,
    }


def _review(prequalification: Prequalification) -> Context:
    return {
        "审查方法": prequalification.get_mode_display(),
        "最多家数": f"{count(prequalification.most)}家" if prequalification.most else "",
        "审查标准": prequalification.standard,
    }


def pass_title(applicant: Applicant) -> str:
    return titled(applicant.package, f"资格预审合格通知书（{applicant.applicant}）")


def fail_title(applicant: Applicant) -> str:
    return titled(applicant.package, f"资格预审结果通知书（{applicant.applicant}）")


def letter(applicant: Applicant) -> Context:
    """What an applicant is told: its own result, and nothing of anybody else (EM-01)."""
    package = applicant.package
    return {
        **of_package(package),
        "申请人": applicant.applicant,
        "招标项目": full_name(package),
        "理由": applicant.reason,
        "公布日期": day(package.prequalification.concluded_at),
    }
