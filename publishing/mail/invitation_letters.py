"""
What the letter to an invited institution says, and what is laid to it: the letter as a Word file, and the calendar.

It goes to the institution's office, as its mandate names it. It holds the link by which the institution replies.
"""

from collections.abc import Callable

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from integrity.models import Invitation
from publishing.documents import WORD
from publishing.documents.contexts.observers import invitation_address
from publishing.documents.contexts.tender import full_name
from publishing.documents.letters import invitation_letter
from publishing.invitation_calendar import calendar_of
from publishing.mail.house import owner
from publishing.models import Letter
from publishing.pages.wording import moment


def address_of(invitation: Invitation | None) -> str:
    """Return the office's address, or an empty text if its mandate names none any more."""
    mandate = invitation.mandate if invitation else None
    return mandate.email if mandate and mandate.ends_on is None else ""


def _of(letter: Letter) -> Invitation:
    if letter.invitation is None:
        raise ValueError(f"{letter} is about no invitation")
    return letter.invitation


def _facts(invitation: Invitation) -> dict[str, str]:
    package = invitation.package
    return {
        "label": invitation.label,
        "institution": invitation.institution.name,
        "tender": full_name(package),
        "time": moment(package.bids_due_at),
        "place": package.opening_place,
        "link": invitation_address(invitation),
        "owner": owner(),
    }


def _invited(letter: Letter) -> tuple[str, str]:
    facts = _facts(_of(letter))
    body = _(
        "%(institution)s：\n\n"
        "请贵单位派员监督开标（%(label)s，公函见附件）。\n"
        "  项目：%(tender)s\n"
        "  时间：%(time)s\n"
        "  地点：%(place)s\n\n"
        "来不来、怎样参加，请打开下面的网址回复（不用登录，请只在本单位内转发）：\n"
        "%(link)s\n\n"
        "附件里的日历文件可以加进手机或者电脑的日历。\n"
        "%(owner)s\n"
    )
    return _("开标监督邀请：%(tender)s") % facts, body % facts


def _moved(letter: Letter) -> tuple[str, str]:
    facts = _facts(_of(letter))
    body = _(
        "%(institution)s：\n\n"
        "请贵单位监督的开标改了时间（%(label)s）。\n"
        "  项目：%(tender)s\n"
        "  现在的时间：%(time)s\n"
        "  地点：%(place)s\n\n"
        "附件里的日历文件替换原来的。要改变回复的，打开：\n"
        "%(link)s\n"
        "%(owner)s\n"
    )
    return _("开标时间改为%(time)s：%(tender)s") % facts, body % facts


BODIES: dict[str, Callable[[Letter], tuple[str, str]]] = {
    Letter.Kind.INVITED: _invited,
    Letter.Kind.INVITED_MOVED: _moved,
}


def attach(letter: Letter, message: EmailMessage) -> None:
    """Lay the calendar to a letter, and the first time the letter as a Word file."""
    invitation = _of(letter)
    message.attach("opening.ics", calendar_of(invitation).decode(), "text/calendar")
    if letter.kind == Letter.Kind.INVITED:
        _title, content = invitation_letter(invitation)
        message.attach("invitation.docx", content, WORD)
