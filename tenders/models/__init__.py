"""
A project from its plan to the award: what the bureau drafts, what the public says, what bidders deliver.

State machines hold edges and the moment of each edge; what an edge demands stands in ``gates``, who may walk it and
what follows from it in ``lifecycle.steps``. Every object of a project has a ``path``, its name in the public record.
"""

from tenders.models.answer import Answer, AnswerWords
from tenders.models.award import Award, AwardLetter, TenderReport
from tenders.models.base import (
    MAX_FEN,
    MAX_QUOTED,
    Drafted,
    Notice,
    facts_of,
    fen_field,
    first_moment,
    in_full,
    in_record,
    last_moment,
    next_number,
)
from tenders.models.bid import Bid, BidQuerySet
from tenders.models.bond import BidBond
from tenders.models.comment import (
    MAX_TOPICS,
    RECEIPT_ALPHABET,
    AnswerDraft,
    Comment,
    CommentQuerySet,
    CommentScan,
    new_receipt_code,
)
from tenders.models.committee import CommitteeDraw, CommitteeMember
from tenders.models.consultation import Consultation, PeriodChange, PlanVersion, Rendering, RenderingQuerySet
from tenders.models.decision import Decision
from tenders.models.enquiry import QUESTION_LABEL, Clarification, Question
from tenders.models.evaluation import CHECKED, CHECKS, Check, Evaluation
from tenders.models.fairness import Clause, FairnessFinding, FairnessReview
from tenders.models.hearing import (
    APPLICATION_LABEL,
    Hearing,
    HearingApplication,
    HearingGroup,
    HearingNeed,
    HearingRecord,
    HearingStatement,
    ParticipantsList,
    masked_name,
)
from tenders.models.holidays import HolidayYear
from tenders.models.method import GROUNDS, TENDERS, WITHOUT_COMPETITION, Category, Ground, Method, Organising, Track
from tenders.models.moderation import Inquiry, Withholding
from tenders.models.of_package import NumberedInPackage, OfPackage
from tenders.models.opening import BidderAttendance, LineConfirmation, Opening
from tenders.models.package import CHOSEN, DEMANDING, PLANNED, Package, TenderDocument, is_before_the_public
from tenders.models.placement import Placement, PlacementPhoto
from tenders.models.posting import PostingPlace, RequiredPlacement
from tenders.models.prequalification import OF_THE_PACKAGE, Applicant, Prequalification
from tenders.models.project import Approval, FundingSource, Project, ProjectQuerySet
from tenders.models.register import Arrival, BidPhoto
from tenders.models.report import AdoptionReport
from tenders.models.review import MAY_STAY, FileScan, FindingKind, Review, ReviewFinding, StayGround
from tenders.models.sealed import (
    BidBox,
    BidTick,
    BidUpload,
    PeeledWraps,
    SealedBid,
    SealedBidQuerySet,
    TrusteeKey,
)
from tenders.models.standstill import Ending, Suspension
from tenders.models.theme import Theme

__all__ = [
    "APPLICATION_LABEL",
    "CHECKED",
    "CHECKS",
    "CHOSEN",
    "DEMANDING",
    "GROUNDS",
    "MAX_FEN",
    "MAX_QUOTED",
    "MAX_TOPICS",
    "MAY_STAY",
    "OF_THE_PACKAGE",
    "PLANNED",
    "QUESTION_LABEL",
    "RECEIPT_ALPHABET",
    "TENDERS",
    "WITHOUT_COMPETITION",
    "AdoptionReport",
    "Answer",
    "AnswerDraft",
    "AnswerWords",
    "Applicant",
    "Approval",
    "Arrival",
    "Award",
    "AwardLetter",
    "Bid",
    "BidBond",
    "BidBox",
    "BidPhoto",
    "BidQuerySet",
    "BidTick",
    "BidUpload",
    "BidderAttendance",
    "Category",
    "Check",
    "Clarification",
    "Clause",
    "Comment",
    "CommentQuerySet",
    "CommentScan",
    "CommitteeDraw",
    "CommitteeMember",
    "Consultation",
    "Decision",
    "Drafted",
    "Ending",
    "Evaluation",
    "FairnessFinding",
    "FairnessReview",
    "FileScan",
    "FindingKind",
    "FundingSource",
    "Ground",
    "Hearing",
    "HearingApplication",
    "HearingGroup",
    "HearingNeed",
    "HearingRecord",
    "HearingStatement",
    "HolidayYear",
    "Inquiry",
    "LineConfirmation",
    "Method",
    "Notice",
    "NumberedInPackage",
    "OfPackage",
    "Opening",
    "Organising",
    "Package",
    "ParticipantsList",
    "PeeledWraps",
    "PeriodChange",
    "Placement",
    "PlacementPhoto",
    "PlanVersion",
    "PostingPlace",
    "Prequalification",
    "Project",
    "ProjectQuerySet",
    "Question",
    "Rendering",
    "RenderingQuerySet",
    "RequiredPlacement",
    "Review",
    "ReviewFinding",
    "SealedBid",
    "SealedBidQuerySet",
    "StayGround",
    "Suspension",
    "TenderDocument",
    "TenderReport",
    "Theme",
    "Track",
    "TrusteeKey",
    "Withholding",
    "facts_of",
    "fen_field",
    "first_moment",
    "in_full",
    "in_record",
    "is_before_the_public",
    "last_moment",
    "masked_name",
    "new_receipt_code",
    "next_number",
]
