"""What is written at the desk for a prequalification: its notice, its applications, and what the review found."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger import clock
from portal.staff.fields import draft_field
from portal.staff.forms import DeskForm, DraftForm, Group, names_in
from portal.staff.forms_acts import ActForm, ActModelForm
from portal.staff.hints import earliest_day
from tenders.gates.prequalification import application_time_is_over
from tenders.models import Applicant, Prequalification, Track
from tenders.periods import APPLYING

NOTICE: tuple[Group, ...] = (
    (gettext_lazy("怎样审查"), ("mode", "most", "standard")),
    (gettext_lazy("资格预审文件"), ("documents_issued_on", "documents_until", "documents_from")),
    (gettext_lazy("申请文件"), ("due_at", "submission", "place")),
)


class PrequalificationForm(DraftForm):
    groups: ClassVar = NOTICE

    class Meta:
        model = Prequalification
        fields = names_in(NOTICE)
        formfield_callback = draft_field

    def hints(self) -> dict[str, str]:
        ours, package = self.instance, self.instance.package
        issued, earliest = ours.documents_issued_on, _("最早可截止于")
        start = issued if package.is_procurement else ours.documents_until
        return {
            "most": _("只在有限数量制时填写，不少于3家。"),
            "documents_issued_on": _("公告当日；各期限都从这一天算起。"),
            "documents_until": "" if package.is_procurement else earliest_day("TB-03", issued, earliest),
            "due_at": earliest_day(APPLYING[Track(package.track)], start, earliest),
            "documents_from": _("任何人都能下载，不得要求报名、登记。文件在“招标文件”里上传，类别选“资格预审文件”。"),
        }


class ReviewersForm(DraftForm):
    class Meta:
        model = Prequalification
        fields = ("reviewers",)
        formfield_callback = draft_field


class VerdictForm(DeskForm, forms.ModelForm):
    """What the review found of one applicant."""

    passed = forms.TypedChoiceField(
        label=gettext_lazy("审查结论"),
        choices=(("", gettext_lazy("还没有结论")), ("True", gettext_lazy("通过")), ("False", gettext_lazy("不通过"))),
        coerce=lambda value: value == "True",
        empty_value=None,
        required=False,
    )

    class Meta:
        model = Applicant
        fields = ("passed", "reason")
        formfield_callback = draft_field


class VerdictRows(forms.BaseModelFormSet):
    """The verdicts on all applications that stand. Before the deadline none is read, and none is listed."""

    title = gettext_lazy("各申请人的审查结论")
    layout = "staff/parts/verdicts.html"

    def __init__(self, data: Any = None, *, owner: Prequalification) -> None:
        found = owner.package.applicants.standing()
        is_over = application_time_is_over(owner.package, clock.now()) is None
        super().__init__(data, prefix="verdicts", queryset=found if is_over else found.none())


VerdictFormSet = forms.modelformset_factory(Applicant, form=VerdictForm, formset=VerdictRows, extra=0, edit_only=True)


class RegisterApplicationForm(ActModelForm):
    class Meta:
        model = Applicant
        fields = ("applicant", "credit_code", "delivered_by")
        labels = {"delivered_by": gettext_lazy("递交人姓名")}
        help_texts = {
            "delivered_by": gettext_lazy("不公开。"),
            "applicant": gettext_lazy("以按下“确认”的那一秒为送达时间；迟到的依法拒收，也登记。"),
        }


class WithdrawApplicationForm(ActForm):
    withdrawn_by = forms.CharField(
        label=gettext_lazy("取回人姓名"),
        help_text=gettext_lazy("不公开。核对申请人书面撤回通知和取回人的身份以后，原封退还。"),
        max_length=60,
    )
