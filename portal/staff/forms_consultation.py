"""What is asked when a round of publicity changes: its last day, or the plan itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.staff.fields import DayInput
from portal.staff.forms_acts import ActForm
from portal.staff.hints import earliest_day
from tenders.law import day
from tenders.models import Consultation


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
