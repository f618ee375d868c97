"""The notices of a hearing: announced (D05), who takes part, held, its record (D06), put off, called off."""

from typing import Any

from django.conf import settings

from publishing.pages.wording import moment
from publishing.texts.case import Case
from publishing.texts.sheet import Part, fields, joined, numbered, part, say
from tenders.models import Comment, Hearing, HearingNeed, Project

SESSION = ("starts_at", "place")
CONTACT = ("contact_name", "contact_phone", "contact_address", "hotline")


def _page_of(case: Case) -> str:
    return say("听证会页面", f"{settings.SITE_URL}/projects/{case.number}/hearings/{case.facts['number']}/")


def _contact(case: Case) -> Part:
    return part("咨询和监督", fields(Project, case.project, CONTACT))


def announcement(case: Case) -> list[Part]:
    facts = case.facts
    page = f"{settings.SITE_URL}/projects/{case.number}/hearings/{facts['number']}"
    return [
        part("", f"为充分听取各方面意见，拟就{case.name}的方案举行听证会，现公告如下。"),
        part("听证事项", fields(Hearing, facts, ("kind", "matter"))),
        part("时间和地点", fields(Hearing, facts, SESSION), "听证会公开举行，可以旁听。"),
        part("参加人", numbered(_group(group) for group in facts["groups"])),
        part(
            "怎样报名",
            f"网上：{page}/apply/（不用注册，当场得到回执）",
            fields(Hearing, facts, ("how_to_apply",)),
            fields(Hearing, facts, ("applications_until",)),
            "报名须用真实姓名。姓名、电话不公开：公布名单时只写姓，本人单独同意的才写全名。",
        ),
        part("怎样遴选", fields(Hearing, facts, ("selection", "selection_method", "draw_source"))),
        part("方案", f"方案和起草说明：{settings.SITE_URL}/projects/{case.number}/"),
        _contact(case),
    ]


def _group(group: dict[str, Any]) -> str:
    return joined(group["name"], f"{group['seats']}名" if group["seats"] else "不限名额")


def applications_received(case: Case) -> list[Part]:
    lead = f"{case.name}听证会报名已经截止，共收到报名{case.facts['received']}份。"
    then = "参加人按公告的办法遴选，名单在听证会前公布；报名人可以凭回执查询结果。"
    return [part("", lead, then, _page_of(case)), _contact(case)]


def participants(case: Case) -> list[Part]:
    listed = case.facts["listed"]
    count = sum(len(group["numbers"]) for group in listed)
    return [
        part("", f"{case.name}听证会的参加人已经确定，共{count}名，按报名编号公布如下。", _page_of(case)),
        part("时间和地点", fields(Hearing, case.facts, (*SESSION, "chair", "chair_post"))),
        part("参加人", numbered(f"{g['name']}：{'、'.join(f'{n}号' for n in g['numbers'])}" for g in listed)),
        part("旁听", "听证会公开举行，没有被选中的报名人和其他群众可以旁听。"),
        _contact(case),
    ]


def begun(case: Case) -> list[Part]:
    names = ("chair", "chair_post", "recorder", "presenter", "materials_on")
    return [
        part("", f"{case.name}听证会现在举行。笔录经参加人确认签字后公布。", _page_of(case)),
        part("听证会", fields(Hearing, case.facts, (*SESSION, *names))),
    ]


def record(case: Case) -> list[Part]:
    facts = case.facts
    stances = joined(*(f"{s.label}{facts['statements'][s]}人次" for s in Comment.Stance if facts["statements"].get(s)))
    return [
        part(
            "",
            f"{case.name}听证会已经举行，参加人{facts['participants']}名，到场{facts['attended']}名，"
            f"发言{len(facts['said'])}人次{'：' + stances if stances else ''}。",
            f"笔录由到场的参加人确认：签字{facts['signed']}名，拒绝签字{facts['refused']}名（理由载于笔录）。",
            "听证会上的意见和其他意见一起研究，采纳情况随决策公布。",
            say("笔录全文", f"{settings.SITE_URL}/projects/{case.number}/hearings/{facts['number']}/"),
        ),
        _contact(case),
    ]


def postponed(case: Case) -> list[Part]:
    facts = case.facts
    return [
        part("", f"{case.name}听证会延期举行。", _page_of(case)),
        part("原定时间", moment(facts["from"])),
        part("现定时间和地点", moment(facts["to"]), facts["place"]),
        part("理由", facts["reason"]),
        _contact(case),
    ]


def cancelled(case: Case) -> list[Part]:
    return [
        part("", f"取消{case.name}听证会。已经公布的内容全部保留，可以继续查阅。", _page_of(case)),
        part("原定时间和地点", fields(Hearing, case.facts, SESSION)),
        part("理由", case.facts["reason"]),
        _contact(case),
    ]


def need_found(case: Case) -> list[Part]:
    return [
        part("", f"{case.name}的方案应当举行听证，听证笔录公布之后才能决策。时间、地点另行公告。"),
        part("情形和理由", fields(HearingNeed, case.facts, ("ground", "reason"))),
        _contact(case),
    ]
