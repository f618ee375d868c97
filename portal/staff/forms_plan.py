"""Drafts before the decision: the project, its funding, the plan for the consultation, the decision."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.staff.fields import YuanField, draft_field
from portal.staff.forms import DeskForm, DraftForm, Group, names_in
from portal.staff.hints import earliest_day
from publishing.money import yuan
from tenders.models import Consultation, Decision, FundingSource, PlanVersion, Project

PROJECT: tuple[Group, ...] = (
    (
        gettext_lazy("项目"),
        ("name", "name_en", "code", "site", "scale", "purpose", "basis", "estimate_fen"),
    ),
    (
        gettext_lazy("责任（随方案一并公布）"),
        ("leader_name", "leader_post", "responsible_name", "responsible_post", "sanctions", "hotline"),
    ),
    (gettext_lazy("联系方式"), ("contact_name", "contact_phone", "contact_address", "contact_email")),
)


class ProjectForm(DraftForm):
    groups: ClassVar = PROJECT

    class Meta:
        model = Project
        fields = names_in(PROJECT)
        formfield_callback = draft_field

    def hints(self) -> dict[str, str]:
        funded = sum(source.amount_fen for source in self.instance.funding.all())
        return {"estimate_fen": _("须与资金来源合计一致；资金来源现合计 %(sum)s 元。") % {"sum": yuan(funded)}}


class CodeForm(DraftForm):
    class Meta:
        model = Project
        fields = ("code",)


class FundingRow(DeskForm):
    name = forms.CharField(label=gettext_lazy("资金来源"), max_length=100, required=False)
    amount_fen = YuanField(label=gettext_lazy("金额（元）"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("name") and cleaned.get("amount_fen") is None and "amount_fen" not in self.errors:
            self.add_error("amount_fen", _("请填写金额。"))
        if cleaned.get("amount_fen") is not None and not cleaned.get("name"):
            self.add_error("name", _("请填写资金来源的名称。"))
        return cleaned


class FundingRows(forms.BaseFormSet):
    """All funding sources of a project at once; empty rows are left out."""

    title = gettext_lazy("资金来源")
    layout = "staff/parts/funding.html"

    def __init__(self, data: Any = None, *, owner: Project) -> None:
        self.owner = owner
        # Rows that are sent all count as new: compared with the stored ones, an unchanged one would be left out.
        initial = None if data is not None else list(owner.funding.values("name", "amount_fen"))
        super().__init__(data, prefix="funding", initial=initial)

    def save(self) -> None:
        rows = [row for row in self.cleaned_data if row.get("name") and not row.get("DELETE")]
        self.owner.funding.all().delete()
        FundingSource.objects.bulk_create(
            FundingSource(project=self.owner, name=row["name"], amount_fen=row["amount_fen"]) for row in rows
        )


FundingFormSet = forms.formset_factory(FundingRow, formset=FundingRows, extra=2, can_delete=True, max_num=50)


CONSULTATION: tuple[Group, ...] = (
    (gettext_lazy("公示与征求意见"), ("explanation", "opens_on", "closes_on", "shortened_reason", "channels")),
)


class ConsultationForm(DraftForm):
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("公布渠道"),
        choices=Consultation.Channel.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    groups: ClassVar = CONSULTATION

    class Meta:
        model = Consultation
        fields = names_in(CONSULTATION)
        formfield_callback = draft_field

    def hints(self) -> dict[str, str]:
        return {"closes_on": earliest_day("PD-03", self.instance.opens_on, _("最早可截止于"))}


class PlanForm(DeskForm, forms.ModelForm):
    """The text of the plan: the version that has not been published yet."""

    title = gettext_lazy("方案")
    layout = "staff/parts/form.html"

    class Meta:
        model = PlanVersion
        fields = ("text", "change_note")
        widgets = {"text": forms.Textarea(attrs={"rows": 16}), "change_note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, data: Any = None, *, owner: Consultation) -> None:
        plan = owner.current_plan()
        super().__init__(data, prefix="plan", instance=plan or PlanVersion(consultation=owner), empty_permitted=True)
        self.fields["text"].required = False

    def save(self, commit: bool = True) -> Any:
        """An empty text is no plan: there is then no version."""
        if self.cleaned_data.get("text", self.instance.text):  # what is sent unchanged is not cleaned
            return super().save(commit)
        if self.instance.pk:
            self.instance.delete()
        return self.instance


DECISION: tuple[Group, ...] = (
    (
        gettext_lazy("合法性审查与风险评估"),
        ("legality_sent_on", "legality_returned_on", "legality_opinion", "risk_assessment"),
    ),
    (gettext_lazy("集体决策"), ("decided_by", "decided_on", "text", "adoption")),
)


class DecisionForm(DraftForm):
    groups: ClassVar = DECISION

    class Meta:
        model = Decision
        fields = names_in(DECISION)
        formfield_callback = draft_field

    def hints(self) -> dict[str, str]:
        return {"decided_on": earliest_day("PD-10", self.instance.legality_sent_on, _("最早可决策于"))}
