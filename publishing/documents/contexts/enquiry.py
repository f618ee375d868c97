"""Clarifications and changes (D15), suspensions, resumptions and the end of a tender (D16)."""

from ledger.models import Entry
from publishing.documents.contexts.project import Context
from publishing.documents.contexts.tender import of_package, titled
from publishing.documents.wording import day, day_of, moment
from publishing.texts.enquiry import FOLLOWING, word_of_ground
from tenders.gates.enquiry import rule_before_deadline
from tenders.gates.standstill import ending_of
from tenders.law import day as day_on
from tenders.law import law
from tenders.models import Clarification, Ending, Package, Suspension

RULES_OF_ENDS = {
    Ending.Ground.TOO_FEW_BIDDERS.value: "EV-03",
    Ending.Ground.ALL_REJECTED.value: "EV-16",
}


def clarification_title(clarification: Clarification) -> str:
    kind = f"招标文件{clarification.get_kind_display()}公告（第{clarification.number}号）"
    return titled(clarification.package, kind)


def clarification(clarification: Clarification) -> Context:
    return {
        **of_package(clarification.package),
        "依据": law(rule_before_deadline(clarification.package), day_on(clarification.published_at)).citation,
        "种类": clarification.get_kind_display(),
        "序号": str(clarification.number),
        "章节条款": clarification.item,
        "问题": clarification.question,
        "原文": clarification.old_text,
        "修改后": clarification.new_text,
        "内容": clarification.text,
        "影响投标": "是" if clarification.affects_bids else "否",
        "顺延": clarification.moves_the_deadline and clarification.affects_bids,
        "原截止时间": moment(clarification.old_due_at),
        "现截止时间": moment(clarification.new_due_at),
        "公布日期": day_of(clarification.published_at),
    }


def suspension_title(suspension: Suspension) -> str:
    return titled(suspension.package, "暂停招标投标活动公告")


def suspension(suspension: Suspension) -> Context:
    return {
        **of_package(suspension.package),
        "责令": bool(suspension.ordered_by),
        "责令部门": suspension.ordered_by,
        "文书编号": suspension.order_number,
        "理由": suspension.reason,
        "依据": suspension.basis,
        "暂停时间": moment(suspension.suspended_at),
        "暂停至": day(suspension.ends_on),
        "原截止时间": moment(suspension.old_due_at),
        "公布日期": day_of(suspension.suspended_at),
    }


def resumption_title(suspension: Suspension) -> str:
    return titled(suspension.package, "恢复招标投标活动公告")


def resumption(suspension: Suspension) -> Context:
    return {
        **of_package(suspension.package),
        "恢复时间": moment(suspension.resumed_at),
        "恢复理由": suspension.resume_reason,
        "暂停时间": moment(suspension.suspended_at),
        "原截止时间": moment(suspension.old_due_at),
        "现截止时间": moment(suspension.new_due_at),
        "公布日期": day_of(suspension.resumed_at),
    }


def ending_title(package: Package) -> str:
    return titled(package, f"{_kind_of_end(package)}公告")


def ending(package: Package) -> Context:
    """Why a tender ended is told as its entry has it; before, it is a form with a blank."""
    written, said = ending_of(package), _said(package)
    return {
        **of_package(package),
        "文种": _kind_of_end(package),
        "情形": word_of_ground(said["ground"]) if said else "",
        "依据": _basis_of_end(package, said.get("ground", "")),
        "理由": said.get("reason", ""),
        "退还": written.refund,
        "之后": FOLLOWING[Ending.Next(written.afterwards)],
        "审批部门": written.approval_organ,
        "批准文号": written.approval_number,
        "公布日期": day_of(package.failed_at),
    }


def _said(package: Package) -> Context:
    entry = Entry.objects.filter(kind="step.fail_tender", subject=package.path).order_by("seq").last()
    return entry.facts if entry else {}


def _basis_of_end(package: Package, ground: str) -> str:
    """Cite what the law says of a tender that ends so."""
    if package.failed_at is None:
        return ""
    rule_id = RULES_OF_ENDS.get(ground, "TB-13")
    if package.is_procurement and ground == Ending.Ground.TOO_FEW_BIDDERS:
        rule_id = "GP-09"
    return law(rule_id, day_on(package.failed_at)).citation


def _kind_of_end(package: Package) -> str:
    return "招标失败" if _said(package).get("ground") in Ending.FAILURES else "终止招标"
