"""What the report on the comments of a round must be before it is published, and before the plan is decided."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from statutes.refusal import Refusal, rests_on
from tenders.gates import blank_labels, incomplete
from tenders.gates.hearing import no_hearing_is_under_way
from tenders.law import day, listed, refuse
from tenders.models import AdoptionReport, Comment, CommentQuerySet, Consultation, Project

REPORT_FIELDS = ("overview", "author", "reviewed_by")
MOST_NAMED = 30  # numbers in one sentence


def report_of(consultation: Consultation) -> AdoptionReport | None:
    """Return the report of a round that is over, a new one if none has been drafted yet."""
    if not consultation.ended_at:
        return None
    return getattr(consultation, "report", None) or AdoptionReport(consultation=consultation)


def waiting_comments(subject: Project | Consultation) -> CommentQuerySet:
    """Return the comments without an outcome, of all rounds or of those up to a round: withheld ones as well."""
    until = {"consultation__round__lte": subject.round} if isinstance(subject, Consultation) else {}
    found = Comment.objects.filter(consultation__project=subject.project, **until).unanswered()
    return found.select_related("consultation").order_by("consultation__round", "number")


@rests_on("PD-07")
def every_comment_is_answered(subject: Project | Consultation, at: datetime) -> Refusal | None:
    message = words_on_waiting(subject)
    return refuse("PD-07", message, day(at)) if message else None


def words_on_waiting(subject: Project | Consultation) -> str:
    """Say how many comments have no outcome, and which; nothing if all have one."""
    waiting = list(waiting_comments(subject))
    if not waiting:
        return ""
    message = _("还有%(n)d条意见没有答复：%(numbers)s。每条意见，包括依法不公开原文的，都要有结果和理由。")
    return message % {"n": len(waiting), "numbers": named(waiting)}


def named(comments: list[Comment]) -> str:
    """Name comments by their numbers, each round apart if there are several, and no more than can be read."""
    rounds = {comment.consultation.round for comment in comments[:MOST_NAMED]}
    several = comments[0].consultation.round != 1 or len(rounds) > 1
    by_round = [(n, [c.number for c in comments[:MOST_NAMED] if c.consultation.round == n]) for n in sorted(rounds)]
    words = "；".join(_of_round(n, numbers, several=several) for n, numbers in by_round)
    return _("%(numbers)s等") % {"numbers": words} if len(comments) > MOST_NAMED else words


def _of_round(number: int, numbers: Iterable[int], *, several: bool) -> str:
    named = _("第%(numbers)s号") % {"numbers": listed(numbers)}
    return _("第%(round)d轮%(listed)s") % {"round": number, "listed": named} if several else named


@rests_on("PD-07")
def report_is_complete(consultation: Consultation, at: datetime) -> Refusal | None:
    report = report_of(consultation)
    return incomplete("PD-07", _("意见采纳情况"), blank_labels(report, REPORT_FIELDS) if report else [], at)


@rests_on("PD-07")
def its_hearings_are_over(consultation: Consultation, at: datetime) -> Refusal | None:
    """A hearing counts in the report, so none may be under way."""
    return no_hearing_is_under_way(consultation.project, at)


@rests_on("PD-07")
def adoption_reports_are_published(project: Project, at: datetime) -> Refusal | None:
    """MDD 29(2): the plan is tabled with the report on what became of the comments, of each round."""
    rounds = project.consultations.filter(state__in=Consultation.OVER).exclude(opened_at=None)
    rounds = rounds.exclude(report__state=AdoptionReport.State.PUBLISHED)
    missing = listed(rounds.values_list("round", flat=True))
    if not missing:
        return None
    return refuse("PD-07", _("第%(rounds)s轮的意见采纳情况还没有公布。") % {"rounds": missing}, day(at))
