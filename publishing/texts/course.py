"""The notices of what stops a project or a tender, and lets it go on. Each gives its reason."""

from functools import partial

from publishing.texts.case import Case
from publishing.texts.sheet import Part, fields, part
from tenders.models import Package, Project


def _turn(case: Case, told: str) -> list[Part]:
    tender = fields(Package, case.tender, ("tender_number", "objection_contact", "supervisor"))
    contact = fields(Project, case.project, ("contact_name", "contact_phone", "hotline"))
    return [
        part("", told.format(name=f"{case.name}{case.place}", organ=case.project.get("owner", ""))),
        part("理由", case.facts["reason"]),
        part("咨询和监督", tender, contact),
    ]


suspend = partial(_turn, told="{organ}决定暂停{name}。暂停期间不办理本项目的后续步骤；恢复时另行公告。")
resume = partial(_turn, told="{organ}决定恢复{name}，后续步骤继续办理。")
cancel = partial(_turn, told="{organ}决定取消{name}，不再实施。已经公布的内容全部保留，可以继续查阅。")
fail = partial(
    _turn,
    told="{organ}宣布{name}本次招标失败（终止）。收取了投标保证金的，依法退还；重新招标的，另行公告。",
)
