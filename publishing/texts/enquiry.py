"""The notices of what is told to all bidders at once (D15), and of what stops, resumes or ends a tender (D16)."""

from publishing.pages.wording import article, day, moment
from publishing.texts.case import Case
from publishing.texts.sheet import Part, fields, part, say
from tenders.law import law
from tenders.models import Clarification, Ending, Package, Project, Suspension

CONTACT = ("objection_contact", "supervisor")
FOLLOWING = {
    Ending.Next.RETENDER: "依法重新招标，另行发布招标公告。",
    Ending.Next.NONE: "不再招标。",
}


def clarification(case: Case) -> list[Part]:
    facts = case.facts
    names = ("kind", "item", "question", "old_text", "new_text", "text", "affects_bids")
    answered = "、".join(str(number) for number in facts.get("answers", []))
    return [
        part(
            "澄清或者修改的内容",
            fields(Clarification, facts, names),
            f"答复第{answered}号提问。答复同时发给所有人，不公开提问人。" if answered else "",
        ),
        part(_deadline_of(case), _deadline(facts["old_due_at"], facts["new_due_at"])),
        part("联系方式", fields(Package, case.tender, CONTACT)),
    ]


def _deadline_of(case: Case) -> str:
    """Return what the deadline is called that an act is about: while a prequalification runs that of applications."""
    return "资格预审申请截止时间" if "due_at" in case.tender else "投标截止（开标）时间"


def _deadline(old: str, new: str) -> str:
    return f"由{moment(old)}改为{moment(new)}。" if new != old else f"不变，仍为{moment(new)}。"


def suspended(case: Case) -> list[Part]:
    facts = case.facts
    organ = facts["ordered_by"] or case.project.get("owner", "")
    decided = "责令" if facts["ordered_by"] else "决定"
    return [
        part(
            "",
            f"{organ}{decided}暂停{case.name}{case.place}的招标投标活动。暂停期间不办理后续步骤；恢复时另行公告。",
            fields(Suspension, facts, ("order_number", "ends_on")),
        ),
        part("理由和依据", facts["reason"], say("依据", facts["basis"])),
        part(_deadline_of(case), _without_deadline(facts["old_due_at"])),
        part("联系方式", fields(Package, case.tender, CONTACT)),
    ]


def _without_deadline(old: str | None) -> str:
    if not old:
        return ""
    return f"原定{moment(old)}，暂停期间不再有效。恢复时公布新的截止时间，暂停时剩余的投标时间不会缩短。"


def resumed(case: Case) -> list[Part]:
    facts = case.facts
    new = facts["new_due_at"]
    return [
        part("", f"{case.name}{case.place}的招标投标活动自{day(case.on)}起恢复。"),
        part("理由", facts["reason"]),
        part(_deadline_of(case), f"改为{moment(new)}（原定{moment(facts['old_due_at'])}）。" if new else ""),
        part("联系方式", fields(Package, case.tender, CONTACT)),
    ]


def ended(case: Case) -> list[Part]:
    """A tender is over without a winner: why, how money goes back, what comes after."""
    facts, owner = case.facts, case.project.get("owner", "")
    ground = word_of_ground(facts.get("ground", ""))
    told = f"{owner}宣布{case.name}{case.place}本次招标{'终止' if ground.startswith('招标人') else '失败'}：{ground}。"
    return [
        part("", told),
        part("理由", facts["reason"]),
        part("费用和保证金", facts.get("refund", ""), f"依据：{article(law('TB-13', case.on))}。"),
        part(
            "之后",
            FOLLOWING.get(facts.get("afterwards", ""), ""),
            fields(Ending, facts, ("approval_organ", "approval_number")),
        ),
        part(
            "咨询和监督",
            fields(Package, case.tender, ("tender_number", *CONTACT)),
            fields(Project, case.project, ("contact_name", "contact_phone", "hotline")),
        ),
    ]


def word_of_ground(ground: str) -> str:
    return str(Ending.Ground(ground).label) if ground else str(Ending.Ground.TERMINATED.label)
