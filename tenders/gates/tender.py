"""What a tender needs before it is announced, and while it runs."""

from datetime import datetime

from django.utils.translation import gettext as _

from statutes.refusal import Refusal, rests_on
from tenders.law import day, due_day, figure, law, listed, refuse, shown
from tenders.models import Package, Project, TenderDocument, Track
from tenders.periods import BIDDING, BOND, OFFER, bidding_rule


@rests_on("TH-12")
def plan_is_decided(package: Package, at: datetime) -> Refusal | None:
    if package.project.stage == Project.Stage.DECIDED:
        return None
    return refuse("TH-12", _("项目尚未完成决策和意见采纳公布，不能招标。"), day(at))


@rests_on("TB-15.2", "TB-15")
def both_contract_drafts_are_included(package: Package, at: datetime) -> Refusal | None:
    kinds = set(package.documents.values_list("kind", flat=True))
    Kind = TenderDocument.Kind  # noqa: N806, a class
    missing = [str(kind.label) for kind in (Kind.MAIN, Kind.CONTRACT_DRAFT, Kind.INTEGRITY_DRAFT) if kind not in kinds]
    if not missing:
        return None
    code = "TB-15.2" if missing == [str(Kind.INTEGRITY_DRAFT.label)] else "TB-15"
    message = _("招标文件还缺：%(missing)s。签约时要签的合同，文本须随招标文件一并发出。")
    return refuse(code, message % {"missing": listed(missing)}, day(at))


@rests_on("TB-05", "GP-04")
def documents_are_issued_today(package: Package, at: datetime) -> Refusal | None:
    """All periods count from the day on which the documents go out: the day of the announcement itself."""
    if package.documents_issued_on in (None, day(at)):
        return None
    figures = {"issued": shown(package.documents_issued_on), "today": shown(day(at))}
    message = _("招标文件发出日期写的是%(issued)s，公告当日是%(today)s，两者须一致。") % figures
    return refuse(BIDDING[Track(package.track)], message, day(at))


@rests_on("TB-03", "GP-03", "GP-01")
def documents_are_offered_long_enough(package: Package, at: datetime) -> Refusal | None:
    """On the procurement track that is also how long the announcement lasts."""
    issued, until = package.documents_issued_on, package.documents_until
    if issued is None or until is None:
        return None
    rule_id = OFFER[Track(package.track)]
    rule, earliest = law(rule_id, issued), due_day(rule_id, issued)
    if until >= earliest.strict:
        return None
    figures = {"n": figure(rule), "earliest": shown(earliest.strict), "until": shown(until)}
    message = _("招标文件的提供期限不得少于%(n)s：截止日期不得早于%(earliest)s，现为%(until)s。") % figures
    return refuse(rule_id, message, issued)


@rests_on("TB-05", "GP-04", "GP-04.2", "GP-04.3")
def bid_period_is_long_enough(package: Package, at: datetime) -> Refusal | None:
    issued = package.documents_issued_on
    if issued is None or package.bids_due_at is None:
        return None
    rule_id = bidding_rule(package)
    rule, earliest = law(rule_id, issued), due_day(rule_id, issued)
    due_on = day(package.bids_due_at)
    if due_on >= earliest.strict:
        return None
    figures = {
        "n": figure(rule),
        "earliest": shown(earliest.strict),
        "due": shown(due_on),
        "given": (due_on - issued).days,
    }
    message = _(
        "自招标文件发出之日起至投标截止不得少于%(n)s：截止日期不得早于%(earliest)s，现为%(due)s（只有%(given)d日）。"
    )
    return refuse(rule_id, message % figures, issued)


@rests_on("TB-10", "GP-07")
def bid_bond_is_within_the_cap(package: Package, at: datetime) -> Refusal | None:
    rule = law(BOND[Track(package.track)], day(at))
    cap = int(package.estimate_fen * (rule.amount or 0))
    if package.bid_bond_fen <= cap:
        return None
    figures = {"share": figure(rule), "cap": f"{cap / 100:,.2f}", "bond": f"{package.bid_bond_fen / 100:,.2f}"}
    message = _("投标保证金不得超过估算价的%(share)s，即%(cap)s元，现为%(bond)s元。") % figures
    return refuse(rule.id, message, day(at))


@rests_on("TB-10.2")
def bid_bond_of_works_is_within_the_cap(package: Package, at: datetime) -> Refusal | None:
    rule = law("TB-10.2", day(at))
    if package.track != Package.Track.WORKS or package.bid_bond_fen <= int(rule.amount or 0):
        return None
    return refuse("TB-10.2", _("工程投标保证金最高不得超过%(cap)s。") % {"cap": figure(rule)}, day(at))
