"""What is typed by somebody who asks about a tender, objects to it, or complains of it."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from integrity.models import Capacity, Complaint, Objection
from portal.converters import receipt_code
from portal.public.fields import PlainText, PublicForm
from tenders.models import Package
from tenders.operations.clarifications import MAX_QUESTION
from tenders.operations.common import MAX_ANSWER

NEVER_PUBLIC = _("永远不公开。")
ONE_OF = {"required": _("请选一项。"), "invalid_choice": _("请从列出的里选一项。")}


class EnquiryForm(PublicForm):
    """``public`` names the fields of which everybody learns something; of all others nobody does."""

    public: ClassVar[tuple[str, ...]] = ()

    def __init__(self, data: Any = None, *, package: Package, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.package = package

    @property
    def typed(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in {"homepage", "token"}}

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields that a person sees."""
        return [self[name] for name in self.fields if name not in {"homepage", "token"}]

    @property
    def shown(self) -> list[tuple[Any, str, bool]]:
        """What was typed, each with its label and whether anything of it becomes public."""
        return [(field.label, said(field, self.cleaned_data), field.name in self.public) for field in self.asked]


def said(field: forms.BoundField, cleaned: dict[str, Any]) -> str:
    value = cleaned.get(field.name)
    choices = dict(getattr(field.field, "choices", ()))
    return str(choices.get(value, value) or "")


def name_field(label: Any) -> PlainText:
    return PlainText(
        label=label,
        most=120,
        help_text=_("写单位全称或者姓名。永远不公开。"),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("请写名称；不愿具名的，可以打监督电话举报。")},
    )


def contact_field(*, required: bool) -> PlainText:
    return PlainText(
        label=_("电话或者邮箱") if required else _("电话或者邮箱（选填）"),
        most=120,
        required=required,
        help_text=NEVER_PUBLIC,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
        error_messages={"required": _("请留电话或者邮箱，否则没法把答复送给您。")},
    )


def capacity_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("您是"),
        choices=Capacity,
        widget=forms.RadioSelect,
        help_text=_("法律规定由投标人或者其他利害关系人提出；其他人发现问题，请打监督电话举报。"),
        error_messages=ONE_OF,
    )


def long_text(label: Any, most: int, *, required: bool = True, hint: Any = "", rows: int = 6) -> PlainText:
    return PlainText(
        label=label,
        most=most,
        required=required,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": _("请写内容。")},
    )


class AskForm(EnquiryForm):
    text = long_text(
        _("您的问题"), MAX_QUESTION, hint=_("原话不公开；我们转述问题，把答复同时发给所有人，不写是谁问的。")
    )
    asker = PlainText(label=_("名称（选填）"), most=120, required=False, help_text=NEVER_PUBLIC)
    contact = contact_field(required=False)


class ObjectForm(EnquiryForm):
    public = ("kind",)
    kind = forms.ChoiceField(
        label=_("对什么有异议"), choices=Objection.Kind, widget=forms.RadioSelect, error_messages=ONE_OF
    )
    capacity = capacity_field()
    objector = name_field(_("异议人"))
    contact = contact_field(required=True)
    text = long_text(_("异议内容"), MAX_ANSWER, hint=_("写清楚哪一条、为什么、希望怎样改。原话不公开。"))
    evidence = long_text(_("证据和线索（选填）"), MAX_ANSWER, required=False, rows=3, hint=NEVER_PUBLIC)

    def __init__(self, *args: Any, kinds: tuple[str, ...] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = [choice for choice in Objection.Kind.choices if choice[0] in kinds]
        self.fields["kind"].choices = chosen  # type: ignore[attr-defined]
        if len(chosen) == 1:
            self.fields["kind"].initial = chosen[0][0]


class ComplainForm(EnquiryForm):
    public = ("kind",)
    kind = forms.ChoiceField(
        label=_("投诉什么"), choices=Complaint.Kind, widget=forms.RadioSelect, error_messages=ONE_OF
    )
    objection_code = PlainText(
        label=_("先提出的异议的回执码（选填）"),
        most=20,
        required=False,
        help_text=_("对招标文件、开标、评标结果的投诉，须先向我们提出异议；回执码在异议的回执或者答复书上。"),
    )
    capacity = capacity_field()
    complainant = name_field(_("投诉人"))
    contact = contact_field(required=True)
    known_on = forms.DateField(
        label=_("哪一天知道的"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("请写知道或者应当知道的日期。"), "invalid": _("日期不对，例如 2026-07-14。")},
    )
    text = long_text(_("投诉内容"), MAX_ANSWER, hint=_("写清楚事实、请求和理由。原话不公开，转交行政监督部门。"))
    evidence = long_text(_("证据和线索（选填）"), MAX_ANSWER, required=False, rows=3, hint=NEVER_PUBLIC)

    def clean_objection_code(self) -> str:
        """Return the code of the objection that the complainant has made before, as its receipt shows it."""
        typed = self.cleaned_data["objection_code"]
        if not typed:
            return ""
        try:
            return self.package.objections.get(code=receipt_code(typed)).code
        except (ValueError, Objection.DoesNotExist) as e:
            raise forms.ValidationError(_("没有这个回执码的异议，请核对。")) from e
