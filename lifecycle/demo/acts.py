"""The acts of one project in a demo, each through the operation that people use."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from accounts.models import User
from contracts.models import Contract
from contracts.operations import return_bonds
from integrity.gates.observers import mandates_for
from integrity.models import Attendance, Complaint, Objection
from integrity.operations import matters
from integrity.operations.complaints import Paper, decide_acceptance, receive_complaint
from integrity.operations.drafting import draft_contracts
from integrity.operations.invitations import answer_invitation, invite, record_absence
from integrity.operations.objections import answer_objection, receive_objection
from integrity.operations.observers import observe, reply, sign_in, sign_out, state_opinion
from integrity.room import room_code
from ledger.models import Entry
from lifecycle.automatic import take_due
from lifecycle.demo.drafts import fill, photo
from lifecycle.demo.people import People
from lifecycle.operations import take
from lifecycle.steps import STEPS
from tenders.findings import findings_of
from tenders.gates import is_released
from tenders.gates.fairness import competition_is_reviewed
from tenders.gates.plan import consultation_of
from tenders.grouping import group
from tenders.models import (
    AdoptionReport,
    Answer,
    Bid,
    BidBond,
    Clause,
    Comment,
    CommitteeDraw,
    Package,
    Placement,
    Project,
    Question,
    RequiredPlacement,
    StayGround,
    TenderReport,
    Theme,
    Withholding,
)
from tenders.operations.answers import answer_comment, answer_theme
from tenders.operations.award import deliver_letter, submit_tender_report
from tenders.operations.bidders import confirm_line, sign_in_bidder
from tenders.operations.bids import register_bid
from tenders.operations.bonds import receive_bond, return_bond
from tenders.operations.clarifications import Detail, ask_question, publish_clarification
from tenders.operations.comments import mask_comment, receive_comment, show_comment
from tenders.operations.evaluation import Draw, Person, draw_experts
from tenders.operations.fairness import review_fairness
from tenders.operations.opening import check_seals, open_envelope, read_bid, sign_record
from tenders.operations.period import change_period
from tenders.operations.placements import end_placement, record_placement, waive_placement
from tenders.operations.plan import publish_approval
from tenders.operations.review import review
from tenders.operations.rounds import draft_revision
from tenders.operations.withholding import confirm_withholding, propose_withholding
from tenders.personal import Kind
from tenders.proof import announcement_of

RELEASED = "不涉密，不含应当保护的个人信息。"


@dataclass
class Acts:
    """A project on its path, with the people who act on it."""

    project: Project
    people: People

    def step(self, name: str, at: datetime, *, subject: Any = None, reason: str = "") -> Any:
        step = STEPS[name]
        actor = self.people.leader if step.role == User.Role.LEADER else self.people.manager
        self.release(step.reviewed(subject or self.project), at)
        taken = take(step, (subject or self.project).pk, actor=actor, at=at, reason=reason)
        self.project = Project.objects.get(pk=self.project.pk)
        return taken

    def release(self, documents: Any, at: datetime) -> None:
        """Let the reviewer release what is not released as it stands. All landlines in it are those of offices."""
        for document in documents:
            if isinstance(document, Package) and competition_is_reviewed(document, at):
                self.review_fairness(document, at)
            if is_released(document, at):
                lines = [found for found in findings_of(document) if found.kind == Kind.LANDLINE]
                grounds = {found.key: StayGround.OFFICE.value for found in lines}
                review(document, released=True, actor=self.people.reviewer, at=at, remark=RELEASED, grounds=grounds)

    def review_fairness(self, package: Package, at: datetime) -> None:
        """Let the reviewer find every clause kept."""
        findings = {clause.value: ("kept", "") for clause in Clause}
        review_fairness(package.pk, findings=findings, actor=self.people.reviewer, at=at)

    def by_clock(self, at: datetime) -> None:
        """Let the clock take what is due, as beat does every few seconds."""
        take_due(at=at)
        self.project = Project.objects.get(pk=self.project.pk)

    # -- the plan after its publicity

    def move_end(self, at: datetime, closes_on: date, reason: str) -> None:
        consultation = consultation_of(self.project)
        change_period(consultation.pk, closes_on=closes_on, reason=reason, actor=self.people.manager, at=at)

    def revise(self, at: datetime, minor_reason: str, answers: Iterable[Answer] = (), **written: str) -> None:
        """Publish the next version of the plan within its round."""
        consultation = consultation_of(self.project)
        version = draft_revision(consultation.pk, minor_reason=minor_reason, actor=self.people.manager, at=at)
        fill(version, **written)
        version.answers.set(answers)
        self.step("revise_plan", at, subject=version)

    # -- comments

    def comment(self, at: datetime, text: str, **details: Any) -> Comment:
        staff = self.people.clerk if details.get("channel", "web") != "web" else None
        return receive_comment(consultation_of(self.project).pk, text=text, at=at, actor=staff, **details)

    def show(self, comment: Comment, at: datetime) -> None:
        show_comment(comment.pk, actor=self.people.clerk, at=at)

    def mask(self, comment: Comment, at: datetime, text: str, ground: str = "privacy") -> None:
        mask_comment(comment.pk, text=text, ground=ground, actor=self.people.clerk, at=at)

    def withhold(self, comment: Comment, at: datetime, ground: str, *, why: str = "全文都是，遮盖后没有可读的") -> None:
        """Let the clerk propose and the reviewer confirm it. What is private is masked wholly in the attempt."""
        draft = Withholding(comment=comment, ground=ground, insufficient=why, attempt="█" * len(comment.text))
        proposed = propose_withholding(draft, actor=self.people.clerk, at=at)
        confirm_withholding(proposed.pk, actor=self.people.reviewer, at=at)

    def answer(
        self, comment: Comment, at: datetime, outcome: str, text: str, change: str = "", *, referral: str = ""
    ) -> None:
        manager = self.people.manager
        answer_comment(comment.pk, outcome=outcome, text=text, change=change, referral=referral, actor=manager, at=at)

    def group(self, comments: Iterable[Comment], at: datetime, title: str, summary: str) -> Theme:
        """Put comments into a theme, and sum up what they say."""
        consultation = self.project.consultations.get()
        group(consultation.pk, [comment.pk for comment in comments], title=title, actor=self.people.clerk, at=at)
        theme = consultation.themes.get(title=title)
        fill(theme, summary=summary)
        return theme

    def answer_theme(self, theme: Theme, at: datetime, outcome: str, text: str, change: str = "") -> None:
        answer_theme(theme.pk, outcome=outcome, text=text, change=change, actor=self.people.manager, at=at)

    def report(self, at: datetime, overview: str, **details: str) -> None:
        """Publish what became of the comments of the only round."""
        consultation = self.project.consultations.get()
        signed = {"author": "规划财务股", "reviewed_by": "副局长"}
        AdoptionReport.objects.create(consultation=consultation, overview=overview, **signed | details)
        self.step("publish_adoption_report", at, subject=self.project.consultations.get())

    def approve(self, at: datetime, title: str, number: str, organ: str, **details: Any) -> None:
        publish_approval(
            self.project.pk,
            title=title,
            number=number,
            organ=organ,
            approved_on=at.date(),
            actor=self.people.manager,
            at=at,
            **details,
        )

    # -- tender

    def ask(self, package: Package, at: datetime, text: str) -> Question:
        """Ask about the tender documents, as anybody may on the website."""
        return ask_question(package.pk, text=text, at=at)

    def clarify(self, package: Package, at: datetime, text: str, *answers: Question, **detail: str) -> None:
        """Publish a clarification that leaves the deadline where it is, to all who have asked and to all others."""
        publish_clarification(
            package.pk,
            text=text,
            affects_bids=False,
            detail=Detail(**detail),
            answers=[question.number for question in answers],
            actor=self.people.manager,
            at=at,
        )

    def invite_all(self, package: Package, at: datetime) -> None:
        for mandate in mandates_for(package, at).required():
            invite(package.pk, mandate.institution_id, means="letter", actor=self.people.clerk, at=at)

    def receive_bid(self, package: Package, at: datetime, bidder: str, credit_code: str, delivered_by: str) -> Bid:
        return register_bid(
            package.pk,
            bidder=bidder,
            credit_code=credit_code,
            envelopes=2,
            sealed=True,
            delivered_by=delivered_by,
            actor=self.people.clerk,
            at=at,
        )

    def attend(self, package: Package, at: datetime, bidder: str, credit_code: str, representative: str) -> None:
        """Sign a bidder's representative in at the table."""
        sign_in_bidder(
            package.pk,
            bidder=bidder,
            credit_code=credit_code,
            representative=representative,
            authority="authorised",
            actor=self.people.clerk,
            at=at,
        )

    def check_seals(self, package: Package, at: datetime, finding: str = "密封完好") -> None:
        check_seals(package.pk, seals_checker="bidders", seals_finding=finding, actor=self.people.clerk, at=at)

    def open_and_read(
        self, bid: Bid, at: datetime, price_fen: int, project_manager: str, certificate: str, **details: Any
    ) -> None:
        """Open an envelope and read what is in it."""
        open_envelope(bid.pk, actor=self.people.clerk, at=at)
        self.read(bid, at, price_fen, project_manager, certificate, **details)

    def confirm(self, bid: Bid, at: datetime, means: str = "signed") -> None:
        confirm_line(bid.pk, means=means, actor=self.people.clerk, at=at)

    def sign_record(self, package: Package, at: datetime) -> None:
        sign_record(package.pk, signers=("chair", "recorder", "supervisor"), actor=self.people.clerk, at=at)

    def receive_bond(self, package: Package, at: datetime, bidder: str, credit_code: str, **details: Any) -> BidBond:
        given = {"amount_fen": package.bid_bond_fen, "received_on": at.date(), "from_basic_account": True} | details
        draft = BidBond(package=package, bidder=bidder, credit_code=credit_code, **given)
        return receive_bond(draft, actor=self.people.clerk, at=at)

    def return_bonds(self, contract: Contract, at: datetime, interest_fen: int) -> None:
        """Give all bonds back with the same interest, where they bear any, and tell the public."""
        for bond in contract.package.bonds.open():
            interest = None if bond.is_letter else interest_fen
            return_bond(bond.pk, returned_on=at.date(), interest_fen=interest, actor=self.people.clerk, at=at)
        return_bonds(contract.pk, actor=self.people.clerk, at=at)

    def read(
        self, bid: Bid, at: datetime, price_fen: int, project_manager: str, certificate: str, **details: Any
    ) -> None:
        read: dict[str, Any] = {"duration_days": 90, "quality": "合格", "bond_fen": 20_000_000, "remark": ""} | details
        read_bid(
            bid.pk,
            price_fen=price_fen,
            project_manager=project_manager,
            manager_certificate=certificate,
            actor=self.people.clerk,
            at=at,
            **read,
        )

    def draw_experts(self, package: Package, at: datetime, draw: Draw, members: tuple[Person, ...]) -> CommitteeDraw:
        return draw_experts(package.pk, draw, members, actor=self.people.clerk, at=at)

    def hand_over_letter(self, bid: Bid, at: datetime, received_by: str) -> None:
        deliver_letter(bid.pk, means="hand", received_by=received_by, actor=self.people.clerk, at=at)

    def report_tender(self, package: Package, at: datetime, overview: str, submitted_to: str, receipt: str) -> None:
        """Send the report to the supervising department. The digest is that of its text: papers are made above."""
        TenderReport.objects.create(package=package, overview=overview)
        digest = sha256(overview.encode()).hexdigest()
        told = {"submitted_to": submitted_to, "receipt": receipt, "sha256": digest}
        submit_tender_report(package.pk, **told, actor=self.people.clerk, at=at)

    # -- outside of the site

    def place(self, announced: str, kind: str, place: str, posted_at: datetime, at: datetime, **details: Any) -> None:
        """Enter where the newest act of a kind was put up, with a picture from the demo's folder."""
        photos, alt = photo(details.pop("picture", ""))
        entry = Entry.objects.about(self.project.path).filter(kind=announced).order_by("seq").last()
        draft = Placement(project=self.project, announced=entry, kind=kind, place=place, posted_at=posted_at, **details)
        draft.photo_alt = alt
        record_placement(draft, photos, actor=self.people.clerk, at=at)

    def prove(self, name: str, posted_at: datetime, at: datetime, **details: Any) -> None:
        """Enter the proof of a place that the plan has announced."""
        photos, alt = photo(details.pop("picture", ""))
        required = RequiredPlacement.objects.get(consultation__project=self.project, place__name=name)
        known = {"required": required, "kind": required.place.kind, "place": name, "photo_alt": alt}
        announced = announcement_of(required.consultation)
        draft = Placement(project=self.project, announced=announced, posted_at=posted_at, **known, **details)
        record_placement(draft, photos, actor=self.people.clerk, at=at)

    def waive(self, name: str, at: datetime, reason: str) -> None:
        required = RequiredPlacement.objects.get(consultation__project=self.project, place__name=name)
        waive_placement(required.pk, reason=reason, actor=self.people.manager, at=at)

    def take_away(self, place: str, at: datetime, reason: str) -> None:
        placement = self.project.placements.get(place=place)
        end_placement(placement.pk, ended_at=at, reason=reason, actor=self.people.clerk, at=at)

    # -- observers

    def sign_in(self, package: Package, observer: User, at: datetime) -> Attendance:
        invitation = package.invitations.get(institution=observer.organisation)
        declared = {"no_conflict": True, "keeps_confidential": True}
        code = room_code(package, at)
        return sign_in(invitation.pk, remote=False, code=code, actor=observer, at=at, **declared)

    def answer_invitation(self, package: Package, observer: User, at: datetime, reply: str, reason: str = "") -> None:
        invitation = package.invitations.get(institution=observer.organisation)
        answer_invitation(invitation.pk, reply=reply, reason=reason, actor=observer, at=at)

    def absent(self, package: Package, observer: User, at: datetime, reason: str) -> None:
        invitation = package.invitations.get(institution=observer.organisation)
        record_absence(invitation.pk, mode="absent", reason=reason, actor=self.people.clerk, at=at)

    def observe(self, attendance: Attendance, at: datetime, item: str, finding: str = "fine", text: str = "") -> Any:
        return observe(attendance.pk, item=item, finding=finding, text=text, actor=attendance.observer, at=at)

    def reply(self, observation: Any, at: datetime, text: str) -> None:
        reply(observation.pk, text=text, actor=self.people.manager, at=at)

    def accept(self, observation: Any, at: datetime, text: str) -> None:
        """Let the observer who has raised a concern be content with what was done about it."""
        observer = observation.attendance.observer
        matters.accept(observation.matter.pk, text=text, actor=observer, at=at)

    def leave(self, attendance: Attendance, at: datetime, opinion: str) -> None:
        state_opinion(attendance.pk, text=opinion, actor=attendance.observer, at=at)
        sign_out(attendance.pk, actor=attendance.observer, at=at)

    # -- objections and contracts

    def object(self, package: Package, at: datetime, kind: str, objector: str, text: str) -> Objection:
        return receive_objection(package.pk, kind=kind, objector=objector, text=text, actor=self.people.clerk, at=at)

    def settle(
        self, objection: Objection, at: datetime, answer: str, *, upheld: bool = False, summary: str = ""
    ) -> None:
        told = {"answer": answer, "upheld": upheld, "summary": summary}
        answer_objection(objection.pk, **told, actor=self.people.manager, at=at)  # type: ignore[arg-type]

    def complain(self, objection: Objection, at: datetime, complainant: str, text: str) -> Complaint:
        """Enter a complaint over the answer to an objection, as the supervisor has passed it on."""
        return receive_complaint(
            objection.package_id,
            kind=objection.kind,
            complainant=complainant,
            text=text,
            known_on=at.date(),
            objection_number=objection.number,
            actor=self.people.clerk,
            at=at,
        )

    def reject(self, complaint: Complaint, at: datetime, organ: str, number: str, reason: str) -> None:
        """Enter that the supervisor does not take a complaint on."""
        paper = Paper(organ, number, at.date())
        decide_acceptance(complaint.pk, accepted=False, paper=paper, reason=reason, actor=self.people.clerk, at=at)

    def draft_contracts(self, package: Package) -> Contract:
        return draft_contracts(package.pk, actor=self.people.clerk)
