"""How the evaluation committee is composed, who may not sit on it, and how it signs."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Organisation
from statutes.refusal import Refusal, rests_on
from tenders.law import day, figure, law, listed, refuse
from tenders.models import CommitteeMember, Package

SUPERVISORS = (*Organisation.INVITED_KINDS, Organisation.Kind.SUPERVISION)
MAY_CHANGE = {Package.State.ANNOUNCED, Package.State.OPENING, Package.State.OPENED}


def size_rule(package: Package, at: datetime) -> str:
    """Return the rule on how large the committee is: government procurement asks more of large or hard matters."""
    if not package.is_procurement:
        return "EV-10"
    large = package.estimate_fen >= int(law("GP-11.4", day(at)).amount or 0)
    evaluation = package.evaluation
    return "GP-11.3" if large or evaluation.is_complex or evaluation.has_social_impact else "GP-11"


@rests_on("EV-10", "GP-11", "GP-11.3", "GP-11.4")
def committee_is_large_and_odd(package: Package, at: datetime) -> Refusal | None:
    rule_id, size = size_rule(package, at), package.committee.standing().count()
    least = law(rule_id, day(at)).amount or 0
    if size >= least and size % 2 == 1:
        return None
    message = _("评标委员会须为%(n)s人以上单数；现为%(size)d人。") % {"n": least, "size": size}
    return refuse(rule_id, message, day(at))


@rests_on("EV-10.2", "GP-11.2")
def experts_are_enough(package: Package, at: datetime) -> Refusal | None:
    rule_id = "GP-11.2" if package.is_procurement else "EV-10.2"
    standing = package.committee.standing()
    size, experts = standing.count(), standing.experts().count()
    least: Any = law(rule_id, day(at)).amount or 0
    if experts >= size * least:
        return None
    figures = {"share": least, "size": size, "experts": experts}
    message = _("评标委员会中技术、经济专家不得少于成员总数的%(share)s；现%(size)d人中有专家%(experts)d人。") % figures
    return refuse(rule_id, message, day(at))


@rests_on("EV-11")
def members_are_impartial(package: Package, at: datetime) -> Refusal | None:
    """Asked when the report comes in: before the opening the answer would betray who bids (EM-01)."""
    standing = package.committee.standing()
    if biased := _biased(package):
        message = _("第%(numbers)s号成员在投标人或者监督部门任职，应当回避并补抽。") % {"numbers": listed(biased)}
        return refuse("EV-11", message, day(at))
    silent = standing.filter(declares_no_interest=False).count()
    if not silent:
        return None
    message = _("还有%(n)d名成员没有书面声明不存在应当回避的情形。") % {"n": silent}
    return refuse("EV-11", message, day(at))


def _biased(package: Package) -> list[int]:
    bidders = set(package.bids.values_list("bidder", flat=True))
    supervisors = set(Organisation.objects.filter(kind__in=SUPERVISORS).values_list("name", flat=True))
    return [
        member.number
        for member in package.committee.standing()
        if member.employer in bidders | supervisors or member.employer in package.supervisor
    ]


@rests_on("EV-13")
def time_was_enough(package: Package, at: datetime) -> Refusal | None:
    evaluation, rule = package.evaluation, law("EV-13", day(at))
    size = package.committee.standing().count()
    if evaluation.time_was_extended or evaluation.short_of_time <= size * (rule.amount or 0):
        return None
    figures = {"share": figure(rule), "short": evaluation.short_of_time, "size": size}
    message = _("%(size)d名成员中有%(short)d名认为评标时间不够，超过%(share)s，应当适当延长。") % figures
    return refuse("EV-13", message, day(at))


@rests_on("EV-14")
def every_member_has_signed(package: Package, at: datetime) -> Refusal | None:
    missing = [member.number for member in package.committee.standing() if not member.has_signed]
    if not missing:
        return None
    message = _("评标报告须由全体成员签字，不同意见书面说明：第%(numbers)s号成员还没有签字或者没有写明不同意见。")
    return refuse("EV-14", message % {"numbers": listed(missing)}, day(at))


# -- the draw ----------------------------------------------------------------------------------------------------------


@rests_on("EV-11")
def committee_may_still_change(package: Package, at: datetime) -> Refusal | None:
    if package.state in MAY_CHANGE:
        return None
    return refuse("EV-11", _("招标公告发布之后、收到评标报告之前，才能抽取或者更换评标委员会成员。"), day(at))


@rests_on("EV-11")
def draw_is_explained(package: Package, at: datetime, reason: str) -> Refusal | None:
    """The first draw makes the committee; each later one fills a place, and says which."""
    if reason.strip() or not package.draws.exists():
        return None
    return refuse("EV-11", _("已经抽取过评标专家；补抽须写明原因。"), day(at))


@rests_on("EV-11")
def draw_lies_in_its_time(package: Package, at: datetime, drawn_at: datetime) -> Refusal | None:
    if package.announced_at is not None and package.announced_at <= drawn_at <= at:
        return None
    return refuse("EV-11", _("抽取时间应当在招标公告发布之后，并且不晚于现在。"), day(at))


@rests_on("EV-11", "EM-01")
def ground_may_be_told(package: Package, at: datetime, ground: str) -> Refusal | None:
    """Before the opening nobody knows of a bidder, so nobody can have an interest in one."""
    if ground != CommitteeMember.Ground.INTEREST or package.is_opened:
        return None
    return refuse("EV-11", _("开标之前没有人知道投标人是谁：与投标人有利害关系的回避，开标之后才能登记。"), day(at))
