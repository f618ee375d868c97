"""What the public's forms are made of."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tenders.text import clean_text


class PlainText(forms.CharField):
    """
    Text as :func:`tenders.text.clean_text` lets it pass.

    The browser is not told the limit: it would cut a pasted text in silence, where the form says how much is too much.
    """

    def __init__(self, *, most: int, **options: Any) -> None:
        super().__init__(strip=False, **options)
        self.most = most

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        if not text.strip():
            return ""
        try:
            return clean_text(text, most=self.most)
        except ValueError as e:
            raise forms.ValidationError(str(e), code="unclean") from e

    def run_validators(self, value: str) -> None:
        """Nothing more: clean_text has looked at every character, and answers with a better sentence."""


class PublicForm(forms.Form):
    """A form without an account: taken once under its token, and not from a machine that fills in all that it finds."""

    homepage = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))
    token = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_homepage(self) -> str:
        if self.cleaned_data["homepage"]:
            raise forms.ValidationError(_("请把这一栏清空再提交。"))
        return ""
