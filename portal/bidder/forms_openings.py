"""What a bidder enters in the opening session, on a phone."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.observer.forms import OnceForm
from portal.public.fields import PlainText
from tenders.models import BidderAttendance
from tenders.operations.bidders import MAX_NAME


class AttendForm(OnceForm):
    representative = PlainText(
        label=_("代表姓名"),
        most=MAX_NAME,
        help_text=_("不公开。派谁来都可以，不要求法定代表人或者项目经理参加。"),
        error_messages={"required": _("请写代表本单位参加开标的人。")},
    )
    authority = forms.ChoiceField(
        label=_("身份"), choices=BidderAttendance.Authority, widget=forms.RadioSelect, initial="authorised"
    )
    remote = forms.ChoiceField(
        label=_("您在哪里参加"),
        choices=[("", _("我在开标现场")), ("remote", _("我在线参加"))],
        required=False,
        widget=forms.RadioSelect,
    )

    def clean_remote(self) -> bool:
        return self.cleaned_data["remote"] == "remote"


class ConfirmForm(OnceForm):
    is_right = forms.BooleanField(
        label=_("我核对过：唱标的内容与本单位的投标文件一致。"),
        error_messages={"required": _("核对一致再确认；不一致的，请当场告诉主持人，或者在下面提出异议。")},
    )
