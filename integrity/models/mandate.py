"""By what right an institution watches openings: given for a time, on a named basis, and ended in public."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from tenders.models import facts_of


class MandateQuerySet(models.QuerySet["Mandate"]):
    def in_force(self, on: date) -> "MandateQuerySet":
        """Those that hold on a day. One that is ended holds until the day before."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on)

    def required(self) -> "MandateQuerySet":
        """Those whose institution has to be invited to every opening. Nobody has to come."""
        return self.filter(is_required=True)


class Mandate(models.Model):
    """
    The standing of an institution at openings (law.md 4.1): in which capacity it watches, and on what that rests.

    Institutions were moved and renamed in 2018 and will be again, so the capacity is data. One mandate at a time.
    """

    class Capacity(models.TextChoices):
        SUPERVISOR = "supervisor", _("招标投标行政监督部门")
        FINANCE = "finance", _("财政部门（政府采购监督管理）")
        DISCIPLINE = "discipline", _("监察机关（监督公职人员）")
        INTERNAL = "internal", _("派驻纪检监察组、局机关纪委")
        PROCURATORATE = "procuratorate", _("检察机关（应邀旁听）")
        PROCUREMENT = "procurement-centre", _("政府采购中心")
        EXCHANGE = "exchange", _("公共资源交易中心")
        AUDIT = "audit", _("审计机关")
        NOTARY = "notary", _("公证机构")
        PUBLIC = "public", _("人大代表、政协委员、行风监督员、群众代表、媒体")

    institution = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("监督单位"))
    capacity = models.CharField(_("监督身份"), max_length=20, choices=Capacity)
    basis = models.CharField(_("依据"), max_length=200, help_text=_("法律条文、文件编号，或者本局与该单位的约定"))
    is_required = models.BooleanField(_("每次开标都须邀请"), default=True)
    contact = models.CharField(_("联系部门"), max_length=60, blank=True, help_text=_("写部门，不写个人姓名"))
    email = models.EmailField(_("单位邮箱"), blank=True, help_text=_("填写的，邀请函同时发到这里；不公开"))
    starts_on = models.DateField(_("起始日期"))
    ends_on = models.DateField(_("截止日期"), null=True, blank=True)
    end_reason = models.CharField(_("终止的理由"), max_length=200, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["capacity", "pk"]
        verbose_name = verbose_name_plural = _("监督资格")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution"], condition=Q(ends_on=None), name="one_mandate_at_a_time"),
            models.CheckConstraint(condition=Q(ends_on=None) ^ ~Q(end_reason=""), name="mandate_ends_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.institution}: {self.get_capacity_display()}"

    @property
    def path(self) -> str:
        return f"mandate/{self.pk}"

    def facts(self) -> dict[str, Any]:
        """What the public may know of it: not where its letters go."""
        names = ("capacity", "basis", "is_required", "starts_on")
        return {"institution": self.institution.name, **facts_of(self, names)}
