"""What is asked at the desk about objections and complaints. Names, contacts and words stay at the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from integrity.models import Channel, Complaint, Examination, Objection
from integrity.operations.complaints import Paper
from integrity.operations.objections import Party
from portal.staff.fields import DayInput
from portal.staff.forms_acts import YES_NO, ActForm, ActModelForm, is_yes
from tenders.models import Package

PARTY = ("contact", "capacity", "evidence", "channel")
PRIVATE = gettext_lazy("永远不公开。")


def yes_or_no(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=YES_NO, coerce=is_yes, widget=forms.RadioSelect)


class PartyForm(ActModelForm):
    """Who objects or complains, and as what."""

    channel = forms.ChoiceField(label=gettext_lazy("来源"), choices=[c for c in Channel.choices if c[0] != Channel.WEB])

    @property
    def answers(self) -> dict[str, Any]:
        typed = super().answers
        party = Party(**{name: typed.pop(name) for name in PARTY})
        return {**typed, "party": party}


class ObjectionForm(PartyForm):
    thing: Package

    class Meta:
        model = Objection
        fields = ("kind", "objector", "capacity", "contact", "text", "evidence", "channel")
        help_texts = {"objector": PRIVATE, "contact": PRIVATE, "text": PRIVATE}

    def start(self) -> dict[str, Any]:
        """While bids are being opened, what is objected to is the opening, by somebody in the room."""
        if self.thing.prequalifies:
            return {"kind": Objection.Kind.PREQUALIFICATION}
        is_in_session = self.thing.state == Package.State.OPENING
        return {"kind": Objection.Kind.OPENING, "channel": Channel.ON_THE_SPOT} if is_in_session else {}


class AnswerObjectionForm(ActModelForm):
    upheld = yes_or_no(gettext_lazy("异议成立"))
    needed = ("answer",)

    class Meta:
        model = Objection
        fields = ("answer", "upheld", "summary", "measures")
        help_texts = {"answer": gettext_lazy("只送异议人，不公开。")}


class TurnAwayForm(ActForm):
    answer = forms.CharField(
        label=gettext_lazy("不予受理的答复"),
        help_text=gettext_lazy("只送异议人，不公开；公开的是不予受理。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ComplaintForm(PartyForm):
    objection_number = forms.TypedChoiceField(
        label=gettext_lazy("先提出的异议"), coerce=int, empty_value=None, required=False
    )

    class Meta:
        model = Complaint
        fields = ("kind", "complainant", "capacity", "contact", "text", "evidence", "known_on", "channel")
        widgets = {"known_on": DayInput}
        help_texts = {"complainant": PRIVATE, "contact": PRIVATE, "text": PRIVATE}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        package: Any = self.thing
        numbers = [(o.number, f"{o.number}. {o.get_kind_display()}") for o in package.objections.all()]
        self.fields["objection_number"].choices = [("", "—"), *numbers]  # type: ignore[attr-defined]


class PaperForm(ActForm):
    """A paper of the supervisor."""

    organ = forms.CharField(label=gettext_lazy("处理投诉的部门"), max_length=120)
    number = forms.CharField(label=gettext_lazy("文书编号"), max_length=80)
    on = forms.DateField(label=gettext_lazy("文书日期"), widget=DayInput)

    def start(self) -> dict[str, Any]:
        return {"organ": getattr(self.thing, "handled_by", "")}

    @property
    def answers(self) -> dict[str, Any]:
        typed = super().answers
        paper = Paper(**{name: typed.pop(name) for name in ("organ", "number", "on")})
        return {**typed, "paper": paper}


class AcceptanceForm(PaperForm):
    accepted = yes_or_no(gettext_lazy("受理"))
    reason = forms.CharField(
        label=gettext_lazy("不予受理的理由（公开）"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class DecideComplaintForm(PaperForm):
    upheld = yes_or_no(gettext_lazy("投诉成立"))
    result = forms.CharField(
        label=gettext_lazy("处理结果（公开）"),
        help_text=gettext_lazy("不写投诉人，不写商业秘密。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class BeginExaminationForm(ActModelForm):
    class Meta:
        model = Examination
        fields = ("matter", "started_on")
        widgets = {"started_on": DayInput}


class EndExaminationForm(ActForm):
    ended_on = forms.DateField(label=gettext_lazy("结束日期"), widget=DayInput)


class WithdrawComplaintForm(ActForm):
    withdrawn_on = forms.DateField(label=gettext_lazy("投诉人撤回的日期"), widget=DayInput)
