"""What is entered at the desk of the keys of sealed bids, and of the files that open them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from tenders.models import TrusteeKey
from tenders.sealing.exchange import LONGEST_FILE


class TrusteeKeyForm(forms.Form):
    holder = forms.ChoiceField(label=_("持有方"), choices=TrusteeKey.Held)
    organisation = forms.ModelChoiceField(
        label=_("持有单位"),
        queryset=Organisation.objects.exclude(kind=Organisation.Kind.COMPANY).order_by("kind", "name"),
        empty_label=_("请选择"),
    )
    recipient = forms.CharField(
        label=_("公钥"),
        max_length=80,
        help_text=_("以 age1 开头。登记即公开；登记前请对照持有单位盖章的函件逐字核对。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class RevokeKeyForm(forms.Form):
    reason = forms.CharField(
        label=_("停用原因"),
        max_length=200,
        help_text=_("公开，例如：U盘遗失；密钥可能泄露。不要写姓名和电话。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ExchangeForm(forms.Form):
    """A file of the opening day, as text. ``field_id`` names the field apart where two such forms are on one page."""

    file = forms.FileField(label=_("文件"), widget=forms.ClearableFileInput(attrs={"accept": ".json"}))

    def __init__(self, *args: Any, field_id: str = "", label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field_id:
            self.fields["file"].widget.attrs["id"] = field_id
            self.fields["file"].label = label

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LONGEST_FILE:
            raise forms.ValidationError(_("文件太大，不是开标用的文件。"))
        try:
            return file.read().decode()
        except UnicodeDecodeError as e:
            raise forms.ValidationError(_("这不是开标用的文件。")) from e
