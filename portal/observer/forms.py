"""What an observer enters in the opening room, with one thumb."""

from typing import Any

from django import forms
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from integrity.models import Observation
from portal.public.fields import PlainText

TEXT_MISSING = _("请写下您看到的情况。")


class SignInForm(forms.Form):
    remote = forms.ChoiceField(
        label=_("您怎样观看开标"),
        choices=[("", _("我在现场")), ("remote", _("我远程观看"))],
        required=False,
        widget=forms.RadioSelect,
    )
    no_conflict = forms.BooleanField(
        label=_("我声明：与本项目、投标人没有利害关系。"),
        error_messages={"required": _("没有利害关系才能签到；有利害关系的应当回避，请告诉主持人。")},
    )
    keeps_confidential = forms.BooleanField(
        label=_("我承诺：对依法应当保密的事项保密。"),
        error_messages={"required": _("作出保密承诺才能签到。")},
    )

    def clean_remote(self) -> bool:
        return self.cleaned_data["remote"] == "remote"


class OnceForm(forms.Form):
    """A form that is taken once, however often the button is pressed."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"].setdefault("token", get_random_string(22))
        super().__init__(*args, **kwargs)


class ObservationForm(OnceForm):
    item = forms.ChoiceField(choices=Observation.Item, widget=forms.HiddenInput)
    finding = forms.ChoiceField(choices=Observation.Finding, error_messages={"required": _("请按一个按钮。")})
    text = PlainText(
        label=_("情况说明"),
        most=1000,
        required=False,
        help_text=_("写下即公开，不能修改。开标前不要写投标人的名称和数量。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        needs_text = typed.get("finding") in {Observation.Finding.NOTE, Observation.Finding.CONCERN}
        if needs_text and not typed.get("text") and "text" not in self.errors:
            self.add_error("text", TEXT_MISSING)
        return typed


class OpinionForm(OnceForm):
    text = PlainText(
        label=_("监督意见"),
        most=2000,
        help_text=_("对这次开标的总的意见。只能提一次，提出即公开，任何人都不能修改，包括您自己。"),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("请写下您的意见。")},
    )
    is_final = forms.BooleanField(
        label=_("我知道：提出以后不能修改。"), error_messages={"required": _("请确认您知道提出以后不能修改。")}
    )
