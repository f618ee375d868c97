"""What bidders and the supervising department are sent: D26, D27, D28."""

from datetime import date

from publishing.documents.contexts.evaluation import committee
from publishing.documents.contexts.project import Context
from publishing.documents.contexts.result import award_notice
from publishing.documents.contexts.tender import files_of, titled
from publishing.documents.wording import clause, day, place
from tenders.law import day as day_here
from tenders.law import due_day
from tenders.models import Bid, Package


def award_letter_title(package: Package) -> str:
    return titled(package, "中标通知书")


def loss_letter_title(bid: Bid) -> str:
    return titled(bid.package, f"中标结果通知书（{bid.bidder}）")


def tender_report_title(package: Package) -> str:
    return titled(package, "招标投标情况书面报告")


def award_letter(package: Package) -> Context:
    return {**award_notice(package), "签约期限": day(signing_ends_on(package))}


def signing_ends_on(package: Package) -> date | None:
    """Return the last day for the contract: thirty days from the notice, on either track."""
    if package.awarded_at is None:
        return None
    return due_day("GP-16" if package.is_procurement else "AW-07", day_here(package.awarded_at)).strict


def loss_letter(bid: Bid) -> Context:
    """What a loser is told: in government procurement his own score and rank as well, and nobody else's."""
    package, tells = bid.package, bid.package.is_procurement and not bid.rejection_reason
    return {
        **award_notice(package),
        "投标人": bid.bidder,
        "告知得分": tells,
        "得分": str(bid.score) if tells and bid.score is not None else "",
        "名次": place(bid.rank) if tells else "",
        "被否决": bool(bid.rejection_reason),
        "否决情形": bid.get_rejection_ground_display(),
        "否决理由": bid.rejection_reason,
    }


def tender_report(package: Package) -> Context:
    report = getattr(package, "report", None)
    return {
        **award_notice(package),
        **committee(package),
        "报送部门": next(iter(package.supervisor.split()), ""),  # without the telephone that stands behind it
        "招标范围": package.scope,
        "公告日期": day(package.documents_issued_on),
        "发布媒介": clause(package.media),
        "投标人数": f"{package.bids.accepted().count()}家" if package.is_opened else "",
        "招标文件": files_of(package),
        "评标情况": package.evaluation.summary,
        "招标过程": report.overview if report else "",
        "其他事项": report.findings if report else "",
    }
