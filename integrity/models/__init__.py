"""The bureau's own safeguards: the integrity contract beside the business contract, observers, objections."""

from integrity.models.attendance import Attendance, Observation, ObservationPhoto
from integrity.models.contract import IntegrityContract
from integrity.models.invitation import Invitation, Recusal
from integrity.models.mandate import Mandate, MandateQuerySet
from integrity.models.matter import Matter, Turn
from integrity.models.objection import Objection, ObjectionQuerySet

__all__ = [
    "Attendance",
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
]
