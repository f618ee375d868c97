"""Acts on objections and complaints."""

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from integrity.operations import complaints, objections
from portal.staff import forms_remedies as forms
from portal.staff.acts.act import MANAGER, Act, by_number, of_package, own
from portal.staff.finding import find_complaint, find_examination, find_objection, find_package
from portal.staff.forms_acts import ActForm

OBJECTION, COMPLAINT = "staff/about/objection.html", "staff/about/complaint.html"


OBJECTIONS = (
    Act(
        "receive-objection",
        _("登记异议"),
        find_package,
        forms.ObjectionForm,
        by_number(objections.receive_objection),
        "objections",
        own,
    ),
    Act(
        "answer-objection",
        _("答复异议"),
        find_objection,
        forms.AnswerObjectionForm,
        by_number(objections.answer_objection),
        "objections",
        of_package,
        OBJECTION,
        roles=MANAGER,
    ),
    Act(
        "turn-objector-away",
        _("异议不予受理"),
        find_objection,
        forms.TurnAwayForm,
        by_number(objections.turn_objector_away),
        "objections",
        of_package,
        OBJECTION,
        roles=MANAGER,
    ),
    Act(
        "withdraw-objection",
        _("登记异议人撤回"),
        find_objection,
        ActForm,
        by_number(objections.withdraw_objection),
        "objections",
        of_package,
        OBJECTION,
    ),
    Act(
        "receive-complaint",
        _("登记投诉"),
        find_package,
        forms.ComplaintForm,
        by_number(complaints.receive_complaint),
        "complaints",
        own,
    ),
    Act(
        "decide-acceptance",
        _("登记是否受理"),
        find_complaint,
        forms.AcceptanceForm,
        by_number(complaints.decide_acceptance),
        "complaints",
        of_package,
        COMPLAINT,
    ),
    Act(
        "begin-examination",
        _("登记检验、鉴定、评审开始"),
        find_complaint,
        forms.BeginExaminationForm,
        by_number(complaints.begin_examination),
        "complaints",
        of_package,
        COMPLAINT,
    ),
    Act(
        "end-examination",
        _("登记检验、鉴定、评审结束"),
        find_examination,
        forms.EndExaminationForm,
        by_number(complaints.end_examination),
        "complaints",
        attrgetter("complaint.package_id"),
    ),
    Act(
        "decide-complaint",
        _("公布投诉处理结果"),
        find_complaint,
        forms.DecideComplaintForm,
        by_number(complaints.decide_complaint),
        "complaints",
        of_package,
        COMPLAINT,
    ),
    Act(
        "withdraw-complaint",
        _("登记投诉人撤回"),
        find_complaint,
        forms.WithdrawComplaintForm,
        by_number(complaints.withdraw_complaint),
        "complaints",
        of_package,
        COMPLAINT,
    ),
)
