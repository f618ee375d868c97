"""What is asked from the draw of experts to the notices of the result."""

import re
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.staff.fields import DayInput, draft_field
from portal.staff.forms import DeskForm, DraftForm
from portal.staff.forms_acts import ActForm, ActModelForm
from tenders.models import AwardLetter, Bid, CommitteeDraw, CommitteeMember, Evaluation, TenderReport
from tenders.operations.evaluation import Person

SEPARATORS = re.compile(r"[，,；;\t|]")
Kind = CommitteeMember.Kind
KINDS = {Kind.TECHNICAL: ("技术", "technical"), Kind.ECONOMIC: ("经济", "economic")}  # by how either word begins


class PeopleField(forms.CharField):
    """One person on each line, the parts with commas between them. Cleans to a list of ``Person``."""

    widget = forms.Textarea(attrs={"rows": 5, "autocomplete": "off"})

    def __init__(self, *, are_experts: bool, **options: Any) -> None:
        self.are_experts = are_experts
        super().__init__(max_length=4000, **options)

    def clean(self, value: Any) -> list[Person]:
        lines = [line for line in super().clean(value).splitlines() if line.strip()]
        return [self.person(number, line) for number, line in enumerate(lines, start=1)]

    def person(self, number: int, line: str) -> Person:
        parts = [part.strip() for part in SEPARATORS.split(line)] + ["", "", ""]
        name, employer, third, fourth = parts[:4]
        if not name or not employer:
            raise forms.ValidationError(_("第%(n)d行至少要有姓名和工作单位，中间用逗号隔开。") % {"n": number})
        if not self.are_experts:
            return Person(Kind.OWNER, name, employer, third)
        kind = next((kind for kind, words in KINDS.items() if third.lower().startswith(words)), None)
        if kind is None:
            raise forms.ValidationError(_("第%(n)d行的第三项请写“技术”或者“经济”。") % {"n": number})
        return Person(kind, name, employer, fourth)


class DrawExpertsForm(ActModelForm):
    experts = PeopleField(
        label=gettext_lazy("抽中的专家"),
        help_text=gettext_lazy("每行一人：姓名，工作单位，技术（或者经济），专业。名单在结果确定前保密。"),
        are_experts=True,
    )
    representatives = PeopleField(
        label=gettext_lazy("招标人代表"),
        help_text=gettext_lazy("选填，每行一人：姓名，工作单位，专业。"),
        are_experts=False,
        required=False,
    )

    class Meta:
        model = CommitteeDraw
        fields = ("pool", "reference", "requirement", "drawn_at", "watched_by", "reason")
        formfield_callback = draft_field
        help_texts: ClassVar = {
            "watched_by": gettext_lazy("选填，写单位，不写人名。"),
            "reason": gettext_lazy("第一次抽取不填；补抽的必须写明，不要提到人名和投标人。"),
        }

    def start(self) -> dict[str, Any]:
        return {"drawn_at": self.at}

    def clean_drawn_at(self) -> datetime:
        drawn_at = self.cleaned_data["drawn_at"]
        if drawn_at > self.at:
            raise forms.ValidationError(_("抽取时间不能晚于现在。"))
        return drawn_at


class WithdrawMemberForm(ActForm):
    ground = forms.ChoiceField(label=gettext_lazy("退出的原因"), choices=CommitteeMember.Ground.choices)


class MemberSignature(DeskForm, forms.ModelForm):
    """What a member declares and signs. The member is known here by number only: who it is, is secret (EM-03)."""

    class Meta:
        model = CommitteeMember
        fields = ("declares_no_interest", "signature", "dissent")
        formfield_callback = draft_field


class CommitteeRows(forms.BaseModelFormSet):
    """The declarations and signatures of those who sit on the committee."""

    title = gettext_lazy("评标委员会成员的声明和签字")
    layout = "staff/parts/committee.html"

    def __init__(self, data: Any = None, *, owner: Evaluation) -> None:
        super().__init__(data, prefix="committee", queryset=owner.package.committee.standing())


CommitteeFormSet = forms.modelformset_factory(
    CommitteeMember, form=MemberSignature, formset=CommitteeRows, extra=0, edit_only=True
)


class DeliverLetterForm(ActModelForm):
    class Meta:
        model = AwardLetter
        fields = ("means", "received_by")
        help_texts: ClassVar = {"received_by": gettext_lazy("选填，不公开。")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        by_hand = [choice for choice in AwardLetter.Means.choices if choice[0] != AwardLetter.Means.ACCOUNT]
        self.fields["means"] = forms.ChoiceField(label=gettext_lazy("送达方式"), choices=by_hand)


class SubmitReportForm(ActModelForm):
    needed = ("submitted_to",)

    class Meta:
        model = TenderReport
        fields = ("submitted_to", "receipt")
        help_texts: ClassVar = {"receipt": gettext_lazy("选填，收文单位给的编号。")}

    def start(self) -> dict[str, Any]:
        return {"submitted_to": self.thing.supervisor.split()[0] if self.thing.supervisor else ""}  # type: ignore[attr-defined]


class ExtendValidityForm(ActForm):
    until = forms.DateField(label=gettext_lazy("投标有效期延长至"), widget=DayInput)
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("会公开。先书面征得投标人同意；不同意的，其投标失效，退还保证金。"),
    )


class RevokeAwardForm(ActForm):
    ground = forms.ChoiceField(label=gettext_lazy("取消中标资格的情形"), choices=Bid.PassedOver.choices)
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("会公开，不能撤回。"),
    )


class TenderReportForm(DraftForm):
    class Meta:
        model = TenderReport
        fields = ("overview", "findings")
        formfield_callback = draft_field
