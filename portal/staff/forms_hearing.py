"""What is written and asked for a hearing: whether there is one, its announcement, its people, its record."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.staff.attachments import DocumentField
from portal.staff.fields import DayInput, MomentInput, draft_field
from portal.staff.forms import DeskForm, DraftForm, Group, names_in
from portal.staff.forms_acts import ActForm, ActModelForm
from tenders.law import day
from tenders.models import Consultation, Hearing, HearingApplication, HearingGroup, HearingNeed, HearingStatement

Result, Signature = HearingApplication.Result, HearingApplication.Signature


class NeedForm(DeskForm, forms.ModelForm):
    """Whether the plan needs a hearing: written with the plan, and published with it."""

    title = gettext_lazy("要不要听证")
    layout = "staff/parts/form.html"

    class Meta:
        model = HearingNeed
        fields = ("ground", "verdict", "reason")
        formfield_callback = draft_field

    def __init__(self, data: Any = None, *, owner: Consultation) -> None:
        need = HearingNeed.objects.filter(consultation=owner).first() or HearingNeed(consultation=owner)
        super().__init__(data, prefix="hearing", instance=need, empty_permitted=True)

    def save(self, commit: bool = True) -> Any:
        """What nobody has filled in yet is not kept."""
        return super().save(commit) if self.instance.pk or self.has_changed() else self.instance


HEARING: tuple[Group, ...] = (
    (gettext_lazy("听证会"), ("kind", "requested_on", "matter", "starts_at", "place")),
    (gettext_lazy("报名"), ("applications_until", "how_to_apply")),
    (gettext_lazy("遴选"), ("selection", "selection_method", "draw_source")),
)


class HearingForm(DraftForm):
    groups: ClassVar = HEARING

    class Meta:
        model = Hearing
        fields = names_in(HEARING)
        formfield_callback = draft_field

    def hints(self) -> dict[str, str]:
        return {"starts_at": _("公告、参加人名单、材料都须至少提前7日；报名至少5个工作日，两者之间留出遴选的时间。")}


class GroupRow(DeskForm):
    name = forms.CharField(label=gettext_lazy("类别"), max_length=60, required=False)
    seats = forms.IntegerField(label=gettext_lazy("名额"), min_value=0, max_value=500, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("seats") and not cleaned.get("name"):
            self.add_error("name", _("请填写类别的名称。"))
        return cleaned


class GroupRows(forms.BaseFormSet):
    """All groups of participants at once; empty rows are left out."""

    title = gettext_lazy("参加人类别和名额")
    layout = "staff/parts/hearing_groups.html"

    def __init__(self, data: Any = None, *, owner: Hearing) -> None:
        self.owner = owner
        initial = None if data is not None else list(owner.groups.values("name", "seats"))
        super().__init__(data, prefix="groups", initial=initial)

    def clean(self) -> None:
        names = [row.cleaned_data.get("name") for row in self.forms if row.cleaned_data.get("name")]
        if len(names) != len(set(names)):
            raise forms.ValidationError(_("同一类别只写一行。"))

    def save(self) -> None:
        rows = [row for row in self.cleaned_data if row.get("name") and not row.get("DELETE")]
        self.owner.groups.all().delete()
        HearingGroup.objects.bulk_create(
            HearingGroup(hearing=self.owner, position=position, name=row["name"], seats=row.get("seats") or 0)
            for position, row in enumerate(rows)
        )


GroupFormSet = forms.formset_factory(GroupRow, formset=GroupRows, extra=2, can_delete=True, max_num=20)


class SessionForm(DraftForm):
    """Who presides, writes and presents: may be arranged until the hearing begins."""

    class Meta:
        model = Hearing
        fields = ("chair", "chair_post", "recorder", "presenter")
        formfield_callback = draft_field


class NeedFoundForm(ActModelForm):
    needed = ("ground", "reason")

    class Meta:
        model = HearingNeed
        fields = ("ground", "reason")
        formfield_callback = draft_field


class EnterApplicationForm(ActModelForm):
    group_id = forms.TypedChoiceField(label=gettext_lazy("类别"), coerce=int)
    channel = forms.ChoiceField(
        label=gettext_lazy("来源"),
        choices=[c for c in HearingApplication.Channel.choices if c[0] != HearingApplication.Channel.WEB],
    )
    received_at = forms.DateTimeField(label=gettext_lazy("收到时间"), widget=MomentInput)
    field_order = ("channel", "received_at", "group_id", "name", "contact", "origin", "view", "shows_full_name")

    class Meta:
        model = HearingApplication
        fields = ("name", "contact", "origin", "view", "shows_full_name")
        formfield_callback = draft_field

    def __init__(self, data: Any = None, *, thing: Hearing, at: datetime, files: Any = None) -> None:
        super().__init__(data, thing=thing, at=at, files=files)
        self.fields["group_id"].choices = [(g.pk, g.name) for g in thing.groups.all()]  # type: ignore[attr-defined]

    def start(self) -> dict[str, Any]:
        return {"received_at": self.at}

    def clean_received_at(self) -> datetime:
        received_at = self.cleaned_data["received_at"]
        if received_at > self.at:
            raise forms.ValidationError(_("收到时间不能晚于现在。"))
        return received_at


class SetAsideForm(ActForm):
    reason = forms.ChoiceField(label=gettext_lazy("不列入遴选的理由"), choices=HearingApplication.SetAside.choices)


class SelectForm(ActForm):
    """Asks for what the announced method needs: ticks, the drawn number, or nothing."""

    chosen = forms.TypedMultipleChoiceField(
        label=gettext_lazy("参加人"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    seed = forms.CharField(
        label=gettext_lazy("抽签号码"), help_text=gettext_lazy("照抄公告约定的号码，一字不差。"), max_length=200
    )

    def __init__(self, data: Any = None, *, thing: Hearing, at: datetime, files: Any = None) -> None:
        super().__init__(data, thing=thing, at=at, files=files)
        if thing.selection != Hearing.Selection.DRAW:
            del self.fields["seed"]
        if thing.selection != Hearing.Selection.CHOICE:
            del self.fields["chosen"]
            return
        pending = thing.applications.filter(result=Result.PENDING).select_related("group")
        choices = [(a.number, f"{a.number}号 {a.name}（{a.group.name}）") for a in pending]
        self.fields["chosen"].choices = choices  # type: ignore[attr-defined]


class MaterialsForm(ActForm):
    delivered_on = forms.DateField(label=gettext_lazy("全部送达的日期"), widget=DayInput)
    means = forms.CharField(
        label=gettext_lazy("送达方式"), max_length=200, help_text=gettext_lazy("例如：当面送达并签收；邮寄并回访")
    )

    def start(self) -> dict[str, Any]:
        return {"delivered_on": day(self.at)}


class PostponeForm(ActForm):
    starts_at = forms.DateTimeField(label=gettext_lazy("改到"), widget=MomentInput)
    place = forms.CharField(label=gettext_lazy("地点"), max_length=200)
    reason = forms.CharField(
        label=gettext_lazy("理由"), help_text=gettext_lazy("随公告公布。"), widget=forms.Textarea(attrs={"rows": 3})
    )
    thing: Hearing

    def start(self) -> dict[str, Any]:
        return {"place": getattr(self.thing, "place", "")}


class AttendanceForm(ActForm):
    """Ticks for a phone in the room: one line for each participant."""

    attended = forms.TypedMultipleChoiceField(
        label=gettext_lazy("到场的参加人"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    checked = forms.TypedMultipleChoiceField(
        label=gettext_lazy("已看过身份证的"),
        help_text=gettext_lazy("只看，不拍照，不留复印件。"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data: Any = None, *, thing: Hearing, at: datetime, files: Any = None) -> None:
        self.participants = list(thing.participants())
        super().__init__(data, thing=thing, at=at, files=files)
        choices = [(a.number, f"{a.number}号 {a.name}（{a.group.name}）") for a in self.participants]
        for name in ("attended", "checked"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def start(self) -> dict[str, Any]:
        return {
            "attended": [a.number for a in self.participants if a.attended],
            "checked": [a.number for a in self.participants if a.identity_checked],
        }


class StatementForm(ActModelForm):
    class Meta:
        model = HearingStatement
        fields = ("stance", "summary", "reply", "said_at")
        formfield_callback = draft_field

    def start(self) -> dict[str, Any]:
        return {"said_at": self.at}


class MendStatementForm(StatementForm):
    thing: HearingStatement

    def start(self) -> dict[str, Any]:
        return {name: getattr(self.thing, name) for name in ("stance", "summary", "reply", "said_at")}


class ScanField(DocumentField):
    """The signed sheets as one PDF, or nothing."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        if not data:
            return None
        kept = super().clean(data, initial)
        if not str(kept.file.name).endswith(".pdf"):
            raise forms.ValidationError(_("请上传 PDF 文件。"))
        return kept


