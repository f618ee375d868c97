"""The bureau's own safeguards: the integrity contract, observers, objections and complaints."""

from integrity.models.attendance import Attendance, Observation
from integrity.models.complaint import COMPLAINT_LABEL, Complaint, Examination
from integrity.models.contract import IntegrityContract
from integrity.models.invitation import Invitation
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
    "Objection",
    "ObjectionQuerySet",
    "Observation",
]
