"""Acts of the opening session. They come back to the chair's screen."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from portal.staff import forms_session as forms
from portal.staff.acts.act import Act, by_number, of_package, own
from portal.staff.finding import find_bid, find_package
from portal.staff.forms_acts import ActForm
from tenders.operations import bidders, opening

BID = "staff/about/bid.html"
SESSION = "opening-session"


def sign_record(thing: Any, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    kept = answers.pop("scan")
    scan = opening.Scan(kept.file, kept.sha256) if kept else None
    return opening.sign_record(thing.pk, **answers, scan=scan, actor=actor, at=at)


OPENING = (
    Act(
        "sign-in-bidder",
        _("投标人签到"),
        find_package,
        forms.SignInBidderForm,
        by_number(bidders.sign_in_bidder),
        SESSION,
        own,
        public=False,
    ),
    Act(
        "check-seals",
        _("登记密封检查"),
        find_package,
        forms.CheckSealsForm,
        by_number(opening.check_seals),
        SESSION,
        own,
    ),
    Act("open-envelope", _("拆封"), find_bid, ActForm, by_number(opening.open_envelope), SESSION, of_package, BID),
    Act("read-bid", _("唱标"), find_bid, forms.ReadBidForm, by_number(opening.read_bid), SESSION, of_package, BID),
    Act(
        "announce-reserve-price",
        _("公布标底"),
        find_package,
        forms.ReservePriceForm,
        by_number(opening.announce_reserve_price),
        SESSION,
        own,
    ),
    Act(
        "confirm-line",
        _("登记投标人确认"),
        find_bid,
        forms.ConfirmLineForm,
        by_number(bidders.confirm_line),
        SESSION,
        of_package,
        BID,
    ),
    Act("sign-record", _("登记签字"), find_package, forms.SignRecordForm, sign_record, SESSION, own),
)
