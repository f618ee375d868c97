"""What the acts of this room share."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from statutes.refusal import ActRefused, Gate, Refusal, unmet
from tenders.gates import own_rule
from tenders.gates.privacy import words_name_nobody
from tenders.locking import Thing, lock
from tenders.models import Package, Project, next_number
from tenders.rights import Role, demand
from tenders.text import clean_text

MAX_ANSWER = 4000


def hold_to(subject: Any, at: datetime, *demands: Gate) -> None:
    """
    Ask every gate.

    :raises ActRefused: with all refusals, if there are any
    """
    if reasons := unmet(demands, subject, at):
        raise ActRefused(reasons)


def refuse_if(*refusals: Refusal | None) -> None:
    """
    Let an act pass that nothing speaks against.

    :raises ActRefused: with all refusals, if there are any
    """
    if reasons := [refusal for refusal in refusals if refusal]:
        raise ActRefused(reasons)


def refused(refusal: Refusal) -> ActRefused:
    return ActRefused([refusal])


def said_in_chinese(ask: Callable[..., Refusal | None], *about: Any, **more: Any) -> str:
    """Return what a gate says, or nothing, as a register keeps it: in Chinese, whatever language the clerk reads."""
    with translation.override("zh-hans"):
        fault = ask(*about, **more)
    return fault.message if fault else ""


def hold_words(project: Project, words: Mapping[str, str], *, public: str = "") -> None:
    """
    Let texts go public that hold no personal data. ``words`` are the texts by what people call them.

    :raises ActRefused: naming each place
    """
    if refusal := words_name_nobody(project, words, public=public):
        raise refused(refusal)


def publishable(text: str, what: str, project: Project, *, most: int) -> str:
    """
    Return a text that goes public with the act, as it may be kept. ``what`` is what people call it.

    :raises ActRefused: with the reason in the writer's words, also if it holds personal data
    """
    hold_words(project, {what: text})
    return cleaned(text, most=most)


def public_or_blank(text: str, what: str, project: Project, *, most: int) -> str:
    """Return a text like ``publishable``, or nothing if nothing was written."""
    return publishable(text, what, project, most=most) if text.strip() else ""


def cleaned(text: str, *, most: int) -> str:
    """
    Return the text as it may be kept.

    :raises ActRefused: with the reason in the writer's words
    """
    try:
        return clean_text(text, most=most)
    except ValueError as error:
        raise refused(Refusal("text", str(error), _("填写要求"))) from error


def move_deadline(package: Package, to: datetime | None) -> None:
    """Set the deadline that runs now: that of applications while the package prequalifies, else that of bids."""
    if package.prequalifies:
        package.prequalification.due_at = to
        package.prequalification.save(update_fields=["due_at"])
    else:
        package.bids_due_at = to
        package.save(update_fields=["bids_due_at"])


def number_up_to(siblings: Any, *, most: int, too_many: str) -> int:
    """
    Return the number of the next thing that the public sends in. What the public can fill, is bounded. One query.

    :raises ActRefused: saying ``too_many`` if there are as many as are taken
    """
    number = next_number(siblings)
    if number > most:
        raise refused(own_rule(too_many, "too-many"))
    return number


def decide(
    model: type[Thing],
    pk: int,
    state: str,
    waits: Callable[[Any, User], Iterable[Refusal | None]],
    *,
    by: tuple[User, datetime],
) -> Thing:
    """
    Decide a proposal as a second person, who is not the first, and return it. ``waits`` says what speaks against that.

    :raises ActRefused: if it is decided already, or proposed by the same person
    """
    proposal: Any = lock(model, pk)
    actor, at = by
    demand(actor, proposal.project, Role.REVIEWER, Role.LEADER)
    refuse_if(*waits(proposal, actor))
    proposal.state, proposal.decided_by, proposal.decided_at = state, actor, at
    proposal.save(update_fields=["state", "decided_by", "decided_at"])
    return proposal
