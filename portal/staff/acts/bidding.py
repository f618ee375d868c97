"""Acts at the counter: envelopes and bid bonds come in and go back. None is public before the opening."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from portal.staff import forms_register as forms
from portal.staff.acts.act import Act, by_number, of_package, own
from portal.staff.finding import find_arrival, find_bid, find_bond, find_package
from portal.staff.forms_acts import ActForm
from tenders.gates.placement import Photo
from tenders.models import Arrival, BidBond, Package
from tenders.operations import bids, bonds

ARRIVAL = "staff/about/arrival.html"
BID = "staff/about/envelope.html"
BOND = "staff/about/bond.html"


def register_bid(thing: Package, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    photos = [Photo(kept.file, kept.sha256) for kept in answers.pop("photos")]
    return bids.register_bid(thing.pk, **answers, photos=photos, actor=actor, at=at)


def register_arrival(thing: Arrival, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    return register_bid(thing.package, {**answers, "arrival_id": thing.pk}, actor, at)


def receive_bond(thing: Package, answers: dict[str, Any], actor: User, at: datetime) -> Any:
    return bonds.receive_bond(BidBond(package=thing, **answers), actor=actor, at=at)


BIDDING = (
    Act(
        "note-arrival",
        _("封套到了"),
        find_package,
        ActForm,
        by_number(bids.note_arrival),
        "bids",
        own,
        public=False,
    ),
    Act(
        "register-bid",
        _("签收投标文件"),
        find_package,
        forms.RegisterBidForm,
        register_bid,
        "bids",
        own,
        public=False,
    ),
    Act(
        "register-arrival",
        _("签收投标文件"),
        find_arrival,
        forms.RegisterArrivalForm,
        register_arrival,
        "bids",
        of_package,
        ARRIVAL,
        public=False,
    ),
    Act(
        "void-arrival",
        _("作废这次送达"),
        find_arrival,
        forms.VoidArrivalForm,
        by_number(bids.void_arrival),
        "bids",
        of_package,
        ARRIVAL,
        public=False,
    ),
    Act(
        "withdraw-bid",
        _("登记撤回投标文件"),
        find_bid,
        forms.WithdrawBidForm,
        by_number(bids.withdraw_bid),
        "bids",
        of_package,
        BID,
        public=False,
    ),
    Act(
        "receive-bond",
        _("登记收到保证金"),
        find_package,
        forms.ReceiveBondForm,
        receive_bond,
        "bonds",
        own,
        public=False,
    ),
    Act(
        "return-bond",
        _("登记退还保证金"),
        find_bond,
        forms.ReturnBondForm,
        by_number(bonds.return_bond),
        "bonds",
        of_package,
        BOND,
        public=False,
    ),
    Act(
        "keep-bond",
        _("登记不予退还"),
        find_bond,
        forms.KeepBondForm,
        by_number(bonds.keep_bond),
        "bonds",
        of_package,
        BOND,
        public=False,
    ),
    Act(
        "announce-refunds",
        _("公告保证金已经退还"),
        find_package,
        ActForm,
        by_number(bonds.announce_refunds),
        "bonds",
        own,
    ),
)
