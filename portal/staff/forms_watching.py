"""What is asked in the register of observers: whom to invite, what they replied, what is answered to them."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from integrity.gates.observers import mandates_for
from integrity.models import Invitation
from integrity.operations.invitations import MOST_PEOPLE
from portal.staff.forms_acts import ActForm, ActModelForm
from tenders.models import Package


class InviteForm(ActModelForm):
    institution_id = forms.TypedChoiceField(label=_("受邀单位"), coerce=int)

    class Meta:
        model = Invitation
        fields = ("means",)

    field_order = ("institution_id", "means")

    def __init__(self, data: Any = None, *, thing: Package, at: datetime, files: Any = None) -> None:
        super().__init__(data, thing=thing, at=at, files=files)
        invited = thing.invitations.values("institution")
        waiting = mandates_for(thing, at).exclude(institution__in=invited).order_by("-is_required", "capacity", "pk")
        self.fields["institution_id"].choices = [(m.institution_id, m.institution.name) for m in waiting]  # type: ignore[attr-defined]


class EnterReplyForm(ActForm):
    """A reply that came on paper or by telephone."""

    reply = forms.ChoiceField(
        label=_("怎样参加"),
        choices=[(mode.value, mode.label) for mode in Invitation.REPLIES],
        widget=forms.RadioSelect,
    )
    people = forms.IntegerField(label=_("到场（远程）人数"), min_value=1, max_value=MOST_PEOPLE, initial=1)
    reason = forms.CharField(
        label=_("不到场的原因"), help_text=_("设席未到、谢绝的须写明，会公开。"), required=False, max_length=200
    )

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("reply") in Invitation.WITHOUT_OBSERVER and not typed.get("reason", "").strip():
            self.add_error("reason", _("不到场的，请写明原因。"))
        return typed


class AbsenceForm(ActModelForm):
    mode = forms.ChoiceField(
        label=_("出席情况"), choices=[(mode.value, mode.label) for mode in Invitation.WITHOUT_OBSERVER]
    )
    needed = ("reason",)

    class Meta:
        model = Invitation
        fields = ("mode", "reason")

    def start(self) -> dict[str, Any]:
        """What the institution has replied itself need not be typed again."""
        invitation: Any = self.thing
        known = invitation.reply in Invitation.WITHOUT_OBSERVER
        return {"mode": invitation.reply, "reason": invitation.reply_reason} if known else {}


class ReplyForm(ActForm):
    text = forms.CharField(label=_("答复"), widget=forms.Textarea(attrs={"rows": 4}))


class ReferForm(ActForm):
    text = forms.CharField(
        label=_("移交情况"),
        help_text=_("移交给哪个部门、文号或者受理编号；会公开。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CloseMatterForm(ActForm):
    text = forms.CharField(
        label=_("办结情况"),
        help_text=_("监督单位期满没有提出意见的，写明怎样处理的；会公开。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
