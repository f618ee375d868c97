"""The notices of what stops a project, and lets it go on. Each gives its reason."""

from functools import partial

from publishing.texts.case import Case
from publishing.texts.sheet import Part, fields, part
from tenders.models import Project


def _turn(case: Case, told: str) -> list[Part]:
    contact = fields(Project, case.project, ("contact_name", "contact_phone", "hotline"))
    return [
        part("", told.format(name=case.name, organ=case.project.get("owner", ""))),
        part("理由", case.facts["reason"]),
        part("咨询和监督", contact),
    ]


suspend = partial(_turn, told="{organ}决定暂停{name}。暂停期间不办理本项目的后续步骤；恢复时另行公告。")
resume = partial(_turn, told="{organ}决定恢复{name}，后续步骤继续办理。")
cancel = partial(_turn, told="{organ}决定取消{name}，不再实施。已经公布的内容全部保留，可以继续查阅。")
