"""The notices of what observers have found: answered, not content, passed on, closed."""

from publishing.pages.wording import day
from publishing.texts.case import Case
from publishing.texts.sheet import Part, fields, part, until
from tenders.models import Package, Project

CLOSED = {
    "accepted": "监督单位认可答复，这一项办结。",
    "lapsed": "监督单位在期限内没有提出意见，由建设单位办结。",
}


def _matter(case: Case) -> str:
    return f"{case.facts['institution']}提出的监督事项第{case.facts['number']}项"


def _contact(case: Case) -> Part:
    tender = fields(Package, case.tender, ("supervisor",))
    return part("监督", tender, fields(Project, case.project, ("hotline",)))


def answered(case: Case) -> list[Part]:
    return [
        part("", f"对{_matter(case)}，现答复如下。"),
        part("答复", case.facts["text"]),
        part("下一步", f"监督单位认可的，办结；不认可的，可以要求继续答复，最迟{until('SV-02', case.on)}。"),
        _contact(case),
    ]


def insisted(case: Case) -> list[Part]:
    return [
        part("", f"对{_matter(case)}的答复，监督单位不认可，要求继续答复。"),
        part("监督单位的理由", case.facts["text"]),
        part("继续答复的期限", f"最迟{day(case.facts['due_on'])}。"),
        _contact(case),
    ]


def referred(case: Case) -> list[Part]:
    return [
        part("", f"{_matter(case)}已移交行政监督部门，督办继续进行。"),
        part("移交情况", case.facts["text"]),
        _contact(case),
    ]


def closed(case: Case) -> list[Part]:
    return [
        part("", f"{_matter(case)}：{CLOSED[case.facts['by']]}"),
        part("办结情况", case.facts["text"]),
        _contact(case),
    ]
