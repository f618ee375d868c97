"""
The papers of a tender from its plan to its result (law.md 2, D11 to D28), and how each stands.

D24, the board of workers' rights, hangs on the site and belongs to the works.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts.models import Document
from publishing.documents import data_digest
from publishing.documents.registry import REGISTRY
from tenders.models import Package

Expected = Callable[[Package], bool]


class State(StrEnum):
    NOT_YET = "not-yet"
    MISSING = "missing"
    CURRENT = "current"
    STALE = "stale"
    KEPT = "kept"  # in the house: the desk makes it of the data as they stand, whenever it is asked for

    @property
    def label(self) -> str | Promise:
        return STATES[self]


STATES: dict[State, str | Promise] = {
    State.NOT_YET: _("还没到时候"),
    State.MISSING: _("还没有生成"),
    State.CURRENT: _("已生成"),
    State.STALE: _("数据已有变动"),
    State.KEPT: _("不登在网上，随时可取"),
}


def since(moment: str) -> Expected:
    """Return whether a package has passed a moment: the name of its field."""
    return lambda package: getattr(package, moment) is not None


@dataclass(frozen=True)
class Duty:
    """A paper that the procedure asks for. ``openness`` is A always, R on request, N never, as in law.md 2."""

    code: str
    title: str | Promise
    templates: tuple[str, ...]
    expected: Expected
    openness: str = "A"


CATALOGUE = (
    Duty("D11", _("招标计划"), ("tender-plan",), since("announced_at")),
    Duty("D12", _("公平竞争审查表"), ("fairness-review",), since("announced_at"), "R"),
    Duty("D13", _("招标公告"), ("tender-notice", "prequalification-notice"), since("announced_at")),
    Duty("D14", _("招标文件"), ("tender-documents",), since("announced_at")),
    Duty("D15", _("澄清与修改公告"), ("clarification",), lambda package: package.clarifications.exists()),
    Duty("D16", _("变更、暂停、终止公告"), ("tender-ending", "suspension", "resumption"), since("failed_at")),
    Duty("D17", _("投标文件签收登记表"), ("bid-register",), since("opening_concluded_at")),
    Duty("D18", _("开标记录"), ("opening-record",), since("opening_concluded_at")),
    Duty("D19", _("监督记录"), ("observer-log",), since("opening_concluded_at"), "R"),
    Duty(
        "D20",
        _("开标异议记录"),
        ("opening-objections",),
        lambda package: bool(package.opening_concluded_at and package.objections.filter(kind="opening").exists()),
    ),
    Duty("D21", _("评标报告"), ("evaluation-report",), since("evaluated_at"), "N"),
    Duty("D22", _("中标候选人公示"), ("candidate-notice",), since("candidates_published_at")),
    Duty(
        "D23",
        _("异议及答复"),
        ("objection-answer",),
        lambda package: package.objections.exclude(answered_at=None).exists(),
        "R",
    ),
    Duty("D25", _("中标结果公示"), ("award-notice",), since("awarded_at")),
    Duty("D26", _("中标通知书"), ("award-letter",), since("awarded_at"), "R"),
    Duty("D27", _("未中标通知"), ("loss-letter",), since("awarded_at"), "N"),
    Duty("D28", _("招标投标情况书面报告"), ("tender-report",), since("awarded_at"), "N"),
)


@dataclass(frozen=True)
class Line:
    """How a paper of the catalogue stands for a package, with the newest papers there are."""

    duty: Duty
    state: State
    papers: list[Document] = field(default_factory=list)
    stale: frozenset[int] = frozenset()  # the numbers of the papers that say something else than the data now


def lines_of(package: Package) -> list[Line]:
    """Return how all papers of a package stand. Each paper costs what reading its data costs."""
    papers = _newest(Document.objects.filter(project=package.project))
    own = [paper for paper in papers if f"{paper.subject}/".startswith(f"{package.path}/")]
    return [line_of(duty, package, [p for p in own if p.template in duty.templates]) for duty in CATALOGUE]


def line_of(duty: Duty, package: Package, papers: list[Document]) -> Line:
    stale = frozenset(paper.pk for paper in papers if is_stale(paper))
    if stale:
        return Line(duty, State.STALE, papers, stale)
    if papers:
        return Line(duty, State.CURRENT, papers)
    if not duty.expected(package):
        return Line(duty, State.NOT_YET)
    return Line(duty, State.KEPT if is_kept(duty) else State.MISSING)


def is_kept(duty: Duty) -> bool:
    return all(REGISTRY[name].is_kept for name in duty.templates)


def is_stale(paper: Document) -> bool:
    """Say whether a paper would say something else today. Of one from before this was noted nobody knows."""
    if not paper.data_sha256 or paper.made_of is None:
        return False
    return data_digest(paper.template, paper.made_of) != paper.data_sha256


def is_newest(paper: Document) -> bool:
    later = Document.objects.filter(template=paper.template, subject=paper.subject, pk__gt=paper.pk)
    return not later.exists()


def _newest(papers: Iterable[Document]) -> list[Document]:
    """Of papers made anew only the last counts."""
    return list({(paper.template, paper.subject): paper for paper in papers}.values())
