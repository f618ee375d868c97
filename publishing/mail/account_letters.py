"""How a company gets a bidder's account: it asks, a letter goes to its address, and the link in it confirms."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Organisation, SignUp, User
from ledger.clock import real_now
from publishing.mail.house import owner, prefix
from publishing.mail.tokens import CONFIRM_WITHIN, token_of_sign_up
from publishing.models import Letter

UNASKED_A_DAY = 3  # letters that strangers may cause to one address


class AccountTakenError(Exception):
    """Raised if the company has an account, or somebody else has its name: an office must look at it."""


@transaction.atomic
def ask(sign_up: SignUp) -> None:
    """
    Take down who wants an account, and write to the address.

    Who asked learns nothing of whether the address, or the company, is known: that is between us and its holder.
    """
    since = real_now() - CONFIRM_WITHIN
    recent = SignUp.objects.filter(email__iexact=sign_up.email, asked_at__gt=since).count()
    if recent >= UNASKED_A_DAY or User.objects.filter(username__iexact=sign_up.email).exists():
        return
    sign_up.save()
    Letter.objects.create(sign_up=sign_up, kind=Letter.Kind.ACCOUNT, language=sign_up.language)


@transaction.atomic
def confirm(sign_up_pk: int) -> User:
    """
    Make the account of a company whose address is confirmed. Again, it returns the same one.

    :raises SignUp.DoesNotExist: if it was forgotten meanwhile
    :raises AccountTakenError: if the company has an account already
    """
    asked = SignUp.objects.select_for_update().get(pk=sign_up_pk)
    if asked.confirmed_at:
        return User.objects.get(username=asked.email.lower())
    user = User.objects.create(
        username=asked.email.lower(),
        email=asked.email,
        password=asked.password,
        name=asked.name,
        role=User.Role.BIDDER,
        organisation=_company(asked),
    )
    asked.confirmed_at, asked.password = real_now(), ""
    asked.save(update_fields=["confirmed_at", "password"])
    return user


def _company(asked: SignUp) -> Organisation:
    """Return the company, new if nobody has named it yet. A company has one account, which it may share."""
    named = Organisation.objects.select_for_update().filter(name=asked.company).first()
    with_code = Organisation.objects.filter(kind=Organisation.Kind.COMPANY, credit_code=asked.credit_code).first()
    if (named and named != with_code) or User.objects.filter(username=asked.email.lower()).exists():
        raise AccountTakenError
    if with_code and User.objects.filter(organisation=with_code, is_active=True).exists():
        raise AccountTakenError
    return with_code or Organisation.objects.create(
        kind=Organisation.Kind.COMPANY, name=asked.company, credit_code=asked.credit_code
    )


def forget_the_unconfirmed() -> None:
    """Forget those who never confirmed, with all that they wrote."""
    SignUp.objects.filter(confirmed_at=None, asked_at__lt=real_now() - CONFIRM_WITHIN).delete()


def body(letter: Letter) -> tuple[str, str]:
    asked = letter.sign_up
    if asked is None:
        raise ValueError(f"{letter} confirms no account")
    link = f"{settings.SITE_URL}{prefix()}/bid/confirm/{token_of_sign_up(asked.pk)}/"
    return _("请确认投标账户"), _(
        "有人在“阳光工程公开平台”用这个邮箱注册投标账户，单位：%(company)s。\n\n"
        "如果是您，请在两天内打开下面的网址，再按“确认”：\n"
        "%(link)s\n\n"
        "如果不是您，什么都不用做：两天后这次注册从系统里删去。\n"
        "%(owner)s\n"
    ) % {"company": asked.company, "link": link, "owner": owner()}
