"""What a tender needs before it is announced, and while it runs."""

from datetime import datetime

from django.utils.translation import gettext as _

from statutes.refusal import Refusal, rests_on
from tenders.gates import blank_labels, incomplete
from tenders.law import day, due_day, law, refuse, shown
from tenders.models import (
    Package,
    Project,
    TenderDocument,
)

ANNOUNCEMENT_FIELDS = (
    "name", "tender_number", "estimate_fen", "limit_price_fen", "scope", "qualification", "duration_days", "quality",
    "evaluation_method", "bid_validity_days", "documents_from", "documents_issued_on", "documents_until", "bids_due_at",
    "opening_place", "objection_contact", "supervisor", "media",
)  # fmt: skip


@rests_on("TH-12")
def plan_is_decided(package: Package, at: datetime) -> Refusal | None:
    if package.project.stage == Project.Stage.DECIDED:
        return None
    return refuse("TH-12", _("项目尚未完成决策和意见采纳公布，不能招标。"), day(at))


@rests_on("TH-13")
def project_is_approved(package: Package, at: datetime) -> Refusal | None:
    project = package.project
    if project.code and project.approvals.exists():
        return None
    return refuse("TH-13", _("招标前须有项目代码，并公布审批结果。"), day(at))


@rests_on("TB-01")
def announcement_is_complete(package: Package, at: datetime) -> Refusal | None:
    return incomplete("TB-01", _("招标公告"), blank_labels(package, ANNOUNCEMENT_FIELDS), at)


@rests_on("TH-09")
def tendering_is_open(package: Package, at: datetime) -> Refusal | None:
    if package.method == Package.Method.OPEN or package.method_reason:
        return None
    return refuse("TH-09", _("应当公开招标；采用邀请招标的，须先公布理由和法律依据。"), day(at))


@rests_on("TB-15.2", "TB-15")
def both_contract_drafts_are_included(package: Package, at: datetime) -> Refusal | None:
    kinds = set(package.documents.values_list("kind", flat=True))
    Kind = TenderDocument.Kind  # noqa: N806, a class
    missing = [str(kind.label) for kind in (Kind.MAIN, Kind.CONTRACT_DRAFT, Kind.INTEGRITY_DRAFT) if kind not in kinds]
    if not missing:
        return None
    code = "TB-15.2" if missing == [str(Kind.INTEGRITY_DRAFT.label)] else "TB-15"
    message = _("招标文件还缺：%(missing)s。签约时要签的合同，文本须随招标文件一并发出。")
    return refuse(code, message % {"missing": "、".join(missing)}, day(at))


@rests_on("TB-05")
def documents_are_issued_today(package: Package, at: datetime) -> Refusal | None:
    """All periods count from the day on which the documents go out: the day of the announcement itself."""
    if package.documents_issued_on in (None, day(at)):
        return None
    figures = {"issued": shown(package.documents_issued_on), "today": shown(day(at))}
    message = _("招标文件发出日期写的是%(issued)s，公告当日是%(today)s，两者须一致。") % figures
    return refuse("TB-05", message, day(at))


@rests_on("TB-03")
def documents_are_offered_long_enough(package: Package, at: datetime) -> Refusal | None:
    issued, until = package.documents_issued_on, package.documents_until
    if issued is None or until is None:
        return None
    rule, earliest = law("TB-03", issued), due_day("TB-03", issued)
    if until >= earliest.strict:
        return None
    figures = {"n": rule.amount, "earliest": shown(earliest.strict), "until": shown(until)}
    message = _("招标文件发售期不得少于%(n)s日：截止日期不得早于%(earliest)s，现为%(until)s。") % figures
    return refuse("TB-03", message, issued)


@rests_on("TB-05")
def bid_period_is_long_enough(package: Package, at: datetime) -> Refusal | None:
    issued = package.documents_issued_on
    if issued is None or package.bids_due_at is None:
        return None
    rule, earliest = law("TB-05", issued), due_day("TB-05", issued)
    due_on = day(package.bids_due_at)
    if due_on >= earliest.strict:
        return None
    figures = {
        "n": rule.amount,
        "earliest": shown(earliest.strict),
        "due": shown(due_on),
        "given": (due_on - issued).days,
    }
    message = _(
        "自招标文件发出之日起至投标截止不得少于%(n)s日：截止日期不得早于%(earliest)s，现为%(due)s（只有%(given)d日）。"
    )
    return refuse("TB-05", message % figures, issued)


@rests_on("TB-10")
def bid_bond_is_within_the_cap(package: Package, at: datetime) -> Refusal | None:
    rule = law("TB-10", day(at))
    cap = int(package.estimate_fen * (rule.amount or 0))
    if package.bid_bond_fen <= cap:
        return None
    figures = {"share": rule.figure, "cap": f"{cap / 100:,.2f}", "bond": f"{package.bid_bond_fen / 100:,.2f}"}
    message = _("投标保证金不得超过估算价的%(share)s，即%(cap)s元，现为%(bond)s元。") % figures
    return refuse("TB-10", message, day(at))


@rests_on("TB-10.2")
def bid_bond_of_works_is_within_the_cap(package: Package, at: datetime) -> Refusal | None:
    rule = law("TB-10.2", day(at))
    if package.track != Package.Track.WORKS or package.bid_bond_fen <= int(rule.amount or 0):
        return None
    return refuse("TB-10.2", _("工程投标保证金最高不得超过%(cap)s。") % {"cap": rule.figure}, day(at))
