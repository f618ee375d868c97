"""The bureau's own safeguards: the integrity contract, observers, objections and complaints."""

from integrity.models.attendance import Attendance, Observation, ObservationPhoto, items_for
from integrity.models.complaint import COMPLAINT_LABEL, Complaint, Examination
from integrity.models.contract import IntegrityContract
from integrity.models.invitation import Invitation, Recusal
from integrity.models.mandate import Mandate, MandateQuerySet
from integrity.models.matter import Matter, Turn
from integrity.models.objection import OBJECTION_LABEL, Capacity, Channel, Objection, ObjectionQuerySet

__all__ = [
    "COMPLAINT_LABEL",
    "OBJECTION_LABEL",
    "Attendance",
    "Capacity",
    "Channel",
    "Complaint",
    "Examination",
    "IntegrityContract",
    "Invitation",
    "Mandate",
    "MandateQuerySet",
    "Matter",
    "Objection",
    "ObjectionQuerySet",
    "Observation",
    "ObservationPhoto",
    "Recusal",
    "Turn",
    "items_for",
]
