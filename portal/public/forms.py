"""What a person types who holds a receipt."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.converters import receipt_code


class ReceiptForm(forms.Form):
    UNKNOWN = _("没有找到这个回执码，请对照回执再输入一次。")

    code = forms.CharField(
        label=_("回执码"),
        max_length=40,
        help_text=_("回执上的12位字母和数字，横线和大小写不影响。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("请输入回执码。")},
    )

    def clean_code(self) -> str:
        try:
            return receipt_code(self.cleaned_data["code"])
        except ValueError as e:
            raise forms.ValidationError(_("回执码应当是12位字母和数字，请对照回执再输入一次。")) from e
