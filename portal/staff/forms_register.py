"""What is asked at the counter where envelopes and bid bonds come in and go back."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.staff.attachments import PicturesField
from portal.staff.fields import DayInput, YuanField, draft_field
from portal.staff.forms import Group
from portal.staff.forms_acts import ActForm, ActModelForm
from publishing.pages.wording import second
from tenders.models import Bid, BidBond, Package

MOST_PHOTOS = 6
ENVELOPE = ("envelopes", "sealed", "seal_note", "photos", "delivered_by")
BIDDER: Group = (gettext_lazy("投标人"), ("bidder", "credit_code", "replaces"))


class RegisterArrivalForm(ActModelForm):
    """The line of an envelope whose arrival was noted."""

    groups: ClassVar[tuple[Group, ...]] = ((gettext_lazy("送来的封套"), ENVELOPE), BIDDER)
    photos = PicturesField(
        label=gettext_lazy("封套和封口的照片"),
        help_text=gettext_lazy("选填，最多6张，可以用手机直接拍。不公开，只公开指纹；拍摄地点等信息自动去掉。"),
        most=MOST_PHOTOS,
        required=False,
    )
    replaces = forms.BooleanField(
        label=gettext_lazy("替换这家投标人先前送达的投标文件"),
        help_text=gettext_lazy("签收以后，先前的一份算作撤回，原封退还。"),
        required=False,
    )

    class Meta:
        model = Bid
        fields = ("envelopes", "sealed", "seal_note", "delivered_by", "bidder", "credit_code")
        labels = {"delivered_by": gettext_lazy("递交人姓名")}
        help_texts = {
            "sealed": gettext_lazy("没有按要求密封的不勾选：依法拒收，并记入登记簿。"),
            "delivered_by": gettext_lazy("不公开。"),
        }


class RegisterBidForm(RegisterArrivalForm):
    """The line of an envelope, with the choice among the arrivals that wait for theirs."""

    groups: ClassVar = ((gettext_lazy("送来的封套"), ("arrival_id", *ENVELOPE)), BIDDER)
    arrival_id = forms.TypedChoiceField(
        label=gettext_lazy("送达时间"),
        help_text=gettext_lazy("以点“封套到了”的那一刻为准，填表用多久不影响。"),
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, data: Any = None, *, thing: Package, **options: Any) -> None:
        super().__init__(data, thing=thing, **options)
        waiting = [(a.pk, second(a.arrived_at)) for a in thing.arrivals.waiting()]
        self.fields["arrival_id"].choices = [*waiting, ("", _("现在送达"))]  # type: ignore[attr-defined]
        self.initial["arrival_id"] = waiting[0][0] if waiting else ""  # the one that has waited longest


class VoidArrivalForm(ActForm):
    reason = forms.CharField(
        label=gettext_lazy("作废的原因"),
        help_text=gettext_lazy("例如：按错了；递交人当场带走，没有递交。开标时公开，不要写姓名。"),
        max_length=200,
    )


class WithdrawBidForm(ActForm):
    withdrawn_by = forms.CharField(
        label=gettext_lazy("取回人姓名"),
        help_text=gettext_lazy("不公开。核对投标人书面撤回通知和取回人的身份以后，原封退还。"),
        max_length=60,
    )
    notice_seen = forms.BooleanField(
        label=gettext_lazy("已经收到投标人的书面撤回通知，并核对取回人的身份；撤回不能取消，再投须重新送达")
    )

    @property
    def answers(self) -> dict[str, Any]:
        return {"withdrawn_by": self.cleaned_data["withdrawn_by"]}


class ReceiveBondForm(ActModelForm):
    class Meta:
        model = BidBond
        fields = (
            "bidder", "credit_code", "form", "amount_fen", "received_on", "from_basic_account", "valid_until",
            "reference",
        )  # fmt: skip
        formfield_callback = draft_field

    def start(self) -> dict[str, Any]:
        return {"amount_fen": getattr(self.thing, "bid_bond_fen", None)}


class ReturnBondForm(ActForm):
    returned_on = forms.DateField(label=gettext_lazy("退还日期"), widget=DayInput)
    interest_fen = YuanField(
        label=gettext_lazy("同时退还的银行同期存款利息"),
        help_text=gettext_lazy("单位：元。转账的必填，没有利息的填0；保函、保险不填。"),
        required=False,
    )


class KeepBondForm(ActForm):
    reason = forms.CharField(
        label=gettext_lazy("不予退还的理由和依据"),
        help_text=gettext_lazy(
            "退还保证金公告时一并公开。例如：中标后无正当理由不订立合同（《招标投标法实施条例》第七十四条）。"
        ),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def start(self) -> dict[str, Any]:
        """Who lost the award by its own doing loses the bond for that reason."""
        bond: Any = self.thing
        lost = bond.bids.filter(passed_over__in=Bid.BOND_IS_KEPT).first()
        return {"reason": f"{lost.get_passed_over_display()}（《招标投标法实施条例》第七十四条）。"} if lost else {}
