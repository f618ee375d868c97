"""Acts of inviting observers, answering them, and following up what they found."""

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from integrity.operations import invitations, matters, observers
from portal.staff import forms_watching as forms
from portal.staff.acts.act import MANAGER, Act, Role, by_number, of_package, own
from portal.staff.finding import find_invitation, find_matter, find_observation, find_package

OBSERVATION, MATTER = "staff/about/observation.html", "staff/about/matter.html"


WATCHING = (
    Act("invite", _("邀请监督单位"), find_package, forms.InviteForm, by_number(invitations.invite), "observers", own),
    Act(
        "enter-reply",
        _("登记监督单位的回复"),
        find_invitation,
        forms.EnterReplyForm,
        by_number(invitations.answer_invitation),
        "observers",
        of_package,
    ),
    Act(
        "record-absence",
        _("登记未到场"),
        find_invitation,
        forms.AbsenceForm,
        by_number(invitations.record_absence),
        "observers",
        of_package,
    ),
    Act(
        "reply",
        _("答复监督记录"),
        find_observation,
        forms.ReplyForm,
        by_number(observers.reply),
        "observers",
        attrgetter("attendance.invitation.package_id"),
        OBSERVATION,
    ),
    Act(
        "answer-matter",
        _("答复监督事项"),
        find_matter,
        forms.ReplyForm,
        by_number(matters.answer_matter),
        "observers",
        of_package,
        MATTER,
        roles=MANAGER,
    ),
    Act(
        "refer-matter",
        _("移交行政监督部门"),
        find_matter,
        forms.ReferForm,
        by_number(matters.refer),
        "observers",
        of_package,
        MATTER,
        roles=MANAGER,
    ),
    Act(
        "close-matter",
        _("监督事项期满办结"),
        find_matter,
        forms.CloseMatterForm,
        by_number(matters.close_in_silence),
        "observers",
        of_package,
        MATTER,
        roles=(Role.LEADER,),
    ),
)
