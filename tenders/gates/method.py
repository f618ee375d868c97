"""What the law demands of the choice how a package is procured, and what it is measured by (TH-01 to TH-15, GP-23)."""

from datetime import datetime

from django.utils.translation import gettext as _

from statutes.refusal import Refusal, rests_on
from tenders.gates import incomplete, labels_of
from tenders.law import day, due_day, figure, law, listed, refuse, shown
from tenders.models import (
    GROUNDS,
    TENDERS,
    WITHOUT_COMPETITION,
    Approval,
    Category,
    Ground,
    Method,
    Package,
    Track,
)
from tenders.thresholds import measure, standing

WORKS_OF_PROCUREMENT = frozenset({Method.NEGOTIATION, Method.CONSULTATION, Method.SINGLE_SOURCE})  # TH-10
BELOW = frozenset({Ground.BELOW, Ground.GP_BELOW})
# What the approval organ has approved before such a package goes out (TH-13)
APPROVED_BEFORE = {
    Category.CONSTRUCTION: Approval.Kind.DESIGN,
    Category.GOODS: Approval.Kind.DESIGN,
}


@rests_on("TH-13")
def project_is_approved(package: Package, at: datetime) -> Refusal | None:
    """The project has its code, and what the package builds on is approved; a simple project joins the three stages."""
    project, needed = package.project, APPROVED_BEFORE.get(Category(package.category), Approval.Kind.FEASIBILITY)
    kinds = set(project.approvals.values_list("kind", flat=True))
    if project.code and kinds & {needed, Approval.Kind.DESIGN}:
        return None
    message = _("招标前须有项目代码，并公布%(needed)s的审批结果。")
    return refuse("TH-13", message % {"needed": needed.label}, day(at))


@rests_on("TH-15")
def packages_fit_the_budget(package: Package, at: datetime) -> Refusal | None:
    """All packages together stay within the approved budget, or within the estimate while there is no budget."""
    project = package.project
    budgets = project.approvals.filter(kind=Approval.Kind.DESIGN).exclude(amount_fen=None)
    budget = budgets.order_by("approved_on", "pk").last()
    share = law("TH-15", day(at)).amount or 1
    limit = int((budget.amount_fen if budget and budget.amount_fen else project.estimate_fen) * share)
    planned = sum(other.estimate_fen for other in standing(project))
    if planned <= limit:
        return None
    figures = {"planned": f"{planned / 100:,.2f}", "limit": f"{limit / 100:,.2f}"}
    message = _("各标段估算价合计%(planned)s元，超过批准的概算（估算）%(limit)s元，须先报批调整。") % figures
    return refuse("TH-15", message, day(at))


@rests_on("TH-14")
def overrun_is_reported(amount_fen: int | None, estimate_fen: int | None, report: str, at: datetime) -> Refusal | None:
    """A budget that exceeds the approved estimate by more than the legal share says to whom that was reported."""
    if not amount_fen or not estimate_fen or report.strip():
        return None
    rule = law("TH-14", day(at))
    most = int(estimate_fen * (1 + (rule.amount or 0)))
    if amount_fen <= most:
        return None
    figures = {"share": figure(rule), "most": f"{most / 100:,.2f}", "amount": f"{amount_fen / 100:,.2f}"}
    message = _("概算%(amount)s元，超过可研批准估算的%(share)s（%(most)s元）：须写明向原审批机关报告的情况。")
    return refuse("TH-14", message % figures, day(at))


@rests_on("TH-08")
def method_is_as_approved(package: Package, at: datetime) -> Refusal | None:
    """What must be tendered is tendered as the approval organ has approved it: method and organisation."""
    found = measure(package, day(at))
    if package.track != Track.WORKS or found is None or not found.is_reached:
        return None
    if not _approval_is_published(package):
        message = _("依法必须招标，须写明核准招标内容的批准文号，且该批准已经公布。")
        return refuse("TH-08", message, day(at))
    pairs = {
        "method": (package.method, package.approved_method),
        "approved_organising": (package.organising, package.approved_organising),
    }
    differing = labels_of(package, [name for name, (now, approved) in pairs.items() if now != approved])
    if not differing:
        return None
    message = _("%(what)s与核准的不一致；要变更，须先报原审批机关重新核准。") % {"what": listed(differing)}
    return refuse("TH-08", message, day(at))


def _approval_is_published(package: Package) -> bool:
    number = package.approval_number
    return bool(number) and package.project.approvals.filter(number=number).exists()


