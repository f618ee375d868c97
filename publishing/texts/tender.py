"""The notices of a tender and its opening: announcement (D13, D14), opening (D17, D18)."""

from datetime import date, datetime
from typing import Any

from integrity.models import Invitation
from publishing.documents.contexts.tender import PREQUALIFIED
from publishing.pages.facts import word
from publishing.pages.wording import article, day, moment, second, yuan
from publishing.texts.case import Case
from publishing.texts.sheet import Part, fields, joined, numbered, part, say
from tenders.law import day as day_of
from tenders.law import due_day, law
from tenders.models import Applicant, Bid, Opening, Package, Project, TenderDocument, Track
from tenders.revealing import applicants_in, bids_in, voided_in

SUBJECT = (
    "name", "category", "track", "method", "method_ground", "method_reason", "approval_number", "scope",
    "estimate_fen", "limit_price_fen", "duration_days", "quality", "standard_text", "technical", "price_terms",
)  # fmt: skip
BIDDING = (
    "bids_due_at", "submission", "platform", "opening_place", "bid_validity_days", "bid_bond_fen", "evaluation_method",
)  # fmt: skip
REMEDIES = (
    "objection_contact", "supervisor", "fairness_channel", "agency", "agency_contact", "self_filing", "media",
)  # fmt: skip
ABSENT = {
    "platform": "不采用电子交易平台",
    "agency": "无（招标人自行办理招标事宜）",
    "limit_price_fen": "不设",
    "bid_bond_fen": "不收取",
}
OPENING = ("chair", "recorder", "bid_supervisor", "seals_checked_by", "seals_finding", "recording", "notes")


def announcement(case: Case) -> list[Part]:
    facts = case.facts
    first = facts["retender_of"]
    return [
        part(
            "招标内容",
            say("招标人", case.project.get("owner", "")),
            say("资金来源", "、".join(source["name"] for source in case.project.get("funding", []))),
            fields(Project, case.project, ("site", "scale")),
            fields(Package, facts, SUBJECT, ABSENT),
            f"本次为重新招标，原为第{first.rpartition('/')[2]}标段。" if first else "",
        ),
        part(
            "投标人资格要求",
            fields(Package, facts, ("qualification", "consortium_allowed")),
            PREQUALIFIED if facts.get("prequalified") else "",
        ),
        part(
            "招标文件",
            fields(Package, facts, ("documents_from", "documents_issued_on", "documents_until")),
            "任何人都可以在本页直接下载，不报名、不登记、不收费；谁下载过，我们不记录。",
            numbered(document(file) for file in facts["documents"]),
        ),
        part("投标和开标", fields(Package, facts, BIDDING, ABSENT)),
        remedies(
            case, "采购文件" if facts["track"] == Track.PROCUREMENT else "招标文件", "OB-02", facts["bids_due_at"]
        ),
    ]


def document(document: dict[str, str]) -> str:
    kind = word(TenderDocument, "kind", document["kind"])
    named = kind if kind == document["title"] else f"{document['title']}（{kind}）"
    return f"{named}\n   文件指纹（SHA-256）：{document['sha256']}"


def remedies(case: Case, documents: str, rule_id: str, ends_at: str) -> Part:
    """Say until when ``documents`` can be objected to, by a rule counted from ``ends_at``, and who watches."""
    return part(
        "异议和监督",
        _objections_until(case.facts["track"], documents, rule_id, day_of(datetime.fromisoformat(ends_at))),
        fields(Package, case.facts, REMEDIES, ABSENT),
        fields(Project, case.project, ("hotline",)),
    )


def _objections_until(track: str, documents: str, rule_id: str, due_on: date) -> str:
    if track == Track.PROCUREMENT:
        rule = law("GP-21.2", due_on)
        return f"认为{documents}损害自己权益的，在知道之日起{rule.figure}内以书面形式提出质疑（{article(rule)}）。"
    latest, basis = due_day(rule_id, due_on).literal, article(law(rule_id, due_on))
    return f"对{documents}有异议的，最迟{day(latest)}提出（{basis}）。我们在答复之前暂停招标投标活动。"


