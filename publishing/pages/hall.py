"""The page on which everybody follows an opening. It is made of the record, which is silent on bids until then."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from integrity.models import Objection
from ledger.models import Entry
from publishing.pages.acts import title
from publishing.pages.facts import Line, lines, word
from publishing.pages.guests import guest_of, invitations_at_hand
from publishing.pages.record import Record
from publishing.pages.remedies import outcome_of
from publishing.pages.voided import voided_of
from tenders.gates.sealed import REMEDY_TIME
from tenders.law import day
from tenders.models import Bid, BidBox, BidderAttendance, LineConfirmation, Opening, Package, Project
from tenders.revealing import bids_in, present_in

RESERVE_PRICE = "reserve-price.announced"
# What happens in a session, in its order
STAGES: tuple[tuple[str, str | Promise], ...] = (
    ("step.open_bids", _("宣布开标，公布投标人名单")),
    ("seals.checked", _("检查密封")),
    ("bid.opened", _("逐个拆封（解密）")),
    ("bid.read", _("唱标")),
    (RESERVE_PRICE, _("公布标底")),
    ("bid.confirmed", _("投标人确认")),
    ("opening.signed", _("开标记录签字")),
    ("step.conclude_opening", _("公布开标记录")),
)
OPENED = ("bid.opened", "bid.decrypted")
HELD = ("bid.held-revoked", "bid.held-withdrawn")  # they could not be decrypted, and take no part
UNDECRYPTABLE = "bid.undecryptable"
OF_SESSION = {*(kind for kind, _title in STAGES), *OPENED, *HELD, UNDECRYPTABLE, "bidder.signed-in"}
SEALS = ("seals_checker", "seals_checked_by", "seals_finding")
SESSION = ("chair", "recorder", "bid_supervisor", "recording", "notes")


@dataclass(frozen=True)
class Stage:
    """A part of the session: since when it has been going on, until when, and whether all of it is done."""

    title: str | Promise
    began: datetime | None
    last: datetime | None
    is_done: bool = False


@dataclass(frozen=True)
class HallBid:
    """A bid as the room has seen it. Of its ``readings`` the last one counts, the others stay beside it."""

    registered: dict[str, Any]
    opened: Entry | None
    readings: list[Entry] = field(default_factory=list)
    confirmed: Entry | None = None
    held: Entry | None = None
    failed: Entry | None = None  # its decryption

    @property
    def status(self) -> str:
        return told_of(self.held) if self.held else word(Bid, "status", self.registered["status"])

    @property
    def is_accepted(self) -> bool:
        return self.registered["status"] == Bid.Status.ACCEPTED and self.held is None

    @property
    def remedy_until(self) -> datetime | None:
        """Until when its bidder may open it with the own key, as long as that is open."""
        waits = self.failed and not (self.opened or self.held)
        return self.failed.at + REMEDY_TIME if waits and self.failed else None

    @property
    def means(self) -> str:
        return word(LineConfirmation, "means", self.confirmed.facts["means"]) if self.confirmed else ""


def announced_packages(project: Project) -> Any:
    """Return the packages of a project whose opening has been announced."""
    announced = Package.objects.filter(project=project).exclude(announced_at=None)
    return announced.select_related("project").order_by("number")


def hall_page(package: Package, record: Record, *, at: datetime) -> dict[str, Any]:
    """Return what the page of an opening says, in the language that is active. Bids cost no more queries."""
    project, path = package.project, package.path
    entries = [e for e in record.entries if e.kind in OF_SESSION and f"{e.subject}/".startswith(f"{path}/")]
    of_session, bids = {entry.seq for entry in entries}, bids_of(entries)
    concluded = record.facts("step.conclude_opening", path)
    return {
        "project": project,
        "package": package,
        "name": record.facts("step.announce_tender", path).get("name", package.name),
        "is_live": is_live(package, at),
        "stages": stages_of(entries, bids),
        "has_lists": "lists" in record.facts("step.open_bids", path),
        "delay_reason": record.facts("step.open_bids", path).get("delay_reason", ""),
        "present": present_of(entries),
        "guests": [guest_of(invitation) for invitation in invitations_at_hand().filter(package=package)],
        "seals": lines(Opening, record.facts("seals.checked", path), SEALS),
        "bids": bids,
        "voided": voided_of(package, record),
        "reserve": record.facts(RESERVE_PRICE, path),
        "objections": objections_of(path, record),
        "session": lines(Opening, concluded, SESSION),
        "failure": record.facts("step.fail_tender", path),
        "papers": [p for p in record.papers if p.subject == path and p.template.startswith("opening-")],
        "acts": [act for act in reversed(record.acts()) if act.seq in of_session],
    }


def lists_of(package: Package) -> str:
    """Return what the opening revealed beside its entry, because it was too long for one; else nothing. One query."""
    return BidBox.objects.filter(package=package).values_list("lists", flat=True).first() or ""


def is_live(package: Package, at: datetime) -> bool:
    """Whether something may happen any minute: on the day of the opening, and as long as the session goes on."""
    if package.state == Package.State.ANNOUNCED:
        return package.bids_due_at is not None and day(package.bids_due_at) == day(at)
    return package.state == Package.State.OPENING


def stages_of(entries: list[Entry], bids: list[HallBid]) -> list[Stage]:
    """Return the parts of the session. What is done with each bid is done when it is done with all that take part."""
    moments: dict[str, list[datetime]] = {}
    for entry in entries:
        moments.setdefault(OPENED[0] if entry.kind in OPENED else entry.kind, []).append(entry.at)
    taking_part = [bid for bid in bids if bid.is_accepted]
    left = {
        OPENED[0]: any(bid.opened is None for bid in taking_part),
        "bid.read": any(not bid.readings for bid in taking_part),
        "bid.confirmed": any(bid.confirmed is None for bid in taking_part),
    }
    return [
        Stage(title, moments[kind][0], moments[kind][-1], not left.get(kind))
        if kind in moments
        else Stage(title, None, None)
        for kind, title in STAGES
        if kind in moments or kind != RESERVE_PRICE
    ]


def present_of(entries: list[Entry]) -> list[Line]:
    """Return which bidders are there and in which capacity; never by whom."""
    came: list[dict[str, Any]] = []
    for entry in entries:
        if entry.kind == "step.open_bids":
            came += present_in(entry)
        elif entry.kind == "bidder.signed-in":
            came.append(entry.facts)
    return [Line(c["bidder"], _online(c) or word(BidderAttendance, "authority", c["authority"])) for c in came]


def _online(came: dict[str, Any]) -> str:
    return str(_("在线参加")) if came["remote"] else ""


def bids_of(entries: list[Entry]) -> list[HallBid]:
    """Return the register that the opening has revealed, with what has happened to each bid since."""
    register: list[dict[str, Any]] = next((bids_in(e) for e in entries if e.kind == "step.open_bids"), [])
    return [_bid(line, [e for e in entries if e.facts.get("number") == line["number"]]) for line in register]


def _bid(registered: dict[str, Any], entries: list[Entry]) -> HallBid:
    readings = [entry for entry in entries if entry.kind == "bid.read"]
    newest = readings[-1].seq if readings else None
    confirmed = [e for e in entries if e.kind == "bid.confirmed" and e.facts["reading"] == newest]
    first = {entry.kind: entry for entry in reversed(entries)}
    opened, held = (next((first[kind] for kind in kinds if kind in first), None) for kinds in (OPENED, HELD))
    return HallBid(
        registered, opened, readings, confirmed[-1] if confirmed else None, held, failed=first.get(UNDECRYPTABLE)
    )


def told_of(held: Entry) -> str:
    """Return what became of a bid that could not be decrypted, and why."""
    return f"{title(held)}{_('：')}{held.facts['remark']}"


def objections_of(path: str, record: Record) -> list[dict[str, Any]]:
    """Return the objections that were raised in the room: when, and what came of them. Words and names stay private."""
    answers = {e.facts["number"]: e for e in record.all("objection.answered", f"{path}/")}
    raised = [e for e in record.all("objection.received", f"{path}/") if e.facts["kind"] == Objection.Kind.OPENING]
    return [{"number": e.facts["number"], "at": e.at, **_outcome(answers.get(e.facts["number"]))} for e in raised]


def _outcome(answer: Entry | None) -> dict[str, Any]:
    if answer is None:
        return {}
    return {
        "answered_at": answer.at,
        "outcome": outcome_of(answer.facts),
        "summary": answer.facts.get("summary", ""),
    }
