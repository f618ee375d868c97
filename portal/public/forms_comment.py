"""The comment form: on several screens of a phone, each of which holds all that was typed on the others."""

from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from portal.converters import normalised
from portal.public.fields import PlainText, PublicForm
from portal.topics import TopicsField
from tenders.models import Comment
from tenders.operations.comments import MAX_COMMENT

LAST = "check"


class CommentForm(PublicForm):
    """``SCREENS`` says what is asked on which screen, in their order; the last one asks nothing and shows all."""

    SCREENS: ClassVar[dict[str, tuple[str, ...]]] = {
        "stance": ("stance", "topics"),
        "text": ("text", "homepage"),
        "contact": ("name", "contact"),
        LAST: (),
    }
    KEPT: ClassVar = ("text", "stance", "topics", "name", "contact")

    stance = forms.ChoiceField(
        label=_("您的态度"),
        required=False,
        choices=[*Comment.Stance.choices, ("", _("不表态"))],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("请从列出的态度里选一个。")},
    )
    topics = TopicsField(label=_("关于哪些方面"), help_text=_("最多选3个；都不选就算“其他”。"), required=False)
    text = PlainText(
        label=_("您的意见"),
        most=MAX_COMMENT,
        help_text=_("想到什么写什么，最多2000字。会公开，请不要写身份证号、电话等个人信息。"),
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
        label=_("邮箱或者电话（选填）"),
        most=120,
        required=False,
        help_text=_("写邮箱的，答复会发到邮箱；写电话的，只在需要向您核实时打。"),
        widget=forms.TextInput(attrs={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_topics(self) -> list[str]:
        return self.cleaned_data["topics"] or [Comment.Topic.OTHER.value]

    def clean_contact(self) -> str:
        """Return a contact with plain digits and signs: people type ``１３８…`` and ``＠``."""
        contact = normalised(self.cleaned_data["contact"])
        if "@" in contact and not is_mail_address(contact):
            raise ValidationError(_("邮箱地址写得不对，例如 name@example.com。"))
        return contact

    def reached(self, wanted: str) -> str:
        """Return the screen on which one gets on the way to ``wanted``: there, or where something is to be mended."""
        screens = list(self.SCREENS)
        before = screens[: screens.index(wanted)] if wanted in screens else screens
        wrong = [screen for screen in before if any(self.has_error(name) for name in self.SCREENS[screen])]
        return (wrong or [wanted if wanted in screens else LAST])[0]

    def keep_errors_of(self, screen: str) -> None:
        """Forget what is wrong with fields of other screens: they are not asked for here."""
        for name in set(self.errors) - set(self.SCREENS[screen]):
            del self.errors[name]

    def kept_on(self, screen: str) -> list[forms.BoundField]:
        """The fields of the other screens, which travel hidden."""
        return [self[name] for name in self.fields if name not in (*self.SCREENS[screen], "token")]

    @property
    def chosen(self) -> dict[str, str]:
        """What the choices are called."""
        stances, topics = (dict(self.fields[name].choices) for name in ("stance", "topics"))  # type: ignore[attr-defined]
        labels = [str(topics[topic]) for topic in self.cleaned_data["topics"]]
        return {"stance": stances[self.cleaned_data["stance"]], "topics": str(_("、")).join(labels)}


def is_mail_address(contact: str) -> bool:
    """Whether an answer can be sent there by mail."""
    try:
        validate_email(contact)
    except ValidationError:
        return False
    return True