class SignaturesForm(ActForm):
    """A line for each participant who came: signed, or refused and why; and the scan of the signed sheets."""

    scan = ScanField(
        label=gettext_lazy("签字笔录扫描件"),
        help_text=gettext_lazy("PDF。不公开，只公布它的指纹；再上传一次就换掉前一份。"),
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
        required=False,
    )

    def __init__(self, data: Any = None, *, thing: Hearing, at: datetime, files: Any = None) -> None:
        super().__init__(data, thing=thing, at=at, files=files)
        self.present = list(thing.participants().filter(attended=True))
        for a in self.present:
            self.fields[f"signature_{a.number}"] = forms.ChoiceField(
                label=f"{a.number}号 {a.name}", choices=Signature.choices, required=False, initial=a.signature
            )
            self.fields[f"remark_{a.number}"] = forms.CharField(
                label=_("%(n)s号拒绝签字的理由") % {"n": a.number}, max_length=200, required=False,
                initial=a.signature_remark, help_text=_("签了字的不用填；随笔录公布。"),
            )  # fmt: skip

        self.fields["scan"] = self.fields.pop("scan")  # comes last: the sheets are scanned when all have signed

    @property
    def answers(self) -> dict[str, Any]:
        typed = self.cleaned_data
        signatures = {a.number: (typed[f"signature_{a.number}"], typed[f"remark_{a.number}"]) for a in self.present}
        return {"signatures": signatures, "scan": typed["scan"]}
