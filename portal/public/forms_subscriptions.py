"""The form by which somebody asks for notices by mail."""

import re
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.converters import normalised
from portal.public.fields import PublicForm
from publishing.mail.subscribing import Wish
from publishing.models import Subscription
from tenders.models import Project

Scope = Subscription.Scope
LONGEST_KEYWORD = 20
# It is written in a mail to an address that somebody else may have entered: no link, no sentence.
KEYWORD = re.compile(r"[^\W_]([\w \-]*[^\W_])?")


class ProjectChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number} {obj.name}"


class SubscribeForm(PublicForm):
    address = forms.EmailField(
        label=_("邮箱地址"),
        max_length=254,
        help_text=_("只用来发公告，不公开，不交给别人；退订时从系统里删去。"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"required": _("请填写邮箱地址。"), "invalid": _("邮箱地址写得不对，例如 name@example.com。")},
    )
    scope = forms.ChoiceField(
        label=_("想收到哪些公告"),
        choices=Scope,
        initial=Scope.ALL,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项。"), "invalid_choice": _("请从列出的里面选一项。")},
    )
    project = ProjectChoice(
        label=_("哪个项目（订一个项目时选）"),
        queryset=Project.objects.none(),
        to_field_name="number",
        required=False,
        empty_label=_("请选择"),
        error_messages={"invalid_choice": _("请从列出的项目里选一个。")},
    )
    keyword = forms.CharField(
        label=_("哪个词（按词订阅时填）"),
        required=False,
        help_text=_("比如“陵园”“养老”“监理”，最多20个字，不用标点。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    rhythm = forms.TypedChoiceField(
        label=_("多久发一次"),
        choices=Subscription.Rhythm,
        coerce=int,
        initial=Subscription.Rhythm.IMMEDIATELY,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项。"), "invalid_choice": _("请从列出的里面选一项。")},
    )

    NEEDED: ClassVar = {
        Scope.PROJECT: ("project", _("请选一个项目。")),
        Scope.KEYWORD: ("keyword", _("请填一个词。")),
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["project"].queryset = Project.objects.public().order_by("-number")  # type: ignore[attr-defined]

    def clean_address(self) -> str:
        """Return the address with its domain in the form that mail servers know, which has no letters but ASCII."""
        local, _at, domain = self.cleaned_data["address"].rpartition("@")
        try:
            return f"{local}@{domain.encode('idna').decode().lower()}"
        except UnicodeError as e:
            raise forms.ValidationError(_("邮箱地址写得不对，例如 name@example.com。")) from e

    def clean_keyword(self) -> str:
        keyword = normalised(self.cleaned_data["keyword"])
        if keyword and (len(keyword) > LONGEST_KEYWORD or not KEYWORD.fullmatch(keyword)):
            raise forms.ValidationError(_("请只写一个词：最多20个汉字、字母或者数字，不用标点。"))
        return keyword

    def clean(self) -> dict[str, Any]:
        """Miss what the chosen scope needs; what it does not need is passed over."""
        answers = self.cleaned_data
        name, message = self.NEEDED.get(answers.get("scope", ""), ("", ""))
        if name and name not in self.errors and not answers.get(name):
            self.add_error(name, str(message))
        return answers

    @property
    def wish(self) -> Wish:
        answers, scope = self.cleaned_data, self.cleaned_data["scope"]
        return Wish(
            scope=scope,
            rhythm=answers["rhythm"],
            language=get_language() or "zh-hans",
            project=answers["project"] if scope == Scope.PROJECT else None,
            keyword=answers["keyword"] if scope == Scope.KEYWORD else "",
        )


class RhythmForm(forms.Form):
    """One subscription on the page where its owner looks after it."""

    subscription = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    rhythm = forms.TypedChoiceField(label=_("多久发一次"), choices=Subscription.Rhythm, coerce=int)
