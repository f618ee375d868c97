"""The decision on a plan, with what became of each comment (D07, D08)."""

from collections import Counter
from collections.abc import Iterable

from publishing.documents.contexts.project import Context, listed, of_project
from publishing.documents.wording import count, day, day_of
from tenders.models import Answer, Comment, Consultation, Decision


def title(decision: Decision) -> str:
    return f"关于{decision.project.name}建设方案决策及意见采纳情况的公告"


def decision_notice(decision: Decision) -> Context:
    project = decision.project
    comments = list(
        Comment.objects.filter(consultation__project=project)
        .select_related("consultation", "answer")
        .order_by("consultation__round", "number")
    )
    return {
        **of_project(project),
        **_counts(comments),
        "标题": title(decision),
        "决策会议": decision.decided_by,
        "决策日期": day(decision.decided_on),
        "决定内容": decision.text,
        "采纳情况说明": decision.adoption,
        "风险评估结论": decision.risk_assessment,
        "征求意见轮次": [_round(consultation) for consultation in project.consultations.all()],
        "意见处理": [_handling(comment) for comment in comments],
        "方案改动": [_change(comment) for comment in comments if _answer_to(comment).change],
        "公布日期": day_of(project.decided_at),
    }


def _round(consultation: Consultation) -> Context:
    return {
        "轮次": f"第{count(consultation.round)}轮",
        "开始": day(consultation.opens_on),
        "截止": day(consultation.closes_on),
        "渠道": listed(str(Consultation.Channel(channel).label) for channel in consultation.channels),
        "件数": str(consultation.comments.count()),
    }


def _counts(comments: list[Comment]) -> Context:
    return {
        "意见总数": str(len(comments)),
        "按结果": _tally(_answer_to(comment).get_outcome_display() for comment in comments),
        "按来源": _tally(comment.get_channel_display() for comment in comments),
        "按方面": _tally(label for comment in comments for label in comment.topic_labels),
        "按公开": _tally(comment.get_visibility_display() for comment in comments),
    }


def _tally(labels: Iterable[str]) -> str:
    return "，".join(f"{label}{n}件" for label, n in Counter(labels).most_common())


def _answer_to(comment: Comment) -> Answer:
    return comment.answer or Answer()


def _handling(comment: Comment) -> Context:
    """What became of a comment. Its words appear only if they are public; its answer always is."""
    answer = _answer_to(comment)
    return {
        "编号": _number(comment),
        "意见": _words(comment),
        "结果": answer.get_outcome_display(),
        "答复": answer.text,
    }


def _words(comment: Comment) -> str:
    if comment.visibility == Comment.Visibility.SHOWN:
        return comment.public_text
    if comment.visibility == Comment.Visibility.WITHHELD:
        return f"（依法不公开：{comment.get_withheld_ground_display()}）"
    return "（正在审核，暂不公开）"


def _change(comment: Comment) -> Context:
    return {"编号": _number(comment), "内容": _answer_to(comment).change}


def _number(comment: Comment) -> str:
    """A comment's number, within its round if there are several."""
    several = comment.consultation.project.consultations.count() > 1
    return f"{comment.consultation.round}-{comment.number}" if several else str(comment.number)
