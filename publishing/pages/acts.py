"""What the acts of the record are called in public."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.models import Entry
from lifecycle.steps import TABLE
from tenders.models import (
    AwardLetter,
    Comment,
    CommitteeMember,
    FairnessReview,
    HearingApplication,
    Notice,
    Placement,
    Question,
)

TITLES: dict[str, str | Promise] = {step.kind: step.title for step in TABLE} | {
    "comment.received": gettext_lazy("收到意见"),
    "comment.shown": gettext_lazy("公开意见原文"),
    "comment.masked": gettext_lazy("遮盖后公开意见"),
    "comment.withheld": gettext_lazy("依法不公开意见原文"),
    "comment.answered": gettext_lazy("答复意见"),
    "theme.answered": gettext_lazy("答复一类意见"),
    "answer.corrected": gettext_lazy("答复意见"),
    "review.recorded": gettext_lazy("公开前审查"),
    "period.extended": gettext_lazy("延长征求意见期限"),
    "period.shortened": gettext_lazy("缩短征求意见期限"),
    "consultation.superseded": gettext_lazy("方案有实质改动，将重新公示"),
    "hearing.need-found": gettext_lazy("认定应当举行听证"),
    "hearing.applied": gettext_lazy("收到听证报名"),
    "hearing.set-aside": gettext_lazy("报名不列入遴选"),
    "hearing.selected": gettext_lazy("遴选听证参加人"),
    "hearing.materials-delivered": gettext_lazy("送达听证会材料"),
    "hearing.postponed": gettext_lazy("听证会延期"),
    "approval.published": gettext_lazy("公布审批结果"),
    "question.received": gettext_lazy("收到对招标文件的提问"),
    "question.set-aside": gettext_lazy("提问不予答复"),
    "clarification.published": gettext_lazy("公布招标文件的澄清或者修改"),
    "tender.suspended": gettext_lazy("暂停招标投标活动"),
    "tender.resumed": gettext_lazy("恢复招标投标活动"),
    "fairness.reviewed": gettext_lazy("公平竞争审查"),
    "bidder.signed-in": gettext_lazy("投标人签到"),
    "seals.checked": gettext_lazy("检查密封"),
    "bid.opened": gettext_lazy("拆封"),
    "bids.tick": gettext_lazy("投标箱定时固定（不显示有没有投标）"),
    "wraps.peeled": gettext_lazy("监督方解开外层密封"),
    "bid.decrypted": gettext_lazy("解密投标文件"),
    "bid.undecryptable": gettext_lazy("登记投标文件不能解密"),
    "bid.held-revoked": gettext_lazy("不能解密的投标视为撤销"),
    "bid.held-withdrawn": gettext_lazy("不能解密的投标视为撤回"),
    "trustee-key.registered": gettext_lazy("登记开标密钥"),
    "trustee-key.revoked": gettext_lazy("停用开标密钥"),
    "package.keys-replaced": gettext_lazy("更换标段的开标密钥"),
    "bid.read": gettext_lazy("唱标"),
    "reserve-price.announced": gettext_lazy("公布标底"),
    "bid.confirmed": gettext_lazy("投标人确认唱标结果"),
    "opening.signed": gettext_lazy("开标记录签字"),
    "bids.validity-extended": gettext_lazy("延长投标有效期"),
    "award.revoked": gettext_lazy("取消中标资格"),
    "letter.delivered": gettext_lazy("送达中标（结果）通知"),
    "tender-report.submitted": gettext_lazy("报送招标投标情况书面报告"),
    "committee.drawn": gettext_lazy("抽取评标专家"),
    "committee.member-withdrew": gettext_lazy("评标委员会成员退出"),
    "invitation.sent": gettext_lazy("邀请监督单位"),
    "invitation.unattended": gettext_lazy("登记监督单位未到场"),
    "mandate.granted": gettext_lazy("给予监督资格"),
    "mandate.ended": gettext_lazy("终止监督资格"),
    "invitation.replied": gettext_lazy("监督单位回复邀请"),
    "observer.deputised": gettext_lazy("监督单位委派他人代为监督"),
    "observer.recused": gettext_lazy("监督代表声明回避"),
    "observer.signed-in": gettext_lazy("监督代表签到"),
    "observer.signed-out": gettext_lazy("监督代表签退"),
    "observation.logged": gettext_lazy("监督代表记录所见"),
    "observation.answered": gettext_lazy("答复监督代表"),
    "opinion.stated": gettext_lazy("监督代表提出意见"),
    "matter.answered": gettext_lazy("答复监督事项"),
    "matter.insisted": gettext_lazy("监督单位要求继续答复"),
    "matter.referred": gettext_lazy("监督事项移交行政监督部门"),
    "matter.closed": gettext_lazy("监督事项办结"),
    "objection.received": gettext_lazy("收到异议"),
    "objection.answered": gettext_lazy("答复异议"),
    "complaint.received": gettext_lazy("收到投诉"),
    "complaint.acceptance-decided": gettext_lazy("投诉受理情况"),
    "complaint.examined": gettext_lazy("投诉处理中的检验、鉴定、专家评审开始"),
    "complaint.examination-ended": gettext_lazy("投诉处理中的检验、鉴定、专家评审结束"),
    "complaint.decided": gettext_lazy("投诉处理结果"),
    "complaint.withdrawn": gettext_lazy("投诉人撤回投诉"),
    "document.published": gettext_lazy("公布文书"),
    "document.renewed": gettext_lazy("重新生成文书"),
    "notice.published": gettext_lazy("公布公告正文"),
    "bonds.returned": gettext_lazy("退还投标保证金"),
    "log.key-rotated": gettext_lazy("更换账本密钥"),
    "publication.late": gettext_lazy("公告发布迟了"),
    "publication.differs": gettext_lazy("渠道上的公告与原文不一致"),
    "placement.recorded": gettext_lazy("登记张贴或者刊登"),
    "placement.ended": gettext_lazy("登记撤下"),
    "placement.waived": gettext_lazy("说明没有张贴"),
    "notice.corrected": gettext_lazy("更正公告"),
    "notice.withdrawn": gettext_lazy("撤回公告"),
    "content.taken-down": gettext_lazy("依法下架"),
}

# So many that they would hide all others. They are counted, and each stands in the record.
SWARMING = ("comment.received", "comment.shown", "comment.masked", "comment.answered", "hearing.applied")
# What is kept of a comment's words from the public. That one is shown again corrects such an act.
OF_COMMENTS = ("comment.withheld", "comment.masked")
SHOWN_AGAIN = gettext_lazy("重新公开意见原文")
# They put a digest on record for an act that is told already.
DIGESTS = ("document.published", "notice.published")
# Beside the steps, what the first page tells of
NEWS = (
    "consultation.superseded",
    "hearing.need-found",
    "hearing.postponed",
    "period.extended",
    "period.shortened",
    "approval.published",
    "clarification.published",
    "tender.suspended",
    "tender.resumed",
    "objection.received",
    "objection.answered",
    "complaint.received",
    "complaint.acceptance-decided",
    "complaint.decided",
    "complaint.withdrawn",
    "matter.answered",
    "matter.insisted",
    "matter.referred",
    "matter.closed",
    "bids.validity-extended",
    "award.revoked",
    "bonds.returned",
    "notice.corrected",
    "notice.withdrawn",
)
# What went wrong with a publication is itself an act
ALARMS = ("publication.late", "publication.differs")
# Acts that take something back, stop it, or keep it from the public: all are listed in one place.
TAKING_BACK = (
    *OF_COMMENTS,
    "step.suspend",
    "step.cancel",
    "step.cancel_hearing",
    "hearing.postponed",
    "step.fail_tender",
    "tender.suspended",
    "award.revoked",
    "placement.waived",
    "document.renewed",
    "notice.corrected",
    "notice.withdrawn",
    "content.taken-down",
    *ALARMS,
)

# Facts that say most of an act, the most telling first
TELLING = ("reason", "change_note", "remark", "title", "institution", "bidder")

PLACES: dict[str, str | Promise] = {
    "consultation": gettext_lazy("第%s轮"),
    "version": gettext_lazy("第%s版"),
    "package": gettext_lazy("%s标段"),
    "comment": gettext_lazy("第%s号意见"),
    "theme": gettext_lazy("第%s类意见"),
    "bid": gettext_lazy("第%s号投标"),
    "draw": gettext_lazy("第%s次抽取"),
    "member": gettext_lazy("评标委员会第%s号成员"),
    "clarification": gettext_lazy("第%s号澄清"),
    "question": gettext_lazy("第%s号提问"),
    "suspension": gettext_lazy("第%s次暂停"),
    "fairness": gettext_lazy("第%s次公平竞争审查"),
    "objection": gettext_lazy("第%s号异议"),
    "complaint": gettext_lazy("第%s号投诉"),
    "examination": gettext_lazy("第%s项检验、鉴定或者评审"),
    "matter": gettext_lazy("监督事项第%s项"),
    "notice": gettext_lazy("公开第%s号"),
    "placement": gettext_lazy("第%s处"),
    "place": gettext_lazy("计划张贴的第%s处"),
    "hearing": gettext_lazy("第%s场听证会"),
    "application": gettext_lazy("第%s号报名"),
}

# What says most of an act whose facts are words of a table
DETAILS: dict[str, Callable[[dict[str, Any]], str]] = {
    "comment.withheld": lambda facts: str(Comment.Ground(facts["ground"]).label),
    "comment.masked": lambda facts: (
        _("%(ground)s，遮盖%(n)d字") % {"ground": Comment.Ground(facts["ground"]).label, "n": facts["characters"]}
    ),
    "question.set-aside": lambda facts: str(Question.SetAside(facts["set_aside"]).label),
    "hearing.set-aside": lambda facts: str(HearingApplication.SetAside(facts["set_aside"]).label),
    "fairness.reviewed": lambda facts: str(FairnessReview.Conclusion(facts["conclusion"]).label),
    "letter.delivered": lambda facts: f"{facts['bidder']}，{AwardLetter.Means(facts['means']).label}",
    "tender-report.submitted": lambda facts: facts["submitted_to"],
    "committee.drawn": lambda facts: facts["pool"],
    "committee.member-withdrew": lambda facts: str(CommitteeMember.Ground(facts["ground"]).label),
    "review.recorded": lambda facts: str(Notice(facts["notice"]).label),
    "placement.recorded": lambda facts: f"{Placement.Kind(facts['kind']).label} {facts['place']}",
    "placement.waived": lambda facts: f"{facts['name']}：{facts['reason']}",
    **dict.fromkeys(
        ALARMS, lambda facts: _("%(notice)s，%(channel)s") % {"notice": facts["title"], "channel": facts["where"]}
    ),
    "content.taken-down": lambda facts: f"{Comment.Ground(facts['ground']).label}。{facts['explanation']}",
}


def title(entry: Entry) -> str:
    """Return what an act is called. One that nobody has named yet appears under the name that it has in the record."""
    if entry.corrects is not None and entry.kind == "comment.shown":
        return str(SHOWN_AGAIN)
    if entry.corrects is not None and entry.kind not in TAKING_BACK:
        return _("更正：%(title)s") % {"title": TITLES.get(entry.kind, entry.kind)}
    return str(TITLES.get(entry.kind, entry.kind))


def place(subject: str) -> str:
    """Return to what of a project an act belongs, in words: ``project/2026-001/package/1/bid/2`` is 1标段 第2号投标."""
    parts = subject.split("/")
    pairs = [pair for pair in zip(parts[2::2], parts[3::2], strict=False) if pair != ("consultation", "1")]
    return " ".join(str(PLACES[kind]) % name for kind, name in pairs if kind in PLACES)


def number_of_project(subject: str) -> str | None:
    """Return the number of the project to which the subject of an entry belongs."""
    parts = subject.split("/")
    return parts[1] if len(parts) > 1 and parts[0] == "project" else None


def takes_back(entry: Entry) -> bool:
    """Whether an act corrects another, stops something, or keeps it from the public."""
    return entry.kind in TAKING_BACK or entry.corrects is not None


def detail(entry: Entry) -> str:
    """Return the fact that says most of an act: why something was taken back, or what a paper is called."""
    facts = entry.facts
    if entry.kind in DETAILS:
        return DETAILS[entry.kind](facts)
    return str(next((facts[name] for name in TELLING if facts.get(name)), ""))
