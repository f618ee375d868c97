"""Finding a thing of a project by the number in the address. What belongs to another project is not found."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.shortcuts import get_object_or_404

from contracts.models import Commencement, Contract, Document
from integrity.models import Complaint, Examination, IntegrityContract, Invitation, Matter, Objection, Observation
from publishing.models import Notice, TakeDown
from tenders.gates.standstill import ending_of
from tenders.models import (
    AdoptionReport,
    Answer,
    AnswerDraft,
    Applicant,
    Arrival,
    Award,
    Bid,
    BidBond,
    Comment,
    CommitteeMember,
    Consultation,
    Decision,
    Ending,
    Evaluation,
    Hearing,
    HearingApplication,
    HearingRecord,
    HearingStatement,
    Inquiry,
    Opening,
    Package,
    ParticipantsList,
    Placement,
    PlanVersion,
    Prequalification,
    Project,
    Question,
    RequiredPlacement,
    Suspension,
    TenderReport,
    Theme,
    Withholding,
)

Find = Callable[[Project, int], Any]


def within(model: type[Model], lookup: str) -> Find:
    """Return a function that finds an object whose project stands at ``lookup``."""

    def find(project: Project, pk: int) -> Any:
        return get_object_or_404(model, pk=pk, **{lookup: project})

    return find


def find_project(project: Project, pk: int) -> Project:
    return get_object_or_404(Project, number=project.number, pk=pk)


find_consultation = within(Consultation, "project")
find_plan_version = within(PlanVersion, "consultation__project")
find_comment = within(Comment, "consultation__project")
find_theme = within(Theme, "consultation__project")
find_answer = within(Answer, "consultation__project")
find_report = within(AdoptionReport, "consultation__project")
find_withholding = within(Withholding, "comment__consultation__project")
find_inquiry = within(Inquiry, "comment__consultation__project")
find_decision = within(Decision, "project")
find_hearing = within(Hearing, "consultation__project")
find_participants_list = within(ParticipantsList, "consultation__project")
find_hearing_record = within(HearingRecord, "consultation__project")
find_application = within(HearingApplication, "hearing__consultation__project")
find_statement = within(HearingStatement, "hearing__consultation__project")
find_package = within(Package, "project")
find_bid = within(Bid, "package__project")
find_arrival = within(Arrival, "package__project")
find_applicant = within(Applicant, "package__project")
find_prequalification = within(Prequalification, "package__project")
find_bond = within(BidBond, "package__project")
find_member = within(CommitteeMember, "package__project")
find_opening = within(Opening, "package__project")
find_evaluation = within(Evaluation, "package__project")
find_contract = within(Contract, "package__project")
find_integrity_contract = within(IntegrityContract, "contract__package__project")
find_commencement = within(Commencement, "contract__package__project")
find_invitation = within(Invitation, "package__project")
find_observation = within(Observation, "attendance__invitation__package__project")
find_paper = within(Document, "project")
find_matter = within(Matter, "package__project")
find_placement = within(Placement, "project")
find_required = within(RequiredPlacement, "consultation__project")
find_notice = within(Notice, "project")
find_take_down = within(TakeDown, "project")
find_objection = within(Objection, "package__project")
find_complaint = within(Complaint, "package__project")
find_examination = within(Examination, "complaint__package__project")
find_question = within(Question, "package__project")
find_suspension = within(Suspension, "package__project")


def award_of(package: Package) -> Award:
    """Return the award of a package, a new one if none has been drafted yet."""
    return getattr(package, "result", None) or Award(package=package)


def find_award(project: Project, pk: int) -> Award:
    return award_of(find_package(project, pk))


def tender_report_of(package: Package) -> TenderReport:
    """Return the report on the tender of a package, a new one if none has been drafted yet."""
    return getattr(package, "report", None) or TenderReport(package=package)


def find_tender_report(project: Project, pk: int) -> TenderReport:
    return tender_report_of(find_package(project, pk))


def find_ending(project: Project, pk: int) -> Ending:
    """Return what is written for the end of the package with this number, or what goes without writing."""
    return ending_of(find_package(project, pk))


def adoption_report_of(consultation: Consultation) -> AdoptionReport:
    """Return the report of a round, a new one if none has been drafted yet."""
    return getattr(consultation, "report", None) or AdoptionReport(consultation=consultation)


def find_report_of(project: Project, pk: int) -> AdoptionReport:
    return adoption_report_of(find_consultation(project, pk))


def find_own_answer(project: Project, pk: int) -> AnswerDraft:
    """Return the draft of an answer to the comment with this number, a new one if none has been written yet."""
    comment = find_comment(project, pk)
    return AnswerDraft.objects.filter(comment=comment).first() or AnswerDraft(comment=comment)
