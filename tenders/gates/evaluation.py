"""What the evaluation report must say, and what the owner checks before anything of it is published."""

from datetime import datetime

from django.utils.translation import gettext as _

from ledger.models import Entry
from statutes.refusal import Refusal, rests_on
from tenders.gates import blank_labels, incomplete, labels_of
from tenders.law import day, law, listed, refuse
from tenders.models import CHECKS, Check, Evaluation, Package

REPORT_RECEIVED = "step.evaluate"


@rests_on("EV-14")
def evaluation_report_is_complete(package: Package, at: datetime) -> Refusal | None:
    blank = blank_labels(package.evaluation, ("finished_on", "report_received_on", "summary"))
    return incomplete("EV-14", _("评标报告"), blank, at)


@rests_on("EV-14")
def report_days_are_right(package: Package, at: datetime) -> Refusal | None:
    """The report follows the evaluation, the evaluation the opening, and none lies ahead."""
    finished, received = package.evaluation.finished_on, package.evaluation.report_received_on
    if finished is None or received is None or package.opened_at is None:
        return None
    if day(package.opened_at) <= finished <= received <= day(at):
        return None
    message = _("评标结束日期应当不早于开标之日，收到评标报告日期不早于评标结束之日，且都不晚于今天。")
    return refuse("EV-14", message, day(at))


@rests_on("EV-14")
def every_bid_is_judged(package: Package, at: datetime) -> Refusal | None:
    """A bid is scored, or rejected on a ground of the law and for a stated reason; none is passed over in silence."""
    numbers = listed(bid.number for bid in package.bids.accepted() if not bid.is_judged)
    if not numbers:
        return None
    message = _("第%(numbers)s号投标还没有评审结果：写明得分或者评审价，或者写明否决的情形和理由。") % {
        "numbers": numbers
    }
    return refuse("EV-14", message, day(at))


@rests_on("EV-16")
def some_bid_stands(package: Package, at: datetime) -> Refusal | None:
    accepted = package.bids.accepted()
    if not accepted.exists() or accepted.filter(rejection_reason="").exists():
        return None
    return refuse("EV-16", _("所有投标都被否决：不能定标，应当宣布招标失败，依法重新招标。"), day(at))


@rests_on("EV-15")
def candidates_are_ranked(package: Package, at: datetime) -> Refusal | None:
    ranks = list(package.bids.candidates().values_list("rank", flat=True))
    most = law("EV-15", day(at)).amount or 0
    if some_bid_stands(package, at) or (ranks and len(ranks) <= most and ranks == list(range(1, len(ranks) + 1))):
        return None
    return refuse("EV-15", _("中标候选人应当为一至%(n)s名，并从第1名起标明顺序。") % {"n": most}, day(at))


@rests_on("EV-14")
def no_rejected_bid_is_ranked(package: Package, at: datetime) -> Refusal | None:
    if not package.bids.candidates().exclude(rejection_reason="").exists():
        return None
    return refuse("EV-14", _("被否决的投标不能列为中标候选人。"), day(at))


# -- before anything of it is published --------------------------------------------------------------------------------


@rests_on("EV-18")
def owner_has_reviewed_the_report(package: Package, at: datetime) -> Refusal | None:
    blank = blank_labels(package.evaluation, (*CHECKS, "owner_review"))
    return incomplete("EV-18", _("公示中标候选人之前"), blank, at)


@rests_on("EV-18")
def oddities_are_settled(package: Package, at: datetime) -> Refusal | None:
    evaluation: Evaluation = package.evaluation
    odd = [name for name in CHECKS if getattr(evaluation, name) == Check.ODD]
    if odd:
        message = _("%(labels)s有异常还没有处理：应当要求评标委员会复核，复核以后才能公示。")
        return refuse("EV-18", message % {"labels": listed(labels_of(evaluation, odd))}, day(at))
    settled = any(getattr(evaluation, name) == Check.SETTLED for name in CHECKS)
    blank = blank_labels(evaluation, ("check_handling",)) if settled else []
    return incomplete("EV-18", _("核对发现的异常"), blank, at)


def was_corrected(package: Package) -> bool:
    """Say whether the report says something else than when it was handed over; the record knows what it said."""
    entry = Entry.objects.filter(kind=REPORT_RECEIVED, subject=package.path).order_by("seq").last()
    return entry is not None and entry.facts.get("commitment") != package.evaluation.commitment()


@rests_on("EV-18")
def report_is_as_received(package: Package, at: datetime) -> Refusal | None:
    """Only the committee changes its report, and only where the owner has found something odd in it."""
    evaluation: Evaluation = package.evaluation
    if any(getattr(evaluation, name) == Check.SETTLED for name in CHECKS) or not was_corrected(package):
        return None
    message = _(
        "评标结果与收到评标报告时不一致。评标委员会复核改正的，请在核对一栏选“有异常，已经复核处理”并写明；否则改回。"
    )
    return refuse("EV-18", message, day(at))


@rests_on("AW-01")
def candidates_are_described(package: Package, at: datetime) -> Refusal | None:
    """What the publicity must say of each candidate (D22)."""
    bare = [bid.rank for bid in package.bids.candidates() if not bid.eligibility]
    if not bare:
        return None
    message = _("第%(ranks)s名候选人还没有写明响应招标文件的资格能力条件。") % {"ranks": listed(bare)}
    return refuse("AW-01", message, day(at))
