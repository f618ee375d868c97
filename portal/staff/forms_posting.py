"""The bureau's list of places, which of them a plan announces, and what is asked when one is proven or explained."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.staff.attachments import PicturesField
from portal.staff.fields import DayInput, draft_field
from portal.staff.forms import DeskForm
from portal.staff.forms_acts import ActForm, ActModelForm
from publishing.pages.wording import day
from tenders.gates.placement import MOST_PHOTOS
from tenders.models import Consultation, Placement, PostingPlace, RequiredPlacement
from tenders.proof import latest_posting

MOST_PLACES = 40


class PostingPlaceForm(DeskForm, forms.ModelForm):
    class Meta:
        model = PostingPlace
        fields = ("kind", "name", "address", "has_box", "notes", "is_active")


class PlaceChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_kind_display()}　{obj.name}"


class RequiredRow(DeskForm):
    place = PlaceChoice(
        label=gettext_lazy("地点或者媒体"), queryset=PostingPlace.objects.none(), required=False, empty_label="—"
    )
    by_on = forms.DateField(label=gettext_lazy("最迟哪天张贴（刊播）"), widget=DayInput, required=False)

    def __init__(self, *args: Any, places: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("by_on") and not cleaned.get("place") and "place" not in self.errors:
            self.add_error("place", _("请选择地点；不要这一行的，把日期也清空。"))
        return cleaned


class RequiredRows(forms.BaseFormSet):
    """All places that a plan announces, at once; empty rows are left out."""

    title = gettext_lazy("贴在哪里、登在哪里（随方案一并公布）")
    layout = "staff/parts/required.html"

    def __init__(self, data: Any = None, *, owner: Consultation) -> None:
        self.owner = owner
        chosen = owner.required_placements.values_list("place", flat=True)
        self.places = PostingPlace.objects.filter(Q(is_active=True) | Q(pk__in=list(chosen)))
        # As with the funding: rows that are sent all count as new.
        initial = None if data is not None else list(owner.required_placements.values("place", "by_on"))
        super().__init__(data, prefix="places", initial=initial)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return super().get_form_kwargs(index) | {"places": self.places}

    @property
    def hint(self) -> str:
        """Say until when everything has to hang, so that nobody has fewer days than another."""
        latest = latest_posting(self.owner)
        if latest is None:
            return _("日期不填，就是征求意见开始当天。")
        words = _("日期不填，就是征求意见开始当天；最迟%(day)s，更晚的，看到的人剩不下完整的期限。")
        return words % {"day": day(latest)}

    def clean(self) -> None:
        chosen = [row["place"].pk for row in self.rows()]
        if len(chosen) != len(set(chosen)):
            raise forms.ValidationError(_("同一个地点选了两次。"))

    def rows(self) -> list[dict[str, Any]]:
        return [row for row in self.cleaned_data if row.get("place") and not row.get("DELETE")] if self.is_read else []

    @property
    def is_read(self) -> bool:
        return not any(self.errors)

    def save(self) -> None:
        rows = self.rows()
        self.owner.required_placements.all().delete()
        RequiredPlacement.objects.bulk_create(
            RequiredPlacement(consultation=self.owner, number=number, place=row["place"], by_on=row["by_on"])
            for number, row in enumerate(rows, start=1)
        )


RequiredFormSet = forms.formset_factory(
    RequiredRow, formset=RequiredRows, extra=3, can_delete=True, max_num=MOST_PLACES, validate_max=True
)


class ProveForm(ActModelForm):
    """The proof of a place that the plan has announced: what and where are known, when and how it is seen are asked."""

    photos = PicturesField(
        label=gettext_lazy("现场照片或者剪报"),
        help_text=gettext_lazy("用手机拍即可，一次可选几张。照片里的拍摄地点等信息会自动去掉；不要拍到他人的面部。"),
        most=MOST_PHOTOS,
        required=False,
    )
    receipt = forms.CharField(
        label=gettext_lazy("期号、版面或者播出登记号"),
        help_text=gettext_lazy("报纸写期号和版面，广播电视写播出登记号；贴在墙上的不用填。"),
        max_length=120,
        required=False,
    )
    field_order = ("posted_at", "photos", "photo_alt", "receipt", "until", "own_print", "note")

    class Meta:
        model = Placement
        fields = ("posted_at", "photo_alt", "receipt", "until", "own_print", "note")
        formfield_callback = draft_field

    thing: RequiredPlacement

    def __init__(self, data: Any = None, *, thing: RequiredPlacement, at: datetime, files: Any = None) -> None:
        super().__init__(data, thing=thing, at=at, files=files)
        kind = thing.place.kind
        if kind not in PostingPlace.WALLS:
            del self.fields["until"]
        if kind not in PostingPlace.BOARDS:  # the sheets for boards alone hold the notice's own words
            del self.fields["own_print"]

    def start(self) -> dict[str, Any]:
        is_wall = self.thing.place.kind in PostingPlace.WALLS
        return {"posted_at": self.at, "until": self.thing.consultation.closes_on if is_wall else None}


class WaiveForm(ActForm):
    reason = forms.CharField(
        label=gettext_lazy("没有张贴（刊播）的原因"),
        help_text=gettext_lazy("随项目公开，并列入更正与撤回登记。写清为什么没有张贴，公众还能在哪里看到方案。"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
