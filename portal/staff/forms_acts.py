"""What is asked for an act in a register. The names of the fields are those that the operation takes."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.converters import normalised
from portal.staff.attachments import ScansField
from portal.staff.fields import MomentInput, draft_field
from portal.staff.forms import DeskForm, Words
from portal.topics import TopicsField
from tenders.findings import Finding, findings_of
from tenders.models import MAY_STAY, Approval, Comment, Package
from tenders.operations.comments import MAX_SCANS

YES_NO = ((True, gettext_lazy("是")), (False, gettext_lazy("否")))


def is_yes(value: str) -> bool:
    return value == "True"


class ActForm(DeskForm):
    """``token`` makes a second click find the first one's result instead of acting twice."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=36)
    needed: ClassVar[tuple[str, ...]] = ()

    def __init__(self, data: Any = None, *, thing: Model, at: datetime, files: Any = None) -> None:
        self.thing, self.at = thing, at
        super().__init__(data, files, initial={"token": str(uuid4())} | self.start())
        for name in self.needed:
            self.fields[name].required = True

    def start(self) -> dict[str, Any]:
        """What the fields hold at first."""
        return {}

    @property
    def answers(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "token"}


class ActModelForm(ActForm, forms.ModelForm):
    """Takes labels and limits of its fields from a model. It is never saved: the operation writes."""


class ReceiveCommentForm(ActModelForm):
    channel = forms.ChoiceField(
        label=gettext_lazy("来源"), choices=[c for c in Comment.Channel.choices if c[0] != Comment.Channel.WEB]
    )
    received_at = forms.DateTimeField(
        label=gettext_lazy("收到时间"),
        help_text=gettext_lazy(
            "写真实的收到时间（邮戳、来电、开箱或者座谈的时间）：算不算数，以它为准，不看何时登记。"
        ),
        widget=MomentInput,
    )
    topics = TopicsField(label=gettext_lazy("关于哪些方面"), help_text=gettext_lazy("最多选3个。"))
    scans = ScansField(
        label=gettext_lazy("来信的照片或者扫描件"),
        help_text=gettext_lazy("选填，最多6页，JPEG、PNG、WebP 或 PDF。只有经办人能看，永远不公开。"),
        most=MAX_SCANS,
        required=False,
    )

    class Meta:
        model = Comment
        fields = ("channel", "received_at", "text", "topics", "stance", "name", "contact")
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "text": gettext_lazy("照原话录入，不作删改；会公开，请不要录入身份证号、电话等个人信息。"),
            "name": gettext_lazy("选填，不公开。"),
            "contact": gettext_lazy("选填，不公开；写邮箱的，答复会发到那里。"),
        }

    field_order = ("channel", "received_at", "text", "topics", "stance", "scans", "name", "contact")

    def start(self) -> dict[str, Any]:
        return {"received_at": self.at}

    def clean_received_at(self) -> datetime:
        received_at = self.cleaned_data["received_at"]
        if received_at > self.at:
            raise forms.ValidationError(_("收到时间不能晚于现在。"))
        return received_at

    def clean_contact(self) -> str:
        return normalised(self.cleaned_data["contact"])


class ApprovalForm(ActModelForm):
    class Meta:
        model = Approval
        fields = ("kind", "title", "number", "organ", "approved_on", "amount_fen", "overrun_report")
        formfield_callback = draft_field

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].required = False

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or Approval.Kind.OTHER


class ReviewForm(ActForm):
    """Asks for a ground beside each thing that the detectors have found in the document, then for the decision."""

    findings: list[Finding]

    def __init__(self, data: Any = None, *, thing: Any, at: datetime, files: Any = None) -> None:
        super().__init__(data, thing=thing, at=at, files=files)
        self.findings = findings_of(thing)
        for finding in self.findings:
            self.fields[name_of(finding)] = ground_field(finding)

    def sections(self) -> Iterator[tuple[Words, list[forms.BoundField]]]:
        if self.findings:
            legend = _("机器发现%(n)d处：每处选择可以公开的理由，或者退回删去")
            yield legend % {"n": len(self.findings)}, [self[name_of(finding)] for finding in self.findings]
        yield _("审查结论"), [self["released"], self["remark"]]

    @property
    def answers(self) -> dict[str, Any]:
        grounds = {finding.key: self.cleaned_data[name_of(finding)] for finding in self.findings}
        return {name: self.cleaned_data[name] for name in ("released", "remark")} | {"grounds": grounds}

    released = forms.TypedChoiceField(
        label=gettext_lazy("同意公开"), choices=YES_NO, coerce=is_yes, widget=forms.RadioSelect
    )
    remark = forms.CharField(
        label=gettext_lazy("审查意见"),
        help_text=gettext_lazy("不同意公开的，须写明理由。"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )


def name_of(finding: Finding) -> str:
    return f"finding-{finding.key}"


def ground_field(finding: Finding) -> forms.ChoiceField:
    """Return the field for one finding: where it is and, masked, what; and the grounds that let its kind stay."""
    grounds = [(ground.value, ground.label) for ground in MAY_STAY[finding.kind]]
    times = _("（%(n)d处）") % {"n": finding.count} if finding.count > 1 else ""
    return forms.ChoiceField(
        label=f"{finding.title}　{finding.place}{times}",
        help_text=finding.excerpt,
        choices=[("", _("不能公开，须删去或者遮盖")), *grounds],
        required=False,
    )


class NewPackageForm(ActModelForm):
    class Meta:
        model = Package
        fields = ("name",)
