"""That a bid has its result, to the address of the bidder's account. It says no more: addresses change hands."""

from django.conf import settings
from django.utils.translation import gettext as _

from ledger.models import Entry
from publishing.mail.bidding import bidders, sign_ups_of
from publishing.mail.house import owner, prefix
from publishing.models import Letter
from tenders.models import Bid


def write(bid: Bid, entry: Entry) -> None:
    """Write to the accounts of the company that has bid. One on paper has none. Again, it writes to none twice."""
    for sign_up in sign_ups_of(bidders().filter(organisation=bid.organisation)):
        about = {"sign_up": sign_up, "kind": Letter.Kind.BID_RESULT, "caused_by": entry}
        Letter.objects.get_or_create(**about, defaults={"language": sign_up.language})


def body(letter: Letter) -> tuple[str, str]:
    return _("您的投标有结果了"), _(
        "您单位参加投标的一个标段已经定标。中标通知书（或者结果通知书）已经在您的投标账户里，全体投标人同时可以看到：\n"
        "%(link)s\n"
        "%(owner)s\n"
    ) % {"link": f"{settings.SITE_URL}{prefix()}/bid/", "owner": owner()}
