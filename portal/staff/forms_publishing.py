"""What is asked when something is put up, corrected, withdrawn or taken down."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.staff.attachments import PicturesField
from portal.staff.fields import DayInput, MomentInput, draft_field
from portal.staff.forms import DeskForm
from portal.staff.forms_acts import ActForm, ActModelForm
from publishing.amending import editable_text
from publishing.comparing import compared
from publishing.models import Notice, TakeDown
from publishing.published import published_in
from tenders.gates.placement import MOST_PHOTOS
from tenders.law import day
from tenders.models import Placement, Project, StayGround


def numbered(notice: Notice) -> str:
    return _("公开第%(n)d号 %(title)s") % {"n": notice.pk, "title": notice.title}


class PlacementForm(ActModelForm):
    announced = forms.TypedChoiceField(label=gettext_lazy("所公布的公告"), coerce=int)
    photos = PicturesField(
        label=gettext_lazy("现场照片或者剪报"),
        help_text=gettext_lazy("用手机拍即可，一次可选几张。照片里的拍摄地点等信息会自动去掉；不要拍到他人的面部。"),
        most=MOST_PHOTOS,
        required=False,
    )
    text = forms.CharField(
        label=gettext_lazy("那里刊登的全文"),
        help_text=gettext_lazy(
            "外部平台、政府网站：把那里的正文复制到这里，自动与公告正文核对，不一致的报警。只留指纹，不留文字；不填的注明“未核对”。"
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )
    field_order = (
        "announced", "kind", "place", "posted_at", "photos", "photo_alt", "receipt", "text", "until",
        "own_print", "note",
    )  # fmt: skip

    class Meta:
        model = Placement
        fields = ("kind", "place", "posted_at", "until", "receipt", "own_print", "note", "photo_alt")
        formfield_callback = draft_field

    def __init__(self, data: Any = None, *, thing: Project, at: datetime, files: Any = None) -> None:
        super().__init__(data, thing=thing, at=at, files=files)
        notices = Notice.objects.filter(project=thing, taken_down_at=None)
        self.fields["announced"].choices = [(notice.pk, numbered(notice)) for notice in notices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Compare the text that stands there, and keep no word of it."""
        answers = super().clean() or {}
        text = answers.pop("text", "")
        if notice := Notice.objects.filter(pk=answers.get("announced")).first():
            answers["comparison"], answers["carried_sha256"] = compared(notice, text)
        return answers

    def start(self) -> dict[str, Any]:
        return {"posted_at": self.at}


class EndPlacementForm(ActForm):
    ended_at = forms.DateTimeField(label=gettext_lazy("撤下时间"), widget=MomentInput)
    reason = forms.CharField(
        label=gettext_lazy("撤下的原因"),
        help_text=gettext_lazy("例如：期满；被风雨损坏，已另行张贴"),
        max_length=200,
    )

    def start(self) -> dict[str, Any]:
        return {"ended_at": self.at}


FOR_ADDED = (StayGround.OFFICE, StayGround.FALSE_ALARM)


class CorrectForm(ActForm):
    text = forms.CharField(
        label=gettext_lazy("更正后的全文"),
        help_text=gettext_lazy("在原文上直接改。新旧两份全文并排公开，改了哪里一目了然。"),
        widget=forms.Textarea(attrs={"rows": 16}),
    )
    reason = forms.CharField(
        label=gettext_lazy("更正的理由"),
        help_text=gettext_lazy("随公告公布。"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    effective_on = forms.DateField(
        label=gettext_lazy("更正后的内容自哪天起执行"),
        help_text=gettext_lazy("可以早到原公告的公布日期，公开时注明是追溯更正。"),
        widget=DayInput,
    )

    ground = forms.ChoiceField(
        label=gettext_lazy("新增的电话、邮箱等为什么可以公开"),
        help_text=gettext_lazy("没有新增的不选。身份证号、银行卡号一律不得写入公告。"),
        choices=[("", gettext_lazy("没有新增")), *((g.value, g.label) for g in FOR_ADDED)],
        required=False,
    )

    def start(self) -> dict[str, Any]:
        return {"text": editable_text(self.thing), "effective_on": day(self.at)}  # type: ignore[arg-type]


class WithdrawForm(ActForm):
    reason = forms.CharField(
        label=gettext_lazy("撤回的理由"),
        help_text=gettext_lazy("随公告公布。原文保留可查，标明已撤回。"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TakeDownForm(ActModelForm):
    sha256 = forms.ChoiceField(
        label=gettext_lazy("要下架的内容"),
        help_text=gettext_lazy("一次一项：图片若已排进文书，文书要另行提出。"),
    )
    ground = forms.ChoiceField(
        label=gettext_lazy("法定理由"),
        choices=[(ground.value, ground.label) for ground in TakeDown.GROUNDS],
        help_text=gettext_lazy("内容有误不是下架的理由：请办理更正。"),
        widget=forms.RadioSelect,
    )
    field_order = ("sha256", "ground", "explanation")

    class Meta:
        model = TakeDown
        fields = ("ground", "explanation")
        widgets = {"explanation": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, data: Any = None, *, thing: Project, at: datetime, files: Any = None) -> None:
        super().__init__(data, thing=thing, at=at, files=files)
        self.published = {published.sha256: published for published in published_in(thing)}
        self.fields["sha256"].choices = [(p.sha256, p.label) for p in self.published.values()]  # type: ignore[attr-defined]

    @property
    def answers(self) -> dict[str, Any]:
        chosen = self.published[self.cleaned_data["sha256"]]
        return super().answers | {"what": chosen.what, "published_by_id": chosen.entry}


class MediaLetterForm(DeskForm):
    """For whom a letter to the press is written, and what is asked of them."""

    medium = forms.CharField(
        label=gettext_lazy("媒体名称"), max_length=60, help_text=gettext_lazy("例如：清平日报社、清平县融媒体中心")
    )
    means = forms.ChoiceField(
        label=gettext_lazy("方式"),
        choices=[("刊登", gettext_lazy("报纸刊登")), ("播出", gettext_lazy("广播、电视播出"))],
        widget=forms.RadioSelect,
        initial="刊登",
    )
    start = forms.DateField(label=gettext_lazy("希望开始的日期"), widget=DayInput)
    end = forms.DateField(label=gettext_lazy("希望结束的日期"), widget=DayInput)
    times = forms.IntegerField(label=gettext_lazy("次数"), min_value=1, max_value=99, initial=1)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", _("结束的日期早于开始的日期。"))
        return cleaned


class RenewPaperForm(ActForm):
    reason = forms.CharField(
        label=gettext_lazy("重新生成的理由"),
        help_text=gettext_lazy("随新的文书公开，列入更正与撤回登记。写清哪些数据在原来的文书生成以后有了变动。"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
