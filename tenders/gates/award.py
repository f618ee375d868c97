"""When a package may be awarded, and to whom."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from statutes.refusal import Refusal, rests_on
from tenders.gates import blank_labels, incomplete, own_rule
from tenders.law import day, due_day, law, refuse, shown
from tenders.models import Award, Bid, Package, TenderReport


def result_of(package: Package) -> Award | None:
    return getattr(package, "result", None)


@rests_on("AW-02")
def candidates_publicity_is_over(package: Package, at: datetime) -> Refusal | None:
    """Government procurement publishes no candidates: its result is announced at once."""
    if package.candidates_published_at is None:
        return None  # the stage itself refuses
    published = day(package.candidates_published_at)
    rule, end = law("AW-02", published), due_day("AW-02", published)
    result = result_of(package)
    determined = result.determined_on if result else day(at)
    if min(day(at), determined) > end.strict:
        return None
    message = _("中标候选人公示期不得少于%(n)s日：公示到%(end)s24时，期满后才能定标。") % {
        "n": rule.amount,
        "end": shown(end.strict),
    }
    return refuse("AW-02", message, published)


@rests_on("AW-03")
def award_is_drafted(package: Package, at: datetime) -> Refusal | None:
    result = result_of(package)
    if result is None:
        return refuse("AW-03", _("还没有填写定标结果。"), day(at))
    if result.winner.rank is None or result.winner.package_id != package.pk:
        return refuse("AW-03", _("中标人须是公示过的中标候选人。"), day(at))
    return None


def award_is_not_dated_ahead(package: Package, at: datetime) -> Refusal | None:
    result = result_of(package)
    if result is None or result.determined_on <= day(at):
        return None
    return own_rule(_("定标日期%(day)s还没有到。") % {"day": shown(result.determined_on)}, "future")


@rests_on("AW-03", "GP-13")
def first_candidate_wins(package: Package, at: datetime) -> Refusal | None:
    result, rule_id = result_of(package), "GP-13" if package.is_procurement else "AW-03"
    if result is None or result.winner.rank is None:
        return None
    before = package.bids.candidates().filter(rank__lt=result.winner.rank, passed_over="")
    if not before.exists() or (result.ground and result.reason):
        return None
    message = _("应当由排名第一的候选人中标；由后面的候选人中标的，须写明法律列举的情形和理由。")
    return refuse(rule_id, message, day(at))


@rests_on("AW-13")
def winner_has_not_lost_it(package: Package, at: datetime) -> Refusal | None:
    result = result_of(package)
    if result is None or not result.winner.passed_over:
        return None
    ground = Bid.PassedOver(result.winner.passed_over).label
    return refuse("AW-13", _("该候选人已经取消中标资格（%(ground)s），不能再中标。") % {"ground": ground}, day(at))


@rests_on("EV-17")
def bids_are_still_valid(package: Package, at: datetime) -> Refusal | None:
    last = validity_ends_on(package)
    if last is None or day(at) <= last:
        return None
    return refuse("EV-17", _("投标有效期已于%(last)s届满，应当先请投标人延长。") % {"last": shown(last)}, day(at))


def validity_ends_on(package: Package) -> date | None:
    """Return the last day on which the bids bind: counted from the deadline (TBR 25), or as bidders extended it."""
    if package.evaluation.validity_until:
        return package.evaluation.validity_until
    if package.bids_due_at is None or package.bid_validity_days is None:
        return None
    return day(package.bids_due_at) + timedelta(days=package.bid_validity_days)


@rests_on("GP-14")
def result_is_complete(package: Package, at: datetime) -> Refusal | None:
    """What the result of a government procurement must say beyond that of a works tender."""
    result = result_of(package)
    if result is None or not package.is_procurement:
        return None
    return incomplete("GP-14", _("中标结果公告"), blank_labels(result, ("winner_address", "items")), at)


@rests_on("EV-17")
def bids_wait_for_the_award(package: Package, at: datetime) -> Refusal | None:
    if package.state in {Package.State.OPENED, Package.State.EVALUATED, Package.State.CANDIDATES}:
        return None
    return refuse("EV-17", _("开标之后、定标之前才能延长投标有效期。"), day(at))


@rests_on("EV-17")
def validity_is_extended(package: Package, at: datetime, until: date) -> Refusal | None:
    last = validity_ends_on(package)
    if last is None or until > max(last, day(at)):
        return None
    return refuse("EV-17", _("投标有效期只能延长到%(last)s以后的一天。") % {"last": shown(max(last, day(at)))}, day(at))


# -- after the award ---------------------------------------------------------------------------------------------------


@rests_on("AW-04")
def result_may_be_told(bid: Bid, at: datetime) -> Refusal | None:
    """Winner and losers are told of one award, each once, and nobody before it."""
    awarded_at = bid.package.awarded_at
    if awarded_at is None or bid.status != Bid.Status.ACCEPTED:
        return refuse("AW-04", _("定标之后，才能向投标人送达中标通知书和结果通知。"), day(at))
    if bid.letters.filter(awarded_at=awarded_at).exists():
        return refuse("AW-04", _("这家投标人的通知已经登记送达。"), day(at))
    return None


@rests_on("AW-06")
def report_may_be_submitted(report: TenderReport, at: datetime) -> Refusal | None:
    if report.submitted_at is not None:
        return refuse("AW-06", _("招标投标情况书面报告已经登记报送。"), day(at))
    if report.package.state != Package.State.AWARDED:
        return refuse("AW-06", _("确定中标人之后才报送招标投标情况书面报告。"), day(at))
    return incomplete("AW-06", _("招标投标情况书面报告"), blank_labels(report, ("overview",)), at)
