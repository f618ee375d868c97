"""What is asked when comments are grouped and answered, and when their report is written."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.staff.fields import draft_field
from portal.staff.forms import DeskForm, DraftForm, Group, names_in
from portal.staff.forms_acts import ActForm, ActModelForm
from tenders.grouping import MAX_TITLE
from tenders.models import AdoptionReport, Answer, AnswerDraft, Comment, Consultation, Theme
from tenders.operations.answers import MAX_REASON

WORDS = ("outcome", "text", "change", "referral", "is_petition")


class GroupForm(DeskForm):
    """The comments that were ticked, and where they go. ``out`` takes them out of their themes."""

    comment = forms.ModelMultipleChoiceField(
        queryset=Comment.objects.none(), error_messages={"required": gettext_lazy("请先勾选意见。")}
    )
    theme = forms.ModelChoiceField(queryset=Theme.objects.none(), required=False)
    title = forms.CharField(max_length=MAX_TITLE, required=False)
    out = forms.BooleanField(required=False)

    def __init__(self, data: Any, *, consultation: Consultation) -> None:
        super().__init__(data)
        self.fields["comment"].queryset = consultation.comments.all()  # type: ignore[attr-defined]
        self.fields["theme"].queryset = consultation.themes.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        if not (asked.get("out") or asked.get("theme") or asked.get("title") or self.errors):
            raise forms.ValidationError(_("请选择一个主题，或者填写新主题的名称。"))
        return asked


THEME: tuple[Group, ...] = (
    (gettext_lazy("主题"), ("title", "summary")),
    (gettext_lazy("答复的草稿"), WORDS),
)


class ThemeForm(DraftForm):
    groups: ClassVar = THEME

    class Meta:
        model = Theme
        fields = names_in(THEME)
        formfield_callback = draft_field

    def clean_title(self) -> str:
        title = self.cleaned_data["title"]
        others = Theme.objects.filter(consultation=self.instance.consultation_id).exclude(pk=self.instance.pk)
        if others.filter(title=title).exists():
            raise forms.ValidationError(_("已经有叫这个名称的主题；要合为一个，请用“合并”。"))
        return title


class OwnAnswerForm(DraftForm):
    class Meta:
        model = AnswerDraft
        fields = WORDS
        formfield_callback = draft_field


class AnswerForm(ActModelForm):
    needed = ("outcome", "text")

    class Meta:
        model = Answer
        fields = WORDS

    def start(self) -> dict[str, Any]:
        """What was drafted for this comment."""
        draft = getattr(self.thing, "draft", None)
        return draft.words() if draft else {}


class AnswerThemeForm(ActForm):
    """Asks for nothing: what is given is the draft that the page shows, as long as it is still the same."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def start(self) -> dict[str, Any]:
        return {"revision": self.thing.revision}  # type: ignore[attr-defined]


class CorrectAnswerForm(ActModelForm):
    needed = ("outcome", "text")
    reason = forms.CharField(
        label=gettext_lazy("更正的理由"),
        help_text=gettext_lazy("随新的答复一起公开。原来的答复仍然看得到。"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=MAX_REASON,
    )

    class Meta:
        model = Answer
        fields = WORDS

    def start(self) -> dict[str, Any]:
        return self.thing.words()  # type: ignore[attr-defined]


class MergeForm(ActForm):
    into = forms.TypedChoiceField(label=gettext_lazy("并入"), coerce=int)

    def __init__(self, data: Any = None, *, thing: Theme, at: Any, files: Any = None) -> None:
        super().__init__(data, thing=thing, at=at, files=files)
        others = thing.consultation.themes.filter(answer=None).exclude(pk=thing.pk)
        self.fields["into"].choices = [(o.pk, o.title) for o in others]  # type: ignore[attr-defined]


REPORT: tuple[Group, ...] = (
    (gettext_lazy("总的情况"), ("overview",)),
    (gettext_lazy("论证和评估"), ("expert_ref", "risk_ref")),
    (gettext_lazy("编写和审核"), ("author", "reviewed_by")),
)


class AdoptionReportForm(DraftForm):
    groups: ClassVar = REPORT

    class Meta:
        model = AdoptionReport
        fields = names_in(REPORT)
        formfield_callback = draft_field
