"""What is typed by somebody who asks to take part in a hearing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.public.fields import PlainText, PublicForm
from tenders.models import Hearing
from tenders.operations.hearing import MAX_VIEW


class ApplicationForm(PublicForm):
    group = forms.ChoiceField(
        label=_("您属于哪一类"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一类。"), "invalid_choice": _("请从列出的类别里选一类。")},
    )
    name = PlainText(
        label=_("姓名"),
        most=60,
        help_text=_("请写真实姓名，参加时核对身份证；只看，不留复印件。"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("请写真实姓名。")},
    )
    contact = PlainText(
        label=_("电话或者邮箱"),
        most=120,
        help_text=_("用来通知您参加和送材料，永远不公开。"),
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
        error_messages={"required": _("请留电话或者邮箱，否则没法通知您。")},
    )
    origin = PlainText(
        label=_("村（社区）或者单位（选填）"),
        most=60,
        required=False,
        help_text=_("写到村或者社区就够了，不要写门牌号。选中的，随名单公布。"),
    )
    view = PlainText(
        label=_("主要观点（选填）"),
        most=MAX_VIEW,
        required=False,
        help_text=_("一两句话，最多500字，不公开。想公开说的，请在听证会上说，或者直接提意见。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    shows_full_name = forms.BooleanField(
        label=_("我同意名单和笔录里写我的全名"),
        required=False,
        help_text=_("不勾选也一样可以参加：那样只写姓，例如“王**”。"),
    )

    def __init__(self, data: Any = None, *, hearing: Hearing, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.groups = {str(group.pk): group.name for group in hearing.groups.all()}
        self.fields["group"].choices = list(self.groups.items())  # type: ignore[attr-defined]

    @property
    def chosen_group(self) -> str:
        return self.groups[self.cleaned_data["group"]]
