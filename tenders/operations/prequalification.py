"""Applications for a prequalification. They write no entry: the opening reveals them (docs/adr/0030)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from tenders import gates
from tenders.gates import prequalification as gate
from tenders.law import day, law
from tenders.locking import lock
from tenders.models import Applicant, Package, Prequalification, next_number
from tenders.operations.common import cleaned, hold_to, publishable, refuse_if, refused, said_in_chinese
from tenders.prequalified import digest_of_result, lines_of
from tenders.rights import Role, demand

HANDS = (Role.MANAGER, Role.CLERK)
Status = Applicant.Status


@transaction.atomic
def choose_prequalification(package_id: int, *, actor: User) -> Prequalification:
    """Decide that a tender begins with a prequalification, and draft it. No act: its notice is one."""
    package = lock(Package, package_id)
    demand(actor, package.project, Role.MANAGER)
    if package.state != Package.State.DRAFT or gate.prequalification_of(package):
        raise refused(gates.own_rule(_("只有还没有公告、也没有选定资格预审的标段可以选择资格预审。")))
    return Prequalification.objects.create(package=package)


@transaction.atomic
def drop_prequalification(package_id: int, *, actor: User) -> None:
    """Go back to qualifying bidders after the opening (资格后审), as long as no notice is out."""
    package = lock(Package, package_id)
    demand(actor, package.project, Role.MANAGER)
    ours = gate.prequalification_of(package)
    if ours is None or ours.state != Prequalification.State.DRAFT:
        raise refused(gates.own_rule(_("资格预审公告已经发布，不能改回资格后审。")))
    ours.delete()


@transaction.atomic(durable=True)
def register_application(
    package_id: int, *, applicant: str, credit_code: str, delivered_by: str, actor: User, at: datetime
) -> Applicant:
    """
    Note an application that is handed over at this second: accepted, or refused because it is late.

    Writes no entry: until the opening it is secret who applied, and how many (《招标投标法》第二十二条).

    :raises ActRefused: if none are taken, or the company's application is there already
    """
    package = lock(Package, package_id)
    demand(actor, package.project, *HANDS)
    hold_to(package, at, gates.project_is_active, gate.applications_are_taken)
    late = said_in_chinese(gate.application_is_in_time, package, at)
    refuse_if(
        gate.room_for_another_applicant(package), None if late else gate.has_not_applied_yet(package, credit_code)
    )
    return Applicant.objects.create(
        package=package,
        number=next_number(package.applicants),
        applicant=publishable(applicant, _("申请人"), package.project, most=120),
        credit_code=credit_code,
        arrived_at=at,
        delivered_by=cleaned(delivered_by, most=60),
        received_by=actor,
        status=Status.REFUSED if late else Status.ACCEPTED,
        refusal_reason=late,
    )


@transaction.atomic(durable=True)
def withdraw_application(applicant_id: int, *, withdrawn_by: str, actor: User, at: datetime) -> Applicant:
    """Give an application back, unread, to the one who asks for it in writing before the deadline. No entry."""
    applicant = lock(Applicant, applicant_id)
    demand(actor, applicant.project, *HANDS)
    hold_to(applicant, at, gates.project_is_active, gate.application_may_be_withdrawn)
    applicant.status, applicant.withdrawn_at = Status.WITHDRAWN, at
    applicant.withdrawn_by = cleaned(withdrawn_by, most=60)
    applicant.save(update_fields=["status", "withdrawn_at", "withdrawn_by"])
    return applicant


def bind_result(package: Package, at: datetime) -> None:
    """Write down whether enough have passed, and what binds the list. Requires the package's lock."""
    ours = package.prequalification
    ours.enough = package.applicants.passed().count() >= (law("TB-14", day(at)).amount or 0)
    ours.digest = digest_of_result(lines_of(package), bytes(ours.salt))
