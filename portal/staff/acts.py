"""
The table of acts in the registers: what is asked, which operation takes it, to which register one comes back.

The steps of the procedure are not here: they stand in ``lifecycle.steps``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contracts import operations as contracts
from integrity import operations as integrity
from ledger.models import Entry
from portal.staff import forms_acts as forms
from portal.staff import forms_publishing as publishing_forms
from portal.staff.finding import (
    Find,
    find_bid,
    find_comment,
    find_consultation,
    find_contract,
    find_decision,
    find_evaluation,
    find_integrity_contract,
    find_invitation,
    find_notice,
    find_objection,
    find_observation,
    find_package,
    find_placement,
    find_project,
    find_take_down,
)
from portal.staff.forms_acts import ActForm
from publishing import operations as publishing
from publishing.models import TakeDown
from tenders.drafting import new_package, retender
from tenders.gates.placement import Photo
from tenders.models import Placement
from tenders.operations import comments, placements, plan, tender
from tenders.operations.comments import Scan

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
    leads_to: Callable[[Any, Entry], str] | None = None  # where one goes on, if not back to the register


def by_number(operation: Callable[..., Any]) -> Do:
    """Call an operation that takes the number of its thing and the moment."""
    return lambda thing, answers, actor, at: operation(thing.pk, **answers, actor=actor, at=at)


def drafting(operation: Callable[..., Any]) -> Do:
    """Call an operation that is no act: it needs no moment."""
    return lambda thing, answers, actor, at: operation(thing.pk, **answers, actor=actor)


def receive_comment(thing: Any, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    """A comment that came on paper counts from the moment at which it was received, whenever it is entered."""
    scans = [Scan(kept.file, kept.sha256) for kept in answers.pop("scans")]
    return comments.receive_comment(thing.pk, **answers, scans=scans, actor=actor, at=at)


def to_slip(thing: Any, entry: Entry) -> str:
    """Return where the receipt lies that is handed to who brought the comment."""
    return reverse("desk-comment-slip", args=[thing.project.number, thing.pk, entry.facts["number"]])


def withhold(thing: Any, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    return comments.withhold_comment(thing.pk, ground=answers["withheld_ground"], actor=actor, at=at)


def record_placement(thing: Any, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    photos = [Photo(kept.file, kept.sha256) for kept in answers.pop("photos")]
    draft = Placement(project=thing, announced_id=answers.pop("announced"), **answers)
    return placements.record_placement(draft, photos, actor=actor, at=at)


def propose_take_down(thing: Any, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    return publishing.propose_take_down(TakeDown(project=thing, **answers), actor=actor, at=at)


def review(thing: Any, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    return plan.review(thing, **answers, actor=actor, at=at)


def review_of(name: str, title: Any, find: Find) -> Act:
    return Act(
        f"{REVIEW_PREFIX}{name}", title, find, forms.ReviewForm, review, "reviews", attrgetter("project.pk"),
        "staff/about/document.html", roles=(Role.REVIEWER,),
    )  # fmt: skip


of_project = attrgetter("project_id")
own, of_consultation, of_package = attrgetter("pk"), attrgetter("consultation_id"), attrgetter("package_id")
COMMENT, BID, OBSERVATION = "staff/about/comment.html", "staff/about/bid.html", "staff/about/observation.html"
OBJECTION, NOTICE, TAKE_DOWN = "staff/about/objection.html", "staff/about/notice.html", "staff/about/take_down.html"
MANAGER = (Role.MANAGER,)
SECOND = (Role.REVIEWER, Role.LEADER)

ACTS = {
    act.name: act
    for act in (
        Act(
            "receive-comment", _("登记线下收到的意见"), find_consultation, forms.ReceiveCommentForm, receive_comment,
            "comments", own, leads_to=to_slip,
        ),
        Act(
            "forget-author", _("删去称呼和联系方式"), find_comment, ActForm, by_number(comments.forget_author),
            "comments", of_consultation, COMMENT, public=False,
        ),
        Act(
            "show-comment", _("公开意见"), find_comment, ActForm, by_number(comments.show_comment),
            "comments", of_consultation, COMMENT, roles=(Role.MANAGER, Role.CLERK, Role.REVIEWER),
        ),
        Act(
            "withhold-comment", _("依法不公开意见"), find_comment, forms.WithholdForm, withhold,
            "comments", of_consultation, COMMENT, roles=(Role.MANAGER, Role.REVIEWER),
        ),
        Act(
            "answer-comment", _("答复意见"), find_comment, forms.AnswerForm, by_number(comments.answer_comment),
            "comments", of_consultation, COMMENT,
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
        review_of("decision", _("审查：决策与意见采纳情况"), find_decision),
        review_of("tender", _("审查：招标公告与招标文件"), find_package),
        review_of("candidates", _("审查：中标候选人公示"), find_evaluation),
        review_of("contract", _("审查：施工合同"), find_contract),
        review_of("integrity-contract", _("审查：廉政合同"), find_integrity_contract),
    )
}  # fmt: skip
