"""What the public said, as far as the public may read it, and what became of it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from tenders.models import Answer, Comment, CommentQuerySet, Consultation, Project

ON_PROJECT_PAGE = 10
ON_ONE_PAGE = 100


@dataclass(frozen=True)
class Tally:
    label: str
    number: int


def comments_of(project: Project) -> dict[str, Any]:
    """Return the counts of all comments and the newest that are shown. Four queries, whatever their number."""
    comments = public_comments(project)
    shown = comments.shown().with_answers().order_by("-received_at", "-number")
    counts = dict(comments.values_list("visibility").annotate(Count("pk")))
    return {
        "received": sum(counts.values()),
        "shown": counts.get(Comment.Visibility.SHOWN, 0),
        "newest": list(shown[:ON_PROJECT_PAGE]),
        "tally": outcomes_of(comments, sum(counts.values())),
        "unseen": unseen(comments, counts.get(Comment.Visibility.PENDING, 0)),
    }


def public_comments(project: Project) -> CommentQuerySet:
    """Return all comments of a project, of every round. Most of them may only be counted."""
    return Comment.objects.filter(consultation__project=project).exclude(consultation__state=Consultation.State.DRAFT)


def outcomes_of(comments: CommentQuerySet, received: int) -> list[Tally]:
    """Count what became of the comments: each outcome that occurs, and those that wait."""
    outcomes = dict(comments.exclude(answer=None).values_list("answer__outcome").annotate(Count("pk")))
    counted = [Tally(str(outcome.label), outcomes.get(outcome, 0)) for outcome in Answer.Outcome]
    waiting = received - sum(outcomes.values())
    return [tally for tally in (*counted, Tally(_("待答复"), waiting)) if tally.number]


def unseen(comments: CommentQuerySet, pending: int) -> list[Tally]:
    """Count the comments whose words are not shown, by the reason why not."""
    withheld = comments.filter(visibility=Comment.Visibility.WITHHELD)
    grounds = dict(withheld.values_list("withheld_ground").annotate(Count("pk")))
    because = [
        Tally(_("依法不公开：%(ground)s") % {"ground": ground.label}, grounds[ground])
        for ground in Comment.Ground
        if ground in grounds
    ]
    return [*([Tally(_("审核中"), pending)] if pending else []), *because]


def comment_pages(project: Project) -> list[dict[str, Any]]:
    """Return the contexts of the pages with every comment that is shown, newest first. At least one page."""
    shown = list(public_comments(project).shown().with_answers().order_by("-received_at", "-number"))
    batches = [shown[i : i + ON_ONE_PAGE] for i in range(0, len(shown), ON_ONE_PAGE)] or [[]]
    return [
        {"project": project, "comments": batch, "page": n, "pages": range(1, len(batches) + 1), "shown": len(shown)}
        for n, batch in enumerate(batches, start=1)
    ]
