"""The table of registers: what is listed, for whom, and on which page."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contracts.gates import award_can_be_revoked
from contracts.models import Document
from integrity.gates.complaints import answer_due_on, decision_due_on
from integrity.gates.observers import mandates_for, opening_hour_has_come
from integrity.models import Complaint, Observation
from ledger.models import Entry
from lifecycle.agenda import documents_to_review
from lifecycle.bonds import due_back
from portal.converters import normalised
from portal.staff import moderation
from portal.staff import themes as grouped
from portal.staff.finding import Find, find_consultation, find_hearing, find_package, find_project
from portal.staff.matters import matters_at_desk
from portal.staff.posting import announced_places
from portal.staff.session import session
from publishing.catalogue import State, lines_of
from publishing.models import Notice, TakeDown
from publishing.pages.posters import USES, posters_beside
from publishing.posters import told_at_desk
from statutes.calendar import Calendar
from tenders.fairness import hints_of
from tenders.gates.award import bids_wait_for_the_award, validity_ends_on
from tenders.gates.bids import stands_still
from tenders.gates.committee import MAY_CHANGE
from tenders.gates.enquiry import questions_are_taken
from tenders.gates.fairness import competition_is_reviewed
from tenders.gates.prequalification import applications_are_taken, prequalification_of
from tenders.gates.standstill import retender_is_due, tender_can_be_suspended
from tenders.law import calendar, day
from tenders.models import (
    Applicant,
    AwardLetter,
    Bid,
    BidBox,
    Comment,
    Consultation,
    Hearing,
    Package,
    Project,
    TenderReport,
)

Role = User.Role
Asked = Mapping[str, str]  # what the address asks for, after its question mark
ALL = User.STAFF_ROLES
HANDS = (Role.MANAGER, Role.CLERK)
READERS = (*HANDS, Role.LEADER, Role.REVIEWER)
GIVEN_OUT_AT = {"D23": "objections"}  # other papers that are kept: with the results


@dataclass(frozen=True)
class Register:
    """``rows`` answers what the page needs beyond the thing itself."""

    name: str
    title: str | Promise
    find: Find
    rows: Callable[[Any, Asked, datetime], dict[str, Any]]
    roles: tuple[str, ...] = READERS

    @property
    def template(self) -> str:
        return f"staff/registers/{self.name}.html"


def comments(consultation: Consultation, asked: Asked, at: datetime) -> dict[str, Any]:
    """The comments as filtered, with the choices for further filtering."""
    found = chosen_comments(consultation.comments.select_related("answer").prefetch_related("scans"), asked)
    return {
        "comments": found,
        "asked": asked,
        "topics": Comment.Topic,
        "visibilities": Comment.Visibility,
        "tally": consultation.comments.aggregate(
            all=Count("pk"),
            unanswered=Count("pk", filter=Q(answer=None)),
            pending=Count("pk", filter=Q(visibility=Comment.Visibility.PENDING)),
        ),
    }


def chosen_comments(found: QuerySet[Comment], asked: Asked) -> QuerySet[Comment]:
    exact = {name: asked[name] for name in ("visibility",) if asked.get(name)}
    found = found.filter(**exact)
    if topic := asked.get("topic"):
        found = found.filter(topics__contains=[topic])
    if asked.get("unanswered"):
        found = found.filter(answer=None)
    if words := normalised(asked.get("q", "")):
        by_number = Q(number=int(words)) if words.isdecimal() and len(words) < 10 else Q()
        found = found.filter(Q(text__icontains=words) | by_number)
    return found


def themes(consultation: Consultation, asked: Asked, at: datetime) -> dict[str, Any]:
    """The comments as chosen, for grouping and answering, with the themes and what may belong together."""
    page = grouped.page_of(grouped.chosen(consultation, asked), asked)
    return {
        "page": page,
        "asked": asked,
        "progress": grouped.progress(consultation, at),
        "themes": grouped.themes_with_counts(consultation),
        "proposals": grouped.proposals(consultation),
        "choices": {"stance": Comment.Stance, "topic": Comment.Topic, "channel": Comment.Channel},
    }


def applications(hearing: Hearing, asked: Asked, at: datetime) -> dict[str, Any]:
    return {
        "applications": hearing.applications.select_related("group"),
        "groups": hearing.groups.annotate(applied=Count("applications")),
        "may_postpone": hearing.state
        in {Hearing.State.ANNOUNCED, Hearing.State.APPLICATIONS_CLOSED, Hearing.State.LISTED},
    }


def minutes(hearing: Hearing, asked: Asked, at: datetime) -> dict[str, Any]:
    """What is written down in the room, on a phone."""
    return {
        "participants": hearing.participants() if hearing.listed_at else (),
        "statements": hearing.statements.select_related("application"),
        "is_open": hearing.state == Hearing.State.HELD,
    }


def bids(package: Package, asked: Asked, at: datetime) -> dict[str, Any]:
    """``token`` lets an arrival be noted with one click."""
    return {
        "bids": package.bids.select_related("received_by", "replaces", "replacement").prefetch_related("photos"),
        "arrivals": package.arrivals.waiting().select_related("noted_by"),
        "token": str(uuid4()),
        "due_at": package.bids_due_at,
        "can_withdraw": stands_still(package) or bool(package.bids_due_at and at <= package.bids_due_at),
        "stands_still": stands_still(package),
        "can_register": package.state in {Package.State.ANNOUNCED, Package.State.OPENING},
        "accepted": Bid.Status.ACCEPTED,
    }


def applicants(package: Package, asked: Asked, at: datetime) -> dict[str, Any]:
    """Who has applied, and once the review is over who has passed: under embargo until the opening (EM-01)."""
    ours = prequalification_of(package)
    due_at = ours.due_at if ours else None
    return {
        "applicants": package.applicants.select_related("received_by"),
        "due_at": due_at,
        "can_register": applications_are_taken(package, at) is None,
        "can_withdraw": bool(due_at and at <= due_at),
        "is_concluded": package.is_prequalified,
        "accepted": Applicant.Status.ACCEPTED,
    }


def bonds(package: Package, asked: Asked, at: datetime) -> dict[str, Any]:
    """The bonds, each with the day by which it has to go back if that runs, and whether it does not go back at all."""
    kept = set(package.bonds.to_be_kept().values_list("pk", flat=True))
    rows = [(bond, due_back(bond), bond.pk in kept) for bond in package.bonds.all()]
    received = package.bonds.aggregate(sum=Sum("amount_fen"))["sum"]
    return {"bonds": rows, "received": received, "today": day(at), "is_failed": package.state == Package.State.FAILED}


def papers(package: Package, asked: Asked, at: datetime) -> dict[str, Any]:
    """All papers that the procedure asks for, how each stands, and where the desk gives out what is kept."""
    lines = lines_of(package)
    states = Counter(line.state for line in lines)
    return {
        "lines": [(line, REGISTERS[GIVEN_OUT_AT.get(line.duty.code, "results")]) for line in lines],
        "tally": [(state, state.label, states[state]) for state in State if states[state]],
    }


def observers(package: Package, asked: Asked, at: datetime) -> dict[str, Any]:
    observations = Observation.objects.filter(attendance__invitation__package=package)
    invited = package.invitations.select_related("institution", "mandate", "deputy")
    invited = invited.prefetch_related("attendances__observer", "recusals", "letters")
    known = {invitation.institution_id for invitation in invited}
    return {
        "invitations": invited,
        "waiting": [m for m in mandates_for(package, at) if m.institution_id not in known],
        "observations": observations.select_related(
            "attendance__invitation__institution", "attendance__observer"
        ).prefetch_related("photos"),
        "matters": matters_at_desk(package, at),
        "may_be_missed": opening_hour_has_come(package, at) is None,
        "room_is_open": package.state in {Package.State.ANNOUNCED, Package.State.OPENING},
    }


def committee(package: Package, asked: Asked, at: datetime) -> dict[str, Any]:
    """The draws with everybody drawn: under embargo until the result (EM-03), so only for who leads the tender."""
    return {
        "draws": package.draws.prefetch_related("members"),
        "may_change": package.state in MAY_CHANGE,
        "awarded": Package.State.AWARDED,
    }


def results(package: Package, asked: Asked, at: datetime) -> dict[str, Any]:
    """Who is told of the result, by which letter, and who has it; the report to the supervising department."""
    awarded = package.state == Package.State.AWARDED
    of_this_award = AwardLetter.objects.filter(awarded_at=F("bid__package__awarded_at"))
    delivered = Prefetch("letters", of_this_award, to_attr="delivered")
    return {
        "bids": package.bids.accepted().prefetch_related(delivered) if awarded else (),
        "awarded": awarded,
        "bonds_to_keep": package.bonds.to_be_kept(),
        "may_revoke": award_can_be_revoked(package, at) is None,
        "validity": validity_ends_on(package) if package.is_opened else None,
        "may_extend": bids_wait_for_the_award(package, at) is None,
        "report": TenderReport.objects.filter(package=package).first(),
    }


def objections(package: Package, asked: Asked, at: datetime) -> dict[str, Any]:
    """The objections, each that waits with the last day for its answer."""
    return {"objections": [(o, None if o.answered_at else answer_due_on(o)) for o in package.objections.all()]}


def complaints(package: Package, asked: Asked, at: datetime) -> dict[str, Any]:
    """The complaints with the day until which the supervisor decides."""
    found = package.complaints.select_related("objection").prefetch_related("examinations")
    known = calendar()
    return {"complaints": [(c, decision_day(c, known, day(at))) for c in found]}


def decision_day(complaint: Complaint, known: Calendar, on: date) -> date | None:
    return decision_due_on(complaint, known, on) if complaint.accepted and not complaint.is_over else None


def fairness(package: Package, asked: Asked, at: datetime) -> dict[str, Any]:
    """The reviews of fair competition, whether the newest still counts, and where the words want a look."""
    return {
        "reviews": package.fairness_reviews.select_related("reviewer").prefetch_related("findings").reverse(),
        "refusal": competition_is_reviewed(package, at) if package.state == Package.State.DRAFT else None,
        "hints": len(hints_of(package)),
    }


def clarifications(package: Package, asked: Asked, at: datetime) -> dict[str, Any]:
    """Questions, with what became of each, and what was told to all."""
    return {
        "questions": package.questions.select_related("answered_by"),
        "clarifications": package.clarifications.all(),
        "takes_questions": questions_are_taken(package, at) is None,
        "has_a_revoked_key": BidBox.objects.with_a_revoked_key().filter(package=package).exists(),
    }


def standstills(package: Package, asked: Asked, at: datetime) -> dict[str, Any]:
    return {
        "suspensions": package.suspensions.all(),
        "is_suspended": package.suspensions.running().exists(),
        "may_suspend": tender_can_be_suspended(package, at) is None,
        "retender_is_due": retender_is_due(package),
    }


def approvals(project: Project, asked: Asked, at: datetime) -> dict[str, Any]:
    return {"approvals": project.approvals.all()}


def reviews(project: Project, asked: Asked, at: datetime) -> dict[str, Any]:
    return {
        "waiting": documents_to_review(project, at=at),
        "reviews": project.reviews.select_related("reviewer").prefetch_related("findings").reverse(),
    }


def record(project: Project, asked: Asked, at: datetime) -> dict[str, Any]:
    return {
        "entries": Entry.objects.about(project.path).in_order().reverse(),
        "papers": Document.objects.filter(project=project).exclude(sha256__in=TakeDown.objects.digests()).reverse(),
    }


def placements(project: Project, asked: Asked, at: datetime) -> dict[str, Any]:
    found = project.placements.select_related("announced", "required").prefetch_related("photos").reverse()
    return {"placements": found, "required": announced_places(project, day(at)), "today": day(at)}


def poster(consultation: Consultation, asked: Asked, at: datetime) -> dict[str, Any]:
    """The sheets that can be printed, or before the publicity those that can be looked at."""
    told = told_at_desk(consultation, at)
    notice = Notice.objects.filter(pk=told.notice).select_related("entry", "project").first()
    return {"sizes": USES, "posters": posters_beside(notice) if notice else None, "told": told}


def published(project: Project, asked: Asked, at: datetime) -> dict[str, Any]:
    """The notices with what became of each, and what somebody wants taken down."""
    return {
        "notices": Notice.objects.filter(project=project).select_related("entry", "amendment"),
        "take_downs": TakeDown.objects.filter(project=project).select_related("proposed_by", "decided_by"),
    }


REGISTERS = {
    register.name: register
    for register in (
        Register("moderation", _("意见审核"), find_consultation, moderation.queue),
        Register("comments", _("意见登记"), find_consultation, comments),
        Register("themes", _("意见归类与答复"), find_consultation, themes),
        Register("applications", _("听证报名与参加人"), find_hearing, applications),
        Register("minutes", _("听证会现场登记"), find_hearing, minutes),
        Register("fairness", _("公平竞争审查"), find_package, fairness),
        Register("applicants", _("资格预审申请登记"), find_package, applicants, HANDS),
        Register("bids", _("投标文件签收登记"), find_package, bids, HANDS),
        Register("opening-session", _("开标现场"), find_package, session, HANDS),
        Register("bonds", _("投标保证金登记"), find_package, bonds, HANDS),
        Register("papers", _("文书清单"), find_package, papers),
        Register("observers", _("监督邀请与监督记录"), find_package, observers),
        Register("committee", _("评标委员会"), find_package, committee, HANDS),
        Register("results", _("结果通知与书面报告"), find_package, results, HANDS),
        Register("objections", _("异议登记"), find_package, objections),
        Register("complaints", _("投诉登记"), find_package, complaints),
        Register("clarifications", _("提问、澄清与修改"), find_package, clarifications),
        Register("standstills", _("暂停与恢复"), find_package, standstills),
        Register("approvals", _("审批结果"), find_project, approvals),
        Register("placements", _("张贴与刊登"), find_project, placements),
        Register("poster", _("海报"), find_consultation, poster, ALL),
        Register("published", _("更正、撤回与下架"), find_project, published),
        Register("reviews", _("公开审查"), find_project, reviews),
        Register("record", _("办理记录与已公布文书"), find_project, record, ALL),
    )
}
