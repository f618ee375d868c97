"""The papers before a tender is announced: its plan (D11), the fair-competition review (D12), the data sheet (D14)."""

from publishing.documents.contexts.project import Context, approvals_of, funding_of, listed
from publishing.documents.contexts.tender import full_name, of_package, tender_notice, titled
from publishing.documents.wording import amount, day, moment
from tenders.models import FairnessReview, Package, Track


def plan_title(package: Package) -> str:
    return titled(package, _plan_kind(package))


def _plan_kind(package: Package) -> str:
    return "政府采购意向" if package.track == Track.PROCUREMENT else "招标计划"


def tender_plan(package: Package) -> Context:
    project = package.project
    return {
        **of_package(package),
        "文种": _plan_kind(package),
        "类别": package.get_category_display(),
        "适用程序": package.get_track_display(),
        "招标范围": package.scope,
        "估算价": amount(package.estimate_fen),
        "计划日期": day(package.planned_on),
        "资金来源": listed(source["名称"] for source in funding_of(project)["资金来源"]),
        "公布日期": moment(package.planned_at),
    }


def review_title(review: FairnessReview) -> str:
    return titled(review.package, f"公平竞争审查表（第{review.number}次）")


def fairness_review(review: FairnessReview) -> Context:
    package = review.package
    return {
        **of_package(package),
        "审查次数": str(review.number),
        "审查条目": [
            {
                "序号": str(position),
                "内容": finding.get_clause_display(),
                "结果": finding.get_verdict_display(),
                "说明": finding.remark,
            }
            for position, finding in enumerate(review.findings.all(), start=1)
        ],
        "审查结论": review.get_conclusion_display(),
        "例外理由": review.exception_ground,
        "审查岗位": review.reviewer.get_role_display(),
        "审查时间": moment(review.reviewed_at),
        "招标文件": [{"名称": d.title, "指纹": d.sha256} for d in package.documents.all()],
        "举报渠道": package.fairness_channel,
    }


def documents_title(package: Package) -> str:
    return titled(package, "招标文件前附表")


def tender_documents(package: Package) -> Context:
    """All that the announcement says, and what only a bidder needs to know."""
    return {
        **tender_notice(package),
        "招标项目": full_name(package),
        "采用的标准文本": package.standard_text,
        "技术要求": package.technical,
        "报价要求": package.price_terms,
        "审批": approvals_of(package.project),
    }
