"""The choice of what a comment is about, the same for residents and for staff."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from tenders.models import MAX_TOPICS, Comment


class TopicsField(forms.MultipleChoiceField):
    """One to three topics."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages: ClassVar = {
        "required": _("请至少选一个方面；都不合适就选“其他”。"),
        "invalid_choice": _("请从列出的方面里选。"),
        "invalid_list": _("请从列出的方面里选。"),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=Comment.Topic, **options)

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(set(value)) > MAX_TOPICS:
            raise forms.ValidationError(_("最多选%(most)d个方面。") % {"most": MAX_TOPICS}, code="too_many")
