"""What an observer enters, before the opening and in its room, with one thumb."""

from typing import Any

from django import forms
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from integrity.models import Invitation, Observation
from integrity.operations.invitations import MOST_PEOPLE
from integrity.operations.observers import MOST_PHOTOS
from portal.public.fields import PlainText
from portal.staff.attachments import PicturesField

TEXT_MISSING = _("请写下您看到的情况。")


class SignInForm(forms.Form):
    remote = forms.ChoiceField(
        label=_("您怎样观看开标"),
        choices=[("", _("我在现场")), ("remote", _("我远程观看"))],
        required=False,
        widget=forms.RadioSelect,
    )
    code = forms.CharField(
        label=_("签到码"),
        help_text=_("开标室屏幕上的六位数字，每5分钟换一次。远程观看的不用填。"),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "num"}),
    )
    no_conflict = forms.BooleanField(
        label=_("我声明：与本项目、投标人没有利害关系。"),
        error_messages={"required": _("没有利害关系才能签到；有利害关系的，请在下面声明回避。")},
    )
    keeps_confidential = forms.BooleanField(
        label=_("我承诺：对依法应当保密的事项保密。"),
        error_messages={"required": _("作出保密承诺才能签到。")},
    )

    def clean_remote(self) -> bool:
        return self.cleaned_data["remote"] == "remote"

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if not typed.get("remote") and not typed.get("code", "").strip():
            self.add_error("code", _("在现场的，请填开标室屏幕上的签到码。"))
        return typed


class AnswerForm(forms.Form):
    """What an institution replies to its invitation."""

    reply = forms.ChoiceField(
        label=_("贵单位怎样参加"),
        choices=[
            (Invitation.Mode.PRESENT, _("派员到场")),
            (Invitation.Mode.REMOTE, _("远程观看")),
            (Invitation.Mode.SEAT_ONLY, _("只设监督席，不派员")),
            (Invitation.Mode.DECLINED, _("不参加")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择一项。")},
    )
    people = forms.IntegerField(
        label=_("参加人数"),
        min_value=1,
        max_value=MOST_PEOPLE,
        initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    reason = PlainText(
        label=_("不派员的原因"),
        most=200,
        required=False,
        help_text=_("不派员的请写明，会公开；不要写个人姓名。"),
    )

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("reply") in Invitation.WITHOUT_OBSERVER and not typed.get("reason"):
            self.add_error("reason", _("请写明不派员的原因。"))
        return typed


class DeputyForm(forms.Form):
    deputy_id = forms.TypedChoiceField(
        label=_("代我监督的人"), coerce=int, error_messages={"required": _("请选择一位同事。")}
    )

    def __init__(self, *args: Any, observer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = User.objects.filter(role=User.Role.OBSERVER, organisation=observer.organisation_id, is_active=True)
        choices = [(u.pk, f"{u} {u.post}".strip()) for u in colleagues.exclude(pk=observer.pk).order_by("pk")]
        self.fields["deputy_id"].choices = choices  # type: ignore[attr-defined]

    @property
    def has_colleagues(self) -> bool:
        return bool(self.fields["deputy_id"].choices)  # type: ignore[attr-defined]


class RecuseForm(forms.Form):
    is_sure = forms.BooleanField(
        label=_("本人与本项目或者投标人有利害关系，回避这次监督。声明以后不能撤回。"),
        error_messages={"required": _("请勾选声明。")},
    )


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
        help_text=_("写下即公开，不能修改。不要写评标专家的姓名和个人信息。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    photos = PicturesField(
        label=_("照片"),
        help_text=_("选填，最多4张。照片只存档、不公开，指纹写进公开账本，谁也换不掉。"),
        most=MOST_PHOTOS,
        required=False,
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
    wants_answer = forms.BooleanField(
        label=_("要求建设单位书面答复：5个工作日内答复，督办情况公开到办结为止。"), required=False
    )
    is_final = forms.BooleanField(
        label=_("我知道：提出以后不能修改。"), error_messages={"required": _("请确认您知道提出以后不能修改。")}
    )


class InsistForm(OnceForm):
    text = PlainText(
        label=_("为什么不认可"),
        most=1000,
        help_text=_("会公开。建设单位须重新答复，期限重新计算。"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写明为什么不认可。")},
    )