@rests_on("TH-10", "TH-06", "TH-09")
def method_belongs_to_its_track(package: Package, at: datetime) -> Refusal | None:
    """Each track knows its own methods, each method its legal grounds; procured works have three (TH-10)."""
    if package.method == Method.OPEN:
        return None
    grounds = GROUNDS.get((package.track, package.method))
    figures = {"track": package.get_track_display(), "method": package.get_method_display()}
    if grounds is None:
        return refuse(_rule_of(package), _("“%(track)s”没有“%(method)s”这种方式。") % figures, day(at))
    if package.method_ground not in grounds:
        message = _("“%(method)s”须有法定情形：请选择符合的一种，并写明理由。") % figures
        return refuse(_rule_of(package), message, day(at))
    is_works = package.track == Track.PROCUREMENT and package.category == Category.CONSTRUCTION
    if is_works and package.method not in WORKS_OF_PROCUREMENT:
        return refuse("TH-10", _("依法不招标的政府采购工程，不能采用“%(method)s”。") % figures, day(at))
    return None


def _rule_of(package: Package) -> str:
    return "TH-06" if package.track == Track.WORKS else "TH-10"


@rests_on("TH-02", "TH-03", "TH-04", "TH-05", "TH-07", "TH-01", "TH-01.2", "TH-11")
def what_must_be_tendered_is_tendered(package: Package, at: datetime) -> Refusal | None:
    """From the threshold on, alone or together with its like, a package is tendered, by the track that is its own."""
    found = measure(package, day(at))
    if found is None or not found.is_reached:
        return None
    figures = {
        "estimate": f"{package.estimate_fen / 100:,.2f}",
        "together": f"{found.together_fen / 100:,.2f}",
        "limit": figure(found.rule),
    }
    if found.rule.id != "TH-11" and package.track == Track.PROCUREMENT:
        message = _("估算价%(estimate)s元，同类合计%(together)s元，达到%(limit)s，须按工程招标的程序办理。")
        return refuse(found.rule.id, message % figures, day(at))
    if package.method in TENDERS or package.method_ground not in BELOW:
        return None
    if found.is_split:
        message = _("本标段%(estimate)s元，同类合计%(together)s元，达到%(limit)s：不得化整为零规避招标。")
        return refuse("TH-07", message % figures, day(at))
    message = _("估算价%(estimate)s元，达到必须招标的%(limit)s。") % figures
    return refuse(found.rule.id, message, day(at))


@rests_on("TH-11")
def finance_has_approved_another_method(package: Package, at: datetime) -> Refusal | None:
    """From the provincial threshold on, goods and services are tendered openly, or finance has approved another way."""
    found = measure(package, day(at))
    if found is None or found.rule.id != "TH-11" or not found.is_reached or package.method == Method.OPEN:
        return None
    if _approval_is_published(package):
        return None
    message = _("达到公开招标数额标准%(limit)s，采用其他方式的，须先获财政部门批准并公布批准文号。")
    return refuse("TH-11", message % {"limit": figure(found.rule)}, day(at))


@rests_on("TH-09")
def reason_is_written(package: Package, at: datetime) -> Refusal | None:
    blank = [name for name in ("method_ground", "method_reason") if not getattr(package, name).strip()]
    return incomplete("TH-09", _("不公开招标的公示"), labels_of(package, blank), at)


@rests_on("TH-09")
def reason_was_published_before(package: Package, at: datetime) -> Refusal | None:
    """Not tendering, or not openly: ground and reason stand before the public, as they are now, before it begins."""
    if package.method == Method.OPEN:
        return None
    if package.reasoned_at and package.reasoned_at < at and package.published_choice == package.chosen():
        return None
    message = _("应当公开招标；采用“%(method)s”的，须先公示法定情形和理由，公示以后改动的须重新公示。")
    return refuse("TH-09", message % {"method": package.get_method_display()}, day(at))


@rests_on("GP-23")
def single_source_was_before_the_public(package: Package, at: datetime) -> Refusal | None:
    if package.method != Method.SINGLE_SOURCE or package.reasoned_at is None:
        return None
    published = day(package.reasoned_at)
    rule, end = law("GP-23", published), due_day("GP-23", published)
    if day(at) > end.strict:
        return None
    figures = {"n": rule.amount, "end": shown(end.strict)}
    message = _("单一来源采购须公示不少于%(n)s个工作日：公示到%(end)s为止。") % figures
    return refuse("GP-23", message, day(at))


@rests_on("TH-09")
def somebody_is_invited_to_compete(package: Package, at: datetime) -> Refusal | None:
    """What is bought from one supplier without competition is not announced as a tender."""
    if package.method not in WITHOUT_COMPETITION:
        return None
    message = _("“%(method)s”不发招标公告。") % {"method": package.get_method_display()}
    return refuse("TH-09", message, day(at))
