"""The one operation by which a project and what belongs to it moves a step on."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django_fsm import can_proceed

from ledger.models import Entry
from ledger.operations import FollowUp, record
from lifecycle.steps import Move, Step
from statutes.refusal import ActRefused, Refusal, unmet
from tenders.gates import is_released
from tenders.gates.privacy import words_name_nobody
from tenders.locking import lock
from tenders.models import in_full
from tenders.rights import demand
from tenders.text import clean_text
from tenders.words import words_of

MAX_REASON = 1000
NUMBERED = ("permit_number", "credit_code")


def is_offered(step: Step, subject: Any) -> bool:
    """Say whether the step exists for the subject, and the state machines have its edges from where they stand."""
    return step.exists_for(subject) and all(_can_walk(move, subject) for move in step.moves)


def _can_walk(move: Move, subject: Any) -> bool:
    thing = move.of(subject)
    return thing is not None and can_proceed(getattr(thing, move.edge.__name__))


def refusals(subject: Any, step: Step, *, at: datetime, reason: str | None = None) -> list[Refusal]:
    """
    Return every reason why ``subject`` may not take ``step`` at this moment. Changes nothing.

    ``reason`` is what the actor gives for a step that needs one; None asks before anybody could have given it.
    """
    if not is_offered(step, subject):
        return [Refusal("wrong-stage", _("现在的阶段不能办理“%(title)s”。") % {"title": step.title}, _("本局办事流程"))]
    unreleased = [refusal for document in step.reviewed(subject) if (refusal := is_released(document, at))]
    return unmet(step.gates, subject, at) + unreleased + _reason_refusals(step, reason)


def _reason_refusals(step: Step, reason: str | None) -> list[Refusal]:
    if not step.needs_reason or reason is None:
        return []
    try:
        clean_text(reason, most=MAX_REASON)
    except ValueError as error:
        return [Refusal("reason", _("须公布理由：%(error)s") % {"error": error}, _("本局办事流程"))]
    return []


def _named(step: Step, subject: Any, at: datetime, reason: str) -> list[Refusal]:
    """
    Return what speaks of persons in the words that the step makes public; asked once it could be taken.

    Documents that were reviewed have been looked through. The numbers of permits and organisations look like personal
    ones, and are none.
    """
    words = {_("理由"): reason} if step.needs_reason else {}
    if not step.reviewed(subject):
        with in_full():
            found = list(words_of(step.says(subject, at), step.subject))
        named = [word for word in found if not word.path.endswith(NUMBERED)]
        words |= {f"{n}. {word.label}": word.text for n, word in enumerate(named, 1)}
    refusal = words_name_nobody(subject.project, words)
    return [refusal] if refusal else []


@transaction.atomic(durable=True)
def take(step: Step, pk: int, *, actor: Any, at: datetime, reason: str = "") -> Any:
    """
    Take a step: the states, the entry in the record and the work that follows from it, or none of them.

    ``actor`` is None if nobody takes it, but the clock; the entry then says so.

    :raises PermissionDenied: if the step belongs to another office than the actor's
    :raises ActRefused: with every reason, if it may not be taken at this moment
    """
    subject: Any = lock(step.subject, pk)
    if actor is not None:
        demand(actor, subject.project, step.role)
    elif not step.by_clock:
        raise PermissionDenied(_("此事项须由%(offices)s办理。") % {"offices": step.role.label})
    if reasons := refusals(subject, step, at=at, reason=reason) or _named(step, subject, at, reason):
        raise ActRefused(reasons)

    for prepare in step.prepares:
        prepare(subject, at)
    facts = step.says(subject, at) | ({"reason": clean_text(reason, most=MAX_REASON)} if step.needs_reason else {})
    facts |= {"automatic": True} if actor is None else {}
    for move in step.moves:
        thing = move.of(subject)
        move.edge(thing, at)
        thing.save()
    taken_before = Entry.objects.filter(kind=step.kind, subject=subject.path).count()
    record(
        step.kind,
        subject=subject.path,
        actor=actor,
        at=at,
        facts=facts,
        key=f"{step.kind}:{subject.path}:{taken_before + 1}",
        then=[*papers_to_follow(step, subject), *(FollowUp(name, {"pk": subject.pk}) for name in step.work)],
    )
    return subject


def papers_to_follow(step: Step, subject: Any) -> list[FollowUp]:
    made_of = [(paper.template, paper.of(subject)) for paper in step.papers]
    return [
        FollowUp("document", {"template": template, "model": thing._meta.label_lower, "pk": thing.pk})
        for template, thing in made_of
    ]
