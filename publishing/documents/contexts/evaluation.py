"""The report of the evaluation (D21). It names the committee, so it is kept in the house."""

from publishing.documents.contexts.project import Context, listed
from publishing.documents.contexts.tender import of_package, titled
from publishing.documents.wording import amount, clause, day, figures, moment, place
from tenders.models import Bid, CommitteeDraw, CommitteeMember, Package


def title(package: Package) -> str:
    return titled(package, "评标报告")


def evaluation_report(package: Package) -> Context:
    """Before the opening there is nothing to be said of bids (EM-01)."""
    bids = package.bids.accepted() if package.is_opened else package.bids.none()
    evaluation = package.evaluation
    return {
        **of_package(package),
        "开标时间": moment(package.opened_at),
        "最高投标限价": amount(package.limit_price_fen),
        "评标办法": package.evaluation_method,
        "评标结束日期": day(evaluation.finished_on),
        "收到评标报告日期": day(evaluation.report_received_on),
        "评标情况": evaluation.summary,
        "签约前事宜": evaluation.matters_before_signing,
        "澄清事项": evaluation.clarifications,
        **committee(package),
        **_findings(list(bids)),
    }


def committee(package: Package) -> Context:
    members = list(package.committee.standing())
    return {
        "抽取": [_draw(draw) for draw in package.draws.all()],
        "成员": [_member(member) for member in members],
        "不同意见": [{"序号": str(m.number), "意见": m.dissent} for m in members if m.dissent],
    }


def _draw(draw: CommitteeDraw) -> Context:
    return {
        "时间": moment(draw.drawn_at),
        "专家库": draw.pool,
        "编号": draw.reference,
        "要求": draw.requirement,
        "说明": "；".join(filter(None, (draw.watched_by, draw.reason))),
    }


def _member(member: CommitteeMember) -> Context:
    return {
        "序号": str(member.number),
        "姓名": member.name,
        "单位": member.employer,
        "类别": f"{member.get_kind_display()}\n{member.speciality}",
        "签字": member.get_signature_display() if member.signature else "",
    }


def _findings(bids: list[Bid]) -> Context:
    standing = [bid for bid in bids if not bid.rejection_reason]
    ranked = sorted(standing, key=lambda bid: (bid.rank is None, bid.rank or 0, bid.number))
    return {
        "投标": [_read(bid) for bid in bids],
        "符合要求的投标": listed(bid.bidder for bid in standing),
        "被否决的投标": [
            {"投标人": b.bidder, "情形": b.get_rejection_ground_display(), "理由": b.rejection_reason}
            for b in bids
            if b.rejection_reason
        ],
        "比较": [_compared(bid) for bid in ranked],
        "推荐": "；".join(f"{place(bid.rank)}：{clause(bid.bidder)}" for bid in ranked if bid.rank),
    }


def _read(bid: Bid) -> Context:
    return {
        "序号": str(bid.number),
        "投标人": bid.bidder,
        "报价": figures(bid.price_fen),
        "工期": str(bid.duration_days or ""),
        "项目经理": bid.project_manager,
    }


def _compared(bid: Bid) -> Context:
    return {
        "名次": place(bid.rank),
        "投标人": bid.bidder,
        "报价": figures(bid.price_fen),
        "评审价": figures(bid.evaluated_price_fen),
        "得分": "" if bid.score is None else str(bid.score),
    }
