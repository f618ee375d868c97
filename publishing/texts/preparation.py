"""The notices before a tender is announced: its plan (D11), and why it is not tendered openly."""

from publishing.pages.wording import article
from publishing.texts.case import Case
from publishing.texts.sheet import Part, fields, part, say, until
from tenders.law import law
from tenders.models import CHOSEN, PLANNED, Method, Package, Project

CONTACT = ("contact_name", "contact_phone")
CHOICE = ("name", "category", "track", "estimate_fen", *CHOSEN, "approval_number")


def tender_plan(case: Case) -> list[Part]:
    facts = case.facts
    return [
        part("计划内容", say("招标人（采购人）", facts["owner"]), fields(Package, facts, PLANNED)),
        part("联系方式", fields(Project, facts, CONTACT)),
        part("说明", "本计划是初步安排，以后发布的招标公告（采购公告）为准。"),
    ]


def choice_of_method(case: Case) -> list[Part]:
    facts = case.facts
    is_single = facts["method"] == Method.SINGLE_SOURCE
    return [
        part("采购方式和理由", fields(Package, facts, CHOICE)),
        part(
            "意见和举报",
            f"公示到{until('GP-23', case.on, '截止')}。" if is_single else "",
            f"采购活动在公示之后才开始（{article(law('TH-09', case.on))}）。有不同意见的，请向下列电话反映。",
            fields(Project, case.project, ("contact_phone", "hotline")),
        ),
    ]
