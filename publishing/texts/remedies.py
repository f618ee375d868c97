"""The notices of objections (D23) and complaints: that there is one, and what came of it. Nobody is named."""

from integrity.gates.objections import rule_for
from integrity.models import Complaint, Objection
from ledger.models import Entry
from publishing.pages.facts import word
from publishing.pages.remedies import outcome_of
from publishing.pages.wording import day, moment
from publishing.texts.case import Case
from publishing.texts.sheet import Part, fields, part, say, until
from tenders.law import day as day_on
from tenders.law import due_day
from tenders.models import Package

CONTACT = ("objection_contact", "supervisor")


def objection_received(case: Case) -> list[Part]:
    is_query = _is_query(case)
    kept = "可能影响结果的，暂停签订合同。" if is_query else "作出答复之前暂停招标投标活动。"
    rule_id = rule_for(case.facts["kind"], is_query=is_query)
    return [
        part(
            "",
            f"{moment(case.entry.at)}收到{_objection(case)}。",
            f"{kept}答复的期限：最迟{until(rule_id, case.on)}。",
        ),
        part(
            "核对",
            "异议人和异议内容不公开；下面的指纹在收到时即固定，异议人可以凭原文和随机数证明内容没有改动。",
            say("指纹", case.facts["commitment"]),
        ),
        part("联系方式", fields(Package, case.tender, CONTACT)),
    ]


def objection_answered(case: Case) -> list[Part]:
    facts = case.facts
    return [
        part(
            "",
            f"{_objection(case)}已经办结，结果：{outcome_of(facts)}。",
            "答复书面送异议人；异议人和异议内容不公开。",
        ),
        part("事项和答复摘要", facts.get("summary", "")),
        part("处理措施", facts.get("measures", "")),
        part(
            "不满意怎么办",
            f"可以依法向行政监督部门投诉，最迟{_complaints_end(case)}。",
            fields(Package, case.tender, CONTACT),
        ),
    ]


def _complaints_end(case: Case) -> str:
    """Say until when the answer can be complained of: in procurement from the end of the time to answer (GPL 55)."""
    if not _is_query(case):
        return until("OB-06", case.on)
    received = Entry.objects.get(kind="objection.received", subject=case.entry.subject)
    return until("GP-21.4", due_day(rule_for(case.facts["kind"], is_query=True), day_on(received.at)).strict)


def complaint_received(case: Case) -> list[Part]:
    objection = case.facts.get("objection")
    return [
        part(
            "",
            f"{moment(case.entry.at)}收到{_complaint(case)}。"
            + (f"投诉前先提出的异议：第{objection}号。" if objection else ""),
            f"由行政监督部门处理，决定是否受理的期限：最迟{until('OB-07', case.on)}。",
            "投诉不当然停止招标投标活动；行政监督部门可以责令暂停，暂停时另行公告。",
        ),
        part("核对", "投诉人和投诉内容不公开；下面的指纹在收到时即固定。", say("指纹", case.facts["commitment"])),
        part("联系方式", fields(Package, case.tender, CONTACT)),
    ]


def complaint_acceptance(case: Case) -> list[Part]:
    facts = case.facts
    decided = "受理" if facts["accepted"] else "不予受理"
    return [
        part("", f"{facts['handled_by']}于{day(facts['acceptance_decided_on'])}决定{decided}{_complaint(case)}。"),
        part("", fields(Complaint, facts, ("acceptance_number", "acceptance_reason"))),
    ]


def complaint_decided(case: Case) -> list[Part]:
    facts = case.facts
    upheld = "投诉成立" if facts["upheld"] else "投诉不成立"
    return [
        part("", f"{facts['handled_by']}于{day(facts['decided_on'])}对{_complaint(case)}作出处理决定：{upheld}。"),
        part("处理结果", facts["result"], fields(Complaint, facts, ("decision_number",))),
    ]


def complaint_withdrawn(case: Case) -> list[Part]:
    return [part("", f"投诉人于{day(case.facts['withdrawn_on'])}撤回{_complaint(case)}，投诉处理终止。")]


def _is_query(case: Case) -> bool:
    return case.tender.get("track") == Package.Track.PROCUREMENT


def _objection(case: Case) -> str:
    name = "质疑" if _is_query(case) else "异议"
    return f"第{case.facts['number']}号{name}（{word(Objection, 'kind', case.facts['kind'])}）"


def _complaint(case: Case) -> str:
    return f"第{case.facts['number']}号投诉（{word(Complaint, 'kind', case.facts['kind'])}）"
