"""
The table of acts in the registers: what is asked, which operation takes it, to which register one comes back.

The steps of the procedure are not here: they stand in ``lifecycle.steps``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contracts import operations as contracts
from integrity import operations as integrity
from portal.staff import forms_acts as forms
from portal.staff import forms_answers as answer_forms
from portal.staff import forms_hearing as hearing_forms
from portal.staff import forms_moderation as moderation
from portal.staff import forms_publishing as publishing_forms
from portal.staff.finding import (
    Find,
    find_answer,
    find_application,
    find_bid,
    find_comment,
    find_consultation,
    find_contract,
    find_decision,
    find_evaluation,
    find_hearing,
    find_hearing_record,
    find_inquiry,
    find_integrity_contract,
    find_invitation,
    find_notice,
    find_objection,
    find_observation,
    find_package,
    find_participants_list,
    find_placement,
    find_project,
    find_report,
    find_statement,
    find_take_down,
    find_theme,
    find_withholding,
)
from portal.staff.forms_acts import ActForm
from publishing import operations as publishing
from publishing.models import TakeDown
from tenders import grouping
from tenders.drafting import new_hearing, new_package, retender
from tenders.gates.placement import Photo
from tenders.models import Inquiry, Placement, Withholding
from tenders.operations import answers, comments, hearing, hearing_room, placements, plan, tender, withholding
from tenders.operations.review import review as review_document

Role = User.Role
REVIEW_PREFIX = "review-"  # before the name of the notice
Do = Callable[[Any, dict[str, Any], User, datetime], Any]


@dataclass(frozen=True)
class Act:
    """``anchor`` leads from the thing to the number of the register's own thing; ``public`` acts cannot be undone."""

    name: str
    title: str | Promise
    find: Find
    form: type[ActForm]
    do: Do
    register: str
    anchor: Callable[[Any], int]
    about: str = ""  # the template that shows the thing above the form
    public: bool = True
    roles: tuple[str, ...] = (Role.MANAGER, Role.CLERK)


def by_number(operation: Callable[..., Any]) -> Do:
    """Call an operation that takes the number of its thing and the moment."""
    return lambda thing, answers, actor, at: operation(thing.pk, **answers, actor=actor, at=at)


def drafting(operation: Callable[..., Any]) -> Do:
    """Call an operation that is no act: it needs no moment."""
    return lambda thing, answers, actor, at: operation(thing.pk, **answers, actor=actor)


