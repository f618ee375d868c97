"""Who watched an opening. Of observers the public learns the office, not the name (《个人信息保护法》第十三条)."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from integrity.models import Attendance, Invitation, Observation
from publishing.pages.wording import moment


@dataclass(frozen=True)
class Guest:
    """An invited institution, what came of the invitation, and what its observers said."""

    institution: str
    capacity: str
    outcome: str  # empty as long as it is only invited
    was_there: bool
    reason: str
    reply: str
    recused: int  # of its people, who have declared an interest
    observers: list[str]
    remarks: list[Observation]
    opinions: list[str]


def invitations_at_hand() -> QuerySet[Invitation]:
    """Return invitations with all that a guest is made of. Four queries for any number."""
    return Invitation.objects.select_related("institution", "mandate").prefetch_related(
        "recusals", "attendances__observer", "attendances__observations"
    )


def guest_of(invitation: Invitation) -> Guest:
    """Return a guest. No query for one of ``invitations_at_hand``."""
    attendances = list(invitation.attendances.all())
    return Guest(
        institution=invitation.institution.name,
        capacity=invitation.mandate.get_capacity_display() if invitation.mandate else "",
        outcome=invitation.get_mode_display(),
        was_there=bool(attendances),
        reason=invitation.reason,
        reply="" if invitation.mode else _reply(invitation),
        recused=len(invitation.recusals.all()),
        observers=[_presence(attendance) for attendance in attendances],
        remarks=[o for a in attendances for o in a.observations.all() if o.finding != Observation.Finding.FINE],
        opinions=[attendance.opinion for attendance in attendances if attendance.opinion],
    )


def _reply(invitation: Invitation) -> str:
    """Say what an institution has replied, as long as nobody knows whether it came."""
    reply = invitation.get_reply_display()
    return f"{reply}（{invitation.reply_reason}）" if invitation.reply_reason else reply


def _presence(attendance: Attendance) -> str:
    """Say in which office somebody watched, from when until when."""
    office = attendance.observer.post or attendance.observer.get_role_display()
    office += _("（代为监督）") if attendance.is_deputy else ""
    times = {"office": office, "start": moment(attendance.signed_in_at), "end": moment(attendance.signed_out_at)}
    if attendance.signed_out_at is None:
        return _("%(office)s，%(start)s签到") % times
    return _("%(office)s，%(start)s签到，%(end)s签退") % times
