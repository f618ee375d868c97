"""The publicity of candidates (D22), and the result (D25)."""

from django.utils import timezone

from publishing.documents.contexts.project import Context
from publishing.documents.contexts.tender import of_package, titled
from publishing.documents.wording import amount, day, day_of, days, figures, moment, place
from publishing.money import in_capitals
from tenders.law import due_day
from tenders.models import Bid, Package


def candidates_title(package: Package) -> str:
    return titled(package, "中标候选人公示")


def result_title(package: Package) -> str:
    return titled(package, "中标结果公告")


def candidate_notice(package: Package) -> Context:
    evaluation = package.evaluation
    return {
        **of_package(package),
        "开标时间": moment(package.opened_at),
        "收到评标报告日期": day(evaluation.report_received_on),
        "评标情况": evaluation.summary,
        "候选人": [_candidate(bid) for bid in package.bids.candidates()],
        "被否决的投标": [{"投标人": bid.bidder, "理由": _why_rejected(bid)} for bid in package.bids.rejected()],
        "公示日期": day_of(package.candidates_published_at),
        "公示截止日期": _publicity_ends_on(package),
    }


def _why_rejected(bid: Bid) -> str:
    return "\n".join(filter(None, (bid.get_rejection_ground_display(), bid.rejection_reason)))


def _candidate(bid: Bid) -> Context:
    return {
        "名次": place(bid.rank),
        "投标人": bid.bidder,
        "代码": bid.credit_code,
        "报价": figures(bid.price_fen),
        "报价大写": "" if bid.price_fen is None else in_capitals(bid.price_fen),
        "质量": bid.quality,
        "工期": str(bid.duration_days or ""),
        "项目经理": bid.project_manager,
        "证书编号": bid.manager_certificate,
        "资格": bid.eligibility,
    }


def _publicity_ends_on(package: Package) -> str:
    """The day through which candidates are shown. An award waits for the same day (AW-02)."""
    if package.candidates_published_at is None:
        return ""
    return day(due_day("AW-02", timezone.localdate(package.candidates_published_at)).strict)


def award_notice(package: Package) -> Context:
    result = package.result
    winner = result.winner
    return {
        **of_package(package),
        "开标时间": moment(package.opened_at),
        "中标人": winner.bidder,
        "中标人代码": winner.credit_code,
        "名次": place(winner.rank),
        "中标价": amount(winner.price_fen),
        "中标工期": days(winner.duration_days),
        "中标质量": winner.quality,
        "项目经理": winner.project_manager,
        "证书编号": winner.manager_certificate,
        "定标日期": day(result.determined_on),
        "未选第一名": bool(result.reason),
        "未选第一名的理由": result.reason,
        **_of_procurement(package),
        "公布日期": day_of(package.awarded_at),
    }


def _of_procurement(package: Package) -> Context:
    """What government procurement says beside; on the works track none of it, and no expert's name."""
    result = package.result
    until = due_day("GP-15", timezone.localdate(package.awarded_at)) if package.awarded_at else None
    return {
        "政府采购": package.is_procurement,
        "代理机构": package.agency,
        "中标人地址": result.winner_address,
        "主要中标标的": result.items,
        "评审专家": "、".join(result.named_experts()),
        "公告期限": f"至{day(until.strict)}止" if until else "",
    }
