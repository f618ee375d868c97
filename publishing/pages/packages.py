"""A tender, from its announcement to the two contracts. Of bids there is nothing here that the record does not say."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from contracts.models import Commencement, Contract, Document
from integrity.models import IntegrityContract, Matter
from ledger.models import Entry
from lifecycle.clocks import Days, calendar_once
from publishing.pages.facts import Line, lines, why_rejected, word
from publishing.pages.files import PublicFile, tender_documents_of
from publishing.pages.guests import Guest, guest_of, invitations_at_hand
from publishing.pages.hall import HELD, told_of
from publishing.pages.matters import Followed, followed
from publishing.pages.prequalified import Prequalified, prequalified
from publishing.pages.record import Record
from publishing.pages.remedies import Remedies, remedies_of
from publishing.pages.voided import voided_of
from tenders.models import CHECKED, Bid, Evaluation, Opening, Package, Project, facts_of
from tenders.revealing import bids_in

NOTICE = (
    "tender_number", "category", "track", "method", "method_ground", "method_reason", "approval_number",
    "estimate_fen", "limit_price_fen", "scope", "standard_text", "technical", "price_terms", "qualification",
    "consortium_allowed", "duration_days", "quality", "evaluation_method", "bid_validity_days", "bid_bond_fen",
    "documents_issued_on", "documents_until", "documents_from", "submission", "platform", "opening_place", "agency",
    "agency_contact", "self_filing", "objection_contact", "supervisor", "fairness_channel", "media",
)  # fmt: skip
OPENING = ("chair", "recorder", "bid_supervisor", "seals_checked_by", "seals_finding", "recording", "notes")
AWARDED = (
    "bidder", "credit_code", "price_fen", "duration_days", "quality", "project_manager", "manager_certificate", "rank",
)  # fmt: skip
CONTRACT = (
    "number", "owner", "contractor", "contractor_code", "price_fen", "price_form", "duration_days", "planned_start_on",
    "planned_completion_on", "quality", "project_manager", "payment_terms", "performance_bond_fen",
    "payment_guarantee", "warranty", "owner_signed_by", "contractor_signed_by", "owner_signed_on",
)  # fmt: skip
INTEGRITY_CONTRACT = (
    "number", "owner_supervision", "owner_supervision_phone", "contractor_supervision",
    "contractor_supervision_phone", "hotline", "hotline_address", "owner_liaison", "contractor_liaison",
    "further_terms", "owner_signed_by", "contractor_signed_by", "owner_signed_on",
)  # fmt: skip
COMMENCEMENT = ("permit_number", "permit_organ", "permit_on", "starts_on", "supervisor")


@dataclass(frozen=True)
class ReadBid:
    """A bid as the opening revealed it: its place in the register, then what was read aloud, if anything was."""

    registered: dict[str, Any]
    read: dict[str, Any]
    is_corrected: bool
    held: Entry | None = None  # it could not be decrypted, and takes no part

    @property
    def status(self) -> str:
        return told_of(self.held) if self.held else word(Bid, "status", self.registered["status"])

    @property
    def is_accepted(self) -> bool:
        return self.registered["status"] == Bid.Status.ACCEPTED and self.held is None


@dataclass(frozen=True)
class Tender:
    """What the public may see of a package."""

    package: Package
    state: str
    due_at: datetime | None
    notice: list[Line]
    files: list[PublicFile]
    clarifications: list[Entry]
    name: str
    guests: list[Guest]
    matters: list[Followed]
    bids: list[ReadBid]
    voided: list[dict[str, Any]]  # noted at the counter and declared void; nothing before the opening
    opening: list[Line]
    candidates: dict[str, Any]
    rejected: list[dict[str, str]]
    checks: list[Line]
    award: list[Line]
    winner: str  # who, and for how much
    award_reason: str
    award_items: str
    experts: list[str]
    revoked: list[Entry]
    remedies: Remedies
    contract: list[Line]
    integrity_contract: list[Line]
    papers: list[Document]
    failure: dict[str, Any]
    prequalification: Prequalified | None
    again: int | None  # the number of the package by which it was tendered again

    @property
    def bidding_is_over(self) -> bool:
        return self.package.is_opened or bool(self.failure)

    @property
    def opening_is_over(self) -> bool:
        return bool(self.candidates or self.failure)

    @property
    def matters_are_closed(self) -> bool:
        return all(followed.matter.is_closed for followed in self.matters)


def tenders_of(project: Project, record: Record, *, at: datetime) -> list[Tender]:
    """
    Return the tenders of a project that are announced, or whose prequalification is.

    As many queries for one package as for ten.
    """
    # not by way of the project, which may have fetched its packages with other things already
    packages = (
        Package.objects.filter(project=project)
        .before_the_public()
        .select_related("prequalification")
        .prefetch_related(
            Prefetch("invitations", invitations_at_hand()),
            Prefetch("matters", Matter.objects.select_related("observation", "attendance__invitation__institution")),
            "matters__turns",
            "documents",
        )
    )
    days = calendar_once()
    return [tender_of(package, record, at=at, days=days) for package in packages]


def tender_of(package: Package, record: Record, *, at: datetime, days: Days) -> Tender:
    path = package.path
    announced = record.facts("step.announce_tender", path)
    award = record.facts("step.award", path) if package.awarded_at else {}  # an award may have been taken back
    signed = record.facts("step.sign_contracts", f"{path}/contract")
    return Tender(
        package=package,
        state=(package.prequalification if is_draft(package) else package).get_state_display(),
        due_at=None if is_draft(package) else package.bids_due_at,
        notice=lines(Package, announced, NOTICE),
        files=tender_documents_of(package, record),
        clarifications=record.all("clarification.published", f"{path}/"),
        name=(announced or record.facts("step.publish_prequalification", path)).get("name", package.name),
        guests=[guest_of(invitation) for invitation in package.invitations.all()],
        matters=followed(package, at=at, days=days),
        bids=bids_of(package, record),
        voided=voided_of(package, record),
        opening=lines(Opening, record.facts("step.conclude_opening", path), OPENING),
        candidates=(published := record.facts("step.publish_candidates", path)),
        rejected=[{"bidder": bid["bidder"], "words": why_rejected(bid)} for bid in published.get("rejected", [])],
        checks=lines(Evaluation, published.get("checks", {}), CHECKED),
        award=lines(Bid, won := award.get("winner", {}), AWARDED),
        winner=_("，").join(line.value for line in lines(Bid, won, ("bidder", "price_fen"))),
        award_reason=award.get("reason", ""),
        award_items=award.get("items", ""),
        experts=award.get("experts", []),
        revoked=record.all("award.revoked", f"{path}/"),
        remedies=remedies_of(package, record, at=at, days=days),
        contract=lines(Contract, signed.get("contract", {}), CONTRACT),
        integrity_contract=lines(IntegrityContract, signed.get("integrity_contract", {}), INTEGRITY_CONTRACT),
        papers=[paper for paper in record.papers if f"{paper.subject}/".startswith(f"{path}/")],
        failure=record.facts("step.fail_tender", path),
        prequalification=prequalified(package, record),
        again=tendered_again(package, record),
    )


def is_draft(package: Package) -> bool:
    """Whether the tender itself is not announced, only its prequalification."""
    return package.state == Package.State.DRAFT


def tendered_again(package: Package, record: Record) -> int | None:
    """Return the number of the package that was announced as the repetition of this one."""
    announced = record.all("step.announce_tender")
    return next((e.facts["package"] for e in announced if e.facts.get("retender_of") == package.path), None)


def bids_of(package: Package, record: Record) -> list[ReadBid]:
    """
    Return the register that the opening revealed, with the newest reading of each bid. Before that, nothing.

    Envelopes that came after the opening, and were refused for that, stand behind those of the record.
    """
    opened = record.last("step.open_bids", package.path)
    if opened is None:
        return []
    readings: dict[int, list[Entry]] = {}
    for entry in record.all("bid.read", f"{package.path}/"):
        readings.setdefault(entry.facts["number"], []).append(entry)
    held = {entry.facts["number"]: entry for kind in HELD for entry in record.all(kind, f"{package.path}/")}
    register = bids_in(opened)
    refused = package.bids.filter(status=Bid.Status.REFUSED).exclude(number__in=[bid["number"] for bid in register])
    late = [facts_of(bid, ("number", "bidder", "arrived_at", "status", "refusal_reason")) for bid in refused]
    return [_read_bid(bid, readings.get(bid["number"], []), held.get(bid["number"])) for bid in (*register, *late)]


def _read_bid(registered: dict[str, Any], readings: list[Entry], held: Entry | None) -> ReadBid:
    return ReadBid(registered, readings[-1].facts if readings else {}, len(readings) > 1, held)


def starts_of(record: Record) -> list[list[Line]]:
    """Return the start of works for each contract."""
    contracts = record.facts("step.start_works").get("contracts", [])
    return [lines(Commencement, facts, COMMENCEMENT) for facts in contracts]
