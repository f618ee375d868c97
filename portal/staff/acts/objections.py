"""Acts on objections."""

from django.utils.translation import gettext_lazy as _

from integrity.operations.objections import answer_objection, receive_objection
from portal.staff import forms_acts as forms
from portal.staff.acts.act import MANAGER, Act, by_number, of_package, own
from portal.staff.finding import (
    find_objection,
    find_package,
)

OBJECTION = "staff/about/objection.html"


OBJECTIONS = (
    Act(
        "receive-objection",
        _("登记异议"),
        find_package,
        forms.ObjectionForm,
        by_number(receive_objection),
        "objections",
        own,
    ),
    Act(
        "answer-objection",
        _("答复异议"),
        find_objection,
        forms.AnswerObjectionForm,
        by_number(answer_objection),
        "objections",
        of_package,
        OBJECTION,
        roles=MANAGER,
    ),
)
