"""
What letters say to whoever left an address with a comment: that there is news, and where to read it.

They quote neither the comment nor the answer: the address may be somebody else's, typed by mistake or in malice. Each
says so, and how to stop the letters.
"""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.mail.house import owner
from publishing.mail.tokens import token_of_comment
from publishing.models import Letter
from publishing.pages.wording import name
from tenders.models import Comment

NEWS = {
    Letter.Kind.COMMENT_RECEIVED: (
        gettext_lazy("已收到您的意见"),
        gettext_lazy("对“%(project)s”的意见已经收到，编号第%(number)d号，写进了公开账本。"),
    ),
    Letter.Kind.COMMENT_SHOWN: (
        gettext_lazy("您的意见已公开"),
        gettext_lazy("对“%(project)s”的第%(number)d号意见已经公开。公开的是意见，不公开称呼和联系方式。"),
    ),
    Letter.Kind.COMMENT_WITHHELD: (
        gettext_lazy("您的意见依法不公开"),
        gettext_lazy(
            "对“%(project)s”的第%(number)d号意见，原文依法不公开；意见照样答复。理由和不同意时怎么办，见下面的网址。"
        ),
    ),
    Letter.Kind.COMMENT_ANSWERED: (
        gettext_lazy("您的意见有答复了"),
        gettext_lazy("对“%(project)s”的第%(number)d号意见已经答复：有没有采纳，为什么，见下面的网址。"),
    ),
    Letter.Kind.COMMENT_CORRECTED: (
        gettext_lazy("对您意见的答复有更正"),
        gettext_lazy("对“%(project)s”的第%(number)d号意见，原来的答复有更正，改在哪里、为什么改，见下面的网址。"),
    ),
    Letter.Kind.COMMENT_DECIDED: (
        gettext_lazy("方案已经决策"),
        gettext_lazy("“%(project)s”的方案已经决策。第%(number)d号意见给方案带来了什么，见下面的网址。"),
    ),
}


def address_of(comment: Comment | None) -> str:
    """Return the e-mail address that was left with a comment, or an empty text if none was."""
    contact = comment.contact.strip() if comment else ""
    try:
        validate_email(contact)
    except ValidationError:
        return ""
    return contact


def off_link(comment: Comment) -> str:
    return f"{settings.SITE_URL}/receipts/off/{token_of_comment(comment.pk)}/"


def _news(kind: Letter.Kind, letter: Letter) -> tuple[str, str]:
    comment = letter.comment
    if comment is None:
        raise ValueError(f"{letter} is about no comment")
    subject, sentence = NEWS[kind]
    said = str(sentence) % {"project": name(comment.project), "number": comment.number}
    return str(subject), f"{said}\n\n{_links(comment)}\n{_foot(comment)}"


def _links(comment: Comment) -> str:
    return _("看这条意见办到哪一步了（网址里有回执码，请不要转发）：\n%(receipt)s\nIn English: %(english)s\n") % {
        "receipt": f"{settings.SITE_URL}/receipts/{comment.code}/",
        "english": f"{settings.SITE_URL}/en/receipts/{comment.code}/",
    }


def _foot(comment: Comment) -> str:
    return _(
        "您收到这封信，是因为有人提意见时留下了这个邮箱。如果不是您，或者不想再收到：打开下面的网址按一下，"
        "以后不再给这个邮箱发意见的通知。邮箱永远不公开。\n"
        "%(off)s\n"
        "%(owner)s\n"
    ) % {"off": off_link(comment), "owner": owner()}


BODIES: dict[str, Callable[[Letter], tuple[str, str]]] = {kind: partial(_news, kind) for kind in NEWS}
