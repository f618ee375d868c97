"""What a reader wants to know first: how a project stands, and until when something can be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lifecycle.clocks import Clock, Days, clocks
from tenders.law import day
from tenders.models import Consultation, Package, Project

# What can be done while a window is open, by its rule
CALLS = {
    "PD-03": gettext_lazy("可以提意见"),
    "PD-05.3": gettext_lazy("可以报名参加听证"),
    "TB-04": gettext_lazy("正在接收资格预审申请"),
    "GP-02": gettext_lazy("正在接收资格预审申请"),
    "TB-05": gettext_lazy("正在招标"),
    "AW-02": gettext_lazy("中标候选人公示中"),
}


@dataclass(frozen=True)
class Status:
    """How a project stands, in a few words, and the clock that matters most now."""

    words: str
    can_comment: bool
    main: "Countdown | None"
    countdowns: list["Countdown"]

    @property
    def running(self) -> list["Countdown"]:
        return [countdown for countdown in self.countdowns if not countdown.clock.done]

    @property
    def done(self) -> list["Countdown"]:
        return [countdown for countdown in self.countdowns if countdown.clock.done]


@dataclass(frozen=True)
class Countdown:
    """A clock as it stands on a day."""

    clock: Clock
    days_left: int
    is_overdue: bool
    call: str  # what can be done in the window; empty for a duty

    @property
    def length(self) -> int:
        return (self.clock.due_on - self.clock.starts_on).days

    @property
    def days_over(self) -> int:
        return -self.days_left

    @property
    def passed(self) -> int:
        return self.length - self.days_left


def status(project: Project, *, at: datetime, days: Days | None = None) -> Status:
    """Return how a public project stands at a moment. ``days`` spares reading the calendar for each project."""
    countdowns = [countdown(clock, day(at)) for clock in clocks(project, at=at, days=days)]
    consultation = last(project.consultations.all())
    active = project.standing == Project.Standing.ACTIVE
    return Status(
        words=words(project, consultation),
        can_comment=active and consultation is not None and takes_comments(consultation, at),
        main=next((c for c in countdowns if active and not c.clock.done), None),
        countdowns=countdowns,
    )


def countdown(clock: Clock, on: date) -> Countdown:
    call = str(CALLS.get(clock.rule.id, clock.title)) if clock.is_window else ""
    return Countdown(clock, clock.days_left(on), clock.overdue(on), call)


def takes_comments(consultation: Consultation, at: datetime) -> bool:
    ends_at = consultation.ends_at
    return consultation.state == Consultation.State.OPEN and ends_at is not None and at < ends_at


def last(consultations: Iterable[Consultation]) -> Consultation | None:
    """Return the current round; of prefetched rounds, without a query."""
    return max(consultations, key=lambda consultation: consultation.round, default=None)


def words(project: Project, consultation: Consultation | None) -> str:
    if project.standing != Project.Standing.ACTIVE:
        return project.get_standing_display()
    if project.stage == Project.Stage.CONSULTATION and consultation is not None:
        return _words_of_round(consultation)
    if project.stage == Project.Stage.DECIDED:
        return _words_of_tender(project)
    return project.get_stage_display()


def _words_of_round(consultation: Consultation) -> str:
    if consultation.state == Consultation.State.DRAFT:
        return _("方案有实质改动，准备重新公示")
    if consultation.state != Consultation.State.CLOSED:
        return consultation.get_state_display()
    report = getattr(consultation, "report", None)
    return _("意见采纳情况已公布，准备决策") if report and report.published_at else _("答复意见")


def _words_of_tender(project: Project) -> str:
    packages = [package for package in project.packages.all() if package.announced_at]
    running = [package for package in packages if package.state != Package.State.FAILED] or packages
    if not running and any(package.prequalifies for package in project.packages.all()):
        return _("资格预审中")
    if not running:
        return _("已决策，准备招标")
    if all(getattr(package, "contract", None) and package.contract.signed_at for package in running):
        return _("双合同已签订")
    return min(running, key=lambda package: package.announced_at or package.updated_at).get_state_display()
