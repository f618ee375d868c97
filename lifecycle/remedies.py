"""The clocks of questions, objections and complaints, and which days of a tender do not count."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from integrity.gates.complaints import decision_due_on, rule_of_decision
from integrity.gates.objections import rule_of_answer
from integrity.models import Complaint
from lifecycle.clock import Clock, Days, counted
from tenders.law import day, law
from tenders.models import Package


@dataclass(frozen=True)
class Standstill:
    """Days on which a tender stood still. ``until`` is None as long as it does."""

    since: date
    until: date | None


def standstills(package: Package) -> list[Standstill]:
    """
    Return when the tender stood still: by order or decision, and over objections until their answer.

    In government procurement a query holds the contract alone, and that is where these days are asked for (GPR 54).
    """
    spans = [(s.suspended_at, s.resumed_at) for s in package.suspensions.all()]
    spans += [(o.received_at, o.answered_at) for o in package.objections.all()]
    return [Standstill(day(since), day(until) if until else None) for since, until in spans]


def days_lost(spans: Iterable[Standstill], start: date, on: date) -> int:
    """Return how many days after ``start`` the tender stood still, up to ``on``; no day counts twice."""
    lost = {
        span.since.toordinal() + n
        for span in spans
        for n in range(1, ((span.until or on) - span.since).days + 1)
        if span.since + timedelta(days=n) > start
    }
    return len(lost)


def stands_still(spans: Iterable[Standstill]) -> bool:
    return any(span.until is None for span in spans)


def remedy_clocks(package: Package, at: datetime, days: Days) -> Iterator[Clock]:
    if package.is_procurement:
        yield from _question_clocks(package, days)
    for objection in package.objections.all():
        start, done = day(objection.received_at), objection.answered_at is not None
        title = _("答复质疑") if package.is_procurement else _("答复异议")
        yield counted(rule_of_answer(objection), objection, title, start, days, done=done)
    for complaint in package.complaints.all():
        yield from _complaint_clocks(complaint, at, days)


def _question_clocks(package: Package, days: Days) -> Iterator[Clock]:
    """In government procurement a question (询问) is answered in time; for works the law sets no number (GPR 52)."""
    for question in package.questions.all():
        start, done = day(question.received_at), not question.is_waiting
        yield counted("GP-21", question, _("答复询问"), start, days, done=done)


def _complaint_clocks(complaint: Complaint, at: datetime, days: Days) -> Iterator[Clock]:
    start, told = day(complaint.received_at), complaint.accepted is not None or complaint.is_over
    yield counted("OB-07", complaint, _("决定是否受理投诉"), start, days, done=told, of_supervisor=True)
    if not complaint.accepted or complaint.acceptance_decided_on is None:
        return
    last = decision_due_on(complaint, days(), day(at))
    yield Clock(
        law(rule_of_decision(complaint), complaint.acceptance_decided_on),
        complaint.path,
        _("作出投诉处理决定"),
        complaint.acceptance_decided_on,
        last,
        False,
        complaint.is_over,
        days().is_provisional(last),
        of_supervisor=True,
        paused=not complaint.is_over and complaint.running_examination is not None,
    )
