"""The small forms of the desk's own pages."""

from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.staff.fields import MomentInput
from portal.staff.forms import DeskForm


class NewProjectForm(DeskForm):
    name = forms.CharField(label=gettext_lazy("项目名称"), max_length=120)


class ClockForm(DeskForm):
    """Where a demo instance's calendar is to be put; ``back`` is the page to return to."""

    to = forms.DateTimeField(label=gettext_lazy("把演示日历拨到"), widget=MomentInput)
    back = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, now: datetime, back: str = "") -> None:
        super().__init__(data, auto_id="clock_%s", initial={"to": now, "back": back})
        self.now = now

    def clean_to(self) -> datetime:
        to = self.cleaned_data["to"]
        if to < self.now:
            raise forms.ValidationError(_("演示日历只能往前拨，不能倒回去。"))
        return to

    def clean_back(self) -> str:
        """Only an address of our own."""
        back = self.cleaned_data["back"]
        return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else reverse("desk")
