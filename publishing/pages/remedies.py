"""How far each question, objection and complaint is, as the record has it: nobody is named or quoted."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from integrity.gates.objections import rule_for
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
State = Package.State
OBJECTED = (State.ANNOUNCED, State.CANDIDATES)
QUERIED = tuple(state for state in State if state not in {State.DRAFT, State.FAILED})


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

    @property
    def all_closed(self) -> bool:
        return not any(remedy.is_open for remedy in (*self.questions, *self.objections, *self.complaints))


def remedies_of(package: Package, record: Record, *, at: datetime, days: Days) -> Remedies:
    now = (day(at), days)
    courses = _courses(package, record)
    state = package.state
    clarifications = _begun_by("clarification.published", courses)
    answers = {n: c[0] for c in reversed(clarifications) for n in c[0].facts.get("answers", ())}
    return Remedies(
        questions=[_question(course, answers) for course in _begun_by("question.received", courses)],
        objections=[_objection(package, course, now) for course in _begun_by("objection.received", courses)],
        complaints=[_complaint(course, now) for course in _begun_by("complaint.received", courses)],
        suspension=_suspension(_begun_by("tender.suspended", courses)),
        may_ask=package.is_receiving,
        may_object=package.prequalifies or state in (QUERIED if package.is_procurement else OBJECTED),
    )


def _courses(package: Package, record: Record) -> list[list[Entry]]:
    """Return the acts about each thing of a package, in their order: an examination goes with its complaint."""
    courses: dict[str, list[Entry]] = defaultdict(list)
    parts_of_a_thing = package.path.count("/") + 3  # project/2026-001/package/1/complaint/3
    for entry in record.entries:
        if entry.subject.startswith(f"{package.path}/"):
            courses["/".join(entry.subject.split("/")[:parts_of_a_thing])].append(entry)
    return list(courses.values())


def _begun_by(kind: str, courses: list[list[Entry]]) -> list[list[Entry]]:
    return [course for course in courses if course[0].kind == kind]


def _question(course: list[Entry], answers: dict[int, Entry]) -> Remedy:
    received, *later = course
    number = received.facts["number"]
    answer, aside = answers.get(number), _last("question.set-aside", later)
    closing = answer or aside
    if answer:
        state = _("由第%(n)d号澄清答复") % {"n": answer.facts["number"]}
    else:
        state = word(Question, "set_aside", aside.facts["set_aside"]) if aside else _("待答复")
    if closing is None:
        return Remedy(number, "", state, received.at, None, None, False, {})
    return Remedy(number, "", state, received.at, closing.at, None, False, closing.facts)


def _last(kind: str, course: list[Entry]) -> Entry | None:
    return next((entry for entry in reversed(course) if entry.kind == kind), None)


def _objection(package: Package, course: list[Entry], now: tuple[date, Days]) -> Remedy:
    received, *later = course
    facts, closing = received.facts, _last("objection.answered", later)
    kind = word(Objection, "kind", facts["kind"])
    if closing:
        state = outcome_of(closing.facts)
        return Remedy(facts["number"], kind, state, received.at, closing.at, None, False, closing.facts)
    due_on = _due(rule_for(facts["kind"], is_query=package.is_procurement), day(received.at), now)
    state = _("待答复，可能影响结果的暂停签约") if package.is_procurement else _("待答复，招标暂停")
    return Remedy(facts["number"], kind, state, received.at, None, due_on, now[0] > due_on, {})


def outcome_of(answered: dict[str, Any]) -> str:
    """Return what came of an objection, in words. Answers of the first days say no more than whether it was upheld."""
    outcome = answered.get("outcome") or ("upheld" if answered["upheld"] else "rejected")
    return word(Objection, "outcome", outcome)


def _complaint(acts: list[Entry], now: tuple[date, Days]) -> Remedy:
    received, *later = acts
    course = [entry for entry in later if entry.kind in COURSE]
    last = {entry.kind: entry for entry in course}
    kind, number = word(Complaint, "kind", received.facts["kind"]), received.facts["number"]
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


def _suspension(courses: list[list[Entry]]) -> dict[str, Any]:
    """Return what the running suspension says; the tender stands still for one at a time."""
    return next((course[0].facts for course in courses if not _last("tender.resumed", course)), {})
