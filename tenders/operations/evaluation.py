"""Who evaluates: the draw of experts, and that a member makes place for another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.canonical import new_salt
from ledger.operations import record
from tenders.gates import committee as gates
from tenders.gates import own_rule, project_is_active
from tenders.law import day, refuse
from tenders.locking import lock
from tenders.models import CommitteeDraw, CommitteeMember, Package, next_number
from tenders.operations.common import cleaned, hold_to, publishable, refuse_if, refused
from tenders.rights import Role, demand

MOST_MEMBERS = 25
HANDS = (Role.MANAGER, Role.CLERK)


@dataclass(frozen=True)
class Person:
    """A member as the draw, or the owner, names him."""

    kind: str
    name: str
    employer: str
    speciality: str = ""


@dataclass(frozen=True)
class Draw:
    """How it was drawn. Everything here is public at once."""

    pool: str
    reference: str
    requirement: str
    drawn_at: datetime
    watched_by: str = ""
    reason: str = ""  # of a draw that fills a place


@transaction.atomic(durable=True)
def draw_experts(package_id: int, draw: Draw, members: Sequence[Person], *, actor: User, at: datetime) -> CommitteeDraw:
    """
    Enter a draw of experts, with the owner's representatives, into the record: all but who they are (EM-03).

    The entry commits to the names, so that nobody can say afterwards that others were drawn.
    Source: 《招标投标法》第三十七条, 《招标投标法实施条例》第四十六条.
    """
    package = lock(Package, package_id)
    demand(actor, package.project, *HANDS)
    hold_to(package, at, project_is_active, gates.committee_may_still_change)
    refuse_if(
        gates.draw_is_explained(package, at, draw.reason), gates.draw_lies_in_its_time(package, at, draw.drawn_at)
    )
    if not members or package.committee.count() + len(members) > MOST_MEMBERS:
        raise refused(own_rule(_("请列出一至%(most)d名成员。") % {"most": MOST_MEMBERS}, "members"))
    drawn = _kept_draw(package, draw)
    _seat(drawn, members, at)
    key = f"draw:{drawn.path}"
    record("committee.drawn", subject=drawn.path, actor=actor, at=at, facts=drawn.facts(), key=key)
    return drawn


def _kept_draw(package: Package, draw: Draw) -> CommitteeDraw:
    project = package.project
    return CommitteeDraw.objects.create(
        package=package,
        number=next_number(package.draws),
        pool=publishable(draw.pool, _("专家库"), project, most=120),
        reference=publishable(draw.reference, _("抽取编号"), project, most=80),
        requirement=publishable(draw.requirement, _("抽取的专业和人数"), project, most=200),
        drawn_at=draw.drawn_at,
        watched_by=draw.watched_by and publishable(draw.watched_by, _("监督抽取的单位"), project, most=120),
        reason=draw.reason and publishable(draw.reason, _("补抽的原因"), project, most=200),
        salt=new_salt(),
    )


def _seat(draw: CommitteeDraw, members: Sequence[Person], at: datetime) -> None:
    seated = set(draw.package.committee.standing().values_list("name", "employer"))
    first = next_number(draw.package.committee)
    for number, person in enumerate(members, start=first):
        name, employer = cleaned(person.name, most=60), cleaned(person.employer, most=120)
        if (name, employer) in seated:
            raise refused(refuse("EV-11", _("名单里有重复的成员。"), day(at)))
        seated.add((name, employer))
        CommitteeMember.objects.create(
            package=draw.package,
            draw=draw,
            number=number,
            kind=CommitteeMember.Kind(person.kind),
            name=name,
            employer=employer,
            speciality=person.speciality and cleaned(person.speciality, most=60),
        )


@transaction.atomic(durable=True)
def withdraw_member(member_id: int, *, ground: str, actor: User, at: datetime) -> CommitteeMember:
    """Let a member leave the committee, by number and with the ground: what he has judged does not count (TBR 48)."""
    member = lock(CommitteeMember, member_id)
    demand(actor, member.project, *HANDS)
    hold_to(member.package, at, project_is_active, gates.committee_may_still_change)
    if member.withdrawn_at or ground not in CommitteeMember.Ground.values:
        raise refused(refuse("EV-11", _("这名成员已经退出，或者没有选择退出的原因。"), day(at)))
    refuse_if(gates.ground_may_be_told(member.package, at, ground))
    member.withdrawn_at, member.withdrawn_for = at, ground
    member.save(update_fields=["withdrawn_at", "withdrawn_for"])
    facts = {"number": member.number, "ground": ground}
    key = f"withdrawn:{member.path}"
    record("committee.member-withdrew", subject=member.path, actor=actor, at=at, facts=facts, key=key)
    return member
