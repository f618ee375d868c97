"""What an answer to comments must say, and when it can be given."""

from datetime import datetime

from django.utils.translation import gettext as _

from statutes.refusal import Refusal, rests_on
from tenders.gates import own_rule
from tenders.law import day, refuse
from tenders.models import Answer, Comment, Consultation, Theme

CHANGING = (Answer.Outcome.ADOPTED, Answer.Outcome.PARTLY)


# -- the words ---------------------------------------------------------------------------------------------------------


@rests_on("PD-07")
def outcome_is_chosen(answer: Answer, at: datetime) -> Refusal | None:
    if answer.outcome in Answer.Outcome.values:
        return None
    return refuse("PD-07", _("须选定结果：采纳、部分采纳、不采纳、已说明或者非本项目。"), day(at))


@rests_on("PD-07")
def reasons_are_given(answer: Answer, at: datetime) -> Refusal | None:
    if answer.text.strip():
        return None
    if answer.outcome == Answer.Outcome.NOT_ADOPTED:
        return refuse("PD-07", _("不采纳的意见须写明理由。"), day(at))
    return refuse("PD-07", _("须写明答复与理由。"), day(at))


@rests_on("PD-07")
def change_is_named(answer: Answer, at: datetime) -> Refusal | None:
    if answer.outcome not in CHANGING or answer.change.strip():
        return None
    outcome = answer.get_outcome_display()
    return refuse("PD-07", _("%(outcome)s的意见须写明方案因此作出的改动。") % {"outcome": outcome}, day(at))


@rests_on("PD-16")
def way_is_shown(answer: Answer, at: datetime) -> Refusal | None:
    """Who is told that a matter belongs elsewhere is told where."""
    if answer.outcome != Answer.Outcome.OUT_OF_SCOPE or answer.referral.strip():
        return None
    return refuse("PD-16", _("非本项目的意见须写明转到哪里办，或者为什么不用转交。"), day(at))


# -- the moment --------------------------------------------------------------------------------------------------------


def report_is_not_out(consultation: Consultation, at: datetime) -> Refusal | None:
    report = getattr(consultation, "report", None)
    if report is None or report.published_at is None:
        return None
    return own_rule(_("意见采纳情况已经公布：答复有错误的，请办理更正；归类不再改动。"))


def has_no_answer_of_its_own(comment: Comment, at: datetime) -> Refusal | None:
    if comment.answer is None or comment.answer.theme_id:
        return None
    return own_rule(_("这条意见已经答复过；答复有错误的，请办理更正。"))


def theme_is_unanswered(theme: Theme, at: datetime) -> Refusal | None:
    if theme.answer_id is None:
        return None
    return own_rule(_("“%(title)s”已经答复过；答复有错误的，请办理更正。") % {"title": theme.title})


@rests_on("PD-07")
def theme_is_summed_up(theme: Theme, at: datetime) -> Refusal | None:
    if theme.summary.strip():
        return None
    return refuse("PD-07", _("须先概括“%(title)s”的主要意见，随答复公开。") % {"title": theme.title}, day(at))


def theme_has_comments_to_answer(theme: Theme, at: datetime) -> Refusal | None:
    if theme.comments.filter(answer=None).exists():
        return None
    return own_rule(_("“%(title)s”里没有等待答复的意见。") % {"title": theme.title})


def answer_is_in_force(answer: Answer, at: datetime) -> Refusal | None:
    theme = answer.theme
    if (theme and theme.answer_id == answer.pk) or (not theme and answer.comments.exists()):
        return None
    return own_rule(_("这份答复已经被后来的答复代替，请对最新的答复办理更正。"))


ON_WORDS = (outcome_is_chosen, reasons_are_given, change_is_named, way_is_shown)
ON_THEME = (theme_is_unanswered, theme_is_summed_up, theme_has_comments_to_answer)
