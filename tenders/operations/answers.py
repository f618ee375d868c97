"""Acts on what becomes of comments: an answer to one, to all of a theme, and the correction of either."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.models import Entry
from ledger.operations import record
from statutes.refusal import ActRefused, unmet
from tenders.gates import answers as gates
from tenders.gates import labels_of, own_rule
from tenders.locking import lock
from tenders.models import Answer, Comment, Theme
from tenders.operations.common import MAX_ANSWER, cleaned, hold_to, hold_words, refused
from tenders.rights import Role, demand

MAX_CHANGE = 1000
MAX_REASON = 500
MAX_REFERRAL = 200


@transaction.atomic(durable=True)
def answer_comment(
    comment_id: int,
    *,
    outcome: str,
    text: str,
    actor: User,
    at: datetime,
    change: str = "",
    referral: str = "",
    is_petition: bool = False,
) -> Answer:
    """
    Say what became of a comment, and why. It is public at once, and goes before the answer to the comment's theme.

    A comment has one outcome: where its theme's answer has been given already, this one takes its place, and says so.
    """
    comment = lock(Comment, comment_id)
    demand(actor, comment.project, Role.MANAGER, Role.CLERK)
    hold_to(comment, at, gates.has_no_answer_of_its_own)
    hold_to(comment.consultation, at, gates.report_is_not_out)
    answer = Answer(
        consultation=comment.consultation,
        replaces=comment.answer,
        answered_at=at,
        **worded(outcome, text, change, referral, is_petition),
    )
    hold_to(answer, at, *gates.ON_WORDS)
    hold_public(answer)
    before = {"instead_of": answer.replaces.entry_id} if answer.replaces else {}
    facts = {"number": comment.number, **answer.facts(), **before}
    key = f"answer:{comment.path}"
    entry = record("comment.answered", subject=comment.path, actor=actor, at=at, facts=facts, key=key)
    return _give(answer, entry, [comment.pk])


@transaction.atomic(durable=True)
def answer_theme(
    theme_id: int,
    *,
    outcome: str,
    text: str,
    actor: User,
    at: datetime,
    change: str = "",
    referral: str = "",
    is_petition: bool = False,
    revision: int | None = None,
) -> Answer:
    """
    Say what became of all comments of a theme, in one act: the entry lists their numbers.

    A comment that has an answer of its own keeps it. ``revision`` is that of the draft which the actor has seen.
    """
    theme = lock(Theme, theme_id)
    demand(actor, theme.project, Role.MANAGER, Role.CLERK)
    if revision not in {None, theme.revision}:
        raise refused(own_rule(_("草稿刚刚又改过，请看过新的内容再办理。"), "stale"))
    hold_to(theme.consultation, at, gates.report_is_not_out)
    answer = Answer(
        consultation=theme.consultation,
        theme=theme,
        answered_at=at,
        **worded(outcome, text, change, referral, is_petition),
    )
    hold_to_all(theme, answer, at)
    hold_public(answer)
    waiting = list(theme.comments.filter(answer=None))
    facts = {
        "theme": theme.number,
        "title": theme.title,
        "summary": theme.summary,
        "numbers": [comment.number for comment in waiting],
        **answer.facts(),
    }
    key = f"answer:{theme.path}"
    entry = record("theme.answered", subject=theme.path, actor=actor, at=at, facts=facts, key=key)
    return _give(answer, entry, [comment.pk for comment in waiting])


@transaction.atomic(durable=True)
def correct_answer(
    answer_id: int,
    *,
    outcome: str,
    text: str,
    reason: str,
    actor: User,
    at: datetime,
    change: str = "",
    referral: str = "",
    is_petition: bool = False,
) -> Answer:
    """Put a right answer in the place of a wrong one, with the reason. The entry points at the old one; both stay."""
    wrong = lock(Answer, answer_id)
    demand(actor, wrong.project, Role.MANAGER)
    hold_to(wrong, at, gates.answer_is_in_force)
    answer = Answer(
        consultation=wrong.consultation,
        theme=wrong.theme,
        replaces=wrong,
        correction_reason=cleaned(reason, most=MAX_REASON),
        answered_at=at,
        **worded(outcome, text, change, referral, is_petition),
    )
    hold_to(answer, at, *gates.ON_WORDS)
    hold_public(answer)
    covered = list(wrong.comments.order_by("number"))
    numbers = [comment.number for comment in covered]
    facts = {"numbers": numbers, **answer.facts(), "reason": answer.correction_reason}
    subject = wrong.theme.path if wrong.theme else covered[0].path
    key = f"answer-corrected:{wrong.pk}"
    entry = record(
        "answer.corrected", subject=subject, actor=actor, at=at, facts=facts, key=key, corrects=wrong.entry_id
    )
    return _give(answer, entry, [comment.pk for comment in covered])


def hold_to_all(theme: Theme, answer: Answer, at: datetime) -> None:
    """
    Ask what the theme must be, and what the answer must say.

    :raises ActRefused: with all refusals, if there are any
    """
    if reasons := unmet(gates.ON_THEME, theme, at) + unmet(gates.ON_WORDS, answer, at):
        raise ActRefused(reasons)


def hold_public(answer: Answer) -> None:
    """
    Let an answer, and its theme with it, go public that hold no personal data.

    :raises ActRefused: naming each place
    """
    words: list[tuple[Model, str]] = [(answer, name) for name in ("text", "change", "referral", "correction_reason")]
    words += [(answer.theme, name) for name in ("title", "summary")] if answer.theme else []
    hold_words(answer.project, {labels_of(thing, [name])[0]: getattr(thing, name) for thing, name in words})


def worded(outcome: str, text: str, change: str, referral: str, is_petition: bool) -> dict[str, Any]:
    """Return the words of an answer as they may be kept. What is missing, the gates say."""
    return {
        "outcome": outcome,
        "text": _kept(text, MAX_ANSWER),
        "change": _kept(change, MAX_CHANGE),
        "referral": _kept(referral, MAX_REFERRAL),
        "is_petition": is_petition,
    }


def _kept(text: str, most: int) -> str:
    return cleaned(text, most=most) if text.strip() else ""


def _give(answer: Answer, entry: Entry, comments: Iterable[int]) -> Answer:
    """Keep an answer, and let the comments and the theme point at it."""
    answer.entry = entry
    answer.save(force_insert=True)
    Comment.objects.filter(pk__in=comments).update(answer=answer)
    if answer.theme:
        answer.theme.answer = answer
        answer.theme.save(update_fields=["answer"])
    return answer
