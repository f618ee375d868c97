"""
That a tender has other keys now, to every bidder's account alike: whoever has bid must seal once more.

To write to those alone who have bid would tell our mail server, and whoever watches it, who bids (EM-06).
"""

from django.conf import settings
from django.utils.translation import gettext as _

from ledger.models import Entry
from publishing.mail.bidding import bidders, sign_ups_of
from publishing.mail.house import owner, prefix
from publishing.models import Letter
from tenders.models import Package


def write(entry: Entry) -> None:
    """Write to all bidders' accounts. Again, it writes to none twice."""
    kind = Letter.Kind.KEYS_REPLACED
    told = [Letter(sign_up=s, kind=kind, caused_by=entry, language=s.language) for s in sign_ups_of(bidders())]
    Letter.objects.bulk_create(told, ignore_conflicts=True)


def body(letter: Letter) -> tuple[str, str]:
    if letter.caused_by is None:
        raise ValueError(f"{letter} tells of no act")
    package = Package.objects.named(letter.caused_by.subject).select_related("project").get()
    place = f"{settings.SITE_URL}{prefix()}/bid/tenders/{package.project.number}/{package.number}/"
    return _("开标密钥已经更换"), _(
        "“%(tender)s”（%(number)s，%(n)s标段）的开标密钥更换了。\n\n"
        "已经递交过电子投标的，请在投标截止时间以前打开下面的网址，重新密封、递交一次，新的会替换原来的：\n"
        "%(link)s\n\n"
        "没有递交过的，什么都不用做。这封信发给全部投标账户，并不说明收信的单位参加了投标。\n"
        "%(owner)s\n"
    ) % {
        "tender": package.name,
        "number": package.project.number,
        "n": package.number,
        "link": place,
        "owner": owner(),
    }
