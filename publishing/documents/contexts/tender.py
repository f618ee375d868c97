"""The tender announcement (D13), or the invitation where the tender is selective."""

from publishing.documents.contexts.project import Context, approvals_of, funding_of, listed, of_project
from publishing.documents.wording import amount, clause, day, days, moment
from tenders.models import Package, TenderDocument

PREQUALIFIED = "本次招标已经进行资格预审：只有通过资格预审的申请人可以投标，其他的投标文件依法拒收。"


def titled(package: Package, paper: str) -> str:
    """Return what a paper of a tender is called: 陵园公园改扩建工程（第1标段）招标公告."""
    return f"{package.project.name}（第{package.number}标段）{paper}"


def title(package: Package) -> str:
    return titled(package, _kind(package))


def _kind(package: Package) -> str:
    return "投标邀请书" if package.method == Package.Method.SELECTIVE else "招标公告"


def full_name(package: Package) -> str:
    """The name of what is tendered for. A lot is often named with its project already in front."""
    name, project = package.name, package.project.name
    return name if name.startswith(project) else project + name


def of_package(package: Package) -> Context:
    """What all papers of a tender say of it."""
    return {
        **of_project(package.project),
        "标段号": str(package.number),
        "标段名称": package.name,
        "招标项目": full_name(package),
        "招标编号": package.tender_number,
        "招标方式": package.get_method_display(),
        "开标地点": package.opening_place,
        "异议联系": package.objection_contact,
        "行政监督部门": clause(package.supervisor),
    }


def files_of(package: Package) -> list[Context]:
    """The files of the tender documents."""
    files = package.documents.exclude(kind=TenderDocument.Kind.PREQUALIFICATION)
    return [{"类别": d.get_kind_display(), "名称": d.title, "指纹": d.sha256} for d in files]


def tender_notice(package: Package) -> Context:
    project = package.project
    return {
        **of_package(package),
        **_subject(package),
        **_bidding(package),
        "文种": _kind(package),
        "资金来源": listed(source["名称"] for source in funding_of(project)["资金来源"]),
        "审批": approvals_of(project),
        "公布日期": day(package.documents_issued_on),
    }


def _subject(package: Package) -> Context:
    return {
        "类别": package.get_category_display(),
        "邀请招标": package.method == Package.Method.SELECTIVE,
        "不公开招标的情形": package.get_method_ground_display(),
        "不公开招标的理由": package.method_reason,
        "核准文号": package.approval_number,
        "重新招标": package.retender_of is not None,
        "原招标编号": package.retender_of.tender_number if package.retender_of else "",
        "招标范围": package.scope,
        "估算价": amount(package.estimate_fen),
        "最高投标限价": amount(package.limit_price_fen),
        "计划工期": days(package.duration_days),
        "质量要求": package.quality,
        "资格要求": f"{package.qualification}\n{PREQUALIFIED}" if package.is_prequalified else package.qualification,
        "联合体": "接受" if package.consortium_allowed else "不接受",
    }


def _bidding(package: Package) -> Context:
    return {
        "文件发出日期": day(package.documents_issued_on),
        "文件截止日期": day(package.documents_until),
        "文件获取方式": package.documents_from,
        "招标文件": files_of(package),
        "递交方式": package.submission,
        "电子交易平台": package.platform,
        "投标截止时间": moment(package.bids_due_at),
        "投标有效期": days(package.bid_validity_days),
        "投标保证金": amount(package.bid_bond_fen),
        "评标办法": package.evaluation_method,
        "政府采购": package.track == Package.Track.PROCUREMENT,
        "发布媒介": clause(package.media),
        "代理机构": package.agency,
        "代理机构联系": package.agency_contact,
        "自行招标备案": package.self_filing,
        "举报渠道": clause(package.fairness_channel),
        "招标人地址": package.project.owner.address or package.project.contact_address,
    }
