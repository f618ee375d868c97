"""Acts on comments, their answers and the plan."""

from datetime import datetime
from operator import attrgetter
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from ledger.models import Entry
from portal.staff import forms_acts as forms
from portal.staff import forms_answers as answer_forms
from portal.staff import forms_consultation as consultation_forms
from portal.staff import forms_moderation as moderation
from portal.staff.acts.act import MANAGER, SECOND, Act, Role, by_number, of_consultation, own
from portal.staff.finding import (
    find_answer,
    find_comment,
    find_consultation,
    find_inquiry,
    find_plan_version,
    find_theme,
    find_withholding,
)
from portal.staff.forms_acts import ActForm
from tenders import grouping
from tenders.models import Inquiry, Withholding
from tenders.operations import answers, comments, period, rounds, withholding
from tenders.operations.comments import Scan

ANSWERING = "staff/about/answering.html"
THEME = "staff/about/theme.html"
ANSWER = "staff/about/answer.html"
COMMENT = "staff/about/comment.html"
ROUND = "staff/about/consultation.html"
MASKING = "staff/about/masking.html"
WITHHOLDING = "staff/about/withholding.html"
INQUIRY = "staff/about/inquiry.html"
of_its_comment = attrgetter("comment.consultation_id")
MODERATORS = (Role.MANAGER, Role.CLERK, Role.REVIEWER)


def receive_comment(thing: Any, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    """A comment that came on paper counts from the moment at which it was received, whenever it is entered."""
    scans = [Scan(kept.file, kept.sha256) for kept in answers.pop("scans")]
    return comments.receive_comment(thing.pk, **answers, scans=scans, actor=actor, at=at)


def to_slip(thing: Any, entry: Entry) -> str:
    """Return where the receipt lies that is handed to who brought the comment."""
    return reverse("desk-comment-slip", args=[thing.project.number, thing.pk, entry.facts["number"]])


def answer_theme(thing: Any, asked: dict[str, Any], actor: User, at: datetime) -> Any:
    """Give the answer that is drafted in the theme."""
    return answers.answer_theme(thing.pk, **thing.words(), **asked, actor=actor, at=at)


def propose_withholding(thing: Any, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    return withholding.propose_withholding(Withholding(comment=thing, **answers), actor=actor, at=at)


def ask_authority(thing: Any, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    return withholding.ask_authority(Inquiry(comment=thing, **answers), actor=actor, at=at)


def change_plan(thing: Any, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    """A change in substance ends the round at once; any other is drafted first, and published after its review."""
    if answers["is_substantial"]:
        return rounds.begin_next_round(thing.pk, reason=answers["reason"], actor=actor, at=at)
    return rounds.draft_revision(thing.pk, minor_reason=answers["reason"], actor=actor, at=at)


CONSULTATION = (
    Act(
        "receive-comment",
        _("登记线下收到的意见"),
        find_consultation,
        forms.ReceiveCommentForm,
        receive_comment,
        "comments",
        own,
        leads_to=to_slip,
    ),
    Act(
        "forget-author",
        _("删去称呼和联系方式"),
        find_comment,
        ActForm,
        by_number(comments.forget_author),
        "comments",
        of_consultation,
        COMMENT,
        public=False,
    ),
    Act(
        "show-comment",
        _("公开意见"),
        find_comment,
        ActForm,
        by_number(comments.show_comment),
        "moderation",
        of_consultation,
        COMMENT,
        roles=MODERATORS,
    ),
    Act(
        "mask-comment",
        _("遮盖后公开"),
        find_comment,
        moderation.MaskForm,
        by_number(comments.mask_comment),
        "moderation",
        of_consultation,
        MASKING,
        roles=MODERATORS,
    ),
    Act(
        "unmask-comment",
        _("撤销遮盖，公开全文"),
        find_comment,
        ActForm,
        by_number(comments.unmask_comment),
        "moderation",
        of_consultation,
        COMMENT,
        roles=MODERATORS,
    ),
    Act(
        "propose-withholding",
        _("提出不公开"),
        find_comment,
        moderation.ProposeWithholdingForm,
        propose_withholding,
        "moderation",
        of_consultation,
        MASKING,
        public=False,
        roles=MODERATORS,
    ),
    Act(
        "confirm-withholding",
        _("复核：同意不公开"),
        find_withholding,
        ActForm,
        by_number(withholding.confirm_withholding),
        "moderation",
        of_its_comment,
        WITHHOLDING,
        roles=SECOND,
    ),
    Act(
        "drop-withholding",
        _("复核：不同意，仍应公开"),
        find_withholding,
        ActForm,
        by_number(withholding.drop_withholding),
        "moderation",
        of_its_comment,
        WITHHOLDING,
        public=False,
        roles=SECOND,
    ),
    Act(
        "ask-authority",
        _("请示主管部门"),
        find_comment,
        moderation.AskAuthorityForm,
        ask_authority,
        "moderation",
        of_consultation,
        COMMENT,
        public=False,
        roles=MODERATORS,
    ),
    Act(
        "note-reply",
        _("登记请示的答复"),
        find_inquiry,
        moderation.ReplyNotedForm,
        by_number(withholding.note_reply),
        "moderation",
        of_its_comment,
        INQUIRY,
        public=False,
        roles=MODERATORS,
    ),
    Act(
        "answer-comment",
        _("答复意见"),
        find_comment,
        answer_forms.AnswerForm,
        by_number(answers.answer_comment),
        "comments",
        of_consultation,
        ANSWERING,
    ),
    Act(
        "answer-theme",
        _("答复主题里的全部意见"),
        find_theme,
        answer_forms.AnswerThemeForm,
        answer_theme,
        "themes",
        of_consultation,
        THEME,
    ),
    Act(
        "correct-answer",
        _("更正答复"),
        find_answer,
        answer_forms.CorrectAnswerForm,
        by_number(answers.correct_answer),
        "themes",
        of_consultation,
        ANSWER,
        roles=MANAGER,
    ),
    Act(
        "merge-theme",
        _("合并主题"),
        find_theme,
        answer_forms.MergeForm,
        by_number(grouping.merge),
        "themes",
        of_consultation,
        public=False,
    ),
    Act(
        "drop-theme",
        _("删除主题"),
        find_theme,
        ActForm,
        by_number(grouping.drop),
        "themes",
        of_consultation,
        public=False,
    ),
    Act(
        "change-period",
        _("延长或者缩短征求意见期限"),
        find_consultation,
        consultation_forms.ChangePeriodForm,
        by_number(period.change_period),
        "",
        own,
        ROUND,
        roles=MANAGER,
    ),
    Act(
        "change-plan",
        _("修改已公布的方案"),
        find_consultation,
        consultation_forms.ChangePlanForm,
        change_plan,
        "",
        own,
        "staff/about/plan_change.html",
        public=False,
        roles=MANAGER,
    ),
    Act(
        "discard-revision",
        _("放弃方案修改稿"),
        find_plan_version,
        ActForm,
        by_number(rounds.discard_revision),
        "",
        own,
        public=False,
        roles=MANAGER,
    ),
)
