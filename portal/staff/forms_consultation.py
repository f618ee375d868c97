"""What is asked when a round of publicity changes: its last day, or the plan itself."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.staff.fields import DayInput
from portal.staff.forms import DraftForm
from portal.staff.forms_acts import ActForm
from portal.staff.hints import earliest_day
from tenders.law import day
from tenders.models import Answer, Consultation, PlanVersion


class ChangePlanForm(ActForm):
    is_substantial = forms.TypedChoiceField(
        label=gettext_lazy("这次改动是不是实质改动"),
        choices=(
            ("no", gettext_lazy("不是：在本轮之内公布新的一版")),
            ("yes", gettext_lazy("是：结束本轮，重新公示、重新征求意见")),
        ),
        coerce=lambda chosen: chosen == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("为什么这样认定"),
        help_text=gettext_lazy("随方案或者公告公布。"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def answers_with_changes(version: PlanVersion) -> QuerySet[Answer]:
    """Return the answers that promised a change of this project's plan."""
    promised = Answer.objects.filter(comment__consultation__project=version.project).exclude(change="")
    return promised.select_related("comment__consultation").order_by("comment__consultation__round", "comment__number")


class AnswersField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return _("第%(n)d号意见：%(change)s") % {"n": obj.comment.number, "change": obj.change}


class PlanVersionForm(DraftForm):
    answers = AnswersField(
        label=gettext_lazy("因哪些意见而改"),
        help_text=gettext_lazy("答复里写明要改方案的意见，勾选这一版已经照办的。"),
        queryset=Answer.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = PlanVersion
        fields = ("change_note", "minor_reason", "answers", "text", "explanation")
        widgets = {
            "change_note": forms.Textarea(attrs={"rows": 4}),
            "minor_reason": forms.Textarea(attrs={"rows": 4}),
            "text": forms.Textarea(attrs={"rows": 16}),
            "explanation": forms.Textarea(attrs={"rows": 6}),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["answers"].queryset = answers_with_changes(self.instance)  # type: ignore[attr-defined]
        self.initial["answers"] = list(self.instance.answers.values_list("pk", flat=True))
        self.fields["text"].required = False


class ChangePeriodForm(ActForm):
    closes_on = forms.DateField(label=gettext_lazy("新的截止日期"), widget=DayInput)
    reason = forms.CharField(
        label=gettext_lazy("改动期限的理由"),
        help_text=gettext_lazy("随公告公布。原定的截止日期一直公开可查。"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    shortened_reason = forms.CharField(
        label=gettext_lazy("不足法定天数的理由"),
        help_text=gettext_lazy("只有情况紧急等确需缩短到法定天数以下时才填写，随公告公布。"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    thing: Consultation

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["closes_on"].help_text = self.hint()

    def hint(self) -> str:
        """Say what the law leaves free, counted from the day on which comments were, or will be, opened."""
        opened_at = self.thing.opened_at
        start = day(opened_at) if opened_at else self.thing.opens_on
        earliest = earliest_day("PD-03", start, _("不另写理由，最早可截止于"))
        return "；".join(filter(None, (_("当日24时截止"), earliest)))

    def start(self) -> dict[str, Any]:
        return {"closes_on": self.thing.closes_on}
