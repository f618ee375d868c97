"""Who has a standing to watch openings: given and ended by the bureau's leaders, in public."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from integrity.gates.observers import own_order
from integrity.models import Mandate
from ledger.operations import record
from tenders.law import day
from tenders.operations.common import cleaned, refused
from tenders.rights import Role, demand_role

NO_OBSERVERS = (Organisation.Kind.BUREAU, Organisation.Kind.COMPANY)


@dataclass(frozen=True)
class Standing:
    """In which capacity an institution watches, on what that rests, and where its invitations go."""

    capacity: str
    basis: str
    is_required: bool = True
    contact: str = ""
    email: str = ""


@transaction.atomic(durable=True)
def grant_mandate(institution_id: int, standing: Standing, *, actor: User, at: datetime) -> Mandate:
    """Let an institution watch openings from today on. It then has to be invited, or may be."""
    demand_role(actor, Role.LEADER)
    institution = Organisation.objects.select_for_update().get(pk=institution_id)
    if institution.kind in NO_OBSERVERS:
        raise refused(own_order(_("建设单位和企业不能作监督单位。")))
    if Mandate.objects.filter(institution=institution, ends_on=None).exists():
        raise refused(own_order(_("%(name)s已有监督资格；要改动，先终止原来的。") % {"name": institution.name}))
    mandate = Mandate.objects.create(
        institution=institution,
        capacity=standing.capacity,
        basis=cleaned(standing.basis, most=200),
        is_required=standing.is_required,
        contact=standing.contact.strip(),
        email=standing.email,
        starts_on=day(at),
    )
    record("mandate.granted", subject=mandate.path, actor=actor, at=at, facts=mandate.facts(), key=mandate.path)
    return mandate


@transaction.atomic(durable=True)
def end_mandate(mandate_id: int, *, reason: str, actor: User, at: datetime) -> Mandate:
    """End a standing with today, and say why. What was invited under it stays invited."""
    demand_role(actor, Role.LEADER)
    mandate = Mandate.objects.select_for_update().get(pk=mandate_id)
    if mandate.ends_on is not None:
        raise refused(own_order(_("这项监督资格已经终止。")))
    mandate.ends_on, mandate.end_reason = day(at), cleaned(reason, most=200)
    mandate.save(update_fields=["ends_on", "end_reason"])
    facts = {"institution": mandate.institution.name, "reason": mandate.end_reason}
    record("mandate.ended", subject=mandate.path, actor=actor, at=at, facts=facts, key=f"ended:{mandate.path}")
    return mandate
