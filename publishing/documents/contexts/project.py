"""What several papers say of a project."""

from collections.abc import Iterable
from typing import Any

from publishing.documents.wording import amount, day, figures
from tenders.models import Project

Context = dict[str, Any]


def of_project(project: Project) -> Context:
    owner = project.owner
    return {
        "项目编号": project.number,
        "项目代码": project.code,
        "项目名称": project.name,
        "建设单位": owner.name,
        "建设地点": project.site,
        "建设规模": project.scale,
        "投资估算": amount(project.estimate_fen),
        "联系人": project.contact_name,
        "联系电话": project.contact_phone,
        "来信地址": project.contact_address,
        "电子邮箱": project.contact_email,
        "监督电话": project.hotline,
    }


def funding_of(project: Project) -> Context:
    sources = list(project.funding.all())
    return {
        "资金来源": [{"名称": source.name, "金额": figures(source.amount_fen)} for source in sources],
        "资金合计": figures(sum(source.amount_fen for source in sources)),
    }


def approvals_of(project: Project) -> list[Context]:
    return [
        {"事项": a.title, "文号": a.number, "机关": a.organ, "日期": day(a.approved_on)}
        for a in project.approvals.all()
    ]


def listed(names: Iterable[str]) -> str:
    return "、".join(names)
