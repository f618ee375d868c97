"""What the public types. A form gives back what was typed, whatever is wrong with it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.converters import ReceiptCode, normalised
from portal.topics import TopicsField
from tenders.models import Comment
from tenders.text import clean_text

TEXT_LIMIT = 2000


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


class CommentForm(forms.Form):
    stance = forms.ChoiceField(
        label=_("您的态度"),
        required=False,
        choices=[*Comment.Stance.choices, ("", _("不表态"))],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("请从列出的态度里选一个。")},
    )
    topics = TopicsField(label=_("关于哪些方面"), help_text=_("最多选3个。"))
    text = PlainText(
        label=_("您的意见"),
        most=TEXT_LIMIT,
        help_text=_("想到什么写什么，最多2000字。请不要写身份证号、电话等个人信息。"),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("请写下您的意见。")},
    )
    name = PlainText(
        label=_("怎么称呼您（选填）"),
        most=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact = PlainText(
        label=_("电话或者邮箱（选填）"),
        most=120,
        required=False,
        help_text=_("只用来在需要时向您核实，永远不公开。"),
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )
    # Hidden from people; a machine fills in everything that it finds.
    homepage = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))
    token = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def chosen(self) -> dict[str, str]:
        """What the choices are called."""
        stances, topics = (dict(self.fields[name].choices) for name in ("stance", "topics"))  # type: ignore[attr-defined]
        chosen = [str(topics[topic]) for topic in self.cleaned_data["topics"]]
        return {"stance": stances[self.cleaned_data["stance"]], "topics": str(_("、")).join(chosen)}

    def clean_homepage(self) -> str:
        if self.cleaned_data["homepage"]:
            raise forms.ValidationError(_("请把这一栏清空再提交。"))
        return ""


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
        typed = "".join(c for c in normalised(self.cleaned_data["code"]) if c.isascii() and c.isalnum())
        try:
            return ReceiptCode().to_python(typed)
        except ValueError as e:
            raise forms.ValidationError(_("回执码应当是12位字母和数字，请对照回执再输入一次。")) from e
