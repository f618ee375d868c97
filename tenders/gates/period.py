"""What the law demands before the last day of a comment period is moved."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from statutes.refusal import Refusal, rests_on
from tenders.gates import own_rule, project_is_active
from tenders.gates.plan import period_is_long_enough
from tenders.law import day, refuse, shown
from tenders.models import Consultation, Project

RUNNING = (Consultation.State.PUBLISHED, Consultation.State.OPEN)


@dataclass(frozen=True)
class NewEnd:
    """A last day that is wished for a round. ``shortened_reason`` is why less than the legal days must do."""

    consultation: Consultation
    closes_on: date
    shortened_reason: str = ""

    @property
    def project(self) -> Project:
        return self.consultation.project

    @property
    def is_extension(self) -> bool:
        """Whether it lies later than the present one."""
        return self.consultation.closes_on is not None and self.closes_on > self.consultation.closes_on


@rests_on("PD-03")
def period_still_runs(wish: NewEnd, at: datetime) -> Refusal | None:
    """The end can be moved from the publicity on, until the second in which it comes."""
    consultation = wish.consultation
    if consultation.state in RUNNING and consultation.ends_at and at < consultation.ends_at:
        return None
    return refuse("PD-03", _("征求意见期限只能在公示之后、截止之前延长或者缩短；已经截止的，不能再改。"), day(at))


def end_is_moved(wish: NewEnd, at: datetime) -> Refusal | None:
    if wish.closes_on != wish.consultation.closes_on:
        return None
    message = _("截止日期本来就是%(day)s，没有变化。") % {"day": shown(wish.closes_on)}
    return own_rule(message, "unchanged")


@rests_on("PD-03")
def end_is_still_to_come(wish: NewEnd, at: datetime) -> Refusal | None:
    """Today is the earliest: its 24:00 is still to come. Before the opening there is nothing to end."""
    if wish.closes_on >= max(day(at), wish.consultation.opens_on or day(at)):
        return None
    message = _("新的截止日期%(day)s已经过去，或者早于开始日期。")
    return refuse("PD-03", message % {"day": shown(wish.closes_on)}, day(at))


@rests_on("PD-03")
def shortened_period_is_long_enough(wish: NewEnd, at: datetime) -> Refusal | None:
    """Whoever shortens keeps the legal days, or states in public why they cannot be kept. To extend is always right."""
    consultation = wish.consultation
    if wish.is_extension or consultation.opens_on is None:
        return None
    start = day(consultation.opened_at) if consultation.opened_at else max(consultation.opens_on, day(at))
    return period_is_long_enough(wish.closes_on, start, wish.shortened_reason)


MOVING = (
    project_is_active,
    period_still_runs,
    end_is_moved,
    end_is_still_to_come,
    shortened_period_is_long_enough,
)
