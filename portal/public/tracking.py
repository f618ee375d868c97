"""What has become of a comment, for whoever holds its code: the facts, read once, of which the stations are made."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from ledger.models import Checkpoint, Entry
from statutes.calendar import DueDay
from statutes.rule import Confidence
from tenders.law import basis, day, due_day, law
from tenders.models import Answer, Comment, Project

RULE = "PD-13"  # until when the bureau says what became of the comments of a round
RECEIVED = "comment.received"
# The acts by which a round of comments comes to its end for everybody, the last one first
REPORTED, DECIDED = "step.publish_adoption_report", "step.decide"


@dataclass(frozen=True)
class Course:
    """A comment with all that was done about it until the moment ``at``."""

    comment: Comment
    at: datetime
    acts: list[Entry]  # about this comment, in order; the first is that it was received
    common: dict[str, Entry]  # about the round or the project as a whole, by kind
    checkpoint: Checkpoint | None  # the first one that covers the comment
    due: DueDay | None  # for the report on what became of the comments; None as long as there is no end to count from

    @property
    def project(self) -> Project:
        return self.comment.project

    @property
    def received(self) -> Entry:
        return self.acts[0]

    @property
    def answer(self) -> Answer | None:
        return self.comment.answer

    @property
    def reported(self) -> Entry | None:
        return self.common.get(REPORTED) or self.common.get(DECIDED)

    @property
    def decided(self) -> Entry | None:
        return self.common.get(DECIDED)

    @property
    def days_late(self) -> int:
        """By how many days the report is overdue; 0 if it is there, or has time."""
        if self.reported or self.due is None or self.project.standing == Project.Standing.CANCELLED:
            return 0
        return max((day(self.at) - self.due.strict).days, 0)

    @property
    def basis(self) -> str:
        """On what the latest day rests, or that the bureau has set it itself where the law names no number."""
        rule = law(RULE, start_of_report(self.comment) or day(self.at))
        if rule.confidence != Confidence.UNSURE:
            return basis(rule)
        return _("国家没有规定期限，本局定为%(n)s个工作日") % {"n": rule.amount}

    def last(self, *kinds: str) -> Entry | None:
        """Return the last act of some kinds about the comment."""
        return next((entry for entry in reversed(self.acts) if entry.kind in kinds), None)


def course_of(comment: Comment, at: datetime) -> Course:
    """Return the course of a comment that was read with its consultation and project. Five queries."""
    acts = list(Entry.objects.filter(subject=comment.path).in_order())
    received = next(entry for entry in acts if entry.kind == RECEIVED)
    start = start_of_report(comment)
    whole = Entry.objects.filter(
        kind__in=(REPORTED, DECIDED), subject__in=(comment.project.path, comment.consultation.path)
    )
    return Course(
        comment=comment,
        at=at,
        acts=[received, *(entry for entry in acts if entry.kind != RECEIVED)],
        common={entry.kind: entry for entry in whole.in_order()},
        checkpoint=Checkpoint.objects.filter(size__gt=received.seq).order_by("size").first(),
        due=due_day(RULE, start) if start else None,
    )


def start_of_report(comment: Comment) -> date | None:
    """Return the day from which the time for the report counts: the end of the round, as it was or as it is planned."""
    consultation = comment.consultation
    return day(consultation.ended_at) if consultation.ended_at else consultation.closes_on
