"""
Acts on what observers want answered: answered, insisted on, referred, closed. Each is a line that everybody can read.

A matter is raised by the act of the observer that it comes from: :mod:`integrity.operations.observers`.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from integrity.gates.observers import (
    committee_stays_unnamed,
    due_of,
    institution_had_time_to_speak,
    own_order,
    referral_is_new,
)
from integrity.models import Attendance, Matter, Observation, Turn
from ledger.operations import record
from tenders.law import calendar
from tenders.locking import lock
from tenders.models import next_number
from tenders.operations.common import MAX_ANSWER, cleaned, hold_words, publishable, refuse_if, refused
from tenders.rights import Role, demand

# What a turn does to the state of its matter
EDGES = {
    Turn.Kind.ANSWERED: Matter.answer,
    Turn.Kind.INSISTED: Matter.insist,
    Turn.Kind.ACCEPTED: Matter.close,
    Turn.Kind.LAPSED: Matter.close,
}


def raise_matter(attendance: Attendance, *, at: datetime, observation: Observation | None = None) -> Matter:
    """Begin the follow-up of a concern, or of an opinion, within the act that states it."""
    package = attendance.invitation.package
    return Matter.objects.create(
        package=package,
        number=next_number(package.matters),
        attendance=attendance,
        observation=observation,
        raised_at=at,
        asked_at=at,
    )


def asked(matter: Matter) -> dict[str, Any]:
    """Return what an entry says of a matter whose term begins with it."""
    return {"matter": matter.number, "due_on": due_of(matter, calendar()).isoformat()}


def take_turn(matter: Matter, kind: str, text: str, at: datetime) -> Turn:
    """Write a line under a matter, and move it on. Called within an act that holds the project's lock."""
    if edge := EDGES.get(Turn.Kind(kind)):
        edge(matter, at)
        matter.save(update_fields=["state", "asked_at", "answered_at", "closed_at"])
    return Turn.objects.create(matter=matter, number=next_number(matter.turns), kind=kind, text=text, at=at)


def _record(matter: Matter, kind: str, turn: Turn, actor: User, more: dict[str, Any] | None = None) -> None:
    facts = {"number": matter.number, "institution": matter.attendance.invitation.institution.name, "text": turn.text}
    key = f"{matter.path}/turn/{turn.number}"
    record(kind, subject=matter.path, actor=actor, at=turn.at, facts=facts | (more or {}), key=key)


@transaction.atomic(durable=True)
def answer_matter(matter_id: int, *, text: str, actor: User, at: datetime) -> Matter:
    """Answer a matter in writing, for the bureau. What was raised in the room is first answered in the room."""
    matter = lock(Matter, matter_id)
    demand(actor, matter.project, Role.MANAGER)
    _demand_state(matter, Matter.State.OPEN, _("这个监督事项现在不需要答复。"))
    if matter.observation and matter.observation.replied_at is None:
        raise refused(own_order(_("先当场答复这条监督记录：答复登记在监督记录下面。")))
    turn = take_turn(matter, Turn.Kind.ANSWERED, _public(matter, text, _("答复"), at, most=MAX_ANSWER), at)
    _record(matter, "matter.answered", turn, actor)
    return matter


@transaction.atomic(durable=True)
def insist(matter_id: int, *, text: str, actor: User, at: datetime) -> Matter:
    """Say, for the institution, that an answer does not do. The bureau has to answer again, within a new term."""
    matter = _theirs(matter_id, actor)
    _demand_state(matter, Matter.State.ANSWERED, _("还没有答复，或者已经办结。"))
    turn = take_turn(matter, Turn.Kind.INSISTED, _public(matter, text, _("理由"), at), at)
    _record(matter, "matter.insisted", turn, actor, asked(matter))
    return matter


@transaction.atomic(durable=True)
def accept(matter_id: int, *, actor: User, at: datetime, text: str = "") -> Matter:
    """Be content with an answer, for the institution: the matter is closed."""
    matter = _theirs(matter_id, actor)
    _demand_state(matter, Matter.State.ANSWERED, _("还没有答复，或者已经办结。"))
    said = _public(matter, text, _("说明"), at) if text.strip() else ""
    _record(matter, "matter.closed", take_turn(matter, Turn.Kind.ACCEPTED, said, at), actor, {"by": "accepted"})
    return matter


@transaction.atomic(durable=True)
def close_in_silence(matter_id: int, *, text: str, actor: User, at: datetime) -> Matter:
    """Close a matter on which the institution has let its term pass, and say how things stand."""
    matter = lock(Matter, matter_id)
    demand(actor, matter.project, Role.LEADER)
    _demand_state(matter, Matter.State.ANSWERED, _("还没有答复，或者已经办结。"))
    refuse_if(institution_had_time_to_speak(matter, at))
    turn = take_turn(matter, Turn.Kind.LAPSED, _public(matter, text, _("办结情况"), at), at)
    _record(matter, "matter.closed", turn, actor, {"by": "lapsed"})
    return matter


@transaction.atomic(durable=True)
def refer(matter_id: int, *, text: str, actor: User, at: datetime) -> Matter:
    """
    Pass a matter on to the supervising department, which may order the tender to stand still (TBR 62).

    The bureau's manager may, and so may the institution. The matter stays open for its answer.
    """
    matter = lock(Matter, matter_id)
    if not _speaks_for(actor, matter):
        demand(actor, matter.project, Role.MANAGER)
    if matter.is_closed:
        raise refused(own_order(_("这个监督事项已经办结。")))
    refuse_if(referral_is_new(matter, at), committee_stays_unnamed(matter.package, text, at))
    said = cleaned(text, most=1000)
    hold_words(matter.project, {_("移交情况"): said}, public=matter.package.supervisor)
    _record(matter, "matter.referred", take_turn(matter, Turn.Kind.REFERRED, said, at), actor)
    return matter


def _public(matter: Matter, text: str, what: str, at: datetime, *, most: int = 1000) -> str:
    """Return what is said of a matter, as it may be kept and read by everybody."""
    refuse_if(committee_stays_unnamed(matter.package, text, at))
    return publishable(text, what, matter.project, most=most)


def _theirs(matter_id: int, actor: User) -> Matter:
    """Lock and return a matter of the actor's own institution: whoever of it speaks, speaks for it."""
    matter = lock(Matter, matter_id)
    if not _speaks_for(actor, matter):
        raise PermissionDenied(_("只有提出的监督单位可以认可答复或者要求继续答复。"))
    return matter


def _speaks_for(actor: User, matter: Matter) -> bool:
    institution = matter.attendance.invitation.institution_id
    return actor.role == Role.OBSERVER and actor.is_active and actor.organisation_id == institution


def _demand_state(matter: Matter, state: str, message: str) -> None:
    if matter.state != state:
        raise refused(own_order(message))
