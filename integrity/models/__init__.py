"""The bureau's own safeguards: the integrity contract beside the business contract, observers, objections."""

from integrity.models.attendance import Attendance, Observation
from integrity.models.contract import IntegrityContract
from integrity.models.invitation import Invitation
from integrity.models.objection import Objection, ObjectionQuerySet

__all__ = ["Attendance", "IntegrityContract", "Invitation", "Objection", "ObjectionQuerySet", "Observation"]
