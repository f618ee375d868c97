"""Observers in the opening room, and what they log there."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from integrity.models.invitation import Invitation
from tenders.models import Package, Project


class Attendance(models.Model):
    """One observer in the opening room, from sign-in to sign-out."""

    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="attendances")
    observer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attendances")
    remote = models.BooleanField(_("远程观看"), default=False)
    is_deputy = models.BooleanField(_("代为监督"), default=False)
    no_conflict = models.BooleanField(_("声明无利害关系"))
    keeps_confidential = models.BooleanField(_("承诺保密"))
    signed_in_at = models.DateTimeField(_("签到时间"))
    signed_out_at = models.DateTimeField(_("签退时间"), null=True, blank=True)
    opinion = models.TextField(_("监督意见"), blank=True)
    opinion_at = models.DateTimeField(_("提出意见时间"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = verbose_name_plural = _("监督签到")
        constraints: ClassVar = [models.UniqueConstraint(fields=["invitation", "observer"], name="attends_once")]

    def __str__(self) -> str:
        return f"{self.invitation}: {self.observer}"

    @property
    def project(self) -> Project:
        return self.invitation.project

    @property
    def path(self) -> str:
        return f"{self.invitation.path}/attendance/{self.observer_id}"


class Observation(models.Model):
    """
    What an observer logged, at its minute (law.md 4.3). A concern waits for the chair's answer; nothing is ever edited.

    A concern is not a statutory objection (异议): only bidders may raise that.
    """

    class Item(models.TextChoices):
        DEADLINE = "deadline", _("投标截止与拒收")
        SEALS = "seals", _("密封情况")
        NUMBER = "number", _("投标人数量")
        ORDER = "order", _("开标顺序")
        PRICES = "prices", _("唱标完整")
        RECORD = "record", _("记录完整")
        EVALUATORS = "evaluators", _("评审专家回避开标")
        COMMITTEE = "committee", _("专家抽取")
        RECORDING = "recording", _("录音录像")
        OTHER = "other", _("其他")

    class Finding(models.TextChoices):
        FINE = "fine", _("正常")
        NOTE = "note", _("说明")
        CONCERN = "concern", _("异常")

    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="observations")
    number = models.PositiveSmallIntegerField(_("序号"))
    item = models.CharField(_("事项"), max_length=20, choices=Item)
    finding = models.CharField(_("所见"), max_length=10, choices=Finding)
    text = models.TextField(_("说明"), blank=True)
    observed_at = models.DateTimeField(_("时间"))
    reply = models.TextField(_("主持人答复"), blank=True)
    replied_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = verbose_name_plural = _("监督记录")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attendance", "number"], name="observation_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.attendance} · {self.number}"

    @property
    def project(self) -> Project:
        return self.attendance.project

    @property
    def path(self) -> str:
        return f"{self.attendance.path}/observation/{self.number}"


def items_for(package: Package) -> list[Observation.Item]:
    """Return what there is to be watched: that evaluators stay away is a rule of government procurement (MF87 40)."""
    is_gp = package.track == Package.Track.PROCUREMENT
    return [item for item in Observation.Item if is_gp or item != Observation.Item.EVALUATORS]


class ObservationPhoto(models.Model):
    """
    What an observer photographed, drawn anew without what the camera wrote beside it.

    People are to be seen in the room, so the picture stays in the file (《个人信息保护法》第二十五条). Its digest goes
    into the record with the remark: so nobody can exchange it.
    """

    observation = models.ForeignKey(Observation, models.PROTECT, related_name="photos")
    image = models.ImageField(_("照片"), upload_to="observations/", width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = verbose_name_plural = _("监督照片")

    def __str__(self) -> str:
        return str(self.observation)
