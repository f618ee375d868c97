"""Acts on bids before they are opened."""

from django.utils.translation import gettext_lazy as _

from portal.staff import forms_acts as forms
from portal.staff.acts.act import Act, by_number, own
from portal.staff.finding import (
    find_package,
)
from tenders.operations.bids import register_bid

BIDDING = (
    Act(
        "register-bid",
        _("签收投标文件"),
        find_package,
        forms.RegisterBidForm,
        by_number(register_bid),
        "bids",
        own,
        public=False,
    ),
)
