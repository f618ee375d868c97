"""The form by which staff enter a machine of another office that is to be told of notices."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.staff.forms import DeskForm
from publishing.webhooks.addresses import LONGEST_URL, UnfitAddressError, target
from tenders.models import Project
from tenders.text import clean_text


class ProjectChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number} {obj.name}"


class WebhookForm(DeskForm):
    label = forms.CharField(
        label=_("接收单位"),
        max_length=100,
        help_text=_("哪个单位的哪个系统，例如“县融媒体中心采编系统”。"),
        error_messages={"required": _("请填写接收单位。")},
    )
    url = forms.CharField(
        label=_("推送网址"),
        help_text=_("对方给的网址，以 https:// 开头，须在公网上能访问。"),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("请填写推送网址。")},
    )
    project = ProjectChoice(
        label=_("哪个项目"), queryset=Project.objects.none(), required=False, empty_label=_("全部项目")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["project"].queryset = Project.objects.public().order_by("-number")  # type: ignore[attr-defined]

    def clean_label(self) -> str:
        try:
            return clean_text(self.cleaned_data["label"], most=100)
        except ValueError as e:
            raise forms.ValidationError(str(e)) from e

    def clean_url(self) -> str:
        """Look the address up now, so that a slip is seen at once; each call looks again."""
        url = self.cleaned_data["url"][: LONGEST_URL + 1]
        try:
            target(url)
        except UnfitAddressError as e:
            raise forms.ValidationError(str(e)) from e
        return url
