"""What letters say. The texts of notices go out unchanged, each before a line of its own that ends it."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.mail import account_letters, comment_letters, invitation_letters, key_letters, result_letters
from publishing.mail.house import owner, prefix
from publishing.mail.tokens import token_of, token_to_confirm
from publishing.models import Letter, Notice, Subscription
from publishing.pages.wording import name

# Ends the text of each notice in a letter; what follows the last one is ours to the reader, and part of no notice.
SEPARATOR = "═" * 24 + "\n"
LONGEST_SUBJECT = 120


def message_of(letter: Letter) -> EmailMessage:
    """
    Return a letter as it is sent, in the reader's language; notices are in Chinese.

    The same letter always has the same Message-ID, so that a server or a reader may know it again.
    """
    with translation.override(letter.language):
        subject, body = BODIES[letter.kind](letter)
        message = EmailMessage(
            subject=_one_line(_("【阳光工程】%(subject)s") % {"subject": subject}),
            body=body,
            to=[_address(letter)],
            headers=_headers(letter),
        )
        if letter.invitation:
            invitation_letters.attach(letter, message)
        return message


def _address(letter: Letter) -> str:
    """:raises ValueError: if there is no address to which it could go any more"""
    address = letter.subscriber.address if letter.subscriber else _address_elsewhere(letter)
    if not address:
        raise ValueError("nobody to write to")
    return address


def _address_elsewhere(letter: Letter) -> str:
    """Return an address that is kept where it was left: with a sign-up, a comment, or a mandate."""
    if letter.sign_up:
        return letter.sign_up.email
    if letter.invitation:
        return invitation_letters.address_of(letter.invitation)
    return comment_letters.address_of(letter.comment)


def _headers(letter: Letter) -> dict[str, str]:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    headers = {
        "Message-ID": f"<{salted_hmac('letter', str(letter.pk), algorithm='sha256').hexdigest()[:40]}@{host}>",
        "Auto-Submitted": "auto-generated",
    }
    if letter.kind == Letter.Kind.NOTICES:  # RFC 2919, RFC 8058
        headers |= {
            "List-Id": f"<notices.{host}>",
            "List-Unsubscribe": f"<{settings.SITE_URL}/subscribe/off/{token_of(_subscriber(letter))}/>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    if letter.comment:
        headers |= {
            "List-Unsubscribe": f"<{comment_letters.off_link(letter.comment)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return headers


def _notices(letter: Letter) -> tuple[str, str]:
    notices = [mailing.notice for mailing in letter.mailings.select_related("notice")]
    return _subject_for(notices, letter.rhythm), text_for(notices, _foot(letter))


def _subject_for(notices: list[Notice], rhythm: int) -> str:
    if rhythm == Subscription.Rhythm.IMMEDIATELY:
        return notices[0].title
    return ngettext("公告%(n)d条", "公告%(n)d条", len(notices)) % {"n": len(notices)}


def text_for(notices: list[Notice], foot: str) -> str:
    """Return the text of a letter: every notice as it is, then the foot."""
    return "".join(notice.body + SEPARATOR for notice in notices) + foot


def texts_in(text: str) -> list[str]:
    """Return the texts of the notices that a letter carries."""
    return text.split(SEPARATOR)[:-1]


def _foot(letter: Letter) -> str:
    return _(
        "以上是公告原文，到横线为止，与网站上的一字不差；公告的网址在原文末尾，那里有核对办法。\n"
        "您收到这封信，是因为这个邮箱在本站确认过订阅。\n"
        "改订阅或者退订：%(manage)s\n"
        "%(owner)s\n"
    ) % {"manage": manage_link(_subscriber(letter)), "owner": owner()}


def manage_link(subscriber_pk: int) -> str:
    return f"{settings.SITE_URL}{prefix()}/subscribe/manage/{token_of(subscriber_pk)}/"


def _confirm(letter: Letter) -> tuple[str, str]:
    wanted = _asked(letter)
    return _("请确认订阅"), _(
        "有人在“阳光工程公开平台”用这个邮箱订阅了公告：\n"
        "  %(wanted)s\n\n"
        "如果是您，请在两天内打开下面的网址，再按“确认订阅”：\n"
        "%(link)s\n\n"
        "如果不是您，什么都不用做：不确认就不会发，这个邮箱两天后从系统里删去。\n"
        "%(owner)s\n"
    ) % {
        "wanted": described(wanted),
        "link": f"{settings.SITE_URL}{prefix()}/subscribe/confirm/{token_to_confirm(wanted.pk)}/",
        "owner": owner(),
    }


def _known(letter: Letter) -> tuple[str, str]:
    return _("您已经订阅了"), _(
        "有人在“阳光工程公开平台”又一次用这个邮箱订阅：\n"
        "  %(wanted)s\n\n"
        "这一项您早已订阅，不用再做什么。\n"
        "改订阅或者退订：%(manage)s\n"
        "%(owner)s\n"
    ) % {
        "wanted": described(_asked(letter)),
        "manage": manage_link(_subscriber(letter)),
        "owner": owner(),
    }


BODIES: dict[str, Callable[[Letter], tuple[str, str]]] = {
    Letter.Kind.CONFIRM: _confirm,
    Letter.Kind.KNOWN: _known,
    Letter.Kind.NOTICES: _notices,
    Letter.Kind.ACCOUNT: account_letters.body,
    Letter.Kind.BID_RESULT: result_letters.body,
    Letter.Kind.KEYS_REPLACED: key_letters.body,
    **comment_letters.BODIES,
    **invitation_letters.BODIES,
}


def _subscriber(letter: Letter) -> int:
    if letter.subscriber_id is None:
        raise ValueError(f"{letter} goes to no subscriber")
    return letter.subscriber_id


def _asked(letter: Letter) -> Subscription:
    if letter.subscription is None:
        raise ValueError(f"{letter} asks for nothing")
    return letter.subscription


def described(subscription: Subscription) -> str:
    """Return what a subscription is to, and how often its letters come, in the active language."""
    return f"{scope_of(subscription)}，{subscription.get_rhythm_display()}"


def scope_of(subscription: Subscription) -> str:
    if subscription.project:
        return _("项目“%(name)s”") % {"name": name(subscription.project)}
    if subscription.keyword:
        return _("含有“%(keyword)s”的公告") % {"keyword": subscription.keyword}
    return str(subscription.get_scope_display())


def _one_line(text: str) -> str:
    """Return a text fit for a header: without line ends and other controls, and not too long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 1]}…"
