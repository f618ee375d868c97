"""Which institution may watch openings, in which capacity, and why a mandate ends."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from integrity.models import Mandate
from integrity.operations.mandates import NO_OBSERVERS, Standing
from portal.staff.forms import DeskForm


class MandateForm(DeskForm, forms.ModelForm):
    class Meta:
        model = Mandate
        fields = ("institution", "capacity", "basis", "is_required", "contact", "email")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        standing = Mandate.objects.filter(ends_on=None).values("institution")
        others = Organisation.objects.exclude(kind__in=NO_OBSERVERS).exclude(pk__in=standing)
        institution = self.fields["institution"]
        institution.queryset = others.order_by("kind", "name")  # type: ignore[attr-defined]
        institution.help_text = _("没有的单位，请系统管理员先在单位里添加。")

    @property
    def standing(self) -> Standing:
        typed = {name: value for name, value in self.cleaned_data.items() if name != "institution"}
        return Standing(**typed)


class EndMandateForm(DeskForm):
    reason = forms.CharField(
        label=_("终止的理由"),
        help_text=_("会公开。已经发出的邀请仍然有效。"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
