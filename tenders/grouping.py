"""Grouping comments by theme. Nothing of it is public before the answer, so nothing is recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from statutes.refusal import Refusal
from tenders.gates import own_rule
from tenders.gates.answers import report_is_not_out
from tenders.law import listed
from tenders.locking import lock
from tenders.models import Comment, Consultation, Theme, next_number
from tenders.operations.common import cleaned, hold_to, refused
from tenders.rights import Role, demand

MAX_THEMES = 50  # so that the report's entry, which names them all, stays below the record's limit
MAX_TITLE = 60


@dataclass(frozen=True)
class Moved:
    """What a grouping has done: into which theme, and where each comment was before, by primary keys."""

    title: str
    before: list[tuple[int, int | None]]


@transaction.atomic
def group(
    consultation_id: int,
    comments: Iterable[int],
    *,
    actor: User,
    at: datetime,
    theme: int | None = None,
    title: str = "",
) -> Moved:
    """
    Put comments into a theme: the one named by its key, or the one called ``title``, which is made if need be.

    With neither they are taken out of their themes.
    """
    consultation = _writable(consultation_id, actor, at)
    chosen = consultation.comments.filter(pk__in=list(comments)).select_related("answer")
    into = _theme(consultation, theme, title)
    if into is not None and into.answer_id is not None:
        raise refused(own_rule(_("“%(title)s”已经答复，不能再放入意见；请另建主题。") % {"title": into.title}))
    before = [(comment.pk, comment.theme_id) for comment in _movable(chosen)]
    Comment.objects.filter(pk__in=[pk for pk, _theme_pk in before]).update(theme=into)
    return Moved(into.title if into else "", before)


@transaction.atomic
def undo(consultation_id: int, before: Iterable[tuple[int, int | None]], *, actor: User, at: datetime) -> int:
    """Put comments back where they were. Return how many. A theme that was made for them and is empty goes."""
    consultation = _writable(consultation_id, actor, at)
    was = dict(before)
    comments = list(_movable(consultation.comments.filter(pk__in=was).select_related("answer")))
    open_themes = set(consultation.themes.filter(answer=None).values_list("pk", flat=True))
    if any(pk is not None and pk not in open_themes for pk in was.values()):
        raise refused(own_rule(_("原来的主题已经答复或者合并，不能撤销。")))
    left = {comment.theme_id for comment in comments if comment.theme_id}
    for comment in comments:
        comment.theme_id = was[comment.pk]
    Comment.objects.bulk_update(comments, ["theme"])
    unused = Q(comments=None, answer=None, summary="", text="")
    consultation.themes.filter(unused, pk__in=left).delete()
    return len(comments)


@transaction.atomic
def merge(theme_id: int, *, into: int, actor: User, at: datetime) -> Theme:
    """Put all comments of a theme into another, and drop it. Neither may have been answered."""
    theme = lock(Theme, theme_id)
    consultation = _writable(theme.consultation_id, actor, at)
    target = consultation.themes.exclude(pk=theme.pk).filter(pk=into).first()
    if target is None or theme.answer_id or target.answer_id:
        raise refused(own_rule(_("只有同一轮里还没有答复的主题可以合并。")))
    theme.comments.update(theme=target)
    theme.delete()
    return target


@transaction.atomic
def drop(theme_id: int, *, actor: User, at: datetime) -> None:
    """Drop a theme that has not been answered. Its comments stay, without a theme."""
    theme = lock(Theme, theme_id)
    _writable(theme.consultation_id, actor, at)
    if theme.answer_id:
        raise refused(own_rule(_("已经答复的主题不能删除。")))
    theme.comments.update(theme=None)
    theme.delete()


def _writable(consultation_id: int, actor: User, at: datetime) -> Consultation:
    consultation = lock(Consultation, consultation_id)
    demand(actor, consultation.project, Role.MANAGER, Role.CLERK)
    hold_to(consultation, at, report_is_not_out)
    return consultation


def _movable(comments: Iterable[Comment]) -> list[Comment]:
    """Return the comments, none of which has been answered with its theme: its entry names it there."""
    chosen = list(comments)
    if not chosen:
        raise refused(Refusal("none", _("请先勾选意见。"), _("填写要求")))
    fixed = [str(comment.number) for comment in chosen if comment.answer and comment.answer.theme_id]
    if fixed:
        message = _("第%(numbers)s号意见已经随主题答复，不能再换主题。") % {"numbers": listed(fixed)}
        raise refused(own_rule(message))
    return chosen


def _theme(consultation: Consultation, pk: int | None, title: str) -> Theme | None:
    if pk is not None:
        return consultation.themes.get(pk=pk)
    if not title.strip():
        return None
    title = cleaned(title, most=MAX_TITLE)
    found = consultation.themes.filter(title=title).first()
    if found:
        return found
    if consultation.themes.count() >= MAX_THEMES:
        message = _("最多%(most)d个主题，请合并相近的主题。") % {"most": MAX_THEMES}
        raise refused(Refusal("themes", message, _("填写要求")))
    return consultation.themes.create(number=next_number(consultation.themes), title=title)
