"""What is asked before passages of a comment are masked, its words withheld, or an authority asked."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.staff.forms import DeskForm
from portal.staff.forms_acts import ActForm, ActModelForm
from tenders.gates.moderation import article_of, numbers_of_office, only_replaces_passages
from tenders.masking import suggestion
from tenders.models import Comment, Inquiry, Withholding

HOW_TO_MASK = gettext_lazy("把要遮盖的文字换成█、*或者〔…〕，其余一个字也不要改。系统识别出的个人信息已经换好。")


def grounds() -> list[tuple[str, str]]:
    """Return the grounds that there are, each with its article. That a comment is critical is none."""
    return [(ground.value, f"{ground.label}（{article_of(ground)}）") for ground in Comment.Ground]


class GroundField(forms.ChoiceField):
    """One of the grounds of law, none chosen beforehand."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=grounds, widget=forms.RadioSelect, **options)


class MaskedText(forms.CharField):
    """The whole text of a comment, to be changed by signs only. Line ends are those of the original."""

    def __init__(self, **options: Any) -> None:
        attributes = {"rows": 8, "data-masking": "", "spellcheck": "false", "autocomplete": "off"}
        super().__init__(strip=False, widget=forms.Textarea(attrs=attributes), **options)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def suggested(comment: Comment) -> str:
    """Return what is masked already, else what the detectors propose."""
    return comment.masked_text or suggestion(comment.text, numbers_of_office(comment.project))


class MaskForm(ActForm):
    text = MaskedText(label=gettext_lazy("遮盖后的全文"), help_text=HOW_TO_MASK)
    ground = GroundField(
        label=gettext_lazy("遮盖理由"),
        help_text=gettext_lazy("理由、字数和经办岗位会公开。以公开为常态（条例第五条）：意见尖锐不是理由。"),
    )

    def start(self) -> dict[str, Any]:
        return {"text": suggested(self.thing), "ground": self.thing.masked_ground or Comment.Ground.PRIVACY}  # type: ignore[arg-type, attr-defined]

    def clean_text(self) -> str:
        masked = self.cleaned_data["text"]
        if refusal := only_replaces_passages(self.thing, masked):  # type: ignore[arg-type]
            raise forms.ValidationError(refusal.message)
        return masked


class ProposeWithholdingForm(ActModelForm):
    ground = GroundField(
        label=gettext_lazy("不公开理由"),
        help_text=gettext_lazy("以公开为常态（条例第五条）：意见尖锐、不中听、对本局不利，都不是理由。"),
    )
    attempt = MaskedText(
        label=gettext_lazy("试着遮盖（涉及个人隐私的必填）"),
        help_text=gettext_lazy("先在这里把不能公开的文字换成█：遮盖后还能读的，不能整条不公开（条例第三十七条）。"),
        required=False,
    )
    field_order = ("ground", "attempt", "insufficient")

    class Meta:
        model = Withholding
        fields = ("ground", "insufficient")
        widgets: ClassVar = {"insufficient": forms.Textarea(attrs={"rows": 3})}

    def start(self) -> dict[str, Any]:
        return {"attempt": suggested(self.thing)}  # type: ignore[arg-type]

    @property
    def answers(self) -> dict[str, Any]:
        """An attempt in which nothing is masked is none."""
        answers = super().answers
        return answers | ({"attempt": ""} if answers["attempt"] == self.thing.text else {})  # type: ignore[attr-defined]


class AskAuthorityForm(ActModelForm):
    class Meta:
        model = Inquiry
        fields = ("authority", "question")
        widgets: ClassVar = {"question": forms.Textarea(attrs={"rows": 3})}
        help_texts: ClassVar = {"authority": gettext_lazy("例如：县国家保密局；县委统战部")}


class ReplyNotedForm(ActModelForm):
    needed = ("reply",)

    class Meta:
        model = Inquiry
        fields = ("reply",)
        widgets: ClassVar = {"reply": forms.Textarea(attrs={"rows": 3})}


class CommentsChosenForm(DeskForm):
    """The comments that were ticked; ``confirmed`` once they have been looked over again."""

    comment = forms.ModelMultipleChoiceField(queryset=Comment.objects.none())
    confirmed = forms.BooleanField(required=False)

    def __init__(self, data: Any, *, pending: Any) -> None:
        super().__init__(data)
        self.fields["comment"].queryset = pending  # type: ignore[attr-defined]
        self.fields["comment"].error_messages["required"] = _("请先勾选要公开的意见。")
