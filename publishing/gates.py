"""What must hold before something that was published is corrected, withdrawn, or taken from the public."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.models import User
from contracts.models import Document
from ledger.models import Entry
from lifecycle.clocks import clocks
from publishing.catalogue import is_newest, is_stale
from publishing.models import Amendment, Notice, TakeDown
from statutes.refusal import Refusal
from tenders.law import day, refuse, shown
from tenders.models import Project

# While the period that a notice has opened still runs, the public must be able to rely on it.
PERIODS = {
    "step.publish_plan": "PD-03",
    "step.publish_again": "PD-03",
    "period.extended": "PD-03",
    "period.shortened": "PD-03",
    "step.open_comments": "PD-03",
    "step.publish_prequalification": "TB-04",
    "step.announce_tender": "TB-05",
    "step.publish_candidates": "AW-02",
}


def own_rule(code: str, message: str) -> Refusal:
    return Refusal(code, message, _("本局信息发布更正办法"))


def notice_is_the_newest(notice: Notice, at: datetime) -> Refusal | None:
    """Neither corrected, nor withdrawn, nor taken down already."""
    if notice.is_taken_down:
        return own_rule("wrong-state", _("这份公告的正文已经下架。"))
    amendment = Amendment.objects.filter(notice=notice).first()
    if amendment is None:
        return None
    message = _("这份公告%(kind)s，见公开第%(number)d号；请对新的公告办理。")
    return own_rule("wrong-state", message % {"kind": amendment.get_kind_display(), "number": amendment.pk})


def is_no_withdrawal(notice: Notice, at: datetime) -> Refusal | None:
    if notice.entry.kind != "notice.withdrawn":
        return None
    return own_rule("withdrawal", _("撤回公告本身不能再更正或者撤回；请另行公告。"))


def its_period_is_over(notice: Notice, at: datetime) -> Refusal | None:
    """A notice that carries a running period is corrected, not withdrawn, unless the project itself has stopped."""
    rule_id = PERIODS.get(notice.entry.kind)
    project = notice.project
    if rule_id is None or project.standing != Project.Standing.ACTIVE:
        return None
    running = [c for c in clocks(project, at=at) if c.rule.id == rule_id and not c.done and c.due_on >= day(at)]
    if not running:
        return None
    message = _(
        "“%(clock)s”的期限到%(day)s才结束，在此之前公告须保持公开；内容有误的请更正，项目停止的请办理暂停或者取消。"
    )
    return refuse(rule_id, message % {"clock": running[0].title, "day": shown(running[0].due_on)}, day(at))


def paper_is_stale(paper: Document) -> Refusal | None:
    """Only the newest paper is made anew, and only if it would say something else now."""
    if not is_newest(paper) or Entry.objects.filter(key=f"renewed:{paper.pk}").exists():
        return own_rule("wrong-state", _("这份文书已经重新生成，或者正在重新生成。"))
    if is_stale(paper):
        return None
    return own_rule("unchanged", _("文书的内容与现有数据一致，不需要重新生成。"))


def text_is_changed(old: str, new: str) -> Refusal | None:
    if old.split() != new.split():
        return None
    return own_rule("unchanged", _("正文没有改动，不需要更正。"))


def reason_is_given(reason: str) -> Refusal | None:
    if reason.strip():
        return None
    return own_rule("reason", _("须写明理由，理由随公告公布。"))


def takes_effect_in_time(notice: Notice, effective_on: date, at: datetime) -> Refusal | None:
    """It may go back to the day of the notice itself, never before, and never ahead: what comes later is a new act."""
    if day(notice.at) <= effective_on <= day(at):
        return None
    message = _("更正的生效日期不能早于原公告的公布日期（%(first)s），也不能晚于今天。")
    return own_rule("effective", message % {"first": shown(day(notice.at))})


def ground_is_lawful(take_down: TakeDown) -> Refusal | None:
    if take_down.ground in TakeDown.GROUNDS:
        return None
    message = _("下架须有法定理由；内容有误的应当更正，不能下架。")
    return Refusal("ground", message, _("《中华人民共和国政府信息公开条例》第十四条、第十五条"))


def is_not_proposed_yet(take_down: TakeDown) -> Refusal | None:
    if not TakeDown.objects.filter(sha256=take_down.sha256).exclude(state=TakeDown.State.DROPPED).exists():
        return None
    return own_rule("duplicate", _("这项内容已经提出下架，或者已经下架。"))


def waits_for_a_second_person(take_down: TakeDown, actor: User) -> list[Refusal]:
    """Return what speaks against a person's decision on a take-down."""
    reasons = []
    if take_down.state != TakeDown.State.PROPOSED:
        reasons.append(own_rule("wrong-state", _("这项下架已经复核过。")))
    if take_down.proposed_by_id == actor.pk:
        message = _("下架须由提出人以外的第二人复核。")
        reasons.append(own_rule("second-person", message))
    return reasons
