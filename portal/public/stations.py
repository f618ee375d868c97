"""The stations of a comment, in the words of its page: what was done, when, and what is still to come."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.public.tracking import REPORTED, Course
from publishing.pages.wording import day, moment
from tenders.models import Answer, Comment, PlanVersion, Project


@dataclass(frozen=True)
class Link:
    address: str
    words: str
    is_file: bool = False


@dataclass(frozen=True)
class Station:
    """
    A step on the way of a comment. ``said`` is what the bureau says, in its own words.

    ``is_current``: the first that is still to come. ``is_late``: it should have come already. ``waiting`` is told in
    place of the moment as long as there is none.
    """

    title: str
    at: datetime | None = None  # None: still to come
    lines: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    is_late: bool = False
    is_current: bool = False
    waiting: str = ""


def stations_of(course: Course) -> list[Station]:
    """Return all stations of a comment, those to come too."""
    found = [station for build in ORDER if (station := build(course))]
    waiting = next((place for place, station in enumerate(found) if station.at is None), None)
    return [replace(station, is_current=place == waiting) for place, station in enumerate(found)]


def received(course: Course) -> Station:
    comment, lines = course.comment, []
    if comment.channel != Comment.Channel.WEB:
        figures = {"channel": comment.get_channel_display(), "at": moment(course.received.recorded_at)}
        lines.append(_("%(channel)s，由工作人员代为登记；登记时间：%(at)s。") % figures)
    return Station(_("已收到"), comment.received_at, lines)


def recorded(course: Course) -> Station:
    seq, checkpoint = course.received.seq, course.checkpoint
    links = [
        Link(reverse("entry", args=[seq]), _("账本第%(seq)d条") % {"seq": seq}),
        Link(reverse("entry-proof", args=[seq]), _("证明文件（.tlog-proof）"), is_file=True),
        Link(reverse("receipt-file", args=[course.comment.code]), _("回执文件"), is_file=True),
    ]
    if checkpoint is None:
        line = _("已写入，一分钟内签署，然后才有证明文件。")
        return Station(_("写进公开账本"), None, [line], links=[links[0], links[2]], waiting=_("正在签署"))
    line = _("已由检查点 %(size)d 签署，谁也不能再悄悄改动或者删去。") % {"size": checkpoint.size}
    return Station(_("写进公开账本"), course.received.recorded_at, [line], links=links)


def seen(course: Course) -> Station:
    """Whether the public may read it: as it is, with masked parts, or not at all."""
    comment = course.comment
    if comment.visibility == Comment.Visibility.PENDING:
        return waiting(course)
    if comment.visibility == Comment.Visibility.WITHHELD:
        return withheld(course)
    link = Link(reverse("comments", args=[course.project.number]), _("看公开的意见"))
    if comment.masked_text:
        return masked(course, link)
    at = _at(course, "comment.shown")
    return Station(_("已公开"), at, [_("别人看到意见，看不到您的称呼和联系方式。")], links=[link])


def waiting(course: Course) -> Station:
    line = _("正在看里面有没有依法不能公开的信息（例如别人的电话、身份证号），看过以后在项目页公开。")
    inquiry = course.comment.inquiries.filter(replied_at=None).first()
    if inquiry:
        line = _("拿不准能不能公开，%(at)s起请示有关机关，等答复。") % {"at": moment(inquiry.asked_at)}
    return Station(_("公开"), None, [line])


def masked(course: Course, link: Link) -> Station:
    comment = course.comment
    lines = [
        _("理由：%(ground)s。") % {"ground": comment.get_masked_ground_display()},
        _("别人看到的是下面的文字；您写的原文没有改动，账本里的指纹不变。"),
    ]
    at = _at(course, "comment.masked")
    return Station(_("已公开，遮盖了一部分"), at, [*lines, objecting(course)], [comment.public_text], [link])


def withheld(course: Course) -> Station:
    lines = [
        _("理由：%(ground)s。") % {"ground": course.comment.get_withheld_ground_display()},
        _("别人看不到原文，只看到编号和理由；账本里的指纹不变，意见照样答复。"),
        objecting(course),
    ]
    link = Link(reverse("corrections"), _("更正与撤回登记"))
    return Station(_("依法不公开"), _at(course, "comment.withheld"), lines, links=[link])


def objecting(course: Course) -> str:
    """What whoever disagrees with the withholding can do. Source: 《政府信息公开条例》第五十一条."""
    project = course.project
    return _(
        "不同意？请打%(phone)s要求复核，或者打监督电话%(hotline)s；也可以依照《中华人民共和国政府信息公开条例》"
        "第五十一条投诉、举报，或者依法申请行政复议、提起行政诉讼。"
    ) % {"phone": project.contact_phone or _("（未公布）"), "hotline": project.hotline or _("（未公布）")}


def answered(course: Course) -> Station:
    answer = course.answer
    if answer is None:
        line = _("每条意见都会得到结果和理由；没有答复完，项目不能决策。")
        return Station(_("答复"), None, [line, *_until(course)], is_late=course.days_late > 0)
    title = _("已答复：%(outcome)s") % {"outcome": answer.get_outcome_display()}
    return Station(title, answer.answered_at, _about(answer), [answer.text])


def _about(answer: Answer) -> list[str]:
    """How the answer came about: with others of its theme, in the place of a wrong one; and where a matter went."""
    theme, reason, referral = answer.theme, answer.correction_reason, answer.referral
    lines = [_("与主题“%(title)s”的其他意见一并答复。") % {"title": theme.title}] if theme else []
    lines += [_("这是更正后的答复，更正的理由：%(reason)s") % {"reason": reason}] if reason else []
    return lines + ([_("转办：%(to)s") % {"to": referral}] if referral else [])


def reported(course: Course) -> Station:
    entry = course.reported
    title = _("公布全部意见的采纳情况")
    if entry is None:
        return Station(title, None, _until(course), is_late=course.days_late > 0)
    return Station(title, entry.at, links=[*_report(course), _notice(entry.seq)])


def _report(course: Course) -> list[Link]:
    """The way to the report itself; a decision of the time before there were reports has none."""
    if course.reported is None or course.reported.kind != REPORTED:
        return []
    address = reverse("adoption", args=[course.project.number, course.comment.consultation.round])
    return [Link(address, _("看意见采纳情况"))]


def changed(course: Course) -> Station | None:
    """What the comment has changed in the plan, from the answer on; it is in force with the decision."""
    answer, decided = course.answer, course.decided
    if decided and not (answer and answer.change):
        return Station(_("方案已决策"), decided.at, links=[_notice(decided.seq)])
    if answer is None or not answer.change:
        return Station(_("方案决策"), None, [_("全部意见答复以后，集体讨论决定，决定随即公布。")])
    title = _("方案因此作出的改动")
    versions = [_version(version) for version in answer.versions.exclude(published_at=None)]
    if decided is None:
        return Station(title, None, [_("随方案决策生效，决定公布后这里有链接。")], [answer.change], versions)
    return Station(title, decided.at, said=[answer.change], links=[*versions, _notice(decided.seq)])


def _version(version: PlanVersion) -> Link:
    """The version of the plan in which a change was made."""
    where = [version.project.number, version.consultation.round, version.number]
    return Link(reverse("plan-version", args=where), _("看改后的方案（第%(n)d版）") % {"n": version.number})


ORDER: tuple[Callable[[Course], Station | None], ...] = (received, recorded, seen, answered, reported, changed)


def _until(course: Course) -> list[str]:
    """Say until when the report is due, or by how much it is late."""
    if course.project.standing != Project.Standing.ACTIVE:
        return [_("项目%(standing)s，见项目页。") % {"standing": course.project.get_standing_display()}]
    if course.due is None:
        return []
    figures = {"day": day(course.due.strict), "basis": course.basis, "n": course.days_late}
    if course.days_late:
        return [_("最迟应当在%(day)s公布（%(basis)s），已经超期%(n)d天。") % figures]
    lines = [_("最迟%(day)s（%(basis)s）。") % figures]
    closes_on = course.comment.consultation.closes_on
    if course.comment.consultation.ended_at is None and closes_on:
        lines.insert(0, _("征求意见到%(day)s24时截止。") % {"day": day(closes_on)})
    if course.due.provisional:
        lines.append(_("那一年的放假安排还没有公布，日期是暂定的。"))
    return lines


def _at(course: Course, *kinds: str) -> datetime:
    """Return when it was last done; a comment that was moved here by hand has the moment of its reception."""
    entry = course.last(*kinds)
    return entry.at if entry else course.comment.received_at


def _notice(seq: int) -> Link:
    return Link(reverse("notice", args=[seq]), _("看公告"))