def receive_comment(thing: Any, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    """A comment that came on paper counts from the moment at which it was received."""
    received_at = answers.pop("received_at")
    return comments.receive_comment(thing.pk, **answers, actor=actor, at=received_at)


def answer_theme(thing: Any, asked: dict[str, Any], actor: User, at: datetime) -> Any:
    """Give the answer that is drafted in the theme."""
    return answers.answer_theme(thing.pk, **thing.words(), **asked, actor=actor, at=at)


def propose_withholding(thing: Any, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    return withholding.propose_withholding(Withholding(comment=thing, **answers), actor=actor, at=at)


def ask_authority(thing: Any, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    return withholding.ask_authority(Inquiry(comment=thing, **answers), actor=actor, at=at)


def record_placement(thing: Any, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    photos = [Photo(kept.file, kept.sha256) for kept in answers.pop("photos")]
    draft = Placement(project=thing, announced_id=answers.pop("announced"), **answers)
    return placements.record_placement(draft, photos, actor=actor, at=at)


def propose_take_down(thing: Any, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    return publishing.propose_take_down(TakeDown(project=thing, **answers), actor=actor, at=at)


def enter_application(thing: Any, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    """An application on paper counts from the moment at which it was received."""
    received_at, channel = answers.pop("received_at"), answers.pop("channel")
    applicant = hearing.Applicant(**answers)
    return hearing.apply_for_hearing(thing.pk, applicant, channel=channel, actor=actor, at=received_at)


def note_signatures(thing: Any, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    kept = answers.pop("scan")
    scan = hearing_room.Scan(kept.file, kept.sha256) if kept else None
    return hearing_room.note_signatures(thing.pk, **answers, scan=scan, actor=actor)


def review(thing: Any, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    return review_document(thing, **answers, actor=actor, at=at)


def review_of(name: str, title: Any, find: Find) -> Act:
    return Act(
        f"{REVIEW_PREFIX}{name}", title, find, forms.ReviewForm, review, "reviews", attrgetter("project.pk"),
        "staff/about/document.html", roles=(Role.REVIEWER,),
    )  # fmt: skip


of_project = attrgetter("project_id")
own, of_consultation, of_package = attrgetter("pk"), attrgetter("consultation_id"), attrgetter("package_id")
ANSWERING, THEME, ANSWER = "staff/about/answering.html", "staff/about/theme.html", "staff/about/answer.html"
of_hearing = attrgetter("hearing_id")
HEARING, APPLICATION = "staff/about/hearing.html", "staff/about/application.html"
COMMENT, BID, OBSERVATION = "staff/about/comment.html", "staff/about/bid.html", "staff/about/observation.html"
OBJECTION, NOTICE, TAKE_DOWN = "staff/about/objection.html", "staff/about/notice.html", "staff/about/take_down.html"
MASKING, WITHHOLDING = "staff/about/masking.html", "staff/about/withholding.html"
INQUIRY = "staff/about/inquiry.html"
of_its_comment = attrgetter("comment.consultation_id")
MANAGER = (Role.MANAGER,)
MODERATORS = (Role.MANAGER, Role.CLERK, Role.REVIEWER)
SECOND = (Role.REVIEWER, Role.LEADER)

ACTS = {
    act.name: act
    for act in (
        Act(
            "receive-comment", _("登记线下收到的意见"), find_consultation, forms.ReceiveCommentForm, receive_comment,
            "comments", own,
        ),
        Act(
            "show-comment", _("公开意见"), find_comment, ActForm, by_number(comments.show_comment),
            "moderation", of_consultation, COMMENT, roles=MODERATORS,
        ),
        Act(
            "mask-comment", _("遮盖后公开"), find_comment, moderation.MaskForm, by_number(comments.mask_comment),
            "moderation", of_consultation, MASKING, roles=MODERATORS,
        ),
        Act(
            "unmask-comment", _("撤销遮盖，公开全文"), find_comment, ActForm, by_number(comments.unmask_comment),
            "moderation", of_consultation, COMMENT, roles=MODERATORS,
        ),
        Act(
            "propose-withholding", _("提出不公开"), find_comment, moderation.ProposeWithholdingForm,
            propose_withholding, "moderation", of_consultation, MASKING, public=False, roles=MODERATORS,
        ),
        Act(
            "confirm-withholding", _("复核：同意不公开"), find_withholding, ActForm,
            by_number(withholding.confirm_withholding), "moderation", of_its_comment, WITHHOLDING, roles=SECOND,
        ),
        Act(
            "drop-withholding", _("复核：不同意，仍应公开"), find_withholding, ActForm,
            by_number(withholding.drop_withholding), "moderation", of_its_comment, WITHHOLDING, public=False,
            roles=SECOND,
        ),
        Act(
            "ask-authority", _("请示主管部门"), find_comment, moderation.AskAuthorityForm, ask_authority,
            "moderation", of_consultation, COMMENT, public=False, roles=MODERATORS,
        ),
        Act(
            "note-reply", _("登记请示的答复"), find_inquiry, moderation.ReplyNotedForm,
            by_number(withholding.note_reply), "moderation", of_its_comment, INQUIRY, public=False, roles=MODERATORS,
        ),
        Act(
            "answer-comment", _("答复意见"), find_comment, answer_forms.AnswerForm,
            by_number(answers.answer_comment), "comments", of_consultation, ANSWERING,
        ),
        Act(
            "answer-theme", _("答复主题里的全部意见"), find_theme, answer_forms.AnswerThemeForm, answer_theme,
            "themes", of_consultation, THEME,
        ),
        Act(
            "correct-answer", _("更正答复"), find_answer, answer_forms.CorrectAnswerForm,
            by_number(answers.correct_answer), "themes", of_consultation, ANSWER, roles=MANAGER,
        ),
        Act(
            "merge-theme", _("合并主题"), find_theme, answer_forms.MergeForm, by_number(grouping.merge),
            "themes", of_consultation, public=False,
        ),
        Act(
            "drop-theme", _("删除主题"), find_theme, ActForm, by_number(grouping.drop), "themes", of_consultation,
            public=False,
        ),
        Act(
            "new-hearing", _("筹备听证会"), find_consultation, ActForm, drafting(new_hearing), "", own, public=False,
        ),
        Act(
            "find-hearing-needed", _("认定应当举行听证"), find_consultation, hearing_forms.NeedFoundForm,
            by_number(hearing.find_hearing_needed), "", own,
        ),
        Act(
            "enter-application", _("登记线下的听证报名"), find_hearing, hearing_forms.EnterApplicationForm,
            enter_application, "applications", own, HEARING,
        ),
        Act(
            "set-application-aside", _("报名不列入遴选"), find_application, hearing_forms.SetAsideForm,
            by_number(hearing.set_application_aside), "applications", of_hearing, APPLICATION,
        ),
        Act(
            "select-participants", _("遴选听证参加人"), find_hearing, hearing_forms.SelectForm,
            by_number(hearing.select_participants), "applications", own, HEARING,
        ),
        Act(
            "deliver-materials", _("登记听证会材料送达"), find_hearing, hearing_forms.MaterialsForm,
            by_number(hearing.deliver_materials), "applications", own, HEARING,
        ),
        Act(
            "postpone-hearing", _("听证会延期"), find_hearing, hearing_forms.PostponeForm,
            by_number(hearing.postpone_hearing), "applications", own, HEARING, roles=MANAGER,
        ),
        Act(
            "take-attendance", _("登记到场"), find_hearing, hearing_forms.AttendanceForm,
            drafting(hearing_room.take_attendance), "minutes", own, public=False,
        ),
        Act(
            "note-statement", _("记发言"), find_application, hearing_forms.StatementForm,
            drafting(hearing_room.note_statement), "minutes", of_hearing, APPLICATION, public=False,
        ),
        Act(
            "mend-statement", _("修改发言记录"), find_statement, hearing_forms.MendStatementForm,
            drafting(hearing_room.mend_statement), "minutes", of_hearing, public=False,
        ),
        Act(
            "note-signatures", _("登记签字"), find_hearing, hearing_forms.SignaturesForm, note_signatures,
            "minutes", own, public=False,
        ),
        Act(
            "publish-approval", _("公布审批结果"), find_project, forms.ApprovalForm,
            by_number(plan.publish_approval), "approvals", own,
        ),
        Act(
            "new-package", _("新建标段"), find_project, forms.NewPackageForm, drafting(new_package),
            "", own, public=False, roles=MANAGER,
        ),
        Act(
            "retender", _("重新招标"), find_package, ActForm, drafting(retender),
            "", own, public=False, roles=MANAGER,
        ),
        Act(
            "draft-contracts", _("起草两份合同"), find_package, ActForm, drafting(integrity.draft_contracts),
            "", own, public=False,
        ),
        Act(
            "publish-clarification", _("发布澄清或者修改"), find_package, forms.ClarificationForm,
            by_number(tender.publish_clarification), "clarifications", own, roles=MANAGER,
        ),
        Act(
            "register-bid", _("签收投标文件"), find_package, forms.RegisterBidForm, by_number(tender.register_bid),
            "bids", own, public=False,
        ),
        Act("read-bid", _("唱标"), find_bid, forms.ReadBidForm, by_number(tender.read_bid), "bids", of_package, BID),
        Act(
            "invite", _("邀请监督单位"), find_package, forms.InviteForm, by_number(integrity.invite), "observers", own
        ),
        Act(
            "record-absence", _("登记未到场"), find_invitation, forms.AbsenceForm, by_number(integrity.record_absence),
            "observers", of_package,
        ),
        Act(
            "reply", _("答复监督记录"), find_observation, forms.ReplyForm, by_number(integrity.reply),
            "observers", attrgetter("attendance.invitation.package_id"), OBSERVATION,
        ),
        Act(
            "receive-objection", _("登记异议"), find_package, forms.ObjectionForm,
            by_number(integrity.receive_objection), "objections", own,
        ),
        Act(
            "answer-objection", _("答复异议"), find_objection, forms.AnswerObjectionForm,
            by_number(integrity.answer_objection), "objections", of_package, OBJECTION, roles=MANAGER,
        ),
        Act(
            "return-bonds", _("登记退还投标保证金"), find_contract, forms.ReturnBondsForm,
            by_number(contracts.return_bonds), "", own,
        ),
        Act(
            "record-placement", _("登记张贴或者刊登"), find_project, publishing_forms.PlacementForm, record_placement,
            "placements", own,
        ),
        Act(
            "end-placement", _("登记撤下"), find_placement, publishing_forms.EndPlacementForm,
            by_number(placements.end_placement), "placements", of_project,
        ),
        Act(
            "correct-notice", _("更正公告"), find_notice, publishing_forms.CorrectForm,
            by_number(publishing.correct_notice), "published", of_project, NOTICE, roles=MANAGER,
        ),
        Act(
            "withdraw-notice", _("撤回公告"), find_notice, publishing_forms.WithdrawForm,
            by_number(publishing.withdraw_notice), "published", of_project, NOTICE, roles=MANAGER,
        ),
        Act(
            "take-down", _("提出下架"), find_project, publishing_forms.TakeDownForm, propose_take_down,
            "published", own, public=False, roles=(Role.MANAGER, Role.CLERK, Role.REVIEWER),
        ),
        Act(
            "confirm-take-down", _("复核：同意下架"), find_take_down, ActForm, by_number(publishing.confirm_take_down),
            "published", of_project, TAKE_DOWN, roles=SECOND,
        ),
        Act(
            "drop-take-down", _("复核：不予下架"), find_take_down, ActForm, by_number(publishing.drop_take_down),
            "published", of_project, TAKE_DOWN, public=False, roles=SECOND,
        ),
        review_of("plan", _("审查：方案公示"), find_consultation),
        review_of("adoption-report", _("审查：意见采纳情况"), find_report),
        review_of("decision", _("审查：决策与意见采纳情况"), find_decision),
        review_of("hearing", _("审查：听证公告"), find_hearing),
        review_of("hearing-list", _("审查：听证参加人名单"), find_participants_list),
        review_of("hearing-record", _("审查：听证笔录"), find_hearing_record),
        review_of("tender", _("审查：招标公告与招标文件"), find_package),
        review_of("candidates", _("审查：中标候选人公示"), find_evaluation),
        review_of("contract", _("审查：施工合同"), find_contract),
        review_of("integrity-contract", _("审查：廉政合同"), find_integrity_contract),
    )
}  # fmt: skip
