"""
A project from its plan to the award: what the bureau drafts, what the public says, what bidders deliver.

State machines hold edges and the moment of each edge; what an edge demands stands in ``gates``, who may walk it and
what follows from it in ``lifecycle.steps``. Every object of a project has a ``path``, its name in the public record.
"""

from tenders.models.award import Award, Evaluation
from tenders.models.base import MAX_FEN, MAX_QUOTED, Drafted, Notice, facts_of, fen_field, in_record, last_moment
from tenders.models.bid import Bid, BidQuerySet, Opening
from tenders.models.comment import RECEIPT_ALPHABET, Answer, Comment, CommentQuerySet, new_receipt_code
from tenders.models.consultation import Consultation, PlanVersion, Rendering
from tenders.models.decision import Decision
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
from tenders.models.package import Clarification, Package, TenderDocument
from tenders.models.placement import Placement, PlacementPhoto
from tenders.models.project import Approval, FundingSource, Project, ProjectQuerySet
from tenders.models.review import Review

__all__ = [
    "APPLICATION_LABEL",
    "MAX_FEN",
    "MAX_QUOTED",
    "RECEIPT_ALPHABET",
    "Answer",
    "Approval",
    "Award",
    "Bid",
    "BidQuerySet",
    "Clarification",
    "Comment",
    "CommentQuerySet",
    "Consultation",
    "Decision",
    "Drafted",
    "Evaluation",
    "FundingSource",
    "Hearing",
    "HearingApplication",
    "HearingGroup",
    "HearingNeed",
    "HearingRecord",
    "HearingStatement",
    "HolidayYear",
    "Notice",
    "Opening",
    "Package",
    "ParticipantsList",
    "Placement",
    "PlacementPhoto",
    "PlanVersion",
    "Project",
    "ProjectQuerySet",
    "Rendering",
    "Review",
    "TenderDocument",
    "facts_of",
    "fen_field",
    "in_record",
    "last_moment",
    "masked_name",
    "new_receipt_code",
]
