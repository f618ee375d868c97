"""How far each question, objection and complaint is, as the record has it: nobody is named or quoted."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from integrity.gates.objections import is_query, rule_for
from integrity.models import Complaint, Objection
from ledger.models import Entry
from lifecycle.clocks import Days
from publishing.pages.facts import word
from publishing.pages.record import Record
from statutes.rules import due
from tenders.law import day, law
from tenders.models import Package, Question

# The kinds of acts by which a complaint goes on
COURSE = (
    "complaint.acceptance-decided",
    "complaint.examined",
    "complaint.examination-ended",
    "complaint.decided",
    "complaint.withdrawn",
)


@dataclass(frozen=True)
class Remedy:
    """A question, an objection or a complaint with its course. ``due_on`` is the last day of who acts next."""

    number: int
    kind: str
    state: str
    received_at: datetime
    closed_at: datetime | None
    due_on: date | None
    is_late: bool
    told: dict[str, Any]  # of the act that closed it
    course: list[Entry] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


@dataclass(frozen=True)
class Remedies:
    """What can be asked, objected to and complained of in a tender, and how far it is."""

    questions: list[Remedy]
    objections: list[Remedy]
    complaints: list[Remedy]
    suspension: dict[str, Any]  # the order that holds the tender up now; empty if none does
    may_ask: bool
    may_object: bool
    is_query: bool


def remedies_of(package: Package, record: Record, *, at: datetime, days: Days) -> Remedies:
    now = (day(at), days)
    state, is_over = package.state, package.state in {Package.State.FAILED, Package.State.DRAFT}
    return Remedies(
        questions=[_question(entry, record) for entry in _about(package, record, "question.received")],
        objections=[_objection(package, entry, record, now) for entry in _about(package, record, "objection.received")],
        complaints=[_complaint(entry, record, now) for entry in _about(package, record, "complaint.received")],
        suspension=_suspension(package, record),
        may_ask=state == Package.State.ANNOUNCED,
        may_object=not is_over and (is_query(package) or state in {Package.State.ANNOUNCED, Package.State.CANDIDATES}),
        is_query=is_query(package),
    )


def _about(package: Package, record: Record, kind: str) -> list[Entry]:
    return record.all(kind, f"{package.path}/")


def _question(received: Entry, record: Record) -> Remedy:
    path = received.subject
    number = received.facts["number"]
    package = path.rpartition("/question/")[0]
    answers = [e for e in record.all("clarification.published", f"{package}/") if number in e.facts.get("answers", ())]
    aside = record.last("question.set-aside", path)
    closing = answers[0] if answers else aside
    if answers:
        state = _("由第%(n)d号澄清答复") % {"n": answers[0].facts["number"]}
    else:
        state = word(Question, "set_aside", aside.facts["set_aside"]) if aside else _("待答复")
    if closing is None:
        return Remedy(number, "", state, received.at, None, None, False, {})
    return Remedy(number, "", state, received.at, closing.at, None, False, closing.facts)


def _objection(package: Package, received: Entry, record: Record, now: tuple[date, Days]) -> Remedy:
    facts, closing = received.facts, record.last("objection.answered", received.subject)
    kind = word(Objection, "kind", facts["kind"])
    if closing:
        outcome = closing.facts.get("outcome") or ("upheld" if closing.facts["upheld"] else "rejected")
        state = word(Objection, "outcome", outcome)
        return Remedy(facts["number"], kind, state, received.at, closing.at, None, False, closing.facts)
    due_on = _due(rule_for(facts["kind"], is_query=is_query(package)), day(received.at), now)
    state = _("待答复，可能影响结果的暂停签约") if is_query(package) else _("待答复，招标暂停")
    return Remedy(facts["number"], kind, state, received.at, None, due_on, now[0] > due_on, {})


def _complaint(received: Entry, record: Record, now: tuple[date, Days]) -> Remedy:
    path, facts = received.subject, received.facts
    course = [entry for kind in COURSE for entry in record.all(kind, path)]
    course.sort(key=lambda entry: entry.seq)
    last = {entry.kind: entry for entry in course}
    kind, number = word(Complaint, "kind", facts["kind"]), facts["number"]
    closing, state = _end_of_complaint(last)
    if closing:
        return Remedy(number, kind, state, received.at, closing.at, None, False, closing.facts, course)
    due_on = None if "complaint.acceptance-decided" in last else _due("OB-07", day(received.at), now)
    is_late = due_on is not None and now[0] > due_on
    return Remedy(number, kind, state, received.at, None, due_on, is_late, {}, course)


def _end_of_complaint(last: dict[str, Entry]) -> tuple[Entry | None, str]:
    """Return the act that ended a complaint, if one did, and where it stands, in words."""
    if decided := last.get("complaint.decided"):
        return decided, _("投诉成立") if decided.facts["upheld"] else _("投诉不成立")
    if withdrawn := last.get("complaint.withdrawn"):
        return withdrawn, _("投诉人撤回")
    accepted = last.get("complaint.acceptance-decided")
    if accepted is None:
        return None, _("等待行政监督部门决定是否受理")
    return (None, _("已受理，处理中")) if accepted.facts["accepted"] else (accepted, _("不予受理"))


def _due(rule_id: str, start: date, now: tuple[date, Days]) -> date:
    return due(law(rule_id, start), start, now[1]()).strict


def _suspension(package: Package, record: Record) -> dict[str, Any]:
    stopped = _about(package, record, "tender.suspended")
    resumed = {entry.subject for entry in _about(package, record, "tender.resumed")}
    return next((entry.facts for entry in reversed(stopped) if entry.subject not in resumed), {})
