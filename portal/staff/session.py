"""The chair's screen: where an opening session stands, and what may be done next. Only for those who run it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from integrity.models import Objection, Observation
from lifecycle.operations import refusals
from lifecycle.steps import STEPS
from statutes.refusal import unmet
from tenders.gates.opening import record_is_signed
from tenders.gates.session import READY_TO_SIGN, attendance_may_be_shown
from tenders.models import Bid, LineConfirmation, Package
from tenders.session import confirmations

INSTITUTION = "attendance__invitation__institution"


@dataclass(frozen=True)
class Stage:
    """A part of the session, and when it was done. ``left`` says how many there are still to do."""

    title: str | Promise
    done_at: datetime | None
    left: int = 0


@dataclass(frozen=True)
class Line:
    """A bid at the session, with what is to be done with it next."""

    bid: Bid
    intact: bool
    heard: LineConfirmation | None

    @property
    def next(self) -> str:
        """The name of the act that comes next; of an electronic bid that is not yet decrypted, none."""
        if self.bid.status != Bid.Status.ACCEPTED:
            return ""
        if not self.bid.opened_at:
            return "open-envelope" if self.bid.form == Bid.Form.PAPER else ""
        if not self.bid.read_at:
            return "read-bid"
        return "" if self.heard else "confirm-line"

    @property
    def is_to_be_read(self) -> bool:
        """Whether it waits to be opened or decrypted, or to be read aloud."""
        return self.bid.status == Bid.Status.ACCEPTED and not self.bid.read_at

    @property
    def is_to_be_heard(self) -> bool:
        """Whether the table enters what its bidder says there; whoever has bid by account confirms by account."""
        return self.next == "confirm-line" and self.bid.form == Bid.Form.PAPER


def session(package: Package, asked: Mapping[str, str], at: datetime) -> dict[str, Any]:
    """Of bids nothing before they are opened: neither how many there are nor who comes by an account of its own."""
    lines = lines_of(package) if package.is_opened else []
    stages = stages_of(package, lines)
    attending = package.bidder_attendances.all()
    if attendance_may_be_shown(package, at):
        attending = attending.filter(by_account=False)
    unanswered = Observation.objects.filter(attendance__invitation__package=package, replied_at=None)
    concerns = unanswered.filter(finding=Observation.Finding.CONCERN).select_related(INSTITUTION)
    objections = package.objections.filter(kind=Objection.Kind.OPENING)
    return {
        "at": at,
        "opening": package.opening,
        "is_running": package.state == Package.State.OPENING,
        "may_sign_in": package.state in {Package.State.ANNOUNCED, Package.State.OPENING},
        "stages": stages,
        "now": next((stage for stage in stages if stage.done_at is None), None),
        "next": next_of(package, lines, (*concerns, *objections.filter(answered_at=None)), at),
        "lines": lines,
        "attending": attending,
        "objections": objections,
        "concerns": concerns,
        "invitations": package.invitations.select_related("institution"),
    }


def next_of(package: Package, lines: list[Line], waiting: Sequence[Observation | Objection], at: datetime) -> Any:
    """
    Return the one thing to be done next: who waits for an answer, a bid's line, or the name of an act. May be nothing.

    ``waiting`` are those who are answered in the room.
    """
    if package.state == Package.State.ANNOUNCED:
        return "open_bids" if package.bids_due_at and package.bids_due_at <= at else ""
    if package.state != Package.State.OPENING:
        return ""
    return next((thing for thing in _in_order(package, lines, waiting) if thing), None) or _closing(package, at)


def _in_order(package: Package, lines: list[Line], waiting: Sequence[Any]) -> Iterator[Any]:
    opening = package.opening
    yield "check-seals" if not opening.seals_checked_at else ""
    yield from waiting
    yield from (line for line in lines if line.is_to_be_read)
    yield "announce-reserve-price" if opening.has_reserve_price and not opening.reserve_announced_at else ""
    yield from (line for line in lines if line.is_to_be_heard)


def _closing(package: Package, at: datetime) -> str:
    """Say whether it is time to sign the record, or nothing stands against publishing it."""
    if not unmet(READY_TO_SIGN, package, at) and record_is_signed(package, at) is not None:
        return "sign-record"
    return "" if refusals(package, STEPS["conclude_opening"], at=at) else "conclude_opening"


def lines_of(package: Package) -> list[Line]:
    """Return the bids in the order of the register. As many queries for three as for thirty."""
    heard, broken = confirmations(package), package.opening.broken_seals
    return [Line(bid, bid.number not in broken, heard.get(bid.number)) for bid in package.bids.all()]


def stages_of(package: Package, lines: list[Line]) -> list[Stage]:
    opening = package.opening
    taking_part = [line for line in lines if line.bid.status == Bid.Status.ACCEPTED]
    read_at = [line.bid.read_at for line in taking_part]
    heard_at = [line.heard.confirmed_at if line.heard else None for line in taking_part]
    reserve = [Stage(_("公布标底"), opening.reserve_announced_at)] if opening.has_reserve_price else []
    return [
        Stage(_("宣布开标，公布投标人名单"), package.opened_at),
        Stage(_("检查密封"), opening.seals_checked_at),
        _together(_("逐个拆封（解密）、唱标"), read_at),
        *reserve,
        _together(_("投标人确认"), heard_at),
        Stage(_("开标记录签字"), opening.signed_at),
        Stage(_("公布开标记录"), package.opening_concluded_at),
    ]


def _together(title: str | Promise, moments: list[datetime | None]) -> Stage:
    """Return a stage that is done with the last of its parts."""
    done = [moment for moment in moments if moment]
    left = len(moments) - len(done)
    return Stage(title, max(done) if done and not left else None, left)
