"""Acts of inviting observers and answering them."""

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from integrity.operations import observers
from portal.staff import forms_acts as forms
from portal.staff.acts.act import (
    Act,
    by_number,
    of_package,
    own,
)
from portal.staff.finding import (
    find_invitation,
    find_observation,
    find_package,
)

OBSERVATION = "staff/about/observation.html"


WATCHING = (
    Act("invite", _("邀请监督单位"), find_package, forms.InviteForm, by_number(observers.invite), "observers", own),
    Act(
        "record-absence",
        _("登记未到场"),
        find_invitation,
        forms.AbsenceForm,
        by_number(observers.record_absence),
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
)
