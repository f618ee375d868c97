"""The notices of the plan: publicity (D01), comment period (D04), decision (D07, D08), approvals (D09)."""

from functools import partial
from typing import Any

from django.conf import settings

from publishing.pages.facts import channels
from publishing.pages.wording import day, yuan
from publishing.texts.case import Case
from publishing.texts.sheet import Part, fields, joined, numbered, part, say, until
from tenders.models import Answer, Approval, Consultation, Decision, HearingNeed, Placement, PlanVersion, Project

PROJECT = ("code", "site", "scale", "purpose", "basis", "estimate_fen")
RESPONSIBILITY = ("leader_name", "leader_post", "responsible_name", "responsible_post", "sanctions", "hotline")


def plan(case: Case) -> list[Part]:
    facts, project = case.facts, case.project
    return [
        part(
            "项目概况",
            say("建设单位", project["owner"]),
            fields(Project, project, PROJECT, {"code": "尚未赋码"}),
            say("资金来源", "；".join(f"{f['name']}{yuan(f['amount_fen'])}" for f in project["funding"])),
        ),
        part(
            "方案",
            fields(Consultation, facts, ("explanation",)),
            say("版次", f"第{facts['round']}轮公示，第{facts['plan']['number']}版") if facts["plan"] else "",
            fields(PlanVersion, facts["plan"] or {}, ("change_note", "text")),
        ),
        part("效果图", numbered(_rendering(rendering) for rendering in facts["renderings"])),
        part("征求意见", _period(facts), say("公布渠道", "；".join(channels(facts))), ways_to_comment(case)),
        part("张贴刊播", numbered(_place(place) for place in facts.get("placements", ()))),
        part("听证", fields(HearingNeed, facts.get("hearing") or {}, ("verdict", "ground", "reason"))),
        part("谁负责", fields(Project, project, RESPONSIBILITY)),
    ]


def _place(place: dict[str, Any]) -> str:
    address = f"（{place['address']}）" if place["address"] else ""
    box = "，设有意见箱" if place["has_box"] else ""
    return f"{Placement.Kind(place['kind']).label}：{place['name']}{address}，最迟{day(place['by_on'])}{box}"


def revision(case: Case) -> list[Part]:
    facts = case.facts
    answered = "、".join(f"第{number}号" for number in facts["comments"])
    address = f"/projects/{case.number}/plan/{facts['round']}-{facts['number']}/"
    return [
        part("", f"{case.name}的方案已经修改，现公布第{facts['number']}版（第{facts['round']}轮公示之内）。"),
        part(
            "改动",
            fields(PlanVersion, facts, ("change_note", "minor_reason")),
            say("回应的意见", answered) if answered else "",
            say("新旧两版对照", f"{settings.SITE_URL}{address}"),
        ),
        part("修改后的方案", fields(PlanVersion, facts, ("text", "explanation"))),
        part("图", numbered(_rendering(rendering) for rendering in facts["renderings"])),
        part(
            "征求意见",
            "征求意见的期限不因本次修改而变化。",
            fields(Project, case.project, ("contact_name", "contact_phone")),
        ),
    ]


def superseded(case: Case) -> list[Part]:
    facts = case.facts
    return [
        part(
            "",
            f"{case.name}的方案有实质改动，第{facts['round']}轮公示自即日起结束，将进行第{facts['next_round']}轮公示并重新征求意见。",
            "开始重新公示时另行公告，征求意见的期限重新计算。",
        ),
        part("理由", facts["reason"]),
        part("已经收到的意见", f"第{facts['round']}轮收到的意见{facts['received']}条全部保留，仍将逐条答复。"),
        part("咨询和监督", fields(Project, case.project, ("contact_name", "contact_phone", "hotline"))),
    ]


def _rendering(rendering: dict[str, Any]) -> str:
    return f"{rendering['caption']}。{rendering['alt']}\n   文件指纹（SHA-256）：{rendering['sha256']}"


def _period(facts: dict[str, Any]) -> list[str]:
    return [
        f"自{day(facts['opens_on'])}起，至{day(facts['closes_on'])}24时止。",
        *fields(Consultation, facts, ("shortened_reason",)),
    ]


def ways_to_comment(case: Case) -> list[str]:
    """Say where the public can comment. No account is needed."""
    project = case.project
    return [
        f"网上：{settings.SITE_URL}/projects/{case.number}/comment/（不用注册，当场得到回执）",
        *fields(Project, project, ("contact_address", "contact_email", "contact_phone", "contact_name")),
        "每条意见都登记编号，逐条答复，并公布是否采纳和理由。",
    ]


def comment_period(case: Case) -> list[Part]:
    lead = f"{case.name}的方案自即日起公开征求意见（第{case.facts['round']}轮）。任何人都可以提出意见。"
    return [part("", lead), part("征求意见期限", _period(case.facts)), part("怎样提意见", ways_to_comment(case))]


def _moved(case: Case, done: str) -> list[Part]:
    facts = case.facts
    first = facts["first_closes_on"]
    again = "" if first == facts["old_closes_on"] else f"最初公布的截止日期是{day(first)}。"
    return [
        part("", f"{case.name}方案第{facts['round']}轮征求意见的期限{done}。"),
        part(
            "征求意见期限",
            f"截止日期由{day(facts['old_closes_on'])}改为{day(facts['closes_on'])}，当日24时止。{again}",
            "改动之前收到的意见照样有效，不用重新提交。",
        ),
        part("理由", facts["reason"], fields(Consultation, facts, ("shortened_reason",))),
        part("怎样提意见", ways_to_comment(case)),
    ]


period_extended = partial(_moved, done="延长")
period_shortened = partial(_moved, done="缩短")


def comments_received(case: Case) -> list[Part]:
    facts = case.facts
    return [
        part(
            "",
            f"{case.name}方案第{facts['round']}轮征求意见已经截止，共收到意见{facts['received']}条。",
            "我们将逐条答复；意见采纳情况随决策一并公布，每条意见的提出人可以凭回执查询结果。",
            f"公布意见采纳情况的期限：最迟{until('PD-13', case.on)}。",
            say("查询网址", f"{settings.SITE_URL}/receipts/"),
        ),
        part("联系方式", fields(Project, case.project, ("contact_name", "contact_phone", "hotline"))),
    ]


def decision(case: Case) -> list[Part]:
    facts = case.facts
    counts = facts["comments"]
    outcomes = joined(*(f"{o.label}{counts[o]}条" for o in Answer.Outcome if counts.get(o)))
    return [
        part("决策", fields(Decision, facts, ("decided_by", "decided_on", "text"))),
        part(
            "意见采纳情况",
            f"共收到意见{counts['received']}条{'：' + outcomes if outcomes else ''}。",
            fields(Decision, facts, ("adoption",)),
            say("意见和答复全文", f"{settings.SITE_URL}/projects/{case.number}/comments/"),
        ),
        part("社会稳定风险评估", fields(Decision, facts, ("risk_assessment",))),
        part("监督和咨询", fields(Project, case.project, ("contact_name", "contact_phone", "hotline"))),
    ]


def approval(case: Case) -> list[Part]:
    return [
        part("", f"{case.name}的下列事项已经批准，现公布批准结果。"),
        part(
            "批准结果",
            fields(Approval, case.facts, ("title", "number", "organ", "approved_on")),
            fields(Project, case.facts, ("code",)),
        ),
    ]
