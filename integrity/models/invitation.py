"""Institutions that are asked to watch an opening, and what they answer."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from integrity.models.mandate import Mandate
from tenders.models import OfPackage, Package, Project


class Invitation(OfPackage):
    """
    An institution asked to watch an opening, what it replied, and what came of it.

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
    REPLIES: ClassVar = (Mode.PRESENT, Mode.REMOTE, Mode.SEAT_ONLY, Mode.DECLINED)

    package = models.ForeignKey(Package, models.PROTECT, related_name="invitations")
    number = models.PositiveSmallIntegerField(_("邀请函序号"))
    institution = models.ForeignKey(
        Organisation, models.PROTECT, related_name="invitations", verbose_name=_("受邀单位")
    )
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+", verbose_name=_("监督资格"))
    means = models.CharField(_("邀请方式"), max_length=10, choices=Means, default=Means.LETTER)
    sent_at = models.DateTimeField(_("发出时间"))
    reply = models.CharField(_("回复"), max_length=10, choices=Mode, blank=True)
    reply_reason = models.CharField(_("不到场的原因"), max_length=200, blank=True)
    people = models.PositiveSmallIntegerField(_("到场人数"), default=1)
    replied_at = models.DateTimeField(_("回复时间"), null=True, blank=True)
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("代为监督"),
    )
    mode = models.CharField(_("出席情况"), max_length=10, choices=Mode, blank=True)
    reason = models.CharField(_("未到场的原因"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["institution__kind", "pk"]
        verbose_name = verbose_name_plural = _("监督邀请")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["package", "institution"], name="invited_once"),
            models.UniqueConstraint(fields=["package", "number"], name="invitation_number_once"),
            models.CheckConstraint(
                condition=~Q(mode__in=["seat-only", "declined", "absent"]) | ~Q(reason=""), name="absence_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.package}: {self.institution}"

    @property
    def path(self) -> str:
        return f"{self.package.path}/invitation/{self.institution_id}"

    @property
    def label(self) -> str:
        """The number of the letter, as people quote it."""
        tender = self.package.tender_number or f"{self.project.number}-{self.package.number}"
        return gettext("监督邀请 %(tender)s-%(n)d号") % {"tender": tender, "n": self.number}


class Recusal(models.Model):
    """
    An observer who has an interest in the tender has said so and stays away from it, for good (law.md 4.2).

    Why is private. That somebody of the institution withdrew is public.
    """

    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="recusals")
    observer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(_("声明时间"))

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = verbose_name_plural = _("回避")
        constraints: ClassVar = [models.UniqueConstraint(fields=["invitation", "observer"], name="recused_once")]

    def __str__(self) -> str:
        return f"{self.invitation}: {self.observer}"

    @property
    def project(self) -> Project:
        return self.invitation.project

    @property
    def path(self) -> str:
        return f"{self.invitation.path}/recusal/{self.observer_id}"
