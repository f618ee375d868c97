"""
The table of acts in the registers: what is asked, which operation takes it, to which register one comes back.

The steps of the procedure are not here: they stand in ``lifecycle.steps``.
"""

from portal.staff.acts.act import REVIEW_PREFIX, Act
from portal.staff.acts.award import AWARD
from portal.staff.acts.bidding import BIDDING
from portal.staff.acts.consultation import CONSULTATION
from portal.staff.acts.enquiry import ENQUIRY
from portal.staff.acts.hearing import HEARING
from portal.staff.acts.objections import OBJECTIONS
from portal.staff.acts.opening import OPENING
from portal.staff.acts.placing import PLACING
from portal.staff.acts.prequalification import PREQUALIFICATION
from portal.staff.acts.reviews import REVIEWS
from portal.staff.acts.taking_back import TAKING_BACK
from portal.staff.acts.tender import TENDER
from portal.staff.acts.watching import WATCHING

__all__ = ["ACTS", "REVIEW_PREFIX", "Act"]

ACTS = {
    act.name: act
    for act in (
        *CONSULTATION,
        *HEARING,
        *TENDER,
        *PREQUALIFICATION,
        *ENQUIRY,
        *BIDDING,
        *OPENING,
        *WATCHING,
        *OBJECTIONS,
        *AWARD,
        *PLACING,
        *TAKING_BACK,
        *REVIEWS,
    )
}
