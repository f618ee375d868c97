"""
Clocks: the windows that protect the public, and the duties of the bureau with their latest day.

A clock refuses nothing. A duty that is late is shown as late, in public.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from contracts.models import Contract
from lifecycle.bonds import bond_clocks
from lifecycle.clock import Clock, Days, counted
from lifecycle.remedies import days_lost, remedy_clocks, stands_still, standstills
from statutes.rules import due
from tenders.law import calendar, day, law
from tenders.models import Consultation, Hearing, Method, Package, Project, Track
from tenders.periods import APPLYING, bidding_rule

__all__ = ["Clock", "Days", "calendar_once", "clocks"]


def clocks(project: Project, *, at: datetime, days: Days | None = None) -> list[Clock]:
    """
    Return the clocks of a project that run or have run, those still open first, the nearest on top.

    Of a project with its rounds, their reports, its packages, their contracts and bonds at hand, and with ``days``, it
    costs no query.
    """
    days = days or calendar_once()
    packages = list(project.packages.all())
    contracts = [package.contract for package in packages if hasattr(package, "contract")]
    signed = {contract.package_id for contract in contracts if contract.signed_at}
    found = [*_consultation_clocks(project, at, days), *_decision_clocks(project, days)]
    for consultation in project.consultations.all():
        for hearing in consultation.hearings.all():
            found += _hearing_clocks(hearing, at, days)
    for package in packages:
        found += _package_clocks(package, at, days, is_signed=package.pk in signed)
    for contract in contracts:
        found += _contract_clocks(contract, days)
    return sorted(found, key=lambda clock: (clock.done, clock.due_on))


def calendar_once() -> Days:
    """Return the way to a calendar that is read when a clock first asks for it, and then never again."""
    return cache(calendar)


def _window(
    rule_id: str, subject: Any, title: str, start: date, now: tuple[datetime, Days], *, closed: bool = False
) -> Clock:
    """Return the clock of a time that must pass, done when it has, or when what it was for is ``closed``."""
    at, days = now
    over = closed or day(at) > due(law(rule_id, start), start, days()).strict
    return counted(rule_id, subject, title, start, days, done=over)


def _consultation_clocks(project: Project, at: datetime, days: Days) -> Iterator[Clock]:
    for consultation in project.consultations.all():
        if consultation.opened_at and consultation.closes_on and not consultation.was_cut_short:
            start = day(consultation.opened_at)
            over = consultation.state in Consultation.OVER or day(at) > consultation.closes_on
            rule, provisional = law("PD-03", start), days().is_provisional(consultation.closes_on)
            title, ends_at = _("征求意见"), consultation.ends_at
            yield Clock(rule, consultation.path, title, start, consultation.closes_on, True, over, provisional, ends_at)
        if consultation.ended_at:
            report = getattr(consultation, "report", None)
            reported = report is not None and report.published_at is not None
            yield counted("PD-13", consultation, _("公布意见采纳情况"), day(consultation.ended_at), days, done=reported)


def _hearing_clocks(hearing: Hearing, at: datetime, days: Days) -> Iterator[Clock]:
    if hearing.announced_at is None or hearing.applications_until is None:
        return
    start, until = day(hearing.announced_at), hearing.applications_until
    over = hearing.cancelled_at is not None or day(at) > until
    rule, provisional = law("PD-05.3", start), days().is_provisional(until)
    yield Clock(rule, hearing.path, _("报名参加听证"), start, until, True, over, provisional)
    if hearing.requested_on:
        done = hearing.cancelled_at is not None or hearing.held_at is not None
        yield counted("PL-07", hearing, _("组织听证"), hearing.requested_on, days, done=done)


def _decision_clocks(project: Project, days: Days) -> Iterator[Clock]:
    decision = getattr(project, "decision", None)
    if decision and decision.decided_on and project.decided_at:
        yield counted("FO-01", decision, _("公布决策"), decision.decided_on, days, done=True)


def _preparation_clocks(package: Package, at: datetime, days: Days) -> Iterator[Clock]:
    """How long a single source stands before the public, before anything is bought from it."""
    if package.method == Method.SINGLE_SOURCE and package.reasoned_at:
        yield _window("GP-23", package, _("单一来源采购公示"), day(package.reasoned_at), (at, days))


def _application_clocks(package: Package, at: datetime, days: Days) -> Iterator[Clock]:
    """How long applications for a prequalification are taken."""
    ours = getattr(package, "prequalification", None)
    if ours is None or ours.published_at is None or ours.due_at is None or ours.documents_until is None:
        return
    start = ours.documents_issued_on if package.is_procurement else ours.documents_until
    rule, due_on = law(APPLYING[Track(package.track)], start), day(ours.due_at)
    over, provisional = at >= ours.due_at or package.state == Package.State.FAILED, days().is_provisional(due_on)
    yield Clock(
        rule, ours.path, _("申请资格预审"), day(ours.published_at), due_on, True, over, provisional, ours.due_at
    )


def _package_clocks(package: Package, at: datetime, days: Days, *, is_signed: bool) -> Iterator[Clock]:
    failed = package.state == Package.State.FAILED
    yield from _preparation_clocks(package, at, days)
    yield from _application_clocks(package, at, days)
    if package.announced_at and package.documents_issued_on and package.bids_due_at:
        due_on = day(package.bids_due_at)
        rule, provisional = law(bidding_rule(package), package.documents_issued_on), days().is_provisional(due_on)
        over = failed or at >= package.bids_due_at
        title, start = _("投标"), package.documents_issued_on
        yield Clock(rule, package.path, title, start, due_on, True, over, provisional, package.bids_due_at)
    yield from _evaluation_clocks(package, at, days)
    yield from _award_clocks(package, at, days, is_signed=is_signed)
    yield from bond_clocks(package, days)
    yield from _matter_clocks(package, at, days)
    yield from remedy_clocks(package, at, days)


def _without_standstill(clock: Clock, package: Package, days: Days, at: datetime) -> Clock:
    """Count a duty of the bureau without the days on which the tender stood still (TBR 22, 54, 62; GPR 54)."""
    spans = [] if clock.done else standstills(package)
    begins = clock.starts_on + timedelta(days=days_lost(spans, clock.starts_on, day(at)))
    end = due(clock.rule, begins, days())
    return replace(clock, due_on=end.strict, provisional=end.provisional, paused=stands_still(spans))


def _matter_clocks(package: Package, at: datetime, days: Days) -> Iterator[Clock]:
    """What observers have asked to be answered, and what they may say to the answer."""
    for matter in package.matters.all():
        asked_on, is_answered = day(matter.asked_at), matter.answered_at is not None
        yield counted("SV-01", matter, _("答复监督事项"), asked_on, days, done=is_answered)
        if matter.answered_at:
            answered_on = day(matter.answered_at)
            title, closed = _("监督单位认可答复"), matter.is_closed
            yield _window("SV-02", matter, title, answered_on, (at, days), closed=closed)


def _evaluation_clocks(package: Package, at: datetime, days: Days) -> Iterator[Clock]:
    """From the report to the result: through the publicity of candidates, or, for procurement, at once."""
    report = getattr(package, "evaluation", None)
    if package.evaluated_at is None or report is None or report.report_received_on is None:
        return
    over = package.state == Package.State.FAILED
    received, awarded = report.report_received_on, package.awarded_at is not None
    if package.is_procurement:
        if report.finished_on:
            yield counted("GP-12", package, _("送交评标报告"), report.finished_on, days, done=True)
        yield counted("GP-13", package, _("确定中标人"), received, days, done=awarded or over)
        return
    published = package.candidates_published_at
    clock = counted("AW-01", package, _("公示中标候选人"), received, days, done=published is not None or over)
    yield _without_standstill(clock, package, days, at)
    if published:
        yield _window("AW-02", package, _("中标候选人公示"), day(published), (at, days))


def _award_clocks(package: Package, at: datetime, days: Days, *, is_signed: bool) -> Iterator[Clock]:
    """What follows from the award: the result made public, the report, the contract."""
    result = getattr(package, "result", None)
    if package.awarded_at is None or result is None:
        return
    awarded, determined = day(package.awarded_at), result.determined_on
    if package.is_procurement:
        yield counted("GP-14", package, _("公告中标结果"), determined, days, done=True)
        yield _window("GP-15", package, _("中标结果公告"), awarded, (at, days))
        clock = counted("GP-16", package, _("签订合同"), awarded, days, done=is_signed)
        yield _without_standstill(clock, package, days, at)
        return
    report = getattr(package, "report", None)
    reported = report is not None and report.submitted_at is not None
    yield counted("AW-05", package, _("公示中标结果"), determined, days, done=True)
    yield counted("AW-06", package, _("报送招标投标情况书面报告"), determined, days, done=reported)
    clock = counted("AW-07", package, _("签订合同"), awarded, days, done=is_signed)
    yield _without_standstill(clock, package, days, at)


def _contract_clocks(contract: Contract, days: Days) -> Iterator[Clock]:
    """The contract is public from the act on that signs it; how long that could have taken depends on the track."""
    if contract.signed_at is None:
        return
    rule_id = "GP-17" if contract.package.is_procurement else "AW-14"
    yield counted(rule_id, contract, _("公开合同"), day(contract.signed_at), days, done=True)
