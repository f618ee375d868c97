"""The notice of what became of the comments of a round (D07)."""

from typing import Any

from django.conf import settings

from ledger.models import Entry
from publishing.pages.facts import channels
from publishing.pages.outcomes import by_channel, by_outcome, verdict
from publishing.pages.wording import day
from publishing.texts.case import Case
from publishing.texts.sheet import Part, fields, joined, numbered, part, say
from tenders.models import AdoptionReport, Answer, Project


def report(case: Case) -> list[Part]:
    facts = case.facts
    number = facts["round_id"].rsplit("/", 1)[-1]
    address = f"{settings.SITE_URL}/projects/{case.number}"
    return [
        part(
            "征求意见的情况",
            f"第{number}轮征求意见自{day(facts['from'])}起，至{day(facts['to'])}24时止。",
            say("公布渠道", "；".join(channels(facts))),
            f"共收到意见{facts['n_total']}条，其中有效意见{facts['n_valid']}条（广告、辱骂和与本项目无关的不计入）。",
            say("意见来源", _listed(by_channel(facts["n_by_channel"]))),
            say("处理结果", _listed(by_outcome(facts["n_by_outcome"]))),
        ),
        part("总的情况", _without_label(fields(AdoptionReport, facts, ("overview",)))),
        part("按主题答复的意见", numbered(_themes(facts["themes"]))),
        part(
            "逐条答复的意见",
            f"另有{facts['own']}条意见逐条答复。" if facts["own"] else "",
            say("每条意见的结果、理由和方案的改动", f"{address}/adoption/{number}/"),
            say("机器可读的数据", f"{address}/adoption/{number}.json"),
            say("数据指纹（SHA-256）", facts["sha256"]),
        ),
        part(
            "听证、专家论证和风险评估",
            say("听证", facts["hearing_ref"] or "没有举行听证"),
            fields(AdoptionReport, facts, ("expert_ref", "risk_ref")),
        ),
        part(
            "编写和监督",
            fields(AdoptionReport, facts, ("author", "reviewed_by")),
            fields(Project, case.project, ("contact_name", "contact_phone", "hotline")),
        ),
    ]


def _listed(counts: dict[str, int]) -> str:
    return joined(*(f"{label}{n}条" for label, n in counts.items())) or "无"


def _without_label(said: list[str]) -> list[str]:
    return [line.partition("：")[2].strip() for line in said]


def _themes(themes: list[dict[str, Any]]) -> list[str]:
    """Tell of each theme with the reasons and the change, as the entry of its answer says them. One query."""
    answers = {e.seq: e.facts for e in Entry.objects.filter(seq__in=[theme["entry"] for theme in themes])}
    return [_theme(theme, answers.get(theme["entry"], {})) for theme in themes]


def _theme(theme: dict[str, Any], answer: dict[str, Any]) -> str:
    head = f"{theme['title']}（{theme['n']}条）：{verdict(theme['verdict'])}。{theme['summary']}"
    return "\n   ".join([head, *fields(Answer, answer, ("text", "change", "referral"))])
