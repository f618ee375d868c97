"""What the evaluation must be, and when a package may be awarded."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from statutes.refusal import Refusal, rests_on
from tenders.gates import blank_labels, incomplete
from tenders.law import day, due_day, law, refuse, shown
from tenders.models import (
    Evaluation,
    Package,
)


@rests_on("EV-10")
def committee_is_composed_as_the_law_says(package: Package, at: datetime) -> Refusal | None:
    evaluation: Evaluation = package.evaluation
    size, experts = evaluation.committee_size or 0, evaluation.experts or 0
    least = law("EV-10", day(at)).amount or 0
    if size >= least and size % 2 == 1 and experts * 3 >= size * 2 and experts <= size:
        return None
    figures = {"n": least, "size": size, "experts": experts}
    message = _("评标委员会须为%(n)s人以上单数，专家不少于三分之二；现为%(size)d人，其中专家%(experts)d人。") % figures
    return refuse("EV-10", message, day(at))


@rests_on("EV-14")
def evaluation_report_is_complete(package: Package, at: datetime) -> Refusal | None:
    blank = blank_labels(package.evaluation, ("drawn_from", "report_received_on", "summary"))
    return incomplete("EV-14", _("评标报告"), blank, at)


@rests_on("EV-15")
def candidates_are_ranked(package: Package, at: datetime) -> Refusal | None:
    ranks = list(package.bids.candidates().values_list("rank", flat=True))
    most = law("EV-15", day(at)).amount or 0
    if ranks and len(ranks) <= most and ranks == list(range(1, len(ranks) + 1)):
        return None
    return refuse("EV-15", _("中标候选人应当为一至%(n)s名，并从第1名起标明顺序。") % {"n": most}, day(at))


@rests_on("EV-14")
def no_rejected_bid_is_ranked(package: Package, at: datetime) -> Refusal | None:
    if not package.bids.candidates().exclude(rejection_reason="").exists():
        return None
    return refuse("EV-14", _("被否决的投标不能列为中标候选人。"), day(at))


@rests_on("EV-18")
def owner_has_reviewed_the_report(package: Package, at: datetime) -> Refusal | None:
    blank = blank_labels(package.evaluation, ("owner_review",))
    return incomplete("EV-18", _("公示中标候选人之前"), blank, at)


@rests_on("AW-02")
def candidates_publicity_is_over(package: Package, at: datetime) -> Refusal | None:
    if package.candidates_published_at is None:
        return None  # the stage itself refuses
    published = day(package.candidates_published_at)
    rule, end = law("AW-02", published), due_day("AW-02", published)
    if day(at) > end.strict:
        return None
    message = _("中标候选人公示期不得少于%(n)s日：公示到%(end)s24时，期满后才能定标。") % {
        "n": rule.amount,
        "end": shown(end.strict),
    }
    return refuse("AW-02", message, published)


@rests_on("AW-03")
def award_is_drafted(package: Package, at: datetime) -> Refusal | None:
    result = getattr(package, "result", None)
    if result is None:
        return refuse("AW-03", _("还没有填写定标结果。"), day(at))
    if result.winner.rank is None or result.winner.package_id != package.pk:
        return refuse("AW-03", _("中标人须是公示过的中标候选人。"), day(at))
    return None


@rests_on("AW-03")
def first_candidate_wins(package: Package, at: datetime) -> Refusal | None:
    result = getattr(package, "result", None)
    if result is None or result.winner.rank == 1 or result.reason:
        return None
    message = _("使用国有资金的项目，应当由排名第一的候选人中标；选择其他候选人须写明法定理由。")
    return refuse("AW-03", message, day(at))


@rests_on("EV-17")
def bids_are_still_valid(package: Package, at: datetime) -> Refusal | None:
    if package.bids_due_at is None or package.bid_validity_days is None:
        return None
    last = day(package.bids_due_at) + timedelta(days=package.bid_validity_days)
    if day(at) <= last:
        return None
    return refuse("EV-17", _("投标有效期已于%(last)s届满，应当先请投标人延长。") % {"last": shown(last)}, day(at))
