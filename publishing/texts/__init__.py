"""
The words of notices: for each kind of act that is announced, its heading and its parts.

A notice is Chinese, in plain text, and says only what the record says: it is written once and read as it stands on
every channel. A new kind of announced act gets a line in ``TEXTS``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

from ledger.models import Entry
from publishing.pages import acts
from publishing.pages.wording import moment
from publishing.texts import (
    adoption,
    course,
    enquiry,
    hearing,
    plan,
    preparation,
    prequalification,
    remedies,
    result,
    tender,
    watching,
)
from publishing.texts.case import Case, case_of
from publishing.texts.sheet import Part, part
from statutes.sources import numeral

LONGEST_TITLE = 200


@dataclass(frozen=True)
class Text:
    """What the notice of a kind of act is called, and what it says."""

    title: str
    parts: Callable[[Case], list[Part]]


TEXTS: dict[str, Text] = {
    "step.publish_plan": Text("方案公示", plan.plan),
    "step.publish_again": Text("方案重新公示", plan.plan),
    "step.revise_plan": Text("方案修改公告", plan.revision),
    "consultation.superseded": Text("方案有实质改动、将重新公示的公告", plan.superseded),
    "step.open_comments": Text("公开征求意见公告", plan.comment_period),
    "period.extended": Text("延长征求意见期限公告", plan.period_extended),
    "period.shortened": Text("缩短征求意见期限公告", plan.period_shortened),
    "step.close_comments": Text("征求意见截止公告", plan.comments_received),
    "step.publish_adoption_report": Text("意见采纳情况公告", adoption.report),
    "hearing.need-found": Text("应当举行听证的公告", hearing.need_found),
    "step.announce_hearing": Text("听证会公告", hearing.announcement),
    "step.close_hearing_applications": Text("听证报名截止公告", hearing.applications_received),
    "step.list_hearing_participants": Text("听证参加人名单公告", hearing.participants),
    "hearing.postponed": Text("听证会延期公告", hearing.postponed),
    "step.hold_hearing": Text("听证会举行公告", hearing.begun),
    "step.publish_hearing_record": Text("听证笔录公告", hearing.record),
    "step.cancel_hearing": Text("听证会取消公告", hearing.cancelled),
    "step.decide": Text("决策和意见采纳情况公告", plan.decision),
    "approval.published": Text("审批结果公告", plan.approval),
    "step.publish_tender_plan": Text("招标计划公告", preparation.tender_plan),
    "step.publish_method": Text("不公开招标的理由公示", preparation.choice_of_method),
    "step.publish_prequalification": Text("资格预审公告", prequalification.notice),
    "step.conclude_prequalification": Text("资格预审结果公告", prequalification.result),
    "step.announce_tender": Text("招标公告", tender.announcement),
    "clarification.published": Text("澄清与修改公告", enquiry.clarification),
    "tender.suspended": Text("暂停招标投标活动公告", enquiry.suspended),
    "tender.resumed": Text("恢复招标投标活动公告", enquiry.resumed),
    "step.open_bids": Text("开标公告", tender.register_of_bids),
    "step.conclude_opening": Text("开标记录公示", tender.opening_record),
    "matter.answered": Text("监督事项答复公告", watching.answered),
    "matter.insisted": Text("监督单位要求继续答复公告", watching.insisted),
    "matter.referred": Text("监督事项移交公告", watching.referred),
    "matter.closed": Text("监督事项办结公告", watching.closed),
    "step.evaluate": Text("收到评标报告公告", result.evaluation),
    "step.publish_candidates": Text("中标候选人公示", result.candidates),
    "step.award": Text("中标结果公告", result.award),
    "award.revoked": Text("取消中标资格公告", result.award_revoked),
    "bids.validity-extended": Text("延长投标有效期公告", result.validity_extended),
    "objection.received": Text("收到异议、暂停招标投标活动公告", remedies.objection_received),
    "objection.answered": Text("异议答复结果公告", remedies.objection_answered),
    "complaint.received": Text("收到投诉公告", remedies.complaint_received),
    "complaint.acceptance-decided": Text("投诉受理情况公告", remedies.complaint_acceptance),
    "complaint.decided": Text("投诉处理结果公告", remedies.complaint_decided),
    "complaint.withdrawn": Text("投诉撤回公告", remedies.complaint_withdrawn),
    "step.sign_contracts": Text("施工合同和廉政合同签订公告", result.both_contracts),
    "bonds.returned": Text("投标保证金退还公告", result.bonds_returned),
    "step.start_works": Text("开工公告", result.commencement),
    "step.suspend": Text("项目暂停公告", course.suspend),
    "step.resume": Text("项目恢复公告", course.resume),
    "step.cancel": Text("项目取消公告", course.cancel),
    "step.fail_tender": Text("招标失败（终止）公告", enquiry.ended),
}

# Notices whose words are fixed by the act itself: publishing.amending
FIXED = {"notice.corrected": "更正公告", "notice.withdrawn": "撤回公告"}


def titles() -> dict[str, str]:
    """Return what notices are called, by the kind of their act, in the order of a project's path."""
    return {kind: text.title for kind, text in TEXTS.items()} | FIXED


def written(entry: Entry) -> tuple[str, str]:
    """Return title and text of an act's notice. The same entry always gives the same words."""
    with translation.override("zh-hans"):
        case = case_of(entry)
        title = title_of(case)[:LONGEST_TITLE]
        text = TEXTS.get(entry.kind)
        parts = text.parts(case) if text else [part("", acts.detail(entry))]
        return title, "\n".join([title, "", *_head(case), "", *_lines(parts), *_foot(case), ""])


def title_of(case: Case) -> str:
    """Return what a notice is called: 陵园公园改扩建工程（第1标段）招标公告."""
    text = TEXTS.get(case.entry.kind)
    named = text.title if text else acts.title(case.entry)
    corrected = "更正：" if text and case.entry.corrects is not None else ""
    return f"{corrected}{case.name}{case.place}{named}"


def _head(case: Case) -> list[str]:
    tender_number = case.tender.get("tender_number")
    return [f"项目编号：{case.number}", *([f"招标编号：{tender_number}"] if tender_number else [])]


def _lines(parts: list[Part]) -> list[str]:
    """Number the headings, if there are several, and set a blank line after each part that says something."""
    said = [part for part in parts if part.lines]
    headings = [part.heading for part in said if part.heading]
    lines: list[str] = []
    for each in said:
        lines += [*_heading(each.heading, headings), *each.lines, ""]
    return lines


def _heading(heading: str, among: list[str]) -> list[str]:
    if not heading:
        return []
    return [heading if len(among) == 1 else f"{numeral(among.index(heading) + 1)}、{heading}"]


def _foot(case: Case) -> list[str]:
    entry = case.entry
    corrected = [] if entry.corrects is None else [f"本公告更正公开账本第{entry.corrects}条。"]
    return [
        *corrected,
        f"公布单位：{case.office}",
        f"公布时间：{moment(entry.at)}",
        f"公开账本：账本第{entry.seq}条",
        f"公告网址：{settings.SITE_URL}/notices/{entry.seq}/",
        f"核对方法：{settings.SITE_URL}/verify/",
    ]
