"""What a clock is: a time that must pass for the public, or a duty with a latest day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from statutes.calendar import Calendar
from statutes.rule import Direction
from statutes.rules import Rule, due
from tenders.law import law

Days = Callable[[], Calendar]


@dataclass(frozen=True)
class Clock:
    rule: Rule
    subject: str  # of what it runs, by its path in the record; a rule has one clock there
    title: str
    starts_on: date
    due_on: date  # the last day, until 24:00
    is_window: bool  # a time that must pass, for the public; else a duty of the bureau
    done: bool
    provisional: bool  # the holidays of a year that it reaches are not announced yet
    ends_at: datetime | None = None  # where the end is a minute, not a day
    of_supervisor: bool = False  # a duty of the supervisor, not of the bureau
    paused: bool = False  # it stands still now: its last day moves on with each day

    def days_left(self, on: date) -> int:
        """Return the days from ``on`` to the last day; negative if that is past."""
        return (self.due_on - on).days

    def overdue(self, on: date) -> bool:
        return not self.is_window and not self.done and not self.paused and on > self.due_on


def counted(
    rule_id: str, subject: Any, title: str, start: date, days: Days, *, done: bool, of_supervisor: bool = False
) -> Clock:
    """Return the clock of a rule that ``start`` has set running."""
    rule = law(rule_id, start)
    end = due(rule, start, days())
    is_window = rule.direction is Direction.MIN
    return Clock(
        rule, subject.path, title, start, end.strict, is_window, done, end.provisional, of_supervisor=of_supervisor
    )
