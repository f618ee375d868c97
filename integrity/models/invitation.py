"""Institutions that are asked to watch an opening."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from tenders.models import Package, Project


class Invitation(models.Model):
    """
    An institution asked to watch an opening, and what came of it.

    That it was sent is a gate for the opening; whether somebody came is only published, never demanded (law.md 4.1).
    """

    class Means(models.TextChoices):
        LETTER = "letter", _("公函")
        EMAIL = "email", _("电子邮件")
        PHONE = "phone", _("电话并留存记录")
        SYSTEM = "system", _("本系统")

    class Mode(models.TextChoices):
        PRESENT = "present", _("到场")
        REMOTE = "remote", _("远程")
        SEAT_ONLY = "seat-only", _("设席未到")
        DECLINED = "declined", _("谢绝")
        ABSENT = "absent", _("缺席")

    WITHOUT_OBSERVER: ClassVar = (Mode.SEAT_ONLY, Mode.DECLINED, Mode.ABSENT)

    package = models.ForeignKey(Package, models.PROTECT, related_name="invitations")
    institution = models.ForeignKey(
        Organisation, models.PROTECT, related_name="invitations", verbose_name=_("受邀单位")
    )
    means = models.CharField(_("邀请方式"), max_length=10, choices=Means, default=Means.LETTER)
    sent_at = models.DateTimeField(_("发出时间"))
    mode = models.CharField(_("出席情况"), max_length=10, choices=Mode, blank=True)
    reason = models.CharField(_("未到场的原因"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["institution__kind", "pk"]
        verbose_name = verbose_name_plural = _("监督邀请")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["package", "institution"], name="invited_once"),
            models.CheckConstraint(
                condition=~Q(mode__in=["seat-only", "declined", "absent"]) | ~Q(reason=""), name="absence_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.package}: {self.institution}"

    @property
    def project(self) -> Project:
        return self.package.project

    @property
    def path(self) -> str:
        return f"{self.package.path}/invitation/{self.institution_id}"
