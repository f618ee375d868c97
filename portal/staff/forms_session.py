"""What is asked at the chair's table in an opening session: one act, one form."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.staff.fields import draft_field
from portal.staff.forms_acts import ActForm, ActModelForm
from portal.staff.forms_hearing import ScanField
from tenders.gates.session import OFFICES
from tenders.models import Bid, BidderAttendance, LineConfirmation, Opening, Package
from tenders.operations.opening import READ

AGAIN = gettext_lazy("更正时必填：为什么改。原来的记录一直保留、公开。")


def reason_field() -> forms.CharField:
    return forms.CharField(label=gettext_lazy("更正的理由"), help_text=AGAIN, max_length=200, required=False)


class SignInBidderForm(ActModelForm):
    class Meta:
        model = BidderAttendance
        fields = ("bidder", "credit_code", "representative", "authority", "phone")
        help_texts = {
            "representative": gettext_lazy("不公开。投标人派谁来都可以，不要求法定代表人或者项目经理到场。"),
            "authority": gettext_lazy("看过授权委托书和身份证再登记；不拍照，不留复印件。"),
            "phone": gettext_lazy("选填，不公开。"),
        }


class CheckSealsForm(ActModelForm):
    broken_seals = forms.TypedMultipleChoiceField(
        label=gettext_lazy("密封有破损的"),
        help_text=gettext_lazy("全部完好的不用选。"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = reason_field()
    needed = ("seals_checker", "seals_finding")
    field_order = ("seals_checker", "seals_checked_by", "broken_seals", "seals_finding", "reason")
    thing: Package

    class Meta:
        model = Opening
        fields = ("seals_checker", "seals_checked_by", "seals_finding")
        help_texts = {"seals_finding": gettext_lazy("例如：全部封套密封完好")}

    def __init__(self, data: Any = None, *, thing: Package, at: Any, files: Any = None) -> None:
        super().__init__(data, thing=thing, at=at, files=files)
        paper = thing.bids.accepted().filter(form=Bid.Form.PAPER) if thing.is_opened else thing.bids.none()
        choices = [(bid.number, f"{bid.number}. {bid.bidder}") for bid in paper]
        self.fields["broken_seals"].choices = choices  # type: ignore[attr-defined]


class ReadBidForm(ActModelForm):
    """What was read of a bid. Of an electronic one it is filled in with what was decrypted."""

    needed = ("price_fen", "duration_days", "quality", "project_manager", "manager_certificate", "bond_fen")
    thing: Bid

    class Meta:
        model = Bid
        fields = READ
        formfield_callback = draft_field

    def start(self) -> dict[str, Any]:
        """A reading that is corrected starts from what was read; the reason is to be written anew."""
        read = {name: getattr(self.thing, name) for name in self.needed}
        return read if self.thing.read_at else read | (self.thing.submitted or {})


class ReservePriceForm(ActModelForm):
    reason = reason_field()
    needed = ("reserve_price_fen",)

    class Meta:
        model = Opening
        fields = ("reserve_price_fen",)
        formfield_callback = draft_field


class ConfirmLineForm(ActModelForm):
    means = forms.ChoiceField(
        label=gettext_lazy("投标人的答复"),
        choices=[c for c in LineConfirmation.Means.choices if c[0] != LineConfirmation.Means.ELECTRONIC],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = LineConfirmation
        fields = ("means", "remark")
        help_texts = {"remark": gettext_lazy("拒绝签字的必填，公开。")}


class SignRecordForm(ActForm):
    signers = forms.MultipleChoiceField(
        label=gettext_lazy("已经签字的"), choices=Opening.Signer.choices, widget=forms.CheckboxSelectMultiple
    )
    scan = ScanField(
        label=gettext_lazy("签字的开标记录扫描件"),
        help_text=gettext_lazy("选填，PDF。不公开，只公布它的指纹。"),
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
        required=False,
    )
    reason = reason_field()
    thing: Package

    def start(self) -> dict[str, Any]:
        return {"signers": self.thing.opening.signers or [*OFFICES]}

    def clean_signers(self) -> list[str]:
        signers = self.cleaned_data["signers"]
        if not signers:
            raise forms.ValidationError(_("请勾选已经签字的人。"))
        return signers
