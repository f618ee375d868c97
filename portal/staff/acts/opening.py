"""Acts of the opening session."""

from django.utils.translation import gettext_lazy as _

from portal.staff import forms_acts as forms
from portal.staff.acts.act import Act, by_number, of_package
from portal.staff.finding import (
    find_bid,
)
from tenders.operations.opening import read_bid

BID = "staff/about/bid.html"


OPENING = (Act("read-bid", _("唱标"), find_bid, forms.ReadBidForm, by_number(read_bid), "bids", of_package, BID),)
