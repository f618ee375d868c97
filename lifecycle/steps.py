"""
The table of steps: what each needs, causes and rests on. ``docs/steps.md`` is made from it.

A step belongs to a project, a consultation, a hearing, a package or a pair of contracts. A project's steps ask the
entities through gates; an entity's step never moves the project.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contracts import gates as contract_gates
from contracts.models import Contract
from integrity.gates import contract as integrity_contract
from integrity.gates import objections, observers, session
from integrity.gates.contract import integrity_contract_of
from integrity.models import IntegrityContract
from lifecycle import facts
from statutes.refusal import Gate
from tenders.gates import (
    award,
    bids,
    committee,
    evaluation,
    fairness,
    hearing,
    method,
    notice,
    opening,
    plan,
    prequalification,
    project_is_active,
    report,
    required,
    revision,
    standstill,
    tender,
)
from tenders.gates.plan import consultation_of, plan_of
from tenders.gates.prequalification import prequalification_of
from tenders.models import (
    AdoptionReport,
    Consultation,
    Hearing,
    HearingRecord,
    Package,
    ParticipantsList,
    PlanVersion,
    Prequalification,
    Project,
)
from tenders.operations import bid_boxes
from tenders.operations.prequalification import bind_result

Role = User.Role


def itself(subject: Any) -> Any:
    return subject


def nothing(subject: Any) -> Sequence[Any]:
    return ()


def every(subject: Any) -> bool:
    return True


def on_the_works_track(package: Package) -> bool:
    """Government procurement publishes no candidates: its report leads to the result (财政部令第87号第六十八条)."""
    return not package.is_procurement


def where_its_track_awards(package: Package) -> bool:
    return package.state == package.before_award


def with_prequalification(package: Package) -> bool:
    """It was chosen in the preparation, and the tender itself is not announced."""
    return package.state == Package.State.DRAFT and prequalification_of(package) is not None


def evaluation_of_procurement(package: Package) -> Sequence[Any]:
    """What a result publishes first; on the works track the publicity of candidates has had it reviewed."""
    return (package.evaluation,) if package.is_procurement else ()


@dataclass(frozen=True)
class Paper:
    """A document that a step causes: its template, and of what it is made."""

    template: str
    of: Callable[[Any], Any] = itself


@dataclass(frozen=True)
class Move:
    """One edge of a state machine, and whose. The thing is None if it has not been drafted yet."""

    edge: Callable[[Any, datetime], None]
    of: Callable[[Any], Any] = itself


@dataclass(frozen=True)
class Step:
    """One official act on the path of a project."""

    name: str
    title: Any  # lazily translated
    subject: type[Model]
    moves: tuple[Move, ...]  # walked all or none
    facts: Callable[[Any], dict[str, Any]]  # what its entry in the record says
    gates: tuple[Gate, ...]
    role: User.Role = Role.MANAGER
    reviewed: Callable[[Any], Sequence[Any]] = nothing  # documents whose release is recorded before
    papers: tuple[Paper, ...] = ()
    needs_reason: bool = False
    is_main: bool = True  # leads onwards, not aside
    facts_then: Callable[[Any, datetime], dict[str, Any]] | None = None  # what it says besides, by the moment
    due: Callable[[datetime], QuerySet[Any]] | None = None  # for what its moment has come: then nobody need press it
    prepares: tuple[Callable[[Any, datetime], None], ...] = ()  # what else it writes down, before its facts
    exists_for: Callable[[Any], bool] = every  # a track may lack the step, or come to it from another state
    work: tuple[str, ...] = ()  # further work in the outbox that the step causes

    def says(self, subject: Any, at: datetime) -> dict[str, Any]:
        """Return what the entry says if the step is taken now."""
        return self.facts(subject) | (self.facts_then(subject, at) if self.facts_then else {})

    @property
    def by_clock(self) -> bool:
        """Whether the step is taken without a hand, as soon as its moment has come and its gates hold."""
        return self.due is not None

    @property
    def kind(self) -> str:
        """The kind of its entries in the record."""
        return f"step.{self.name}"

    @property
    def documents(self) -> tuple[str, ...]:
        return tuple(paper.template for paper in self.papers)


TABLE = (
    Step(
        "publish_plan",
        _("公布方案"),
        Project,
        moves=(
            Move(Project.publish_plan),
            Move(Consultation.publish, consultation_of),
            Move(PlanVersion.publish, plan_of),
        ),
        facts=facts.plan,
        gates=(
            project_is_active,
            plan.plan_is_complete,
            plan.responsibility_is_named,
            plan.funding_covers_the_estimate,
            plan.planned_period_is_long_enough,
            required.places_leave_the_whole_period,
            hearing.hearing_is_considered,
        ),
        reviewed=lambda project: (consultation_of(project),),
        papers=(Paper("plan-notice", consultation_of),),
    ),
    Step(
        "publish_again",
        _("重新公示方案"),
        Project,
        moves=(Move(Consultation.publish_again, consultation_of), Move(PlanVersion.publish, plan_of)),
        facts=facts.plan,
        gates=(
            project_is_active,
            plan.plan_is_complete,
            revision.change_is_explained,
            plan.planned_period_is_long_enough,
            required.places_leave_the_whole_period,
            hearing.hearing_is_considered,
        ),
        reviewed=lambda project: (consultation_of(project),),
        papers=(Paper("plan-notice", consultation_of),),
    ),
    Step(
        "revise_plan",
        _("公布修改后的方案"),
        PlanVersion,
        moves=(Move(PlanVersion.publish_revision),),
        facts=facts.plan_version,
        gates=(
            project_is_active,
            revision.its_round_is_before_the_public,
            revision.revision_is_complete,
            revision.something_is_changed,
        ),
        reviewed=lambda version: (version,),
        is_main=False,
    ),
    Step(
        "open_comments",
        _("开始征求意见"),
        Consultation,
        moves=(Move(Consultation.open_comments),),
        facts=facts.comment_period,
        gates=(
            project_is_active,
            plan.comment_period_has_begun,
            plan.comment_period_is_long_enough,
        ),
        due=Consultation.objects.due_to_open,
    ),
    Step(
        "close_comments",
        _("结束征求意见"),
        Consultation,
        moves=(Move(Consultation.close_comments),),
        facts=facts.comments_received,
        gates=(
            project_is_active,
            plan.comment_period_is_over,
            required.every_place_is_settled,
            required.late_proofs_have_moved_the_end,
        ),
        due=Consultation.objects.due_to_close,
    ),
    Step(
        "announce_hearing",
        _("公告听证会"),
        Hearing,
        moves=(Move(Hearing.announce),),
        facts=facts.hearing_announcement,
        gates=(
            project_is_active,
            hearing.plan_is_before_the_public,
            hearing.announcement_is_complete,
            hearing.hearing_is_announced_early,
            hearing.applications_are_open_long_enough,
            hearing.applications_end_before_the_list,
        ),
        reviewed=lambda hearing: (hearing,),
        papers=(Paper("hearing-notice"),),
    ),
    Step(
        "close_hearing_applications",
        _("听证报名截止"),
        Hearing,
        moves=(Move(Hearing.close_applications),),
        facts=facts.applications_received,
        gates=(project_is_active, hearing.application_period_is_over),
    ),
    Step(
        "list_hearing_participants",
        _("公布听证参加人名单"),
        Hearing,
        moves=(Move(Hearing.list_participants),),
        facts=facts.hearing_participants,
        gates=(
            project_is_active,
            hearing.participants_are_chosen,
            hearing.list_is_published_early,
            hearing.session_is_staffed,
            hearing.chair_is_not_the_drafter,
        ),
        reviewed=lambda hearing: (ParticipantsList.objects.get(pk=hearing.pk),),
        papers=(Paper("hearing-participants"),),
    ),
    Step(
        "hold_hearing",
        _("举行听证会"),
        Hearing,
        moves=(Move(Hearing.hold),),
        facts=facts.hearing_begun,
        gates=(
            project_is_active,
            hearing.its_hour_has_come,
            hearing.materials_came_early,
            hearing.session_is_staffed,
            hearing.chair_is_not_the_drafter,
        ),
    ),
    Step(
        "publish_hearing_record",
        _("公布听证笔录"),
        Hearing,
        moves=(Move(Hearing.publish_record),),
        facts=facts.hearing_record,
        gates=(
            project_is_active,
            hearing.attendance_is_complete,
            hearing.somebody_was_heard,
            hearing.record_is_confirmed,
        ),
        reviewed=lambda hearing: (HearingRecord.objects.get(pk=hearing.pk),),
        papers=(Paper("hearing-record"),),
    ),
    Step(
        "cancel_hearing",
        _("取消听证会"),
        Hearing,
        moves=(Move(Hearing.cancel),),
        facts=facts.hearing_cancelled,
        gates=(),
        needs_reason=True,
        is_main=False,
    ),
    Step(
        "publish_adoption_report",
        _("公布意见采纳情况"),
        Consultation,
        moves=(Move(AdoptionReport.publish, report.report_of),),
        facts=facts.adoption_report,
        gates=(
            project_is_active,
            report.every_comment_is_answered,
            report.its_hearings_are_over,
            report.report_is_complete,
        ),
        reviewed=lambda consultation: [r for r in (report.report_of(consultation),) if r and r.pk],
        papers=(Paper("adoption-report", report.report_of),),
    ),
    Step(
        "decide",
        _("公布决策和意见采纳情况"),
        Project,
        moves=(Move(Project.decide),),
        facts=facts.decision,
        gates=(
            project_is_active,
            plan.comments_are_closed,
            required.every_place_of_the_project_is_settled,
            report.every_comment_is_answered,
            report.adoption_reports_are_published,
            hearing.needed_hearing_was_held,
            hearing.no_hearing_is_under_way,
            plan.decision_is_complete,
            plan.legality_review_took_its_time,
            plan.decision_is_not_ahead,
        ),
        reviewed=lambda project: (project.decision,),
        papers=(Paper("decision-notice", lambda project: project.decision),),
    ),
    Step(
        "publish_tender_plan",
        _("公布招标计划（采购意向）"),
        Package,
        moves=(Move(Package.publish_tender_plan),),
        facts=facts.tender_plan,
        gates=(
            project_is_active,
            tender.plan_is_decided,
            notice.plan_is_complete,
            notice.plan_leaves_its_time,
            method.packages_fit_the_budget,
        ),
        papers=(Paper("tender-plan"),),
    ),
    Step(
        "publish_method",
        _("公示不公开招标的理由"),
        Package,
        moves=(Move(Package.publish_method),),
        facts=facts.choice_of_method,
        gates=(
            project_is_active,
            tender.plan_is_decided,
            method.reason_is_written,
            method.method_belongs_to_its_track,
            method.what_must_be_tendered_is_tendered,
            method.finance_has_approved_another_method,
        ),
        is_main=False,
    ),
    Step(
        "publish_prequalification",
        _("发布资格预审公告"),
        Package,
        moves=(Move(Prequalification.publish, prequalification_of),),
        facts=facts.prequalification,
        gates=(
            project_is_active,
            tender.plan_is_decided,
            method.project_is_approved,
            method.packages_fit_the_budget,
            method.method_is_as_approved,
            prequalification.openly_tendered,
            notice.plan_was_published_early,
            prequalification.prequalification_notice_is_complete,
            prequalification.enough_may_pass,
            notice.announcement_goes_to_a_designated_medium,
            prequalification.prequalification_documents_need_no_registration,
            notice.objections_have_an_address,
            notice.unfair_terms_can_be_reported,
            notice.standard_text_is_used,
            notice.own_tender_is_filed,
            prequalification.prequalification_documents_are_issued_today,
            prequalification.prequalification_documents_are_offered_long_enough,
            prequalification.time_to_apply_is_long_enough,
            fairness.competition_is_reviewed,
        ),
        reviewed=lambda package: (package.prequalification,),
        papers=(Paper("prequalification-notice", prequalification_of),),
        exists_for=with_prequalification,
    ),
    Step(
        "conclude_prequalification",
        _("公布资格预审结果"),
        Package,
        moves=(Move(Prequalification.conclude, prequalification_of),),
        facts=facts.prequalification_result,
        gates=(
            project_is_active,
            prequalification.application_time_is_over,
            prequalification.reviewers_are_enough,
            prequalification.every_application_is_judged,
            prequalification.no_more_pass_than_were_announced,
            standstill.tender_is_not_suspended,
            objections.no_objection_is_open,
        ),
        prepares=(bind_result,),
        exists_for=with_prequalification,
    ),
    Step(
        "announce_tender",
        _("发布招标公告"),
        Package,
        moves=(Move(Package.announce),),
        facts=facts.announcement,
        gates=(
            project_is_active,
            prequalification.prequalification_is_over,
            tender.plan_is_decided,
            method.project_is_approved,
            method.packages_fit_the_budget,
            method.what_must_be_tendered_is_tendered,
            method.method_belongs_to_its_track,
            method.method_is_as_approved,
            method.finance_has_approved_another_method,
            method.reason_was_published_before,
            method.single_source_was_before_the_public,
            method.somebody_is_invited_to_compete,
            notice.plan_was_published_early,
            notice.announcement_is_complete,
            notice.budget_is_published,
            notice.limit_price_is_published,
            notice.bid_validity_is_stated,
            notice.announcement_goes_to_a_designated_medium,
            notice.limit_price_is_within_the_estimate,
            notice.no_lowest_price_is_set,
            notice.documents_need_no_registration,
            notice.objections_have_an_address,
            notice.unfair_terms_can_be_reported,
            notice.standard_text_is_used,
            notice.own_tender_is_filed,
            opening.nobody_is_forced_to_attend,
            tender.both_contract_drafts_are_included,
            tender.documents_are_issued_today,
            tender.documents_are_offered_long_enough,
            tender.bid_period_is_long_enough,
            tender.bid_bond_is_within_the_cap,
            tender.bid_bond_of_works_is_within_the_cap,
            fairness.competition_is_reviewed,
        ),
        reviewed=lambda package: (package,),
        prepares=(bid_boxes.provide_bid_box,),
        papers=(Paper("tender-notice"), Paper("tender-documents")),
    ),
    Step(
        "open_bids",
        _("开标"),
        Package,
        moves=(Move(Package.open_bids),),
        facts=facts.register_of_bids,
        gates=(
            project_is_active,
            opening.deadline_has_come,
            opening.delay_is_explained,
            bids.every_arrival_is_registered,
            opening.bidders_are_enough,
            opening.opening_is_staffed,
            observers.every_institution_is_invited,
            standstill.tender_is_not_suspended,
            objections.no_objection_is_open,
        ),
        prepares=(bid_boxes.take_out_sealed_bids,),
    ),
    Step(
        "conclude_opening",
        _("公布开标记录"),
        Package,
        moves=(Move(Package.conclude_opening),),
        facts=facts.opening_record,
        gates=(
            project_is_active,
            opening.seals_are_checked,
            opening.every_bid_is_read,
            opening.reserve_price_is_announced,
            opening.every_line_is_confirmed,
            opening.record_is_signed,
            opening.opening_is_recorded,
            opening.no_evaluator_attends,
            observers.every_invitation_has_its_outcome,
            observers.every_concern_is_answered,
            standstill.tender_is_not_suspended,
            session.objections_are_answered_on_the_spot,
            objections.no_objection_is_open,
        ),
        papers=(Paper("bid-register"), Paper("opening-record"), Paper("opening-objections")),
    ),
    Step(
        "evaluate",
        _("收到评标报告"),
        Package,
        moves=(Move(Package.evaluate),),
        facts=facts.evaluation,
        gates=(
            project_is_active,
            committee.committee_is_large_and_odd,
            committee.experts_are_enough,
            committee.members_are_impartial,
            committee.time_was_enough,
            committee.every_member_has_signed,
            evaluation.evaluation_report_is_complete,
            evaluation.report_days_are_right,
            evaluation.every_bid_is_judged,
            evaluation.some_bid_stands,
            evaluation.candidates_are_ranked,
            evaluation.no_rejected_bid_is_ranked,
            standstill.tender_is_not_suspended,
            objections.no_objection_is_open,
        ),
    ),
    Step(
        "publish_candidates",
        _("公示中标候选人"),
        Package,
        moves=(Move(Package.publish_candidates),),
        facts=facts.candidates,
        gates=(
            project_is_active,
            evaluation.owner_has_reviewed_the_report,
            evaluation.oddities_are_settled,
            evaluation.report_is_as_received,
            evaluation.candidates_are_described,
            standstill.tender_is_not_suspended,
            objections.no_objection_is_open,
        ),
        reviewed=lambda package: (package.evaluation,),
        papers=(Paper("candidate-notice"),),
        exists_for=on_the_works_track,
    ),
    Step(
        "award",
        _("定标，公布中标结果"),
        Package,
        moves=(Move(Package.award),),
        facts=facts.award,
        gates=(
            project_is_active,
            award.candidates_publicity_is_over,
            award.award_is_drafted,
            award.award_is_not_dated_ahead,
            award.first_candidate_wins,
            award.winner_has_not_lost_it,
            award.result_is_complete,
            evaluation.report_is_as_received,
            award.bids_are_still_valid,
            standstill.tender_is_not_suspended,
            objections.no_objection_is_open,
        ),
        reviewed=evaluation_of_procurement,
        papers=(Paper("award-notice"),),
        exists_for=where_its_track_awards,
        work=("award-letters",),
    ),
    Step(
        "sign_contracts",
        _("同时签订施工合同和廉政合同"),
        Contract,
        moves=(Move(IntegrityContract.sign, integrity_contract_of), Move(Contract.sign)),
        facts=facts.both_contracts,
        gates=(
            project_is_active,
            contract_gates.package_is_awarded,
            contract_gates.result_was_public_long_enough,
            contract_gates.contract_is_complete,
            contract_gates.contract_follows_the_award,
            contract_gates.performance_bond_is_within_the_cap,
            contract_gates.payment_is_guaranteed,
            integrity_contract.integrity_contract_is_complete,
            integrity_contract.integrity_contract_has_no_price_term,
            integrity_contract.no_integrity_deposit_is_taken,
            contract_gates.contract_is_signed_by_both,
            integrity_contract.integrity_contract_is_signed_by_both,
            integrity_contract.both_contracts_are_signed_on_one_day,
            integrity_contract.signing_day_is_today,
            objections.signing_is_not_suspended,
            objections.signing_is_not_held,
        ),
        reviewed=lambda contract: [c for c in (contract, integrity_contract_of(contract)) if c],
        papers=(Paper("contract"), Paper("integrity-contract", integrity_contract_of)),
    ),
    Step(
        "start_works",
        _("开工"),
        Project,
        moves=(Move(Project.start_works),),
        facts=facts.commencement,
        gates=(
            project_is_active,
            contract_gates.contract_is_in_force,
            integrity_contract.integrity_contract_is_in_force,
            contract_gates.construction_is_permitted,
            contract_gates.start_day_has_come,
            objections.performance_is_not_held,
        ),
    ),
    Step(
        "suspend",
        _("暂停项目"),
        Project,
        moves=(Move(Project.suspend),),
        facts=facts.nothing_more,
        gates=(),
        role=Role.LEADER,
        needs_reason=True,
        is_main=False,
    ),
    Step(
        "resume",
        _("恢复项目"),
        Project,
        moves=(Move(Project.resume),),
        facts=facts.nothing_more,
        gates=(),
        role=Role.LEADER,
        needs_reason=True,
    ),
    Step(
        "cancel",
        _("取消项目"),
        Project,
        moves=(Move(Project.cancel),),
        facts=facts.nothing_more,
        gates=(),
        role=Role.LEADER,
        needs_reason=True,
        is_main=False,
    ),
    Step(
        "fail_tender",
        _("宣布招标失败或者终止招标"),
        Package,
        moves=(Move(Package.fail),),
        facts=facts.ending,
        facts_then=facts.ground_of,
        gates=(standstill.refund_is_promised, standstill.failed_tender_is_repeated),
        papers=(Paper("tender-ending"),),
        needs_reason=True,
        is_main=False,
    ),
)

STEPS = {step.name: step for step in TABLE}
