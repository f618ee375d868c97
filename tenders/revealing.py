"""What the opening publishes of bids and of the box, so that anybody can replay the ticks before it."""

import json
from hashlib import sha256
from typing import Any

import rfc8785

from ledger.canonical import normalised
from ledger.models import Entry
from tenders import prequalified, register
from tenders.models import BidBox, Package, facts_of
from tenders.session import present
from tenders.ticks import Lying, spans

ROOM = 56 * 1024  # bytes for the facts of an entry, which has 64 KiB. What is longer goes into a file of lists
LISTS = "bids", "voided", "present", "applicants"  # what is listed of the opening, beside the digests of its box
ATTENDING = ("bidder", "authority", "remote", "signed_in_at")


def lying_in(box: BidBox) -> list[Lying]:
    """Return what lay in a box, and when, as its ticks say. One query."""
    return spans(box.ticks.order_by("number").values_list("digests", flat=True))


def opening_revealed(package: Package) -> dict[str, Any]:
    """
    What the entry of the opening says: the whole register, what was noted and came to nothing, who is there, and what
    the ticks were made of.

    Lists that do not fit are published as a file of their own, and the entry holds its digest.
    """
    told = _in_full(package)
    lists = _lists_of(told)
    return _shortened(told, lists) if lists else told


def long_lists(package: Package) -> str:
    """Return the file of what does not fit into the opening's entry, as canonical JSON; empty if all of it does."""
    return _lists_of(_in_full(package))


def bids_in(opened: Entry) -> list[dict[str, Any]]:
    """Return the register as an opening has revealed it, from its entry or from the file that this names."""
    return _listed(opened, "bids")


def voided_in(opened: Entry) -> list[dict[str, Any]]:
    """Return the noted arrivals that were declared void before the opening."""
    return _listed(opened, "voided")


def present_in(opened: Entry) -> list[dict[str, Any]]:
    """Return which bidders were there when the opening was announced."""
    return _listed(opened, "present")


def applicants_in(opened: Entry) -> list[dict[str, Any]]:
    """Return who had applied for the prequalification, if there was one."""
    return _listed(opened, "applicants")


def _listed(opened: Entry, name: str) -> list[dict[str, Any]]:
    facts = opened.facts
    if "lists" not in facts:
        return facts.get(name, [])
    kept = BidBox.objects.filter(package__in=Package.objects.named(opened.subject)).values_list("lists", flat=True)
    return json.loads(kept[0]).get(name, [])


def _in_full(package: Package) -> dict[str, Any]:
    bids = package.bids.select_related("package__project", "arrival").prefetch_related("photos")
    told = {
        "bids": [register.revealed(bid) for bid in bids],
        "voided": register.voided(package),
        "present": [facts_of(attendance, ATTENDING) for attendance in present(package)],
        "delay_reason": package.opening.delay_reason,
    }
    return told | prequalified.revealed(package) | sealed_bids_revealed(package)


def _lists_of(told: dict[str, Any]) -> str:
    said = normalised(told, "opening")
    if len(rfc8785.dumps(said)) <= ROOM:
        return ""
    lists = {name: said[name] for name in LISTS if name in said} | {"digests": said.get("box", {}).get("digests", [])}
    return rfc8785.dumps(lists).decode()


def _shortened(told: dict[str, Any], lists: str) -> dict[str, Any]:
    content = lists.encode()
    short = {**told, **{name: [] for name in LISTS if name in told}, "bid_count": len(told["bids"])}
    if "box" in told:
        short["box"] = {name: value for name, value in told["box"].items() if name != "digests"}
    return {**short, "lists": {"sha256": sha256(content).hexdigest(), "size": len(content)}}


def sealed_bids_revealed(package: Package) -> dict[str, Any]:
    """
    What the opening says of the box: nothing, if the tender has none.

    A box that was not emptied yet keeps its secrets, too, from who looks at what the entry will say.
    """
    box = BidBox.objects.filter(package=package).exclude(emptied_at=None).first()
    if box is None:
        return {}
    listed = list_of_digests(box)
    said = {"secret": bytes(box.secret).hex(), "last_tick": box.last_tick, "last_value": box.last_value}
    return {"box": {**said, "digests": listed, "digests_sha256": sha256(rfc8785.dumps(listed)).hexdigest()}}


def list_of_digests(box: BidBox) -> list[dict[str, Any]]:
    """
    Each digest with the ticks between which it lay in the box. Of a bid that stood also what its line is made of,
    and which one is its head.

    The rest of the line stands in the register: tender, credit code, moment of arrival.
    """
    stood = box.package.sealed_bids.exclude(bid=None).select_related("bid", "package__project").defer("head")
    told = {
        sealed.lying().digest: {
            "number": sealed.bid and sealed.bid.number,
            "bid": str(sealed.pk),
            "payload_sha256": sealed.payload_sha256,
            "bid_key": sealed.bid_key,
        }
        for sealed in stood
    }
    told |= {sealed.head_sha256: {"head_of": str(sealed.pk)} for sealed in stood}
    return [
        {"sha256": one.digest, "since": one.since, "until": one.until, **told.get(one.digest, {})}
        for one in lying_in(box)
    ]
