"""Fields of the public's forms."""

from typing import Any

from django import forms

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
