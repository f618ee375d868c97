"""The publicity of candidates (D22), and the result with the notice to the winner (D25, D26)."""

from django.utils import timezone

from publishing.documents.contexts.project import Context
from publishing.documents.contexts.tender import of_package
from publishing.documents.wording import amount, count, day, day_of, days, figures, moment
from publishing.money import in_capitals
from tenders.law import due_day
from tenders.models import Bid, Package


def candidates_title(package: Package) -> str:
    return f"{package.project.name}（第{package.number}标段）中标候选人公示"


def result_title(package: Package) -> str:
    return f"{package.project.name}（第{package.number}标段）中标结果公告"


def candidate_notice(package: Package) -> Context:
    evaluation = package.evaluation
    return {
        **of_package(package),
        "开标时间": moment(package.opened_at),
        "收到评标报告日期": day(evaluation.report_received_on),
        "评标情况": evaluation.summary,
        "候选人": [_candidate(bid) for bid in package.bids.candidates()],
        "被否决的投标": [
            {"投标人": bid.bidder, "理由": bid.rejection_reason} for bid in package.bids.exclude(rejection_reason="")
        ],
        "公示日期": day_of(package.candidates_published_at),
        "公示截止日期": _publicity_ends_on(package),
    }


def _candidate(bid: Bid) -> Context:
    return {
        "名次": f"第{count(bid.rank)}名",
        "投标人": bid.bidder,
        "代码": bid.credit_code,
        "报价": figures(bid.price_fen),
        "报价大写": "" if bid.price_fen is None else in_capitals(bid.price_fen),
        "质量": bid.quality,
        "工期": str(bid.duration_days or ""),
        "项目经理": bid.project_manager,
        "证书编号": bid.manager_certificate,
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
        "名次": f"第{count(winner.rank)}名" if winner.rank else "",
        "中标价": amount(winner.price_fen),
        "中标工期": days(winner.duration_days),
        "中标质量": winner.quality,
        "项目经理": winner.project_manager,
        "证书编号": winner.manager_certificate,
        "定标日期": day(result.determined_on),
        "未选第一名": bool(result.reason),
        "未选第一名的理由": result.reason,
        "公布日期": day_of(package.awarded_at),
    }
