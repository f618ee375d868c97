"""Objections: received, and answered."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from integrity.gates.objections import objection_is_on_time
from integrity.models import Objection
from ledger.canonical import commitment, new_salt
from ledger.operations import record
from tenders.law import day, refuse
from tenders.locking import lock
from tenders.models import Package
from tenders.operations.common import MAX_ANSWER, cleaned, refused
from tenders.rights import Role, demand


@transaction.atomic(durable=True)
def receive_objection(package_id: int, *, kind: str, objector: str, text: str, actor: User, at: datetime) -> Objection:
    """Take an objection on. From now on, until it is answered, the tender stands still (TBR 22, 54)."""
    package = lock(Package, package_id)
    demand(actor, package.project, Role.MANAGER, Role.CLERK)
    if late := objection_is_on_time(package, at, kind):
        raise refused(late)
    objection = Objection.objects.create(
        package=package,
        number=package.objections.count() + 1,
        kind=kind,
        objector=cleaned(objector, most=120),
        text=cleaned(text, most=MAX_ANSWER),
        salt=new_salt(),
        received_at=at,
    )
    facts = {
        "number": objection.number,
        "kind": kind,
        "commitment": commitment("objection-v1", bytes(objection.salt), f"{objection.objector}\n{objection.text}"),
    }
    record("objection.received", subject=objection.path, actor=actor, at=at, facts=facts, key=objection.path)
    return objection


@transaction.atomic(durable=True)
def answer_objection(objection_id: int, *, answer: str, upheld: bool, actor: User, at: datetime) -> Objection:
    objection = lock(Objection, objection_id)
    demand(actor, objection.project, Role.MANAGER)
    if objection.answered_at is not None:
        raise refused(refuse("OB-05", _("这个异议已经答复。"), day(at)))
    objection.answer = cleaned(answer, most=MAX_ANSWER)
    objection.upheld = upheld
    objection.answered_at = at
    objection.save(update_fields=["answer", "upheld", "answered_at"])
    facts = {"number": objection.number, "kind": objection.kind, "upheld": upheld}
    key = f"answer:{objection.path}"
    record("objection.answered", subject=objection.path, actor=actor, at=at, facts=facts, key=key)
    return objection
