"""What a clock is: a time that must pass for the public, or a duty with a latest day."""

from dataclasses import dataclass
from datetime import date, datetime

from statutes.rules import Rule


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
