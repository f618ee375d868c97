"""Objections: received, answered, withdrawn, or not taken on because the objector is not entitled."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from integrity.gates.complaints import party_is_named
from integrity.gates.objections import objection_is_on_time, objection_is_waiting, rule_of_answer
from integrity.models import Capacity, Channel, Objection
from ledger.canonical import new_salt
from ledger.operations import record
from tenders.law import day, refuse
from tenders.locking import lock
from tenders.models import Package
from tenders.operations.common import MAX_ANSWER, cleaned, hold_to, number_up_to, public_or_blank, refuse_if, refused
from tenders.rights import Role, demand

MOST_OBJECTIONS = 500  # of one tender: what the public can fill, is bounded
MAX_SUMMARY = 1000
HANDS = (Role.MANAGER, Role.CLERK)
Outcome = Objection.Outcome


@dataclass(frozen=True)
class Party:
    """What an objector or complainant says beside the matter. Nothing of it is public."""

    contact: str = ""
    capacity: str = Capacity.INTERESTED
    evidence: str = ""
    channel: str = Channel.LETTER

    def kept(self) -> dict[str, str]:
        """
        Return the fields of an objection or a complaint that say this.

        :raises ActRefused: with the reason in the writer's words
        """
        return {
            "capacity": self.capacity,
            "contact": self.contact and cleaned(self.contact, most=120),
            "evidence": self.evidence and cleaned(self.evidence, most=MAX_ANSWER),
            "channel": self.channel,
        }


UNKNOWN = Party()


@transaction.atomic(durable=True)
def receive_objection(
    package_id: int, *, kind: str, objector: str, text: str, party: Party = UNKNOWN, actor: User | None, at: datetime
) -> Objection:
    """
    Take an objection on. From now on, until it is answered, the tender stands still (TBR 22, 54).

    Without ``actor`` it comes from the public form, and must say how the objector can be reached.
    """
    package = lock(Package, package_id)
    if actor is not None:
        demand(actor, package.project, *HANDS)
    refuse_if(
        objection_is_on_time(package, at, kind),
        party_is_named(objector, party.contact if actor is None else objector, at),
    )
    too_many = _("异议太多，请打电话联系招标人。")
    number = number_up_to(package.objections, most=MOST_OBJECTIONS, too_many=too_many)
    objection = Objection.objects.create(
        package=package,
        number=number,
        kind=kind,
        objector=cleaned(objector, most=120),
        text=cleaned(text, most=MAX_ANSWER),
        **party.kept(),
        salt=new_salt(),
        received_at=at,
    )
    facts = {"number": number, "kind": kind, "commitment": objection.commitment()}
    record("objection.received", subject=objection.path, actor=actor, at=at, facts=facts, key=objection.path)
    return objection


@transaction.atomic(durable=True)
def answer_objection(
    objection_id: int, *, answer: str, upheld: bool, summary: str = "", measures: str = "", actor: User, at: datetime
) -> Objection:
    """
    Answer an objection. ``answer`` goes to the objector, ``summary`` and ``measures`` to everybody.

    One that is upheld says what is done about it.
    """
    objection = lock(Objection, objection_id)
    demand(actor, objection.project, Role.MANAGER)
    hold_to(objection, at, objection_is_waiting)
    if upheld and not measures.strip():
        message = _("异议成立的，须写明并公布处理措施：改什么，何时改。")
        raise refused(refuse(rule_of_answer(objection), message, day(at)))
    objection.answer = cleaned(answer, most=MAX_ANSWER)
    return _close(objection, Outcome.UPHELD if upheld else Outcome.REJECTED, summary, measures, by=(actor, at))


@transaction.atomic(durable=True)
def withdraw_objection(objection_id: int, *, actor: User, at: datetime) -> Objection:
    """Note that the objector has taken an objection back, in writing. The tender goes on."""
    objection = lock(Objection, objection_id)
    demand(actor, objection.project, *HANDS)
    hold_to(objection, at, objection_is_waiting)
    return _close(objection, Outcome.WITHDRAWN, by=(actor, at))


@transaction.atomic(durable=True)
def turn_objector_away(objection_id: int, *, answer: str, actor: User, at: datetime) -> Objection:
    """Answer that somebody is neither a bidder nor another interested party, and so can't object (TBL 65)."""
    objection = lock(Objection, objection_id)
    demand(actor, objection.project, Role.MANAGER)
    hold_to(objection, at, objection_is_waiting)
    objection.answer = cleaned(answer, most=MAX_ANSWER)
    return _close(objection, Outcome.NOT_ENTITLED, by=(actor, at))


def _close(
    objection: Objection, outcome: str, summary: str = "", measures: str = "", *, by: tuple[User, datetime]
) -> Objection:
    """End an objection, and with it the standstill that it caused."""
    actor, at = by
    objection.outcome = outcome
    objection.upheld = outcome == Outcome.UPHELD
    objection.answered_at = at
    project = objection.project
    objection.summary = public_or_blank(summary, _("公开摘要"), project, most=MAX_SUMMARY)
    objection.measures = public_or_blank(measures, _("处理措施"), project, most=MAX_SUMMARY)
    if objection.objector in f"{objection.summary}\n{objection.measures}":
        raise refused(refuse("EM-01", _("公开的文字里写到了异议人的名称。"), day(at)))
    objection.save(update_fields=["answer", "summary", "measures", "upheld", "outcome", "answered_at"])
    facts = {
        "number": objection.number,
        "kind": objection.kind,
        "upheld": objection.upheld,
        "outcome": outcome,
        "summary": objection.summary,
        "measures": objection.measures,
    }
    key = f"answer:{objection.path}"
    record("objection.answered", subject=objection.path, actor=actor, at=at, facts=facts, key=key)
    return objection
