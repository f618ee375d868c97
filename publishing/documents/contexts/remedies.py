"""The answer to an objection, as it is handed to the objector alone (D23)."""

from integrity.gates.complaints import complaint_ends_on
from integrity.models import Objection
from publishing.documents.contexts.project import Context
from publishing.documents.contexts.tender import of_package
from publishing.documents.wording import day, day_of, moment
from tenders.law import day as day_on


def answer_title(objection: Objection) -> str:
    return f"异议答复书（第{objection.package.number}标段第{objection.number}号）"


def objection_answer(objection: Objection) -> Context:
    package, answered = objection.package, objection.answered_at
    received_on = day_on(objection.received_at)
    until = complaint_ends_on(package, received_on, objection, day_on(answered)) if answered else None
    return {
        **of_package(package),
        "文种": "质疑" if objection.is_query else "异议",
        "序号": str(objection.number),
        "回执码": objection.code,
        "异议人": objection.objector,
        "身份": objection.get_capacity_display(),
        "类别": objection.get_kind_display(),
        "收到时间": moment(objection.received_at),
        "内容": objection.text,
        "证据": objection.evidence,
        "暂停情况": _standstill(objection),
        "答复": objection.answer,
        "结论": objection.result_label,
        "处理措施": objection.measures,
        "公开摘要": objection.summary,
        "投诉截止日期": day(until),
        "答复日期": day_of(answered),
    }


def _standstill(objection: Objection) -> str:
    if objection.is_query:
        return f"自{moment(objection.received_at)}收到质疑起至{moment(objection.answered_at)}答复止，暂停签订合同。"
    return f"自{moment(objection.received_at)}收到异议起至{moment(objection.answered_at)}答复止，暂停招标投标活动。"
