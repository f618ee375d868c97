"""What a tender's announcement and documents must say, and may not say (D13, D14)."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from statutes.refusal import Refusal, rests_on
from tenders.gates import blank_labels, incomplete
from tenders.gates.wording import asks_to_register, sets_a_lowest_price
from tenders.law import day, due_day, figure, law, refuse, shown
from tenders.models import DEMANDING, PLANNED, TENDERS, Package, Track
from tenders.periods import ANNOUNCEMENT, PLAN
from tenders.thresholds import measure

ANNOUNCEMENT_FIELDS = (
    "name", "tender_number", "estimate_fen", "limit_price_fen", "scope", "technical", "price_terms", "qualification",
    "duration_days", "quality", "evaluation_method", "bid_validity_days", "documents_from", "documents_issued_on",
    "documents_until", "bids_due_at", "submission", "opening_place", "objection_contact", "supervisor", "media",
)  # fmt: skip
# Each of these has an article of its own, and its own gate below
OF_AN_ARTICLE = ("estimate_fen", "limit_price_fen", "bid_validity_days", "objection_contact")
# Where the law wants the announcement to stand (TB-01, GP-01); other media may repeat it.
DESIGNATED = {
    Track.WORKS: ("中国招标投标公共服务平台", "电子招标投标公共服务平台", "电子服务系统"),
    Track.PROCUREMENT: ("中国政府采购网", "政府采购网"),
}
REACHABLE = re.compile(r"\d{7,}|\d{3,4}[-－ ]\d{7,8}|[\w.+-]+@[\w-]+\.[\w.]+")


# -- the plan (D11)


@rests_on("TB-00", "GP-00")
def plan_is_complete(package: Package, at: datetime) -> Refusal | None:
    return incomplete(PLAN[Track(package.track)], _("招标计划"), blank_labels(package, PLANNED), at)


@rests_on("TB-00", "GP-00")
def plan_leaves_its_time(package: Package, at: datetime) -> Refusal | None:
    """The day that the plan names is as far off as the law wants the plan to be ahead."""
    return _too_early(package, at, shown_as=_("计划日期"), on=package.planned_on)


@rests_on("TB-00", "GP-00")
def plan_was_published_early(package: Package, at: datetime) -> Refusal | None:
    """What failed and is tendered again was planned once already."""
    if package.retender_of_id is not None:
        return None
    if package.planned_at is None:
        words = _("须先公布招标计划（采购意向）。")
        return refuse(PLAN[Track(package.track)], words, day(at))
    return _too_early(package, package.planned_at, shown_as=_("公告日期"), on=day(at))


def _too_early(package: Package, published_at: datetime, *, shown_as: str, on: date | None) -> Refusal | None:
    if on is None:
        return None
    rule_id, published = PLAN[Track(package.track)], day(published_at)
    rule, latest = law(rule_id, on), due_day(rule_id, on)
    if published <= latest.literal:
        return None
    figures = {"n": figure(rule), "what": shown_as, "on": shown(on), "published": shown(published)}
    message = _("招标计划（采购意向）须提前%(n)s公布：公布于%(published)s，%(what)s是%(on)s。") % figures
    return refuse(rule_id, message, on)


# -- the announcement (D13)


def _missing(package: Package, rule_id: str, names: tuple[str, ...], at: datetime) -> Refusal | None:
    return incomplete(rule_id, _("招标公告"), blank_labels(package, names), at)


@rests_on("TB-01", "GP-01")
def announcement_is_complete(package: Package, at: datetime) -> Refusal | None:
    """Whatever has no article of its own."""
    general = tuple(name for name in ANNOUNCEMENT_FIELDS if name not in OF_AN_ARTICLE)
    return _missing(package, ANNOUNCEMENT[Track(package.track)], general, at)


@rests_on("GP-06", "TB-01")
def budget_is_published(package: Package, at: datetime) -> Refusal | None:
    return _missing(package, "GP-06" if package.is_procurement else "TB-01", ("estimate_fen",), at)


@rests_on("TB-11", "GP-06")
def limit_price_is_published(package: Package, at: datetime) -> Refusal | None:
    return _missing(package, "GP-06" if package.is_procurement else "TB-11", ("limit_price_fen",), at)


@rests_on("TB-12", "GP-01")
def bid_validity_is_stated(package: Package, at: datetime) -> Refusal | None:
    return _missing(package, "GP-01" if package.is_procurement else "TB-12", ("bid_validity_days",), at)


@rests_on("TB-01", "GP-01")
def announcement_goes_to_a_designated_medium(package: Package, at: datetime) -> Refusal | None:
    media = DESIGNATED[Track(package.track)]
    if not package.media or any(name in package.media for name in media):
        return None
    message = _("公告须在法定媒介发布，发布媒介里要有：%(media)s。") % {"media": _("或者").join(media)}
    return refuse(ANNOUNCEMENT[Track(package.track)], message, day(at))


@rests_on("GP-06", "TB-11")
def limit_price_is_within_the_estimate(package: Package, at: datetime) -> Refusal | None:
    if package.limit_price_fen is None or package.limit_price_fen <= package.estimate_fen:
        return None
    figures = {"limit": f"{package.limit_price_fen / 100:,.2f}", "estimate": f"{package.estimate_fen / 100:,.2f}"}
    message = _("最高限价%(limit)s元，不得超过估算价（采购预算）%(estimate)s元。") % figures
    return refuse("GP-06" if package.track == Track.PROCUREMENT else "TB-11", message, day(at))


@rests_on("TB-11")
def no_lowest_price_is_set(package: Package, at: datetime) -> Refusal | None:
    return words_set_no_lowest_price((getattr(package, name) for name in DEMANDING), at)


@rests_on("TB-11")
def words_set_no_lowest_price(texts: Iterable[str], at: datetime) -> Refusal | None:
    if not any(sets_a_lowest_price(text) for text in texts):
        return None
    return refuse("TB-11", _("不得规定最低投标限价，请删去；要写明没有的，请写“不设最低投标限价”。"), day(at))


@rests_on("TB-08")
def documents_need_no_registration(package: Package, at: datetime) -> Refusal | None:
    """Whoever wants the documents takes them: no name, no registration, no fee for a place on a list."""
    if not asks_to_register(package.documents_from):
        return None
    message = _("获取招标文件不得要求报名、登记：请改写“%(field)s”；不要求的，请写“无须报名”。")
    field = Package._meta.get_field("documents_from").verbose_name
    return refuse("TB-08", message % {"field": field}, day(at))


@rests_on("TB-16")
def objections_have_an_address(package: Package, at: datetime) -> Refusal | None:
    if REACHABLE.search(package.objection_contact):
        return None
    return refuse("TB-16", _("异议联系人须写明电话或者电子邮箱。"), day(at))


@rests_on("FC-04")
def unfair_terms_can_be_reported(package: Package, at: datetime) -> Refusal | None:
    return incomplete("FC-04", _("招标公告"), blank_labels(package, ("fairness_channel",)), at)


@rests_on("TB-09")
def standard_text_is_used(package: Package, at: datetime) -> Refusal | None:
    """Tenders for works, and what belongs to them, are written on the standard documents of the state."""
    if package.track != Track.WORKS or package.standard_text.strip():
        return None
    return refuse("TB-09", _("须采用国家标准招标文件编制，并写明采用的标准文本。"), day(at))


@rests_on("TB-18")
def own_tender_is_filed(package: Package, at: datetime) -> Refusal | None:
    """Who must tender, and does so without an agency, has told the supervisor; an agency is named with its address."""
    if package.agency:
        return incomplete("TB-01", _("招标公告"), blank_labels(package, ("agency_contact",)), at)
    found = measure(package, day(at))
    if package.track != Track.WORKS or package.method not in TENDERS or found is None or not found.is_reached:
        return None
    if package.self_filing.strip():
        return None
    message = _("依法必须招标的项目自行招标，须先向行政监督部门备案，并写明备案情况。")
    return refuse("TB-18", message, day(at))
