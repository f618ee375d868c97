"""
What must hold before a comment is shown, masked or withheld.

Openness is the rule (政府信息公开条例 5): what must not be public is masked and the rest shown (37); words are withheld
altogether only where masking cannot do, on a ground of law, by two persons.
"""

from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from statutes.refusal import Refusal
from statutes.sources import cite
from tenders import masking
from tenders.law import day, refuse
from tenders.models import Comment, Project, Withholding
from tenders.personal import numbers_in, personal_data

Ground = Comment.Ground

# law.md 5.3, M3. The others rest on no article, and the page says whose rule it is.
PROVISIONS = {
    Ground.SECRET: "OGI 14",
    Ground.FORBIDDEN: "OGI 14",
    Ground.SECURITY: "OGI 14",
    Ground.TRADE_SECRET: "OGI 15",
    Ground.PRIVACY: "OGI 15",
}
# Whose protection is served by masking as a rule: the attempt has to be shown before all words go.
MASKED_FIRST = (Ground.PRIVACY,)


def own_rule(code: str, message: str) -> Refusal:
    return Refusal(code, message, _("本局公众意见公开规则"))


def cited(references: str) -> str:
    chinese, english = cite(references)
    return english if (get_language() or "").startswith("en") else chinese


def article_of(ground: str) -> str:
    """Return the provision that a ground rests on, for the public."""
    references = PROVISIONS.get(Ground(ground))
    return cited(references) if references else _("本局公众意见公开规则")


def numbers_of_office(project: Project) -> set[str]:
    """Return the telephone numbers and addresses that a project itself makes public (政府信息公开条例 20)."""
    return numbers_in(f"{project.contact_phone}\n{project.hotline}\n{project.contact_email}")


# -- the state of a comment --------------------------------------------------------------------------------------------


def is_not_shown(comment: Comment, at: datetime) -> Refusal | None:
    if comment.visibility != Comment.Visibility.SHOWN:
        return None
    return own_rule("wrong-state", _("这条意见已经公开。"))


def is_shown_masked(comment: Comment, at: datetime) -> Refusal | None:
    if comment.visibility == Comment.Visibility.SHOWN and comment.masked_text:
        return None
    return own_rule("wrong-state", _("这条意见没有遮盖着公开。"))


def is_not_withheld(comment: Comment, at: datetime) -> Refusal | None:
    if comment.visibility != Comment.Visibility.WITHHELD:
        return None
    return own_rule("wrong-state", _("这条意见已经依法不公开。"))


def is_pending(comment: Comment, at: datetime) -> Refusal | None:
    if comment.visibility == Comment.Visibility.PENDING:
        return None
    return own_rule("wrong-state", _("只有审核中的意见可以等待请示的答复；已经公开的不能先收回再问。"))


def no_withholding_is_open(comment: Comment, at: datetime) -> Refusal | None:
    if not comment.withholdings.filter(state=Withholding.State.PROPOSED).exists():
        return None
    return own_rule("proposed", _("有人提出不公开这条意见，正等第二人复核。"))


def no_inquiry_is_open(comment: Comment, at: datetime) -> Refusal | None:
    if not comment.inquiries.filter(replied_at=None).exists():
        return None
    return Refusal("inquiry", _("这条意见正在请示主管部门，收到答复以后才能处理。"), cited("OGI 17¶3"))


def no_personal_data_is_left(comment: Comment, at: datetime) -> Refusal | None:
    """What the detectors find in the words that would be public is masked first."""
    found = personal_data(comment.public_text, numbers_of_office(comment.project))
    if not found:
        return None
    message = _("文字里还有像身份证号、电话、银行卡号、车牌或者邮箱的内容（%(n)d处），须先遮盖再公开。")
    return Refusal("personal-data", message % {"n": len(found)}, _("《中华人民共和国个人信息保护法》第二十五条"))


# -- masking and withholding -------------------------------------------------------------------------------------------


def ground_is_lawful(ground: str) -> Refusal | None:
    if ground in Ground.values:
        return None
    return Refusal("ground", _("不公开意见须有法定理由；意见尖锐不是理由。"), cited("OGI 5"))


def only_replaces_passages(comment: Comment, masked: str) -> Refusal | None:
    if masking.hides(masked, comment.text):
        return None
    if masked == comment.text:
        return own_rule("unchanged", _("还没有遮盖任何文字：把要遮盖的文字换成█或者〔…〕。"))
    return refuse_rewriting()


def refuse_rewriting() -> Refusal:
    message = _("遮盖只能把文字换成█、*或者〔…〕，其余一个字都不能改、不能加、不能删；请从原文重新遮盖。")
    return own_rule("rewritten", message)


def masks_something_new(comment: Comment, masked: str) -> Refusal | None:
    if masked != comment.masked_text or comment.visibility != Comment.Visibility.SHOWN:
        return None
    return own_rule("unchanged", _("和现在公开的文字相同。"))


def leaves_most_to_read(comment: Comment, masked: str) -> Refusal | None:
    """Else one person alone could do by masking what needs two."""
    if not masking.hides(masked, comment.text) or not is_mostly_hidden(comment, masked):
        return None
    message = _("除系统识别出的个人信息以外，遮盖超过了全文的一半：这等于不公开，须提出不公开，由第二人复核。")
    return own_rule("too-much", message)


def is_mostly_hidden(comment: Comment, masked: str) -> bool:
    return masking.hides_most(masked, comment.text, numbers_of_office(comment.project))


def masking_cannot_do(withholding: Withholding, at: datetime) -> list[Refusal]:
    """Return what speaks for masking instead. Source: 《政府信息公开条例》第三十七条 (FO-11)."""
    comment, attempt = withholding.comment, withholding.attempt
    if not attempt:
        if withholding.ground not in MASKED_FIRST:
            return []
        message = _("涉及个人隐私的，须先试着遮盖；请在“试着遮盖”一栏里遮盖，遮盖后还能读的，应当遮盖后公开。")
        return [refuse("FO-11", message, day(at))]
    if not masking.hides(attempt, comment.text):
        return [refuse_rewriting()]
    if is_mostly_hidden(comment, attempt):
        return []
    message = _("遮盖以后还有一半以上可以读：应当遮盖后公开其余部分，不能整条不公开。")
    return [refuse("FO-11", message, day(at))]


def waits_for_a_second_person(withholding: Withholding, actor: User) -> list[Refusal]:
    """Return what speaks against a person's decision on a proposal."""
    reasons = []
    if withholding.state != Withholding.State.PROPOSED:
        reasons.append(own_rule("wrong-state", _("这件提议已经复核过。")))
    if withholding.proposed_by_id == actor.pk:
        reasons.append(own_rule("second-person", _("不公开须由提出人以外的第二人复核。")))
    return reasons
