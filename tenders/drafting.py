"""The beginning of what is drafted: projects, packages, repetitions. Nothing here is public, so nothing is recorded."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from tenders.gates import notice, own_rule
from tenders.locking import lock
from tenders.models import Consultation, Decision, Evaluation, Hearing, Opening, Package, PlanVersion, Project
from tenders.operations.common import cleaned, refused
from tenders.rights import Role, demand

# What a repeated tender takes over beside what must be announced, and what it sets anew
REPEATED = (
    "category", "track", "method", "method_ground", "method_reason", "approval_number", "approved_method",
    "approved_organising", "standard_text", "consortium_allowed", "bid_bond_fen", "agency", "agency_contact",
    "self_filing", "platform", "fairness_channel",
)  # fmt: skip
NEW_EACH_TIME = frozenset({"tender_number", "documents_issued_on", "documents_until", "bids_due_at"})


@transaction.atomic
def new_project(*, name: str, actor: User, year: int) -> Project:
    """Draft a project with its first consultation and decision, numbered within the year."""
    if actor.role != Role.MANAGER or actor.organisation is None:
        raise refused(own_rule(_("只有项目负责人可以新建项目。"), "role"))
    Organisation.objects.select_for_update().get(pk=actor.organisation.pk)  # two new projects, two numbers
    last = Project.objects.filter(number__startswith=f"{year}-").order_by("number").last()
    serial = int(last.number.split("-")[1]) + 1 if last else 1
    project = Project.objects.create(
        number=f"{year}-{serial:03}", name=cleaned(name, most=120), owner=actor.organisation, manager=actor
    )
    consultation = Consultation.objects.create(project=project, channels=[Consultation.Channel.WEBSITE])
    PlanVersion.objects.create(consultation=consultation, text="")
    Decision.objects.create(project=project)
    return project


@transaction.atomic
def new_hearing(consultation_id: int, *, actor: User) -> Hearing:
    """Draft a hearing on a plan, numbered within the project."""
    consultation = lock(Consultation, consultation_id)
    demand(actor, consultation.project, Role.MANAGER, Role.CLERK)
    number = Hearing.objects.filter(consultation__project=consultation.project).count() + 1
    return Hearing.objects.create(consultation=consultation, number=number)


@transaction.atomic
def new_package(project_id: int, *, name: str, actor: User) -> Package:
    """Draft a tender package with its opening session and its evaluation."""
    project = lock(Project, project_id)
    demand(actor, project, Role.MANAGER)
    number = project.packages.count() + 1
    package = Package.objects.create(
        project=project, number=number, name=cleaned(name, most=120), tender_number=f"{project.number}-{number:02}"
    )
    Opening.objects.create(package=package)
    Evaluation.objects.create(package=package)
    return package


@transaction.atomic
def retender(package_id: int, *, actor: User) -> Package:
    """Draft the repetition of a failed tender, with the same notice and documents."""
    failed = lock(Package, package_id)
    demand(actor, failed.project, Role.MANAGER)
    if failed.state != Package.State.FAILED or hasattr(failed, "retender"):
        raise refused(own_rule(_("只有招标失败、尚未重新招标的标段可以重新招标。")))
    package = new_package(failed.project_id, name=failed.name, actor=actor)
    for name in (*notice.ANNOUNCEMENT_FIELDS, *REPEATED):
        if name not in NEW_EACH_TIME:
            setattr(package, name, getattr(failed, name))
    package.retender_of = failed
    package.save()
    for document in failed.documents.all():
        package.documents.create(
            kind=document.kind, title=document.title, file=document.file.name, sha256=document.sha256
        )
    return package
