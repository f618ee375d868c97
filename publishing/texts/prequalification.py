"""The notices of a prequalification: that it begins (D13), and whether enough have passed. Of applicants nothing."""

from publishing.pages.wording import article
from publishing.texts.case import Case
from publishing.texts.sheet import Part, fields, numbered, part, say
from publishing.texts.tender import document, remedies
from tenders.law import law
from tenders.models import Package, Prequalification, Project

SUBJECT = (
    "name", "category", "track", "method", "approval_number", "scope", "estimate_fen", "duration_days", "quality",
)  # fmt: skip
REVIEW = ("mode", "most", "standard")
DOCUMENTS = ("documents_from", "documents_issued_on", "documents_until")
APPLYING = ("due_at", "submission", "place")


def notice(case: Case) -> list[Part]:
    facts = case.facts
    return [
        part(
            "招标内容",
            say("招标人", case.project.get("owner", "")),
            say("资金来源", "、".join(source["name"] for source in case.project.get("funding", []))),
            fields(Project, case.project, ("site", "scale")),
            fields(Package, facts, SUBJECT),
        ),
        part("申请人资格要求", fields(Package, facts, ("qualification", "consortium_allowed"))),
        part("资格审查", fields(Prequalification, facts, REVIEW), "通过资格预审的才能投标。"),
        part(
            "资格预审文件",
            fields(Prequalification, facts, DOCUMENTS),
            "任何人都可以在本页直接下载，不报名、不登记；谁下载过，我们不记录。",
            numbered(document(d) for d in facts["documents"]),
        ),
        part("申请文件的提交", fields(Prequalification, facts, APPLYING), "有哪几家申请、有几家，开标之前保密。"),
        remedies(case, "资格预审文件", "OB-01", facts["due_at"]),
    ]


def result(case: Case) -> list[Part]:
    facts, rule = case.facts, law("TB-14", case.on)
    if facts["enough"]:
        told = f"通过资格预审的申请人不少于{rule.amount}个，下一步发出招标文件，只有通过的才能投标。"
    else:
        told = f"通过资格预审的申请人少于{rule.amount}个，应当重新招标（{article(rule)}）。"
    return [
        part("", f"{case.name}{case.place}的资格预审已经结束。{told}"),
        part("审查", f"资格审查委员会由{facts['reviewer_count']}人组成。"),
        part(
            "保密和核对",
            "有哪几家申请、有几家通过，到开标时公布（《中华人民共和国招标投标法》第二十二条第一款）。"
            "在此之前公布名单的指纹，开标时可以核对：",
            say("名单的指纹", facts["commitment"]),
            "每个申请人另行收到书面结果，没有通过的告知理由。",
        ),
        part("咨询和监督", fields(Package, case.tender, ("objection_contact", "supervisor"))),
    ]
