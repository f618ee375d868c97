"""The comments of a round as they are grouped and answered: what is chosen, how far it is, what may belong together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from portal.converters import normalised
from tenders.law import day, due_day
from tenders.models import Answer, AnswerDraft, Comment, Consultation, Theme
from tenders.similarity import Similar, Suggestion, similar, suggestions

Asked = Mapping[str, str]
ON_ONE_PAGE = 100
LOOKED_AT = 500  # comments among which those that may belong together are sought
ARCHIVE = 500  # earlier answered comments that are searched
EXACT = ("stance", "channel", "visibility")


@dataclass(frozen=True)
class Progress:
    """How many comments have an outcome, and until when all must have one (PD-13). No day before the round closes."""

    answered: int
    all: int
    due_on: date | None
    days_left: int | None

    @property
    def waiting(self) -> int:
        return self.all - self.answered

    @property
    def days_over(self) -> int:
        return -(self.days_left or 0)


def progress(consultation: Consultation, at: datetime) -> Progress:
    counts = consultation.comments.aggregate(all=Count("pk"), answered=Count("answer"))
    due_on = due_day("PD-13", day(consultation.ended_at)).strict if consultation.ended_at else None
    return Progress(**counts, due_on=due_on, days_left=(due_on - day(at)).days if due_on else None)


def chosen(consultation: Consultation, asked: Asked) -> QuerySet[Comment]:
    """Return the comments that an address asks for: by words or number, mark, theme, and whether they wait."""
    found = consultation.comments.with_answers()
    found = found.filter(**{name: asked[name] for name in EXACT if asked.get(name)})
    if topic := asked.get("topic"):
        found = found.filter(topics__contains=[topic])
    if theme := asked.get("theme"):
        found = found.filter(theme__number=theme) if theme.isdecimal() else found.filter(theme=None)
    if asked.get("unanswered"):
        found = found.filter(answer=None)
    for word in normalised(asked.get("q", "")).split():
        by_number = Q(number=int(word)) if word.isdecimal() and len(word) < 10 else Q()
        found = found.filter(Q(text__icontains=word) | by_number)
    return found


def page_of(found: QuerySet[Comment], asked: Asked) -> Page[Comment]:
    return Paginator(found, ON_ONE_PAGE).get_page(asked.get("page"))


def themes_with_counts(consultation: Consultation) -> QuerySet[Theme]:
    """Return the themes with ``n``, their comments, and ``waiting``, those of them without an outcome."""
    waiting = Count("comments", filter=Q(comments__answer=None))
    return consultation.themes.select_related("answer").annotate(n=Count("comments"), waiting=waiting)


@dataclass(frozen=True)
class Proposal:
    """Comments that may be one theme, by their numbers, and what it could be called."""

    suggestion: Suggestion
    comments: list[Comment]

    @property
    def title(self) -> str:
        return "、".join(self.suggestion.words[:2])

    @property
    def words(self) -> str:
        return "、".join(self.suggestion.words)


def proposals(consultation: Consultation) -> list[Proposal]:
    """Return what may belong together of the comments that have neither a theme nor an outcome."""
    loose = consultation.comments.filter(theme=None, answer=None).order_by("-number")[:LOOKED_AT]
    comments = {comment.pk: comment for comment in loose}
    found = suggestions({pk: comment.text for pk, comment in comments.items()})
    return [Proposal(each, [comments[pk] for pk in each.keys]) for each in found]


@dataclass(frozen=True)
class Near:
    """A comment that is like another, with the words that they share."""

    comment: Comment
    similar: Similar

    @property
    def words(self) -> str:
        return "、".join(self.similar.words)


def like(comment: Comment) -> list[Near]:
    """Return the comments of the same round that are most like one."""
    others = comment.consultation.comments.exclude(pk=comment.pk).with_answers().order_by("-number")[:LOOKED_AT]
    return _near(comment, {other.pk: other for other in others})


def answered_before(comment: Comment) -> list[Near]:
    """Return comments on other plans of this house that are like one, and have been answered: its own archive only."""
    elsewhere = Comment.objects.exclude(answer=None).exclude(consultation=comment.consultation_id)
    found = elsewhere.select_related("answer", "consultation__project").order_by("-answer__answered_at")[:ARCHIVE]
    return _near(comment, {other.pk: other for other in found})[:3]


def _near(comment: Comment, others: dict[int, Comment]) -> list[Near]:
    texts = {pk: other.text for pk, other in others.items()} | {comment.pk: comment.text}
    return [Near(others[each.key], each) for each in similar(comment.pk, texts)]


def preview_of(draft: Theme | AnswerDraft) -> Answer:
    """Return a drafted answer as the public will see it. It is not kept."""
    return Answer(theme=draft if isinstance(draft, Theme) else None, **draft.words())


def asked_again(asked: QueryDict, *without: str) -> str:
    """Return the question of an address without some of its parts, to be asked again."""
    again = asked.copy()
    for name in without:
        again.pop(name, None)
    return again.urlencode()
