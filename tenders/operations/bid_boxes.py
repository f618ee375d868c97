"""The box of a tender: made with the announcement, told of by ticks that tell nothing, emptied by the opening."""

from datetime import datetime, timedelta
from secrets import token_bytes
from typing import Any

from django.conf import settings
from django.db import transaction

from ledger.clock import wait_until
from ledger.models import Entry
from ledger.operations import record
from tenders import ticks
from tenders.boxes import digests_in
from tenders.gates.prequalification import bidder_has_passed
from tenders.models import Bid, BidBox, BidTick, Package, SealedBid, TrusteeKey, next_number
from tenders.operations.common import said_in_chinese
from tenders.revealing import long_lists
from tenders.sealing.head import Holder

TICK = "bids.tick"
SUBJECT = "bids"  # of the ticks: one entry is about all tenders, so that it says of none that something came
RARELY, LAST_HOUR, OFTEN = timedelta(minutes=5), timedelta(hours=1), timedelta(minutes=1)
MOST_BOXES = 300  # that one entry tells of; the others are told of in the next seconds
# What was at the door when the deadline came is let in first.
GRACE = timedelta(seconds=1)
DELIVERED_BY = "网上递交"  # a fact of the record, like all others in Chinese


def provide_bid_box(package: Package, at: datetime) -> None:
    """
    Give a tender that is being announced its box, and name its keys: those in use, if each holder has one.

    Requires the package's lock. Without all four keys bids come on paper only, and the ticks bind the register alone.
    """
    keys = list(TrusteeKey.objects.in_use())
    box = BidBox.objects.create(
        package=package,
        secret=token_bytes(ticks.SECRET_SIZE),
        last_value=ticks.FIRST.hex(),
        on_demo_calendar=settings.DEMO,
    )
    if {key.holder for key in keys} == set(Holder):
        box.keys.set(keys)


@transaction.atomic(durable=True)
def tick_boxes(*, actor: Any = None, at: datetime) -> Entry | None:
    """
    Bind ourselves to what lies in each box now, by one entry, if it is time for one. None if no box is due.

    Any number of workers may ask at once: they wait for each other at the boxes, and the second finds nothing due.
    Six queries for any number of boxes, beside the entry; one if none is due.
    """
    waiting = BidBox.objects.taking_bids().order_by("pk")
    due = [box.pk for box in waiting.select_related("package") if _is_due(box, at)][:MOST_BOXES]
    locked = waiting.filter(pk__in=due).select_for_update(of=("self",), no_key=True).select_related("package__project")
    made = _tick([box for box in locked if _is_due(box, at)], at) if due else []
    if not made:
        return None
    facts = {"ticks": [{"tender": t.box.package.path, "number": t.number, "tick": t.value} for t in made]}
    key = f"{TICK}:{made[0].box.package.path}:{made[0].number}"
    return record(TICK, subject=SUBJECT, actor=actor, at=at, facts=facts, key=key)


def _is_due(box: BidBox, at: datetime) -> bool:
    """Every five minutes, every minute in the last hour, and once more when nothing can come any longer."""
    due_at = box.package.bids_due_at
    if box.ticked_at is None or due_at is None:
        return due_at is not None
    if at >= due_at + GRACE:
        return True
    pause = OFTEN if due_at - box.ticked_at <= LAST_HOUR + OFTEN else RARELY
    return at >= box.ticked_at + pause and at <= due_at


def _tick(boxes: list[BidBox], at: datetime) -> list[BidTick]:
    """Make the next tick of each box, the last one if the deadline has passed. Requires the boxes locked for us."""
    digests = digests_in(boxes)
    made = [_next_tick(box, digests[box.pk], at) for box in boxes]
    BidBox.objects.bulk_update(boxes, ["last_tick", "last_value", "ticked_at", "closed_at"])
    return BidTick.objects.bulk_create(made)


def _next_tick(box: BidBox, digests: list[str], at: datetime) -> BidTick:
    number = box.last_tick + 1
    value = ticks.tick(ticks.nonce(bytes(box.secret), number), bytes.fromhex(box.last_value), digests)
    box.last_tick, box.last_value, box.ticked_at = number, value.hex(), at
    if box.package.bids_due_at and at >= box.package.bids_due_at + GRACE:
        box.closed_at = at
    return BidTick(box=box, number=number, value=box.last_value, digests=digests, made_at=at)


def take_out_sealed_bids(package: Package, at: datetime) -> None:
    """
    Close the box, if the clock has not done so yet, and make each bid in it one of the register, with a number.

    Requires the package's lock, in the transaction of the opening. Whoever has also been accepted on paper is held to
    what he brought himself: the envelope came with a person and an authority, the account with an e-mail address.
    """
    if package.bids_due_at:
        wait_until(package.bids_due_at + GRACE, most=GRACE)
    box = BidBox.objects.select_for_update(no_key=True).filter(package=package).first()
    if box is None:
        return
    box.package = package
    if box.closed_at is None:
        _tick([box], at)
    box.closed_at, box.emptied_at = box.closed_at or at, at
    box.save(update_fields=["closed_at", "emptied_at"])
    on_paper = set(package.bids.accepted().values_list("credit_code", flat=True))
    first = next_number(package.bids)
    for number, sealed in enumerate(package.sealed_bids.standing().order_by("received_at", "pk"), first):
        status = Bid.Status.WITHDRAWN if sealed.credit_code in on_paper else Bid.Status.ACCEPTED
        fault = said_in_chinese(bidder_has_passed, package, sealed.credit_code, at)
        sealed.bid = _as_bid(sealed, number, status, fault)
        sealed.save(update_fields=["bid"])
    box.lists = long_lists(package)
    box.save(update_fields=["lists"])


def _as_bid(sealed: SealedBid, number: int, status: Bid.Status, fault: str) -> Bid:
    """
    Return the line of a sealed bid. Of one who did not pass the prequalification it is refused (TBR 36).

    Only now: whoever asked before would learn who has passed, since an account is claimed and not proved.
    """
    return Bid.objects.create(
        package_id=sealed.package_id,
        number=number,
        form=Bid.Form.ELECTRONIC,
        bidder=sealed.bidder,
        organisation_id=sealed.organisation_id,
        credit_code=sealed.credit_code,
        arrived_at=sealed.received_at,
        delivered_by=DELIVERED_BY,
        received_by_id=sealed.submitted_by_id,
        status=Bid.Status.REFUSED if fault else status,
        refusal_reason=fault,
    )
