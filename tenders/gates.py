"""
What the law and the bureau's order demand before an act: each gate answers a refusal, or None if it is content.

A gate is named as a sentence that is true when it is met. It changes nothing; it is asked for the moment of the act.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from ledger.canonical import canonical_bytes
from statutes.refusal import Refusal, rests_on
from tenders.law import day, due_day, law, refuse, shown
from tenders.models import (
    Comment,
    Consultation,
    Decision,
    Evaluation,
    Package,
    Project,
    Review,
    TenderDocument,
)


def labels_of(thing: Model, names: Iterable[str]) -> list[str]:
    """Return what people call the named fields."""
    return [str(thing._meta.get_field(name).verbose_name) for name in names]  # type: ignore[union-attr]


def blank_labels(thing: Model, names: Iterable[str]) -> list[str]:
    """Return what people call those of the named fields that are still empty."""
    return labels_of(thing, [name for name in names if getattr(thing, name) in (None, "", [], 0)])


def incomplete(code: str, what: str, blank: list[str], at: datetime) -> Refusal | None:
    if not blank:
        return None
    return refuse(code, _("%(what)s还缺：%(blank)s。") % {"what": what, "blank": "、".join(blank)}, day(at))


# -- every step --------------------------------------------------------------------------------------------------------


def project_is_active(subject: Any, at: datetime) -> Refusal | None:
    project: Project = subject.project
    if project.standing == Project.Standing.ACTIVE:
        return None
    message = _("项目%(standing)s，不能办理此事项。") % {"standing": project.get_standing_display()}
    return Refusal("not-active", message, _("本局办事流程"))


def digest(salt: bytes, facts: dict[str, Any]) -> str:
    return sha256(salt + canonical_bytes(facts)).hexdigest()


@rests_on("D03")
def is_released(document: Any, at: datetime) -> Refusal | None:
    """The confidentiality and personal-data review of exactly this content is recorded, and it was let out."""
    review = Review.objects.filter(subject=document.path, notice=document.notice).last()
    title = document.notice.label
    if review is None:
        return refuse("D03", _("《%(title)s》尚未经保密和个人信息审查。") % {"title": title}, day(at))
    if not review.released:
        return refuse("D03", _("《%(title)s》的审查结论是不予公开。") % {"title": title}, day(at))
    if review.digest != digest(bytes(review.salt), document.facts()):
        return refuse("D03", _("《%(title)s》在审查之后有改动，须重新审查。") % {"title": title}, day(at))
    return None


# -- plan and comments -------------------------------------------------------------------------------------------------

PROJECT_FIELDS = (
    "site",
    "scale",
    "purpose",
    "basis",
    "estimate_fen",
    "contact_name",
    "contact_phone",
    "contact_address",
)
RESPONSIBILITY_FIELDS = ("leader_name", "leader_post", "responsible_name", "responsible_post", "sanctions", "hotline")


def consultation_of(project: Project) -> Consultation:
    """
    Return the current round of consultation.

    :raises Consultation.DoesNotExist: if the project was made without one
    """
    consultation = project.current_consultation()
    if consultation is None:
        raise Consultation.DoesNotExist
    return consultation


@rests_on("PD-03")
def plan_is_complete(project: Project, at: datetime) -> Refusal | None:
    consultation = consultation_of(project)
    blank = blank_labels(project, PROJECT_FIELDS)
    blank += blank_labels(consultation, ("explanation", "opens_on", "closes_on", "channels"))
    blank += [] if consultation.current_plan() else [_("方案正文")]
    blank += [] if consultation.renderings.exists() else [_("效果图")]
    return incomplete("PD-03", _("方案公告"), blank, at)


def responsibility_is_named(project: Project, at: datetime) -> Refusal | None:
    blank = blank_labels(project, RESPONSIBILITY_FIELDS)
    if not blank:
        return None
    message = _("责任公示还缺：%(blank)s。") % {"blank": "、".join(blank)}
    return Refusal("responsibility", message, _("本局重点项目责任公示制度"))


@rests_on("TH-12")
def funding_covers_the_estimate(project: Project, at: datetime) -> Refusal | None:
    funded = sum(source.amount_fen for source in project.funding.all())
    if funded == project.estimate_fen:
        return None
    figures = {"funded": f"{funded / 100:,.2f}", "estimate": f"{project.estimate_fen / 100:,.2f}"}
    message = _("资金来源合计%(funded)s元，与投资估算%(estimate)s元不一致。") % figures
    return refuse("TH-12", message, day(at))


@rests_on("PD-03")
def planned_period_is_long_enough(project: Project, at: datetime) -> Refusal | None:
    consultation = consultation_of(project)
    if consultation.opens_on is None:
        return None  # plan_is_complete speaks of that
    return _period_is_long_enough(consultation, max(consultation.opens_on, day(at)))


@rests_on("PD-03")
def comment_period_is_long_enough(consultation: Consultation, at: datetime) -> Refusal | None:
    return _period_is_long_enough(consultation, day(at))


def _period_is_long_enough(consultation: Consultation, opened_on: Any) -> Refusal | None:
    rule, earliest = law("PD-03", opened_on), due_day("PD-03", opened_on)
    if consultation.closes_on is None or consultation.closes_on >= earliest.strict or consultation.shortened_reason:
        return None
    figures = {"n": rule.amount, "start": shown(opened_on), "earliest": shown(earliest.strict)}
    message = _(
        "征求意见一般不少于%(n)s日：从%(start)s起，截止日期不得早于%(earliest)s；确需缩短的，须在公告中写明理由。"
    )
    return refuse("PD-03", message % figures, opened_on)


@rests_on("PD-03")
def comment_period_has_begun(consultation: Consultation, at: datetime) -> Refusal | None:
    if consultation.opens_on and day(at) >= consultation.opens_on:
        return None
    start = shown(consultation.opens_on) if consultation.opens_on else _("（未定）")
    return refuse("PD-03", _("公告的征求意见开始日期是%(start)s，不能提前开始。") % {"start": start}, day(at))


@rests_on("PD-03")
def comment_period_is_over(consultation: Consultation, at: datetime) -> Refusal | None:
    if consultation.ends_at and at >= consultation.ends_at:
        return None
    end = shown(consultation.closes_on) if consultation.closes_on else _("（未定）")
    return refuse("PD-03", _("征求意见到%(end)s24时才截止，不能提前结束。") % {"end": end}, day(at))


@rests_on("PD-03")
def comment_is_on_time(consultation: Consultation, at: datetime) -> Refusal | None:
    """A comment counts from the opening until 24:00 of the last day, to the second."""
    if consultation.state != Consultation.State.OPEN or consultation.ends_at is None:
        return refuse("PD-03", _("本项目现在不在征求意见期内。"), day(at))
    if at < consultation.ends_at:
        return None
    return refuse("PD-03", _("征求意见已于%(end)s24时截止。") % {"end": shown(consultation.closes_on)}, day(at))


@rests_on("PD-07")
def comments_are_closed(project: Project, at: datetime) -> Refusal | None:
    if consultation_of(project).state == Consultation.State.CLOSED:
        return None
    return refuse("PD-07", _("征求意见尚未结束。"), day(at))


@rests_on("PD-07")
def every_comment_is_answered(project: Project, at: datetime) -> Refusal | None:
    waiting = Comment.objects.filter(consultation__project=project).unanswered().count()
    if not waiting:
        return None
    return refuse("PD-07", _("还有%(n)d条意见没有答复：每条意见都要有结果和理由。") % {"n": waiting}, day(at))


@rests_on("PD-11")
def decision_is_complete(project: Project, at: datetime) -> Refusal | None:
    names = (
        "decided_by", "decided_on", "text", "adoption", "legality_sent_on", "legality_returned_on", "legality_opinion",
        "risk_assessment",
    )  # fmt: skip
    return incomplete("PD-11", _("决策材料"), blank_labels(project.decision, names), at)


@rests_on("PD-10")
def legality_review_took_its_time(project: Project, at: datetime) -> Refusal | None:
    decision: Decision = project.decision
    if not decision.legality_sent_on or not decision.decided_on:
        return None  # decision_is_complete speaks of that
    rule, earliest = law("PD-10", decision.legality_sent_on), due_day("PD-10", decision.legality_sent_on)
    if decision.decided_on >= earliest.strict:
        return None
    figures = {"n": rule.amount, "sent": shown(decision.legality_sent_on), "earliest": shown(earliest.strict)}
    message = _("合法性审查一般不少于%(n)s个工作日：%(sent)s送审，决策不得早于%(earliest)s。") % figures
    return refuse("PD-10", message, decision.decided_on)


@rests_on("PD-11")
def decision_is_not_ahead(project: Project, at: datetime) -> Refusal | None:
    decided_on = project.decision.decided_on
    if decided_on is None or decided_on <= day(at):
        return None
    return refuse("PD-11", _("决策日期%(day)s还没有到。") % {"day": shown(decided_on)}, day(at))


# -- tender ------------------------------------------------------------------------------------------------------------

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


@rests_on("TB-06")
def clarification_leaves_time(package: Package, at: datetime, new_due_at: datetime) -> Refusal | None:
    """A change that may affect bids leaves the legal days until the deadline, or moves the deadline."""
    rule = law("TB-06", day(at))
    days_left = (day(new_due_at) - day(at)).days
    if days_left >= (rule.amount or 0):
        return None
    figures = {"n": rule.amount, "left": days_left, "earliest": shown(day(at) + timedelta(days=int(rule.amount or 0)))}
    message = _(
        "可能影响投标文件编制的修改，须在投标截止%(n)s日前发出；现只剩%(left)d日，截止日期须顺延到%(earliest)s或以后。"
    )
    return refuse("TB-06", message % figures, day(at))


@rests_on("TB-05")
def deadline_is_not_brought_forward(package: Package, at: datetime, new_due_at: datetime) -> Refusal | None:
    if package.bids_due_at and new_due_at >= package.bids_due_at:
        return None
    return refuse("TB-05", _("投标截止时间只能顺延，不能提前。"), day(at))


@rests_on("EV-02")
def tender_is_running(package: Package, at: datetime) -> Refusal | None:
    if package.state == Package.State.ANNOUNCED and package.bids_due_at and at <= package.bids_due_at:
        return None
    return refuse("EV-02", _("本标段现在不在投标期内。"), day(at))


# -- opening -----------------------------------------------------------------------------------------------------------


@rests_on("EV-01")
def deadline_has_come(package: Package, at: datetime) -> Refusal | None:
    if package.bids_due_at and at >= package.bids_due_at:
        return None
    due = shown(package.bids_due_at) if package.bids_due_at else _("（未定）")
    return refuse("EV-01", _("开标应当在投标截止时间公开进行：%(due)s之前不得开标。") % {"due": due}, day(at))


@rests_on("EV-03")
def bidders_are_enough(package: Package, at: datetime) -> Refusal | None:
    """Asked only once the deadline has come: before, the number of bids is under embargo, even in a refusal (EM-01)."""
    if deadline_has_come(package, at):
        return None
    least = law("EV-03", day(at)).amount or 0
    if package.bids.accepted().count() >= least:
        return None
    message = _("投标人少于%(n)s个，不得开标，应当重新招标。") % {"n": least}
    return refuse("EV-03", message, day(at))


@rests_on("EV-05")
def opening_is_staffed(package: Package, at: datetime) -> Refusal | None:
    blank = blank_labels(package.opening, ("chair", "recorder", "bid_supervisor"))
    return incomplete("EV-05", _("开标会"), blank, at)


@rests_on("EV-05")
def seals_are_checked(package: Package, at: datetime) -> Refusal | None:
    blank = blank_labels(package.opening, ("seals_checked_by", "seals_finding"))
    return incomplete("EV-05", _("密封检查"), blank, at)


@rests_on("EV-06")
def every_bid_is_read(package: Package, at: datetime) -> Refusal | None:
    unread = package.bids.accepted().filter(read_at=None).count()
    if not unread:
        return None
    message = _("还有%(n)d份投标没有唱标：截止时间前收到的投标都应当当众拆封、宣读。") % {"n": unread}
    return refuse("EV-06", message, day(at))


# -- evaluation and award ----------------------------------------------------------------------------------------------


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