def register_of_bids(case: Case) -> list[Part]:
    """Say who delivered what and when: with the opening the embargo on the register ends."""
    bids = bids_in(case.entry)
    accepted = sum(bid["status"] == Bid.Status.ACCEPTED for bid in bids)
    return [
        part("", f"{_tender(case)}于{moment(case.entry.at)}当众开标。截止时间前签收的投标文件共{accepted}份。"),
        part("投标文件签收登记", numbered(_registered(bid) for bid in bids)),
        part("作废的送达登记", numbered(_voided(line) for line in voided_in(case.entry))),
        part("资格预审", _prequalified(case)),
        *_lists(case.facts),
        part("异议", "投标人对开标有异议的，应当在开标现场提出，我们当场答复并记录。"),
    ]


def _voided(line: dict[str, Any]) -> str:
    """Say what became of an arrival that was noted at the counter and is no bid."""
    when = f"{second(line['voided_at'])}作废" if line["voided_at"] else "已作废"
    return joined(f"{second(line['arrived_at'])}送达", f"{when}：{line['reason']}" if line["reason"] else when)


def _prequalified(case: Case) -> list[str]:
    """Say who had applied and who passed: with the opening that is no secret any more."""
    if "applicants_salt" not in case.facts:
        return []
    lines = numbered(_applicant(line) for line in applicants_in(case.entry))
    return [*lines, say("核对名单指纹用的盐值", case.facts["applicants_salt"])]


def _applicant(line: dict[str, Any]) -> str:
    status = word(Applicant, "status", line["status"])
    verdict = "通过资格预审" if line["passed"] else "未通过资格预审"
    return joined(
        f"{line['applicant']}（统一社会信用代码{line['credit_code']}）",
        f"{second(line['arrived_at'])}送达",
        verdict if line["status"] == Applicant.Status.ACCEPTED else joined(status, line["refusal_reason"]),
    )


def _lists(facts: dict[str, Any]) -> list[Part]:
    """Name the file in which the register stands for machines, if it was too long for its entry."""
    return [part("清单", say("清单文件的指纹（SHA-256）", facts["lists"]["sha256"]))] if "lists" in facts else []


def _registered(bid: dict[str, Any]) -> str:
    status = word(Bid, "status", bid["status"])
    return joined(
        f"{bid['bidder']}（统一社会信用代码{bid['credit_code']}）",
        f"{second(bid['arrived_at'])}送达",
        f"封套{bid['envelopes']}个",
        "密封完好" if bid["sealed"] else "密封不完好",
        f"{status}：{bid['refusal_reason']}" if bid["refusal_reason"] else status,
    )


def opening_record(case: Case) -> list[Part]:
    facts = case.facts
    return [
        part("", f"{_tender(case)}的开标已经结束，现公布开标记录。"),
        part("唱标结果", numbered(f"{b['bidder']}，投标报价{yuan(b['price_fen'])}" for b in facts["prices"])),
        part("拒收的投标", numbered(_refused(bid) for bid in facts["refused"]) or ["无。"]),
        part("开标会", fields(Package, case.tender, ("opening_place",)), fields(Opening, facts, OPENING)),
        part("受邀监督单位", numbered(_guest(guest) for guest in facts["observers"]) or ["无。"]),
        part("异常和异议", f"监督代表提出异常{facts['concerns']}项，收到异议{facts['objections']}件。"),
    ]


def _refused(bid: dict[str, Any]) -> str:
    return joined(bid["bidder"], f"{second(bid['arrived_at'])}送达", bid["refusal_reason"])


def _guest(guest: dict[str, Any]) -> str:
    mode = word(Invitation, "mode", guest["mode"]) if guest["mode"] else ""
    came = f"{mode}（{guest['reason']}）" if guest["reason"] else mode
    return joined(guest["institution"], f"{day(guest['sent_at'])}发出邀请", came)


def _tender(case: Case) -> str:
    number = case.tender.get("tender_number")
    return f"{case.tender.get('name', case.name)}{f'（招标编号{number}）' if number else ''}"
