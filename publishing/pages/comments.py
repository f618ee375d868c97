"""What the public said, as far as the public may read it, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.models import Entry
from lifecycle.clocks import calendar_once
from publishing.comment_search import Asked, choices, readable
from publishing.pages.comment_rows import NO_STANCE, PublicComment, public_comments, rows
from statutes.rules import Rule, due
from tenders.gates.moderation import cited
from tenders.law import day, law
from tenders.models import Answer, Comment, CommentQuerySet, Project

ON_PROJECT_PAGE = 10
ON_ONE_PAGE = 100
REVIEWED_WITHIN = "FO-01"  # what may be public is, within so many working days of its receipt

State = Comment.Visibility
in_either_language = lazy(cited, str)
STANCES: dict[str, str | Promise] = {**{stance.value: stance.label for stance in Comment.Stance}, "": NO_STANCE}


@dataclass(frozen=True)
class Tally:
    label: str | Promise
    number: int
    code: str = ""


@dataclass(frozen=True)
class Balance:
    """How the comments of one stance were treated: so that everybody sees whether those against fare worse."""

    label: str | Promise
    received: int
    shown: int
    masked: int
    withheld: int
    pending: int


@dataclass(frozen=True)
class Waiting:
    """The comments that nobody has shown or withheld yet: only their number is public, and how long they wait."""

    number: int
    longest: int  # days
    overdue: int
    rule: Rule


def comments_of(project: Project, at: datetime) -> dict[str, Any]:
    """Return the counts of all comments and the newest that are shown. A fixed number of queries."""
    comments = public_comments(project)
    shown = newest_first(comments.shown())
    counts = dict(comments.values_list("visibility").annotate(Count("pk")))
    return {
        "received": sum(counts.values()),
        "shown": counts.get(State.SHOWN, 0),
        "readable": counts.get(State.SHOWN, 0) + counts.get(State.WITHHELD, 0),
        "newest": rows(shown[:ON_PROJECT_PAGE], project),
        "tally": outcomes_of(comments, sum(counts.values())),
        "unseen": unseen(comments, counts.get(State.PENDING, 0)),
        "waiting": waiting(comments, at),
        "balances": balances(comments),
    }


def newest_first(comments: CommentQuerySet) -> CommentQuerySet:
    return comments.select_related("consultation").with_answers().order_by("-received_at", "-pk")


def outcomes_of(comments: CommentQuerySet, received: int) -> list[Tally]:
    """Count what became of the comments: each outcome that occurs, and those that wait."""
    outcomes = dict(comments.exclude(answer=None).values_list("answer__outcome").annotate(Count("pk")))
    counted = [Tally(outcome.label, outcomes.get(outcome, 0), outcome.value) for outcome in Answer.Outcome]
    waiting = received - sum(outcomes.values())
    return [tally for tally in (*counted, Tally(gettext_lazy("待答复"), waiting)) if tally.number]


def stances_of(comments: CommentQuerySet) -> list[Tally]:
    """Count the stances of those comments that are shown: a withheld one's is told in the balance only."""
    counts = dict(comments.shown().order_by().values_list("stance").annotate(Count("pk")))
    return [Tally(label, counts[code], code) for code, label in STANCES.items() if code in counts]


def unseen(comments: CommentQuerySet, pending: int) -> list[Tally]:
    """Count the comments whose words are not shown, by the reason why not."""
    withheld = comments.filter(visibility=State.WITHHELD)
    grounds = dict(withheld.values_list("withheld_ground").annotate(Count("pk")))
    because = [
        Tally(_("依法不公开：%(ground)s") % {"ground": ground.label}, grounds[ground])
        for ground in Comment.Ground
        if ground in grounds
    ]
    return [*([Tally(_("审核中"), pending)] if pending else []), *because]


def waiting(comments: CommentQuerySet, at: datetime) -> Waiting | None:
    """Return how many comments are under review, how long the first of them waits, and how many wait too long."""
    received = comments.filter(visibility=State.PENDING).order_by("received_at").values_list("received_at", flat=True)
    days = [day(moment) for moment in received]
    if not days:
        return None
    ends = review_ends(set(days))
    return Waiting(
        number=len(days),
        longest=(day(at) - days[0]).days,
        overdue=sum(day(at) > ends[received_on] for received_on in days),
        rule=law(REVIEWED_WITHIN, days[0]),
    )


def review_ends(days: Iterable[date]) -> dict[date, date]:
    """Return until when comments received on these days are to be shown or withheld. One query, none for no day."""
    calendar = calendar_once()
    return {on: due(law(REVIEWED_WITHIN, on), on, calendar()).strict for on in days}


def balances(comments: CommentQuerySet) -> list[Balance]:
    counted = comments.order_by().values_list("stance").annotate(
        received=Count("pk"),
        shown=Count("pk", filter=Q(visibility=State.SHOWN)),
        masked=Count("pk", filter=Q(visibility=State.SHOWN) & ~Q(masked_text="")),
        withheld=Count("pk", filter=Q(visibility=State.WITHHELD)),
        pending=Count("pk", filter=Q(visibility=State.PENDING)),
    )  # fmt: skip
    by_stance = {stance: counts for stance, *counts in counted}
    return [Balance(label, *by_stance[stance]) for stance, label in STANCES.items() if stance in by_stance]


def comment_pages(project: Project, at: datetime) -> list[dict[str, Any]]:
    """Return the contexts of the pages with every comment that is shown or withheld, newest first. At least one."""
    listed = all_rows(project)
    batches = [listed[i : i + ON_ONE_PAGE] for i in range(0, len(listed), ON_ONE_PAGE)] or [[]]
    frame = frame_of(project, at) | {"shown": sum(not row.is_withheld for row in listed), "pages": len(batches)}
    return [
        frame | {"comments": batch, "page": n, "pages": range(1, len(batches) + 1)}
        for n, batch in enumerate(batches, start=1)
    ]


def all_rows(project: Project) -> list[PublicComment]:
    return rows(newest_first(readable(public_comments(project))), project)


def frame_of(project: Project, at: datetime) -> dict[str, Any]:
    """Return what every list of a project's comments says beside the comments themselves."""
    comments = public_comments(project)
    received = comments.count()
    return {
        "project": project,
        "received": received,
        "tally": outcomes_of(comments, received),
        "stances": stances_of(comments),
        "waiting": waiting(comments, at),
        "balances": balances(comments),
        "contact": contact_of(project),
        "objecting_article": in_either_language("OGI 51"),
        "choices": choices(),
        "asked": Asked(),
    }


def contact_of(project: Project) -> dict[str, Any]:
    """Return to whom one objects, as the plan's publication has named them."""
    published = Entry.objects.filter(subject=project.path, kind="step.publish_plan").order_by("seq").last()
    return published.facts["project"] if published else {}
